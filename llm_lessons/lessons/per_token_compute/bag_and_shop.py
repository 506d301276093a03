"""Does the number of calculations decide what a jump can do? Bag against shop.

Claim C14. A fruit problem needs a multiplication, a subtraction and a division; a bag
with two changes needs two additions or subtractions. Both were practised and are
answered at once. How often the commonest answer of all would be right is counted too:
where few answers are possible, less has to be worked out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons.checks import checked
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_at_once
from llm_lessons.measuring.intervals import Share, share

QUESTIONS = 40  # of each kind


@dataclass(frozen=True)
class Kind:
    """Problems of one kind, answered at once.

    Attributes:
        operations: that a person would need.
        right: share of right answers.
        commonest: share that one and the same answer would get right, the best there
            is.
        answers: how many different answers are right somewhere.
    """

    operations: int
    right: Share
    commonest: Share
    answers: int


@dataclass(frozen=True)
class Compared:
    """Fruit against marbles with fewer operations, and with as many."""

    fruit: Kind
    two: Kind
    three: Kind

    def sentence(self) -> str:
        """All three, in numbers."""
        return (
            f"At once, {self.fruit.right.percent} of the fruit problems are right, "
            f"with {self.fruit.operations} calculations each; of the marbles "
            f"{self.two.right.percent} with {self.two.operations} changes and "
            f"{self.three.right.percent} with {self.three.operations}."
        )

    def conclusion(self) -> str:
        """Whether the number decides; clearly is: the intervals lie apart."""
        shop, bag = self.fruit, self.two
        if shop.right.low > bag.right.high:
            return (
                "So the number of calculations alone doesn't decide how far a jump "
                "goes: more of them came out right. But the fruit was practised more, "
                f"on {fruit.AT_ONCE:,} pages answered at once, the {bag.operations} "
                f"changes on {marbles.PAGES_BY_CHANGES[bag.operations]:,}. And the "
                f"right answer was one of {shop.answers} numbers with the fruit, one "
                f"of {bag.answers} with {bag.operations} changes. (Always the same "
                f"answer would be right in {shop.commonest.percent} of the fruit "
                "problems.)"
            )
        if shop.right.high < bag.right.low:
            return "Here more calculations went with clearly fewer right answers."
        return "Between fewer calculations and more, no difference shows here."


@checked(questions=1)
def compare(lm: LanguageModel, questions: int = QUESTIONS) -> Compared:
    """Answer problems of three kinds at once, all held out; greedy, takes seconds."""
    return Compared(
        _kind(lm, 3, fruit.held_out(questions)),
        _kind(lm, 2, marbles.held_out(questions, 2, plain=True)),
        _kind(lm, 3, marbles.held_out(questions, 3, plain=True)),
    )


def _kind(lm: LanguageModel, operations: int, problems: Sequence[Problem]) -> Kind:
    answers = Counter(problem.answer for problem in problems)
    ((best, _),) = answers.most_common(1)
    commonest = share(problem.answer == best for problem in problems)
    return Kind(operations, right_at_once(lm, problems), commonest, len(answers))
