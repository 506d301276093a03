"""All that these pages are: hardly ever the same twice, but so on every machine."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


DRAW = """
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import fruit, marbles, note_page, told
dice = Dice(0, "the same")
people = note_page.People(dice)
for i in range(200):
    print(marbles.problem(dice, 1 + i % 6, loose=True), told.turns(dice, 2))
    print(fruit.problem(dice, loose=True), note_page.Page(people, dice).text())
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
