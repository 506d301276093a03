"""What stands in the text steers what comes: a wrong step against a wrong answer.

Claims C14 and C15, on fruit problems: a step that is altered before the answer, and a
wrong answer that is said before its reason, once to be checked and once to be defended.
Each is one wrong number in the text; whether the end goes with it is counted, and told
as it comes out.
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
    BECAUSE,
    CHECK,
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
        check: the answer stood first and is wrong; behind it stood "Check:".
        because: the same answers, with "Because:" behind them.
    """

    altered: AlteredEnd
    check: Reasons
    because: Reasons

    @property
    def rows(self) -> dict[str, tuple[Share, Share, Share]]:
        """For each of the three, the shares of `PARTS`."""
        rows = {
            "A wrong step,\nthen the answer": (
                self.altered.follows,
                self.altered.ignores,
                self.altered.neither,
            )
        }
        for word, found in ((CHECK, self.check), (BECAUSE, self.because)):
            shares = (found.defends, found.mends, found.neither)
            rows[f"A wrong answer,\nthen “{word}”"] = shares
        return rows

    def sentence(self) -> str:
        """All three, in numbers."""
        return (
            f"When one written step is wrong, {self.altered.follows.percent} of the "
            f"answers go with it. When a wrong answer is said first, "
            f"{self.because.defends.percent} of the texts behind “{BECAUSE}” end at "
            f"it, and {self.check.mends.percent} of those behind “{CHECK}” end at the "
            "right number."
        )

    def conclusion(self) -> str:
        """Whether the word behind the answer decides where the text ends."""
        apart = self.because.defends.low > self.check.defends.high
        if apart and self.because.defends.low > 0.5 > self.check.defends.high:
            return (
                "The question is the same, and so is the wrong answer. One word behind "
                "it decides whether Fjord defends it or mends it."
            )
        if apart:
            return (
                "The question is the same, and so is the wrong answer. One word behind "
                "it makes Fjord defend it more often or less."
            )
        return "The word behind the wrong answer makes no difference that shows here."

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
        return f"Three bars, each cut by where the texts end. {rows}."

    def figure(self) -> Figure:
        """A bar for each, cut into parts that are named in place."""
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 3.6))
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
            ax.set(yticks=range(len(self.rows)), xlim=(0, 1), ylim=(2.4, -0.9))
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
    return Steering(
        altered_end(lm, asked),
        forced_answer(lm, asked, CHECK),
        forced_answer(lm, asked, BECAUSE),
    )
