"""What answers are told: numbers, texts, letters; functions are in other files."""

import tomllib
from pathlib import Path

import pytest

from tests.each import failing
from tests.lessons.checking.told import is_told

TOLD = tomllib.loads((Path(__file__).parent / "answers.toml").read_text("utf-8"))


@pytest.mark.parametrize("number", TOLD)
def test_an_answer_is_told_what_is_right_or_wrong_with_it(number: str):
    told = dict(TOLD[number])
    names = told.pop("of")
    cases = [(status, *case) for status, cases in told.items() for case in cases]

    def check(case: tuple) -> None:
        status, *answers, text = case
        is_told(number, dict(zip(names, answers, strict=True)), status, text)

    assert failing(cases, check) == []
