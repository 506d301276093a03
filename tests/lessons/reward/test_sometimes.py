"""Problems that are solved now and then, by a writer that is known."""

import re

from llm_lessons import figures
from llm_lessons.lessons.reward import sometimes
from llm_lessons.lessons.reward.sometimes import ALWAYS, GROUP, NEVER, SOMETIMES
from tests.each import each_of


class Talker:
    """The first problem always right, the second never, the others every other time."""

    def __init__(self):
        self.asked: list[str] = []

    def chats(self, conversations, max_tokens, temperature):
        assert temperature == 1 and max_tokens == sometimes.LONGEST
        self.asked = [one[0]["content"] for one in conversations]
        return [self.write(i, text) for i, text in enumerate(self.asked)]

    def write(self, place: int, text: str) -> str:
        have, bought, eaten = map(int, re.findall(r"\d+", text))
        problem, number = divmod(place, GROUP)
        is_right = problem == 0 or (problem > 1 and number % 2 == 0)
        return f"{have} + {bought}, so {have + bought - eaten + (not is_right)}."


def test_problems_are_told_apart_by_whether_their_answers_differ():
    talker = Talker()
    found = sometimes.measure(talker, 4)  # type: ignore[arg-type]
    assert len(talker.asked) == 4 * GROUP and len({*talker.asked}) == 4
    assert not any("Answer:" in one for one in talker.asked)
    assert found.outcomes == [ALWAYS, NEVER, SOMETIMES, SOMETIMES]
    sentence = found.sentence().replace("\u00a0", " ")
    assert f"Of {4 * GROUP} answers, {2 * GROUP} are right (50 %)" in sentence
    assert "On 2 of 4 problems, some of" in sentence
    assert "on 1 of 4, none is right" in sentence
    assert figures.to_svg(found.figure(), alt=found.alt()).startswith("<svg")


@each_of(
    ("text", "number"),
    [("3 + 4 = 7. So 7 apples.", 7), ("none", None), ("12, or 13", 13)],
)
def test_the_last_number_is_the_answer(text: str, number: int | None):
    assert sometimes.last_number(text) == number
