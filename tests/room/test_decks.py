"""Evenings: those that ship keep their time and their order; bad files are refused."""

import re
from pathlib import Path

import pytest

from llm_lessons.foundation.languages import languages, translator
from llm_lessons.lessons import LESSONS
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons_room.content.decks import Deck, decks, every_question, read_deck
from llm_lessons_room.parts.plan import GUIDE

EVENINGS = decks()
LONGEST = 20  # words of a sentence that a leader says or reads
every_evening = pytest.mark.parametrize("one", EVENINGS, ids=lambda one: one.id)
GOOD = """
title = "An hour"
minutes = 60

[[steps]]
id = "guess-04"
kind = "guess"
title = "Your guess"
minutes = 3
seconds = 40
lesson = 4
question = "04.zero"

[[steps]]
id = "figure"
kind = "figure"
title = "What the slider does"
minutes = 2
lesson = 4
cell = "figure"
text = "Higher is wilder."
labels = ["temperature"]
say = "Look."

[[steps]]
id = "again"
kind = "guess"
title = "Guess again"
minutes = 3
question = "04.zero"
of = "guess-04"

[[steps]]
id = "more"
kind = "break"
title = "Break"
minutes = 50
optional = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "hour.toml"
    path.write_text(text, encoding="utf-8")
    return path


@every_evening
def test_an_evening_keeps_its_order_and_tells_the_leader_what_to_say(one: Deck):
    first, *_, asked, last = one.steps
    assert (first.kind, first.minutes, first.seconds) == ("coin", 0, None)
    assert asked.own == {"when": "after"} and last.id == "home"
    before = [step.own.get("when") for step in one.steps].index("before")
    assert all(step.lesson in (None, 3) for step in one.steps[:before])
    for step in one.steps:
        for name in GUIDE:
            text = getattr(step.guide, name)
            assert text and text[-1] in ".?!", (step.id, name)


@pytest.mark.parametrize("code", languages())
@every_evening
def test_no_sentence_of_a_leaders_is_long(one: Deck, code: str):
    """Who reads one aloud gets through it in a breath."""
    for step in one.steps:
        for name in GUIDE:
            text = translator(code)(getattr(step.guide, name))
            for sentence in re.split(r"(?<=[.?!])[”»\"]?\s+", text):
                assert len(sentence.split()) <= LONGEST, (step.id, name, sentence)


def test_the_shortest_evening_has_time_to_spare():
    first, *_ = EVENINGS
    assert first.minutes == 90 and first.slack >= 10


def test_a_deck_has_every_question_of_every_lesson_once():
    asked = [
        step.own["question"] for step in every_question().steps if step.kind == "guess"
    ]
    assert sorted(asked) == sorted(one.name for one in QUESTIONS)
    remembered = [s.lesson for s in every_question().steps if s.kind == "remember"]
    assert remembered == [*range(len(LESSONS))]
    ids = [step.id for step in every_question().steps]
    assert len(set(ids)) == len(ids)


def test_a_deck_is_read(tmp_path: Path):
    one = read_deck(written(tmp_path, GOOD))
    assert (one.id, one.title, one.minutes, one.slack) == ("hour", "An hour", 60, 52)
    first, figure, again, more = one.steps
    assert (first.seconds, first.lesson, first.optional) == (40, 4, False)
    assert first.own == {"question": "04.zero"} and again.own["of"] == "guess-04"
    assert more.optional and more.seconds is None
    assert figure.sentences == {
        "title": "What the slider does",
        "text": "Higher is wilder.",
        "label 1": "temperature",
        "say": "Look.",
    }


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("minutes = 60", "minutes = 60\n[", "Expected|expected|Invalid|invalid|Key"),
        ("minutes = 60", "minutes = 60\nroom = 3", "no key 'room'"),
        ("minutes = 60", "minutes = 'long'", "whole `minutes`"),
        ('title = "An hour"', "", "a `title`"),
        (GOOD[GOOD.index("[[") :], "steps = [3]", "each step is a table"),
        ('kind = "break"', 'kind = "nap"', "'more' is of no kind: choose among say,"),
        ('id = "more"', 'id = "More!"', "'More!' is no id"),
        ('id = "more"', 'id = "figure"', "two steps are called 'figure'"),
        ("minutes = 60", "minutes = 7", "1 minutes too long"),
        ("minutes = 50", "minutes = true", "minutes of the step 'more' can't be True"),
        ("minutes = 50", "minutes = -1", "'more' takes less than no time"),
        ("minutes = 50", "", "the step 'more' lacks minutes"),
        ('"04.zero"\n\n', '"04.one"\n\n', "'guess-04': There is no question '04.one'"),
        (
            'of = "guess-04"',
            'of = "figure"',
            "'again' asks again what 'figure' has not",
        ),
        ("optional = true", 'prompt = "x"', "'more' has no use for 'prompt'"),
        ('["temperature"]', '"temperature"\nlesson = 4', "overwrite|twice|dupl|Cannot"),
        ('["temperature"]', "[3]", r"labels of the step 'figure' can't be \[3\]"),
        ('lesson = 4\ncell = "figure"', 'cell = "figure"', "'figure': it lacks lesson"),
        ("lesson = 4\ncell", "lesson = 13\ncell", "lessons go from 0 to 12"),
        (
            'kind = "break"',
            'kind = "train_together"\nlist = "Cats"',
            "`list` is one of Towns, People",
        ),
        *(
            (
                'kind = "break"',
                f'kind = "stories"\nprompt = "x"\n{key} = {value}',
                f"{key} of the step 'more' can't be",
            )
            for key, value in (
                ("temperatures", "[]"),
                ("temperatures", "[2.1]"),
                ("temperatures", "[true]"),
                ("real", "false"),
            )
        ),
        (
            'kind = "break"',
            'kind = "stories"\nprompt = "x"\nreal = true\ntemperatures = [0]',
            "'more': a real model answers at temperature 1 alone",
        ),
        ('kind = "break"', 'kind = "coin"\nprompt = "x"\nreal = true', "no use for"),
    ],
)
def test_a_bad_deck_is_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, sentence: str
):
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ValueError, match=sentence) as refused:
        read_deck(path)
    said = str(refused.value)
    assert said.startswith(f"{path} is no evening: ") and "\n" not in said
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"hour\.toml is no evening: "):
        read_deck(path)
