"""What people take home: the evening's leaf, and sheets in another language."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.foundation.languages import languages, translator
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.content import take_home
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.export import export
from llm_lessons_room.content.kinds import Drawn
from llm_lessons_room.content.texts import remember
from tests.room.cells import every_figure, text_of

SHORTEST, *_, DAY = decks()
SVG = '<svg role="img" aria-label="In English"><path d="M0 0"/></svg>'
DRAWN = every_figure(SVG, "It rises.")
OTHERS = [code for code in languages() if code != "en"]


def seen(code: str) -> dict[int, Drawn]:
    return take_home.figures_shown(export(code, DRAWN)["decks"])


@pytest.fixture
def lm() -> Any:
    """A model that says the same to every prompt."""
    tokenizer = SimpleNamespace(pieces=["a"], encode=lambda text: [0])
    said = " Oslo and Bergen."
    return SimpleNamespace(tokenizer=tokenizer, generate=lambda *_, **more: said)


def test_the_shortest_evening_has_a_leaf_and_the_day_its_sheets():
    lessons = take_home.leaf_lessons(SHORTEST)
    assert lessons == take_home.lessons_of(SHORTEST) == [4, 8, 6]
    assert take_home.leaf_lessons(DAY) == []
    assert sorted(take_home.lessons_of(DAY)) == [*range(1, 11)]
    assert take_home.translated_sheets(DAY, "en") == []
    assert {*take_home.translated_sheets(DAY, "nb")} == {4, 6, 8}


@pytest.mark.parametrize("code", languages())
def test_a_leaf_shows_each_lesson_and_asks_one_task_of_it(code: str, lm):
    translate, lessons = translator(code), take_home.leaf_lessons(SHORTEST)
    made = take_home.leaf(lm, lessons, seen(code), Words(translate, code))
    front, back = made.sides
    assert front.count("<svg") == len(lessons) == back.count('class="part task"')
    assert re.findall(r'data-number="(\d)"', back) == ["1", "2", "3"]
    assert "{{" not in front + back
    for lesson in lessons:
        assert translate(remember(lesson)) in text_of(front)
    if code != "en":
        assert "In English" not in front and "page 1" not in front
        assert "Try tonight" not in back


@pytest.mark.parametrize("code", OTHERS)
def test_a_sheet_is_told_whole_in_another_language(code: str, lm):
    translate = translator(code)
    for lesson in sorted(take_home.translated_lessons()):
        made = take_home.translated_sheet(lm, lesson, seen(code)[lesson], translate)
        text = text_of("".join((*made.sides, *made.answers)))
        assert "{{" not in text and len(made.answers) == 3
        assert translate(remember(lesson)) in text
        assert made.sides[0].count("<svg") >= 1 and "In English" not in text
        assert not re.findall(r"marbles|The guess|Fjord says|At temp|What I saw", text)
