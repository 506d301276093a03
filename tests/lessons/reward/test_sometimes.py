"""Problems that are solved now and then, by a writer that is known."""

import re
from types import SimpleNamespace
from typing import Any

from llm_lessons.lessons.reward import sometimes
from llm_lessons.lessons.reward.sometimes import ALWAYS, GROUP, NEVER, SOMETIMES


def write(place: int, text: str) -> str:
    """The first problem always right, the second never, the others now and then."""
    have, bought, eaten = map(int, re.findall(r"\d+", text))
    problem, number = divmod(place, GROUP)
    is_right = problem == 0 or (problem > 1 and number % 2 == 0)
    return f"{have} + {bought}, so {have + bought - eaten + (not is_right)}."


def test_problems_are_told_apart_by_whether_their_answers_differ():
    def chats(conversations, max_tokens, temperature):
        assert temperature == 1 and max_tokens == sometimes.LONGEST
        asked = [one[0]["content"] for one in conversations]
        assert len(asked) == 4 * GROUP and len({*asked}) == 4
        return [write(i, text) for i, text in enumerate(asked)]

    talker: Any = SimpleNamespace(chats=chats)
    found = sometimes.measure(talker, 4)
    assert found.outcomes == [ALWAYS, NEVER, SOMETIMES, SOMETIMES]
    sentence = found.sentence().replace("\u00a0", " ")
    assert f"Of {4 * GROUP} answers, {2 * GROUP} are right (50 %)" in sentence
    assert "On 2 of 4 problems, some of" in sentence
    assert "on 1 of 4, none is right" in sentence
    assert [*map(sometimes.last_number, ("12, or 13", "none"))] == [13, None]
