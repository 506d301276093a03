"""Recall against readings: the shape of an answer survives, its detail fades.

Claims C10 and C11. Fjordby states each fact 0, 1, 2, 4 ... 512 times. The model is
begun in two ways: by a sentence that lacks its end, and by a question, about people
whom no page of Fjordby ever asks about. Beside the right answers stand those that are
at least of the right kind: some town for a town, some job for a job.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby import KINDS, Fact
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment, Fresh

FRESH = 16  # facts of a learner's own sample


def of_its_kind(answer: str, fact: Fact) -> bool:
    """Whether a continuation is some value of the fact's kind, true or not."""
    return any(answer.startswith(f" {value}.") for value in KINDS[fact.kind].values)


@dataclass(frozen=True)
class Recall:
    """Shares of facts by their number of readings, each clustered by person.

    Attributes:
        begun: right where the sentence is begun.
        asked: right where a question is asked; only people who are never asked about,
            and who are read of more than once.
        kind: of the right kind, right or not, where the sentence is begun.
    """

    begun: dict[int, Share]
    asked: dict[int, Share]
    kind: dict[int, Share]

    def sentence(self) -> str:
        """What was measured, in numbers."""
        never, once, most = min(self.begun), 1, max(self.begun)
        sure = next((n for n, begun in self.begun.items() if begun.share >= 0.95), most)
        return (
            f"Of the facts that it never read, Fjord completes "
            f"{self.begun[never].percent} rightly, by chance; of those that it read "
            f"once, {self.begun[once].percent}; of those that it read {sure} times, "
            f"{self.begun[sure].percent}. Yet of all it says about facts read once, "
            f"{self.kind[once].percent} is at least of the right kind."
        )

    def title(self, said: Mapping[int, float] | None = None) -> str:
        """How many facts read once are right, beside what was said."""
        found = f"Read once: {self.begun[1].percent} right"
        return (
            f"{found}; you said {said[1]:.0f}\u00a0%" if said and 1 in said else found
        )

    def headline(self) -> Share:
        """Right where the sentence is begun, of what was read once."""
        return self.begun[1]

    def alt(
        self, said: Mapping[int, float] | None = None, yours: Share | None = None
    ) -> str:
        """The figure in words."""
        guesses = ", ".join(f"{n}: {x:.0f}\u00a0%" for n, x in (said or {}).items())
        rows = []
        for count, begun in self.begun.items():
            asked = f", {self.asked[count].percent}" if count in self.asked else ", –"
            rows.append(f"{count}: {begun.percent}{asked}, {self.kind[count].percent}")
        return (
            "Three curves over the number of readings, with 95 % intervals: facts "
            "right where a sentence is begun, facts right where a question is asked, "
            f"and answers of the right kind. Read in this order, {'; '.join(rows)}."
            f"{f' You said, of those right: {guesses}.' if guesses else ''}"
            f"{figures.yours_in_words(yours)}"
        )

    def figure(
        self, said: Mapping[int, float] | None = None, yours: Share | None = None
    ) -> Figure:
        """The three curves, each named where it stands alone.

        Args:
            said: of some numbers of readings, how many percent are right where a
                sentence is begun, before anybody knew.
            yours: other facts that were read once.
        """
        curves = (
            (self.kind, "of the right kind", figures.NEUTRAL, "^", 0.0, (0.0, 1.04)),
            (
                *(self.begun, "right,\nsentence begun", figures.RIGHT),
                *("o", -0.12, (-0.1, 0.45)),
            ),
            (self.asked, "right,\nasked", figures.RIGHT, "s", 0.12, (7.4, 0.4)),
        )
        places = {count: place for place, count in enumerate(self.begun)}
        with figures.style():
            fig, ax = plt.subplots()
            for shares, name, color, marker, aside, place in curves:
                x = [places[count] + aside for count in shares]
                hollow = shares is self.asked
                figures.draw_shares(ax, x, [*shares.values()], color, marker, hollow)
                above = "bottom" if place[1] > 1 else "center"
                look = {"color": color, "weight": "bold", "va": above}
                figures.write_beside(ax, name, place, (0, 0), **look)
            ax.set_xticks([*places.values()], [str(count) for count in places])
            ax.set(xlabel="times that the fact was read", ylim=(-0.03, 1.12))
            figures.set_title(fig, self.title(said))
            if guess := {n: x / 100 for n, x in (said or {}).items() if n in places}:
                x = [places[count] for count in guess]
                found = (x[0], self.begun[next(iter(guess))].share)
                figures.draw_guess(ax, x, [*guess.values()], found)
            if yours:
                figures.draw_yours(ax, places[1], yours)
        return fig


@checked()
def measure(lm: LanguageModel, facts: Sequence[Fact]) -> Recall:
    """Let the model complete every fact, and ask for those that nobody asks for."""
    answers = recall.answers(lm, facts)
    pairs = list(zip(answers, facts, strict=True))
    right = [answer.startswith(f" {fact.value}.") for answer, fact in pairs]
    return Recall(
        begun=recall.by_readings(facts, right),
        asked=recall.measure(lm, recall.never_asked(facts), ask=True),
        kind=recall.by_readings(facts, [of_its_kind(*pair) for pair in pairs]),
    )


def of_people(lm: LanguageModel, people: int) -> Recall:
    """Two facts about each of so many people for each number of readings."""
    return measure(lm, recall.of_people(people))


def fresh_once(lm: LanguageModel, seed: int) -> Share:
    """Facts of other kinds that were read once, where a sentence is begun."""
    others = recall.of_people(kinds=recall.OTHERS)
    once = [fact for fact in others if fact.readings == 1]
    return share(recall.knows(lm, random.Random(seed).sample(once, FRESH)))


SAMPLE = Fresh(fresh_once, Recall.headline, "facts right that were read once", "facts")
RECALL = Experiment(
    "06_recall",
    of_people,
    recall.PEOPLE,
    fresh=SAMPLE,
    on_card=r"fact recalled, [\w ]+, after \d+ readings?",
)
