"""What stands in the text steers what comes: a wrong step against a wrong answer.

Claims C14 and C15, on fruit problems: a step that is altered before the answer, and a
wrong answer that is forced before its reason. Both are one wrong number in the text;
whether the end goes with it is counted, and told as it comes out.
"""

from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import fruit
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought.justification import (
    AlteredEnd,
    Reasons,
    altered_end,
    forced_answer,
)
from llm_lessons.measuring.intervals import Share

PROBLEMS = 60
# Their names, colours, and on paper without colours: stripes beside a plain part.
PARTS = (
    ("follow the wrong number", figures.VERMILION, ""),
    ("are right all the same", figures.BLUE, "///"),
    ("are something else", figures.PURPLE, ""),
)


@dataclass(frozen=True)
class Steering:
    """Where texts end that have a wrong number in them.

    Attributes:
        altered: the first of the steps is wrong; the answer comes after.
        forced: the answer stood first and is wrong; the reason comes after.
    """

    altered: AlteredEnd
    forced: Reasons

    @property
    def rows(self) -> dict[str, tuple[Share, Share, Share]]:
        """For each of the two, the shares of `PARTS`."""
        one, other = self.altered, self.forced
        return {
            "A wrong step,\nthen the answer": (one.follows, one.ignores, one.neither),
            "A wrong answer,\nthen the reason": (
                other.justifies,
                other.corrects,
                other.neither,
            ),
        }

    def sentence(self) -> str:
        """Both, in numbers."""
        return (
            f"When one written step is wrong, {self.altered.follows.percent} of the "
            f"answers go with it. When a wrong answer is written first, "
            f"{self.forced.justifies.percent} of the reasons end at it, and "
            f"{self.forced.corrects.percent} end at the right number."
        )

    def alt(self) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{name.replace(chr(10), ' ')}: "
            + ", ".join(
                f"{share.percent} {part}"
                for share, (part, *_) in zip(shares, PARTS, strict=True)
            )
            for name, shares in self.rows.items()
        )
        return f"Two bars, each cut by where the texts end. {rows}."

    def figure(self) -> Figure:
        """A bar for each, cut into parts that are named in place."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 2.8))
            for place, shares in enumerate(self.rows.values()):
                left = 0.0
                for share, (_, color, stripes) in zip(shares, PARTS, strict=True):
                    ax.barh(
                        place,
                        share.share,
                        height=0.55,
                        left=left,
                        color=color,
                        hatch=stripes,
                        edgecolor="white",
                        linewidth=0,
                    )
                    if share.share > 0.06:  # above it, in the page's own ink
                        above = (left + share.share / 2, place - 0.38)
                        ax.annotate(share.percent, above, ha="center", va="center")
                    left += share.share
            for (name, color, stripes), x, side in zip(
                PARTS, (-0.33, 0.38, 1.0), ("left", "center", "right"), strict=True
            ):
                text = {"ha": side, "color": color, "weight": "bold", "size": 9}
                mark = "▨" if stripes else "■"
                ax.annotate(f"{mark} {name}", (x, -0.75), annotation_clip=False, **text)
            ax.set(yticks=range(len(self.rows)), xlim=(0, 1), ylim=(1.4, -0.9))
            ax.set_yticklabels(self.rows)
            ax.grid(visible=False)
            ax.tick_params(axis="y", length=0)
            ax.spines["left"].set_visible(False)
            ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        return fig


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = PROBLEMS) -> Steering:
    """Alter a step, and force an answer, in held-out problems; takes seconds."""
    asked = fruit.held_out(problems)
    return Steering(altered_end(lm, asked), forced_answer(lm, asked))
