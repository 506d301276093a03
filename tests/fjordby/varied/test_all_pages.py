"""All that the new pages are: plain, short, and the same on every machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons.fjordby.varied import fruit, marbles, note_pages, told

ROOT = Path(__file__).parents[3]
PLAIN = {*map(chr, range(32, 127)), "\n", *"åøæéöüÅØÆÉÖÜ"}
SECTIONS = {
    "marbles": marbles.texts,
    "fruit": fruit.texts,
    "first notes": note_pages.first_texts,
    "notes": note_pages.texts,
    "told names": told.texts,
}


@pytest.fixture(scope="module")
def written() -> dict[str, list[str]]:
    return {name: texts(0) for name, texts in SECTIONS.items()}


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS)
def test_text_is_plain_and_short_enough(written, section):
    for text in written[section]:
        assert set(text) <= PLAIN, text
        assert text == text.strip()
        assert 0 < len(text) < 700
    assert len(set(written[section])) > 0.99 * len(written[section])


@pytest.mark.slow
def test_another_seed_gives_other_texts(written):
    for section in ("told names", "fruit"):
        assert not {*SECTIONS[section](1)} & {*written[section]}


DRAW = """
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import fruit, marbles, note_page, told
dice = Dice(0, "the same")
people = note_page.People(dice)
for i in range(200):
    print(marbles.problem(dice, 1 + i % 6), fruit.problem(dice), told.turns(dice, 2))
    print(note_page.Page(people, dice).text())
"""


def test_the_order_of_sets_makes_no_difference():
    # Python deals it anew in every process.
    runs = [
        subprocess.run(
            [sys.executable, "-c", DRAW],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] and len(runs[0]) > 100_000
