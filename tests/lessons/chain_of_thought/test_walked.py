"""Lists at once or gone through: the same lists, and what is made of right answers."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import counts
from llm_lessons.lessons.chain_of_thought import walked
from llm_lessons.measuring import kept
from llm_lessons.measuring.intervals import share
from llm_lessons.training import Recipe
from tests import tiny
from tests.each import each_of


class Says:
    """Finds the number, or always says the first one, at once or behind the list."""

    def __init__(self, finds: bool, walks: bool):
        self.finds, self.walks = finds, walks

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        told, many = prompt.removesuffix("?").rsplit(" The ", 1)
        found = re.search(rf"(\d+) {many if self.finds else ''}", told)
        assert found, prompt
        number = found[1]
        through = f" 1 thing, {number} {many}:" if self.walks else ""
        return f"{through} {number}. The 7 others: 99."


def test_both_forms_have_the_same_lists_and_numbers():
    for seed in range(200):
        walks, jumps = (counts.page(Dice(seed, "page"), one) for one in (True, False))
        short = re.sub(r"\? [^?.]+: (\d+)\.", r"? \1.", walks)
        assert short == jumps != walks


def test_both_models_read_as_many_tokens(monkeypatch):
    monkeypatch.setattr(walked, "TOKENS", 4_000)
    recipe = Recipe(rows=2, row_length=96)
    for walks in (False, True):
        stream = walked.practice(tiny.tokenizer(), walks, recipe)
        assert stream.tokens_read(stream.steps) == pytest.approx(4_000, rel=0.15)


@each_of("walks", [False, True])
def test_who_says_any_of_the_numbers_is_right_in_half_of_the_lists(walks):
    lists = walked.asked(200)
    assert len({*lists[0]}) == 200
    first = walked.right(Says(False, walks), *lists)  # type: ignore[arg-type]
    assert first.low < walked.LUCK < first.high
    assert walked.right(Says(True, walks), *lists).share == 1  # type: ignore[arg-type]


@each_of(
    ("at_once", "through", "words"),
    [
        (104, 198, "half is luck"),
        (150, 198, "clearly less of it"),
        (190, 194, "no gain that shows"),
    ],
)
def test_what_was_learned_is_told(at_once, through, words):
    shares = (share(i < n for i in range(200)) for n in (at_once, through))
    found = walked.Walked(1_400_000, *shares)
    assert words in found.conclusion()
    assert "1.4 million tokens" in found.sentence() and "200 lists" in found.sentence()


def test_where_nothing_is_kept_it_says_how_that_is_made(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(kept, "MEASURED", tmp_path)
    told = walked.told(SimpleNamespace(name="fjord"))  # type: ignore[arg-type]
    assert "No result is kept" in told and "--part 08_walked" in told
