"""A name that stands on a page, and whether the answer has it."""

from llm_lessons.lessons.working_memory import pasting
from llm_lessons.lessons.working_memory.pasting import OFFICES, RIGHT, WRONG
from tests.each import each_of
from tests.titled import title_of


class Writer:
    """Finds a name in one bare sentence, and on a page that has it behind "is"."""

    template = "some"

    def chats(self, conversations, max_tokens, temperature):
        assert temperature == 0
        return [self.write(messages[0]["content"]) for messages in conversations]

    def write(self, text: str) -> str:
        names = [one.name for one in OFFICES if f"is {one.name}" in text]
        return f"It is\n{names[0]}." if names else "It is not known."


def test_right_names_are_counted_in_three_ways():
    found = pasting.measure(Writer())  # type: ignore[arg-type]
    alone, page, bare = found.outcomes.values()
    assert alone == [WRONG] * 8 and bare == [RIGHT] * 8
    told = [f"is {one.name}" in one.page for one in OFFICES]
    assert page == [RIGHT if has else WRONG for has in told] and 0 < sum(told) < 8
    title = f"Right of 8 names: 0 alone, {sum(told)} by a page, 8 by a sentence"
    assert title_of(found) == title
    lines = found.examples("page above it").splitlines()
    assert lines[:2] == [f"The page: {OFFICES[0].page}", "Right: It is Runa Tindvold."]
    assert sum(line.startswith("WRONG: ") for line in lines) == 8 - sum(told)


@each_of("office", OFFICES)
def test_a_page_tells_its_name_role_and_place_and_a_question_no_name(office):
    assert office.name in office.page and office.role in office.page
    assert office.place.removeprefix("the ") in office.page
    assert office.name not in office.question
    assert sum(office.name in one.page for one in OFFICES) == 1
