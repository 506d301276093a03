"""How far back a note may stand: further and further, out of the window.

Claim C16: the context window is working memory, directly available and exact, as long
as something stands in it. Both twins are asked, for how well a model looks back is a
matter of its training, and one that was trained alike may do otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import notes
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.forms import spoken
from llm_lessons.measuring.intervals import Share, median
from llm_lessons.measuring.kept import BOTH, Experiment

DISTANCES = (0, 50, 100, 150, 200, 250)  # tokens between a note and its question
FAR = 80  # notes that are moved away
_SIGNS = "●○"  # of the class model, and of its twin


@dataclass(frozen=True)
class Reach:
    """How far back a note may stand.

    Attributes:
        right: for each model, the share of questions answered as the note says, by the
            tokens of story between the note and the question.
        room: so many tokens of story fit between them before the window's edge
            (median).
    """

    right: dict[str, dict[int, Share]]
    room: float

    @property
    def inside(self) -> list[int]:
        """The distances at which the note is still in the window."""
        return [d for d in next(iter(self.right.values())) if d < self.room]

    def sentence(self) -> str:
        """Both sides of the edge, in numbers."""
        near, far = self.inside[-1], max(next(iter(self.right.values())))
        return (
            f"With {near} tokens of story between the note and the question, "
            f"{self._told(near)} of the answers are right; with {far}, when the note "
            f"has fallen out of the window, {self._told(far)}."
        )

    def verdict(self) -> str:
        """Whether distance does harm within the window, and whether all agree."""
        least = [
            min(found[d].share for d in self.inside) for found in self.right.values()
        ]
        most = max(
            max(at) - min(at)
            for d in self.inside
            for at in [[found[d].share for found in self.right.values()]]
        )
        worst = f"{round(100 * min(least))}\u00a0%"
        harm = (
            f"Within the window, no place has less than {worst} right."
            if min(least) >= 0.9
            else f"Within the window, too, distance does harm: down to {worst} right."
        )
        if len(self.right) == 1:
            return harm
        points = f"{round(100 * most)} points"
        if most <= 0.1:
            return f"{harm} The twins are never more than {points} apart."
        return (
            f"{harm} The twins are up to {points} apart, although their recipe is the "
            "same: such a figure belongs to one model."
        )

    def title(self) -> str:
        """What distance does within the window, and what its edge does."""
        models = list(self.right.values())
        worst = [min(found[d] for d in self.inside) for found in models]
        nearest = [found[self.inside[0]] for found in models]
        pairs = zip(worst, nearest, strict=True)
        if fallen := [one for one, near in pairs if one.high < near.low]:
            return f"Within the window, too, it falls to {min(fallen).percent} right"
        least = min(worst)
        outside = [
            one for found in models for d, one in found.items() if d >= self.room
        ]
        if not outside or (most := max(outside)).high >= least.low:
            return "No clear difference by distance"
        beyond = f"at most {most.percent}" if most.share else "none"
        return f"In the window, {least.percent} or more are right; beyond, {beyond}"

    def alt(self) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{name}: " + ", ".join(f"{d} tokens {s.percent}" for d, s in found.items())
            for name, found in self.right.items()
        )
        return (
            f"{self.title()}. A curve of right answers over the distance between a "
            f"note and its question, for each model, with 95 % intervals. {rows}. A "
            f"line marks the edge of the window at about {self.room:.0f} tokens."
        )

    def figure(self) -> Figure:
        """Right answers over the distance, and the edge of the window."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            color = figures.CONTEXT
            looks = zip(self.right.items(), _SIGNS, strict=False)
            for place, ((name, found), sign) in enumerate(looks):
                shift = 2 * place  # two points at one height stay two
                x = [distance + shift for distance in found]
                figures.draw_shares(ax, x, [*found.values()], color, "o", place > 0)
                at = (0.02, 0.28 - 0.12 * place)
                words: dict[str, Any] = {"color": color, "weight": "bold"}
                ax.text(*at, f"{sign} {name}", **words, transform=ax.transAxes)
            ax.axvline(self.room, color=figures.NEUTRAL, linestyle=":")
            look = {"color": figures.NEUTRAL, "weight": "bold", "va": "center"}
            edge = (self.room, 0.8), (8, 0)
            figures.write_beside(ax, "the note\nis gone", *edge, **look)
            ax.set(xlabel="tokens between the note and the question", ylim=(-0.03, 1.1))
            ax.set(ylabel="right answers", yticks=(0, 0.25, 0.5, 0.75, 1))
            figures.set_title(fig, self.title())
        return fig

    def _told(self, distance: int) -> str:
        first, *others = self.right
        told = self.right[first][distance].percent
        for name in others:
            told += f" ({name}: {self.right[name][distance].percent})"
        return told


@checked(moved=1)
def measure(models: Sequence[LanguageModel], moved: int = FAR) -> Reach:
    """Move notes away from their questions, out of the window; takes seconds.

    Args:
        models: the class model and its twin, or one of them; their windows are alike.
        moved: notes that are moved away.
    """
    pages = notes.held_out(moved, 0)
    lengths = [len(models[0].encode(page.prompt)) for page in pages]
    # At the window's edge one place stays free, for the token that comes next.
    room = models[0].config.max_seq_len - 1 - median(lengths).value
    right = {spoken(lm): open_book.by_distance(lm, pages, DISTANCES) for lm in models}
    return Reach(right, room)


BY_DISTANCE = Experiment("09_reach", measure, FAR, BOTH)
