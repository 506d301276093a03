"""Answers about people, each asked for again five times in fresh contexts.

Serves C8 and C11, and the room's *Trust or check?*: whoever can't look inside can ask
again. Half of the people were read often, half once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.fjordby import Fact
from llm_lessons.fjordby.dice import Dice
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip.recall import answers, of_people, prompts
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.replies import LONGEST_VALUE

KIND = "town"
OFTEN, ONCE = 32, 1  # readings
EACH = 4  # answers of either that a room judges
TIMES = 5  # that a question is asked again


@dataclass(frozen=True)
class Answered:
    """One answer of the model's, and what came when it was asked again.

    Attributes:
        person: whom the question was about.
        answer: the likeliest, without a full stop.
        value: what was read.
        readings: how often.
        again: the answers at temperature 1, each in a context of its own.
    """

    person: str
    answer: str
    value: str
    readings: int
    again: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return self.answer == self.value

    @property
    def same(self) -> int:
        """How often the answer came again."""
        return self.again.count(self.answer)


@dataclass(frozen=True)
class AskedAgain:
    """Answers that a room judges, and how much it tells whether they come again.

    Attributes:
        judged: those of the room, in an order by chance.
        steady: share right of all answers that came again each time; None if none did.
        others: share right of those that did not; None if there are none.
    """

    judged: tuple[Answered, ...]
    steady: Share | None
    others: Share | None


def measure(lm: LanguageModel, cases: int) -> AskedAgain:
    """Ask about so many people read often, and as many read once."""
    facts = [f for f in of_people(cases, (KIND,)) if f.readings in (OFTEN, ONCE)]
    asked = _ask(lm, facts)
    dice = Dice(0, "asked again")
    chosen = [one for n in (OFTEN, ONCE) for one in _typical(asked, n)]
    every_time = [one.is_right for one in asked if one.same == TIMES]
    not_always = [one.is_right for one in asked if one.same < TIMES]
    return AskedAgain(
        tuple(dice.shuffled(chosen)),
        share(every_time) if every_time else None,
        share(not_always) if not_always else None,
    )


def _ask(lm: LanguageModel, facts: Sequence[Fact]) -> list[Answered]:
    first = answers(lm, facts, ask=True)
    repeated = [prompt for prompt in prompts(facts, ask=True) for _ in range(TIMES)]
    drawn = lm.batch(repeated, LONGEST_VALUE, temperature=1, stop="\n")
    return [
        Answered(
            fact.person,
            _sentence(first[n]),
            fact.value,
            fact.readings,
            tuple(map(_sentence, drawn[n * TIMES : (n + 1) * TIMES])),
        )
        for n, fact in enumerate(facts)
    ]


def _sentence(text: str) -> str:
    """The first one, without its full stop."""
    return text.split("\n")[0].partition(".")[0].strip()


def _typical(asked: Sequence[Answered], readings: int) -> list[Answered]:
    """A few that were read so often: of them as large a part is right as of all.

    What came when they were asked again has no part in the choice.
    """
    known = [one for one in asked if one.readings == readings]
    right = [one for one in known if one.is_right]
    wrong = [one for one in known if not one.is_right]
    n = round(EACH * len(right) / len(known))
    return [*right[:n], *wrong[: EACH - n]]


ASKED_AGAIN = Experiment("06_asked_again", measure, cases=40, models=(("fjord",),))
