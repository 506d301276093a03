"""Remix or recital: the longest stretch of a text that stands in Fjordby word for word.

Claim C12: mostly the output is a remix that matches no document. For stories drawn at
temperature 1 it is measured how much of each the longest stretch makes up, beside as
many fresh stories by Fjordby's recipe (`pieces`), in which only chance can be at work.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures, fjordby
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip.matches import Match, longest_matches
from llm_lessons.lessons.lossy_zip.pieces import Pieces, compare, unread
from llm_lessons.measuring.intervals import Median, Share, median, share
from llm_lessons.measuring.kept import Experiment

BEGINNING = "Once upon a time"
STORIES = 20


@dataclass(frozen=True)
class Remix:
    """How much of each text is one stretch of the corpus.

    Attributes:
        matches: of what the model wrote.
        fresh: of stories by Fjordby's recipe that nobody read: the control.
        pieces: both kinds of stories by their pieces of eight words.
    """

    matches: tuple[Match, ...]
    fresh: tuple[Match, ...] = ()
    pieces: Pieces | None = None

    @property
    def by_chance(self) -> Median:
        """Median of the longest match's share of a fresh story."""
        return median(match.share for match in self.fresh)

    @property
    def longest(self) -> Median:
        """Median of the longest match's share of its text."""
        return median(match.share for match in self.matches)

    @property
    def words(self) -> Median:
        """Median of the longest match's number of words."""
        return median(match.words for match in self.matches)

    @property
    def whole(self) -> Share:
        """Share of the texts that stand in the corpus from first letter to last."""
        return share(match.share == 1 for match in self.matches)

    @property
    def middle(self) -> Match:
        """The text whose longest match is the middle one, or the next longer."""
        ordered = sorted(self.matches, key=lambda match: match.share)
        return ordered[len(ordered) // 2]

    def sentence(self) -> str:
        """What was measured, in numbers."""
        whole = sum(match.share == 1 for match in self.matches)
        return (
            f"Of {len(self.matches)} new stories, {whole or 'none'} "
            f"{'stands' if whole == 1 else 'stand'} in Fjordby from the first letter "
            f"to the last. The longest piece that Fjordby has word for word makes up "
            f"{round(100 * self.longest.median)}\u00a0% of a story, or "
            f"{self.words.median:g} words (the median: half have more, half less)."
        )

    def control(self) -> str:
        """The same for fresh stories, and the pieces of both, in numbers."""
        assert self.pieces is not None, "recitals have no control"
        return (
            "In fresh stories by Fjordby's recipe, the longest such piece makes up "
            f"{round(100 * self.by_chance.median)}\u00a0%. {self.pieces.sentence()}"
        )

    def title(self) -> str:
        """Whether Fjord repeats more than chance does, in either way to count."""
        pairs = [pair for _, pair in self._rows()]
        more = [pair for pair in pairs if pair[0].low > pair[1].high]
        less = [pair for pair in pairs if pair[0].high < pair[1].low]
        if not more and not less:
            return "No clear difference between Fjord's and fresh stories"
        own, fresh = (more or less)[-1]
        return (
            f"Fjord repeats {'more' if more else 'less'} than fresh stories, "
            f"{_percent(own)} against {_percent(fresh)}"
        )

    def alt(self) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{' '.join(name.split())}: Fjord's stories {_percent(own)}, "
            f"fresh stories {_percent(other)}"
            for name, (own, other) in self._rows()
        )
        return (
            f"{self.title()}. Points with 95 % intervals: how much of a story stands "
            "in Fjordby, for stories by Fjord and for fresh ones by Fjordby's recipe. "
            f"{rows}."
        )

    def _rows(self) -> list[tuple[str, tuple[Share | Median, Share | Median]]]:
        assert self.pieces is not None, "recitals have no control"
        return [
            ("longest piece,\nof the story", (self.longest, self.by_chance)),
            ("pieces of\neight words", (self.pieces.own, self.pieces.fresh)),
        ]

    def figure(self) -> Figure:
        """A row for the longest piece and one for the small ones, two points each."""
        rows = self._rows()
        looks = (("Fjord's", figures.WEIGHTS, "o"), ("fresh", figures.NEUTRAL, "s"))
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 2.1))
            for which, (name, color, marker) in enumerate(looks):
                points = [pair[which] for _, pair in rows]
                y = [0.13 - 0.26 * which - row for row in range(len(rows))]
                figures.draw_share_rows(ax, y, points, color, marker)
                end = (points[0].high, y[0]), (8, 0)
                look = {"color": color, "weight": "bold", "va": "center"}
                figures.write_beside(ax, name, *end, **look)
            ax.set_yticks([-row for row in range(len(rows))])
            ax.set_yticklabels([name for name, _ in rows])
            ax.set(xlim=(-0.03, 1.03), ylim=(0.5 - len(rows), 0.5))
            figures.set_title(fig, self.title())
        return fig


@checked(n=range(1, 10_001))
def remix(lm: LanguageModel, n: int = STORIES, seed: int = 0) -> Remix:
    """Draw n stories at temperature 1, and look for each in all that the model read.

    As many fresh stories stand beside them. A bar in the notebook shows how far it is.
    """
    own = _written(lm, [BEGINNING] * n, seed)
    fresh = unread(BEGINNING, n)
    found = _matched([*own, *fresh])
    return Remix(found[:n], found[n:], compare(own, fresh))


def _written(lm: LanguageModel, prompts: Sequence[str], seed: int) -> list[str]:
    answers = lm.batch(prompts, lm.config.max_seq_len, seed=seed)
    return [prompt + answer for prompt, answer in zip(prompts, answers, strict=True)]


def _matched(texts: Sequence[str]) -> tuple[Match, ...]:
    read = (document.text for document in fjordby.build().documents)
    return tuple(longest_matches(texts, read))


def _percent(number: Share | Median) -> str:
    return f"{round(100 * number.value)} %"


REMIX = Experiment("06_remix", remix, STORIES)
