"""One note in many forms: does the habit hold beyond the words that were practised?

Claim C16: the context window is working memory, directly available and exact. The class
model learned to use it on pages in thousands of sentences and layouts. A tenth of these
was kept aside, and is asked here beside the others, with words for an answer that stand
nowhere in Fjordby: only who copies is right. A note about somebody else must not be
taken. A note that contradicts the weights is asked in old and in new words, too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.fjordby import Fact, notes
from llm_lessons.fjordby.notes import OpenBook
from llm_lessons.fjordby.varied import asked_notes
from llm_lessons.fjordby.varied.asked_notes import Shape
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.open_book import (
    WELL_KNOWN,
    Conflict,
    facts_read,
    over_new,
)
from llm_lessons.measuring.intervals import Share, over_forms
from llm_lessons.measuring.kept import BOTH, Experiment

SHAPES: dict[Shape, str] = {
    "name first": "a sentence",
    "value first": "a sentence, value first",
    "form": "a form",
    "dialogue": "a dialogue",
    "table": "a table",
    "list": "a list",
}
"""How notes are written, and what the figure calls it."""
OLD, NEW = "in wordings that it practised", "in wordings that it never read"
BARE = "without “Note:” in front"
CLASHES: dict[str, notes.Form] = {OLD: "note", NEW: "new wording", BARE: "no label"}
QUESTIONS = 60  # for each shape, in old words and in new ones
_GUESSED: Shape = "name first"  # what a learner guesses before it is shown
_MARKS = {OLD: ("o", "●"), NEW: ("^", "▲")}
_APART = 0.18  # of a row, between two marks


@dataclass(frozen=True)
class Habit:
    """What one model does with notes.

    Attributes:
        model: its name in a sentence, as "Fjord".
        copied: share of questions about invented people answered as the note says, in
            old words and in new ones, by shape. The intervals of the new ones count no
            more cases than there are such words.
        silent: share of questions about somebody whom no note names that are answered
            with "It doesn't say."
        conflicts: who wins, in old words, labelled or not, and in new ones, where a
            note says something else about well-known people than the training text.
    """

    model: str
    copied: Mapping[str, Mapping[Shape, Share]]
    silent: Share
    conflicts: Mapping[str, Conflict]


@dataclass(frozen=True)
class Forms:
    """The habits of some models, in the same order everywhere."""

    habits: tuple[Habit, ...]

    def sentence(self) -> str:
        copied = self._both(lambda habit, words: list(habit.copied[words].values()))
        name = self.habits[0].model
        return f"A word that {name} never read is copied from the note in {copied}."

    def clash(self) -> str:
        """Who wins where a note contradicts the weights, in numbers."""
        followed = self._both(lambda habit, words: [habit.conflicts[words].note])
        first, *others = self.habits
        also = "".join(
            f" ({h.model}: {h.conflicts[BARE].note.percent})" for h in others
        )
        return (
            f"Where the note contradicts what {first.model} knows well, the note wins "
            f"in {followed}; {BARE}, in {first.conflicts[BARE].note.percent}{also}."
        )

    def silence(self) -> str:
        """What it says where the notes are about others, in numbers."""
        first, *others = self.habits
        also = "".join(f" ({other.model}: {other.silent.percent})" for other in others)
        return (
            "Asked about somebody whom no note names, in wordings that it practised, "
            f"{first.model} says “{notes.SILENT}” in {first.silent.percent}{also}."
        )

    def title(self) -> str:
        """How far the habit reaches, over all models and shapes."""
        new = [copies for habit in self.habits for copies in habit.copied[NEW].values()]
        return f"In words never read, notes are used in {_range(new)}"

    def alt(self, said: float | None = None) -> str:
        rows = [
            f"{name}: "
            + "; ".join(
                f"{h.model} {h.copied[OLD][shape].percent} in old words, "
                f"{h.copied[NEW][shape].percent} in new ones"
                for h in self.habits
            )
            for shape, name in SHAPES.items()
        ]
        silent = "; ".join(f"{h.model} {h.silent.percent}" for h in self.habits)
        guess = "" if said is None else f" You said {said:g}\u00a0% in a new sentence."
        return (
            f"{self.title()}. A row for each shape of a note, with the shares of "
            "questions about invented people that are answered from it, by words that "
            f"were never read, with 95 % intervals. {'. '.join(rows)}. Says that it "
            f"doesn't say where the notes are about others: {silent}.{guess}"
        )

    def figure(self, said: float | None = None) -> Figure:
        """A row a shape, in old words and in new ones; a second model's are hollow.

        Args:
            said: how many percent of notes in new words are used, before anybody knew.
        """
        rows = [*SHAPES.values(), f"about others: “{notes.SILENT}”"]
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 0.42 * len(rows) + 1.2))
            places = len(_MARKS) * len(self.habits)
            for k, words in enumerate(_MARKS):
                for m, habit in enumerate(self.habits):
                    shift = _APART * ((places - 1) / 2 - k * len(self.habits) - m)
                    found = [habit.copied[words][shape] for shape in SHAPES]
                    found += [habit.silent] * (words == OLD)
                    _draw(ax, shift, found, _MARKS[words][0], hollow=m > 0)
            for k, (words, (_, sign)) in enumerate(_MARKS.items()):
                ax.text(
                    *(0, 1.1 - 0.07 * k),
                    f"{sign} {words}",
                    color=figures.CONTEXT,
                    weight="bold",
                    transform=ax.transAxes,
                )
            ax.set_yticks([-row for row in range(len(rows))], rows)
            ax.set(xlim=(-0.04, 1.04), ylim=(0.6 - len(rows), 0.6))
            ax.grid(axis="x")
            ax.grid(visible=False, axis="y")
            ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            figures.set_title(fig, self.title())
            first, *others = self.habits
            twin = "filled: Fjord; hollow: its twin\n" if others else ""
            figures.tell_intervals(ax, f"{twin}thin lines")
            if said is not None:
                row = [*SHAPES].index(_GUESSED)
                measured = first.copied[NEW][_GUESSED].share
                figures.draw_guess(ax, [said / 100], [-row], (measured, -row))
        return fig

    def _both(self, find: Callable[[Habit, str], Sequence[Share]]) -> str:
        """A range in old words and one in new ones, the other models' in brackets."""
        lines = []
        for words in _MARKS:
            first, *others = (_range(find(habit, words)) for habit in self.habits)
            pairs = zip(self.habits[1:], others, strict=True)
            also = "".join(f" ({habit.model}: {found})" for habit, found in pairs)
            lines.append(f"{first}{also} {words}")
        return ", and in ".join(lines)


