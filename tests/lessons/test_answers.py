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


def test_a_quoted_end_begins_with_a_whole_word():
    from llm_lessons.lessons.start_here.exercises import _QUOTED, _end_of

    assert _end_of("Once upon a time") == "Once upon a time"
    end = _end_of("Once upon a time there was a " + "very " * 10 + "old man who")
    assert end.startswith("… very ") and len(end) <= _QUOTED + 2
    assert _end_of("x" * 60) == "… " + "x" * _QUOTED
