"""Without looking inside: ask the same question five times, and see what agrees.

Claim B4. Somebody with a chatbot sees no odds. But the coin follows them: asked again
on a fresh page, at temperature 1, an answer comes as often as it is likely.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby import Fact
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.asked import (
    PEOPLE,
    Said,
    Sign,
    answered,
    questions,
    sentence_of,
)
from llm_lessons.lessons.bluffing.asked import sign as sign_of
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.replies import LONGEST_VALUE

TIMES = 5
RARELY = 4  # readings at most
TEN = 10  # answers of the exercise


class Repeated(NamedTuple):
    """An answer, and what came when it was asked again.

    Attributes:
        question: in words.
        text: the first answer.
        right: whether it is.
        again: the other answers.
        readings: of what was asked for.
    """

    question: str
    text: str
    right: bool
    again: tuple[str, ...]
    readings: int

    @property
    def agree(self) -> int:
        """How many of the others say the same."""
        return self.again.count(self.text)


@dataclass(frozen=True)
class Again:
    """What agreement tells.

    Attributes:
        agreed: by how many of five repeat the answer, the share of right ones; of
            answers, each counted once.
        agreement: how well the number that repeats it parts right answers from others.
        odds: the same of the chance of its first token, on the same answers.
        all_and_wrong: of the answers that all five repeat, how many are wrong.
        all_and_rare: the same, of what was read at most `RARELY` times.
        ten: some answers, for who wants to judge them.
    """

    agreed: dict[int, Share]
    agreement: Sign
    odds: Sign
    all_and_wrong: Share
    all_and_rare: Share
    ten: tuple[Repeated, ...]

    def sentence(self) -> str:
        """The habit with its measured limit."""
        none, every = self.agreed[min(self.agreed)], self.agreed[max(self.agreed)]
        rare = self.all_and_rare
        also = (
            f" Of what was read at most {RARELY} times, it is {rare.percent} of "
            f"{rare.n}."
            if rare.n > 1
            else ""
        )
        return (
            f"Where none of {TIMES} repeats the answer, {none.percent} are right; "
            f"where all do, {every.percent}. So of the answers that all {TIMES} "
            f"repeat, {self.all_and_wrong.percent} are still wrong.{also}"
        )

    def beside(self) -> str:
        """Agreement as a sign, beside the odds."""
        return (
            "Of 100 pairs of a right answer and one that is not, asking again finds "
            f"{100 * self.agreement.all_.value:.0f}, and the odds "
            f"{100 * self.odds.all_.value:.0f}."
        )

    def title(self) -> str:
        """How often five that agree are right."""
        every = self.agreed[max(self.agreed)]
        return f"All {TIMES} agree: {every.percent} right"

    def alt(self) -> str:
        rows = "; ".join(
            f"{count} agree: {found.percent} of {found.n}"
            for count, found in self.agreed.items()
        )
        return (
            f"{self.title()}. Points with 95 % intervals over how many of {TIMES} new "
            f"answers repeat the first: how many first answers are right. {rows}."
        )

    def figure(self) -> Figure:
        """Right answers over how many repeat them."""
        x = [*self.agreed]
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 2.8))
            figures.draw_shares(ax, x, [*self.agreed.values()], figures.RIGHT, "s")
            ax.set(ylim=(-0.03, 1.06), yticks=(0, 0.25, 0.5, 0.75, 1), ylabel="right")
            ax.set(xlabel=f"of {TIMES} new answers, so many say the same")
            ax.set_xticks(x)
            figures.set_title(fig, self.title())
        return fig


def asked_again(
    lm: LanguageModel, facts: Sequence[Fact], times: int = TIMES
) -> list[tuple[str, ...]]:
    """The answers to each question on so many fresh pages, at temperature 1."""
    prompts = [p for p in recall.prompts(facts, ask=True) for _ in range(times)]
    texts = lm.batch(prompts, LONGEST_VALUE, temperature=1, stop="\n")
    said = [sentence_of(text) for text in texts]
    return [tuple(said[i : i + times]) for i in range(0, len(said), times)]


def measure(lm: LanguageModel, people: int = PEOPLE) -> Again:
    """Ask all of it once, and five times again; under a minute."""
    said = answered(lm, questions(people))
    again = asked_again(lm, [one.fact for one in said])
    spoken = [(s, a) for s, a in zip(said, again, strict=True) if not s.silent]
    said, again = [s for s, _ in spoken], [a for _, a in spoken]
    agree = [a.count(s.text) for s, a in spoken]
    all_ = [s for s, count in zip(said, agree, strict=True) if count == TIMES]
    rare = [s.wrong for s in all_ if s.fact.readings <= RARELY]
    return Again(
        {
            count: share(
                s.right for s, own in zip(said, agree, strict=True) if own == count
            )
            for count in sorted(set(agree))
        },
        sign_of(said, agree),
        sign_of(said, [one.sure for one in said]),
        share(one.wrong for one in all_),
        share(rare or [1.0]),
        _ten(said, again),
    )


def _ten(
    said: Sequence[Said], again: Sequence[tuple[str, ...]]
) -> tuple[Repeated, ...]:
    """Answers right and wrong in turn, from all over the readings."""
    ten = list[Repeated]()
    for right in (True, False):
        own = [i for i, one in enumerate(said) if one.right == right]
        step = len(own) / (TEN // 2)
        for k in range(TEN // 2):
            i = own[int((k + 0.5) * step)]
            fact, text, _ = said[i]
            asked = recall.prompts([fact], ask=True)[0]
            question = asked.removeprefix("Question: ").removesuffix("\nAnswer:")
            ten.append(Repeated(question, text, right, again[i], fact.readings))
    return tuple(sorted(ten, key=lambda one: one.question))


AGAIN = Experiment("12_again", measure, PEOPLE)
