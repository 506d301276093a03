"""The same counts on several models: Fjord, SmolLM2, and one that a learner has.

What is counted comes in small parts, so that one sees how long the rest will take, and
so that whoever stops it keeps what was counted by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import Refusal, checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, apart, pooled
from llm_lessons.on_disk.listing import OURS
from llm_lessons.waiting import Waiting

LETTERS = 4  # of a token, about
_LONGEST = 60  # letters of a title's line
_SHORT = 20  # letters of a model's name in a figure
_LOOKS = (
    (figures.GREEN, "D"),
    (figures.VERMILION, "s"),
    (figures.BLUE, "o"),
    (figures.PURPLE, "^"),
)


class Part(NamedTuple):
    """A few cases of a count.

    Attributes:
        cost: how long it takes beside the other parts; about its tokens.
        count: asks a model, and gives shares by the rows of the figure.
    """

    cost: float
    count: Callable[[LanguageModel], Mapping[str, Share]]


@dataclass(frozen=True)
class Plan:
    """What a lesson counts.

    Attributes:
        rows: of the figure, from the top.
        ours: what the class model is asked, in its own little world.
        theirs: what a model of the real world is asked; it gets the model, since not
            every one can chat.
        compared: the two rows of which the title speaks.
        note: what the class model is asked instead, in a sentence.
    """

    rows: tuple[str, ...]
    ours: tuple[Part, ...]
    theirs: Callable[[LanguageModel], Sequence[Part]]
    compared: tuple[str, str]
    note: str


@dataclass(frozen=True)
class Beside:
    """What came of it.

    Attributes:
        plan: what was counted.
        found: for each model, by the name that the figure gives it, shares by row.
        left_out: for a model that was not asked all, a sentence that says why.
        stopped: whether somebody stopped it before its end.
    """

    plan: Plan
    found: dict[str, dict[str, Share]]
    left_out: dict[str, str] = field(default_factory=dict)
    stopped: bool = False

    @property
    def rows(self) -> list[str]:
        """Those in which anything was counted."""
        return [
            row
            for row in self.plan.rows
            if any(row in shares for shares in self.found.values())
        ]

    def _compared(self) -> tuple[str, Share, Share] | None:
        """The last model of which both compared rows were counted."""
        first, second = self.plan.compared
        for name, shares in reversed(self.found.items()):
            if first in shares and second in shares:
                return name, shares[first], shares[second]
        return None

    def sentence(self) -> str:
        """The two compared rows of the last model, in numbers, and what is missing."""
        said, compared = [], self._compared()
        if compared:
            name, one, other = compared
            first, second = self.plan.compared
            verdict = _verdict(one, other).replace("may be", "maybe")
            said.append(
                f"With {name}: “{first}” {_in_full(one)}, “{second}” "
                f"{_in_full(other)}: {verdict}."
            )
            if not one.share and not other.share:
                said.append(
                    "Where both are 0\u00a0%, look at what it writes at all, as in "
                    '`other.generate("The capital of France is", 20)`.'
                )
        if self.stopped:
            said.append(
                "It was stopped before its end; what is shown rests on what was "
                "counted by then."
            )
        return " ".join([*said, *self.left_out.values()])

    def table(self) -> str:
        """All shares with their 95 % intervals and cases, as a Markdown table.

        A line below it says how to read it.
        """
        names = [name.replace("|", "/") for name in self.found]
        lines = [f"| | {' | '.join(names)} |", f"| :-- |{' --: |' * len(names)}"]
        for row in self.rows:
            shares = (found.get(row) for found in self.found.values())
            cells = (_in_full(one) if one else "–" for one in shares)
            lines.append(f"| {row} | {' | '.join(cells)} |")
        read = "In brackets: the 95\u00a0% interval, and of how many cases."
        if any(row not in found for found in self.found.values() for row in self.rows):
            read = f"{read} A dash: this was not counted."
        return "\n".join([*lines, "", read])

    def title(self) -> str:
        """The two compared rows of the last model, and whether they differ clearly."""
        compared = self._compared()
        if compared is None:
            return "Side by side, as far as it was counted"
        name, one, other = compared
        first, second = self.plan.compared
        found = f"{first}: {one.percent}, {second}: {other.percent}"
        if not apart(one, other):
            found = f"{found} ({_verdict(one, other)})"
        whole = f"{name} · {found}"
        return whole if len(whole) <= _LONGEST else f"{name}\n{found}"

    def alt(self) -> str:
        """The figure in words."""
        told = (
            f"{name}: {', '.join(f'{row} {one}' for row, one in shares.items())}"
            for name, shares in self.found.items()
        )
        return (
            f"{self.title()}. A row for each count, and in it a point with its 95 % "
            f"interval for each model. {'; '.join(told)}."
        )

    def figure(self) -> Figure:
        """A row for each count: the models as points with their intervals."""
        rows, models = self.rows, len(self.found)
        step = 0.7 / max(1, models)
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 1.4 + 0.2 * len(rows) * models))
            looks = zip(self.found.items(), _LOOKS, strict=False)
            for place, ((name, shares), (color, marker)) in enumerate(looks):
                there = [row for row in range(len(rows)) if rows[row] in shares]
                shift = step * (place - (models - 1) / 2)
                drawn = [shares[rows[row]] for row in there]
                y = [row + shift for row in there]
                figures.draw_share_rows(ax, y, drawn, color, marker)
                ax.plot([], [], marker, color=color, label=name)
            names = ax.legend(
                *ax.get_legend_handles_labels(),  # which may be none
                loc="lower left",
                bbox_to_anchor=(-0.02, 1.0),
                ncols=max(1, models),
                fontsize=10,
            )
            for text, (color, _) in zip(names.get_texts(), _LOOKS, strict=False):
                text.set(color=color, weight="bold")
            ax.set_yticks(range(len(rows)), rows)
            ax.set(xlim=(-0.03, 1.03), ylim=(max(1, len(rows)) - 0.5, -0.5))
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked()
def measure(plan: Plan, models: Sequence[LanguageModel | None]) -> Beside:
    """Count it all on each model; whoever interrupts it keeps what was counted.

    A model that would first write thoughts is asked for none: an answer at once has to
    be one.

    Args:
        models: those that there are; None is passed over, and so is one that comes
            again.

    Raises:
        ValueError: there is no model.
        KeyboardInterrupt: it was stopped before anything was counted.
    """
    there = list({lm.name: lm for lm in models if lm is not None}.values())
    if not there:
        raise Refusal("There is no model to count on: give one, such as Fjord.")
    beside = Beside(plan, {})
    try:
        for i, lm in enumerate(there):
            _count(lm, beside, f"model {i + 1} of {len(there)}")
    except KeyboardInterrupt:
        if not any(beside.found.values()):
            raise
        beside = replace(beside, stopped=True)
    found = {name: shares for name, shares in beside.found.items() if shares}
    return replace(beside, found=found)


def _count(lm: LanguageModel, beside: Beside, place: str) -> None:
    """All parts on one model; each is there as soon as it is counted.

    Args:
        place: which of the models it is, as the bar says it.
    """
    plan, name = beside.plan, short(lm.name)
    if name in beside.found:  # of two makers, say
        name = lm.name
    parts = plan.ours if lm.name in OURS else plan.theirs(lm)
    shares = beside.found.setdefault(name, {})
    asked = _without_thinking(lm)
    if not parts:
        beside.left_out[name] = f"{name} was not asked."
    total, failed = round(sum(part.cost for part in parts)), 0
    with Waiting(f"counting with {name} ({place})", total, in_percent=True) as bar:
        for part in parts:
            try:
                for row, one in part.count(asked).items():
                    shares[row] = pooled(shares[row], one) if row in shares else one
            except ValueError as trouble:  # a small window, a template that refuses
                failed += 1
                beside.left_out[name] = (
                    f"With {name}, {failed} of {len(parts)} parts could not be "
                    f"counted. {str(trouble).removesuffix(' Shorten it.')}"
                )
            bar.done(round(part.cost))


def _without_thinking(lm: LanguageModel) -> LanguageModel:
    if lm.template is None or lm.name in OURS:
        return lm
    own = lm.config, lm.params, lm.tokenizer
    return LanguageModel(lm.name, *own, lm.template.without_thinking)


def short(name: str) -> str:
    """A model's name as it fits beside others: what is left of it is its end."""
    ours = {"fjord": "Fjord", "fjord-twin": "its twin", "smollm2": "SmolLM2"}
    if name in ours:
        return ours[name]
    program, colon, rest = name.partition(":")
    known = program in ("ollama", "lmstudio", "hf", "llama.cpp") and colon
    last = (rest if known else name).rsplit("/", 1)[-1].removesuffix(".gguf")
    if len(last) <= _SHORT:
        return last
    half = _SHORT // 2
    return f"{last[:half]}…{last[-half + 1 :]}"


def cost(prompts: Sequence[str], longest: int) -> float:
    """About how many tokens are read and written for these prompts."""
    return sum(len(prompt) / LETTERS + longest for prompt in prompts)


def _verdict(one: Share, other: Share) -> str:
    if apart(one, other):
        return "a clear difference"
    return "may be chance" if one.share != other.share else "no difference"


def _in_full(one: Share) -> str:
    low, high = round(100 * one.low), round(100 * one.high)
    # Only before its bracket and before "of" may it go on in the next line.
    return f"{one.percent} ({low}\u2060–\u2060{high}, of\u00a0{one.n})"
