"""A name that stands on a page, and whether the answer has it."""

from types import SimpleNamespace
from typing import Any

from llm_lessons.lessons.working_memory import pasting
from llm_lessons.lessons.working_memory.pasting import OFFICES, RIGHT, WRONG
from tests.each import each_of


def chats(conversations, max_tokens, temperature) -> list[str]:
    """Finds a name in one bare sentence, and on a page that has it behind "is"."""
    assert temperature == 0
    found = (
        [one.name for one in OFFICES if f"is {one.name}" in messages[0]["content"]]
        for messages in conversations
    )
    return [f"It is\n{names[0]}." if names else "Nobody knows." for names in found]


def test_right_names_are_counted_in_three_ways():
    writer: Any = SimpleNamespace(chats=chats, template="some")
    found = pasting.measure(writer)
    alone, page, bare = found.outcomes.values()
    assert alone == [WRONG] * 8 and bare == [RIGHT] * 8
    told = [f"is {one.name}" in one.page for one in OFFICES]
    assert page == [RIGHT if has else WRONG for has in told] and 0 < sum(told) < 8
    lines = found.examples("page above it").splitlines()
    assert lines[:2] == [f"The page: {OFFICES[0].page}", "Right: It is Runa Tindvold."]
    assert sum(line.startswith("WRONG: ") for line in lines) == 8 - sum(told)


@each_of("office", OFFICES)
def test_a_page_tells_its_name_role_and_place_and_a_question_no_name(office):
    assert office.name in office.page and office.role in office.page
    assert office.place.removeprefix("the ") in office.page
    assert office.name not in office.question
    assert sum(office.name in one.page for one in OFFICES) == 1