@checked(questions=1)
def measure(models: Sequence[LanguageModel], questions: int = QUESTIONS) -> Forms:
    """Ask from notes in every shape.

    Args:
        models: the class model and its twin, or one of them.
        questions: for each shape, in old words and in new ones; 60 take about ten
            seconds a model on two cores. About so many well-known people are asked
            about, too.
    """
    return Forms(tuple(_habit(lm, questions) for lm in models))


HABITS = Experiment(
    "09_forms",
    measure,
    QUESTIONS,
    BOTH,
    on_card=r"(one note|a note about somebody else).*, worded as none was.*",
)


def pages(n: int, shape: Shape, words: str) -> list[OpenBook]:
    """Prompts about people whom the corpus never names, with values never read.

    Args:
        words: `OLD` or `NEW`.
    """
    aside = ("frame",) if words == NEW else ()
    return asked_notes.held_out(n, shape=shape, values="new", aside=aside)


def spoken(lm: LanguageModel) -> str:
    """A model's name in a sentence."""
    return {"fjord": "Fjord", "fjord-twin": "its twin"}.get(lm.name, lm.name)


def _habit(lm: LanguageModel, questions: int) -> Habit:
    old: dict[Shape, Share] = {
        shape: open_book.with_note(lm, pages(questions, shape, OLD)) for shape in SHAPES
    }
    new: dict[Shape, Share] = {
        shape: over_forms(
            open_book.with_note(lm, pages(questions, shape, NEW)),
            asked_notes.kept_aside(shape),
        )
        for shape in SHAPES
    }
    facts = [fact for count in WELL_KNOWN for fact in facts_read(count)]
    facts = facts[:: max(1, len(facts) // questions)]
    return Habit(
        spoken(lm),
        {OLD: old, NEW: new},
        open_book.says_nothing(lm, asked_notes.held_out(questions, 1, absent=True)),
        {words: _clash(lm, facts, form) for words, form in CLASHES.items()},
    )


def _clash(lm: LanguageModel, facts: Sequence[Fact], form: notes.Form) -> Conflict:
    found = open_book.conflict(lm, facts, form=form)
    shares = found.note, found.weights, found.neither
    return Conflict(*(over_new(share, form) for share in shares))


def _range(shares: Iterable[Share]) -> str:
    """From the lowest share to the highest, in whole percent."""
    found = list(shares)
    low, high = min(found).percent, max(found).percent
    return low if low == high else f"{low[:-2]} to {high}"


def _draw(
    ax: Axes, shift: float, shares: Sequence[Share], marker: str, hollow: bool
) -> None:
    ax.errorbar(
        [share.share for share in shares],
        [shift - row for row in range(len(shares))],
        xerr=figures.whiskers(shares),
        color=figures.CONTEXT,
        marker=marker,
        markersize=5,
        markerfacecolor="none" if hollow else figures.CONTEXT,
        elinewidth=1,
        linestyle="none",
    )
