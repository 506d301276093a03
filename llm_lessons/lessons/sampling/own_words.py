"""It reads back everything, its own words too: one of them is exchanged.

Claim C7: what the coin has drawn is text like all the rest, and the next odds depend on
it. The model draws a name for a girl. A few words later the name comes again: is it the
one that was drawn? And is it another one, when somebody has exchanged it meanwhile?
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import tally
from llm_lessons.measuring.intervals import share
from llm_lessons.measuring.surprise import chances

BEGINNING = "Once upon a time there was a girl called"
GOES_ON = ". One day"  # behind it, a name comes
DRAWS = 40
NAME = 6  # tokens in which a name ends
OUTCOMES = (
    tally.Outcome("the name that was drawn", figures.BLUE, "o"),
    tally.Outcome("the name put in its place", figures.VERMILION, "X"),
)
DRAWN, OTHER = range(2)


@dataclass(frozen=True)
class Exchange:
    """One name that was drawn, and another one that was put in its place.

    Attributes:
        drawn, other: both names, each with the space before it.
        before: how likely each of the two comes next, in the text as it was drawn.
        after: the same, once the other name stands in its place.
    """

    drawn: str
    other: str
    before: tuple[float, float]
    after: tuple[float, float]

    def text(self, name: str) -> str:
        """The text with one of the two names, up to where a name comes again."""
        return f"{BEGINNING}{name}{GOES_ON}"


@dataclass(frozen=True)
class OwnWords:
    """All names that were drawn, each once."""

    exchanges: tuple[Exchange, ...]

    @property
    def rows(self) -> dict[str, list[int]]:
        """In each text, which name is the likelier one: places in `OUTCOMES`."""
        rows = {"as drawn": "before", "exchanged": "after"}
        odds = {
            row: [getattr(one, when) for one in self.exchanges]
            for row, when in rows.items()
        }
        return {
            row: [int(other > drawn) for drawn, other in found]
            for row, found in odds.items()
        }

    def sentence(self) -> str:
        """Both texts, in numbers."""
        before, after = self.rows.values()
        own = fmean(one.before[DRAWN] for one in self.exchanges)
        put = fmean(one.after[OTHER] for one in self.exchanges)
        return (
            f"Of {len(before)} different names that were drawn, the name itself is "
            f"the likelier of the two to come again in {tally.counted(before, DRAWN)} "
            f"texts (mean chance {own:.2f}). With another name put in its place, that "
            f"one is in {tally.counted(after, OTHER)} ({put:.2f})."
        )

    def title(self) -> str:
        """Which name is the likelier one: the one that stands in the text, or not."""
        before, after = self.rows.values()
        n, new = len(after), after.count(OTHER)
        read = share(case == OTHER for case in after)
        if read.low > 0.5 and share(case == DRAWN for case in before).low > 0.5:
            both = before.count(DRAWN) + new
            return f"What stands in the text is likelier in {both} of {2 * n} texts"
        if read.high < 0.5:
            return f"Exchanged, the old name stays likelier in {n - new} of {n}"
        if read.low > 0.5:
            return f"Exchanged, the new name is likelier in {new} of {n}"
        return f"The new name is likelier in {new} of {n} (may be chance)"

    def alt(self) -> str:
        """The figure in words."""
        return f"{self.title()}. {tally.alt(self.rows, OUTCOMES)}"

    def figure(self) -> Figure:
        """Which of the two names is the likelier one, a mark a text."""
        fig = tally.figure(self.rows, OUTCOMES)
        fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked(count=2)
def exchange(lm: LanguageModel, count: int = DRAWS, seed: int = 0) -> OwnWords:
    """Draw names, exchange each for the next one, and compare the odds; seconds.

    Name i is drawn with seed + i; of equal ones, the first counts.

    Raises:
        ValueError: fewer than two different names were drawn.
    """
    drawn = lm.batch([BEGINNING] * count, NAME, seed=seed)
    found = (re.match(r" [A-Z]\w+\b", text) for text in drawn)
    names = list(dict.fromkeys(one[0] for one in found if one))
    if len(names) < 2:
        raise ValueError("The model drew fewer than two names: try another seed.")
    others = [*names[1:], names[0]]
    before = _odds(lm, names, names, others)
    after = _odds(lm, others, names, others)
    return OwnWords(tuple(map(Exchange, names, others, before, after)))


def _odds(
    lm: LanguageModel,
    told: Sequence[str],
    names: Sequence[str],
    others: Sequence[str],
) -> list[tuple[float, float]]:
    """How likely both names are where a text tells of one."""
    prompts = [f"{BEGINNING}{name}{GOES_ON}" for name in told]
    pairs = (chances(lm, prompts, endings) for endings in (names, others))
    return list(zip(*pairs, strict=True))
