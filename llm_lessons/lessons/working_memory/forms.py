"""One note in many forms: does the habit hold beyond the words that were practised?

Claim C16: the context window is working memory, directly available and exact. Fjord
learned to use it on pages of a certain kind. So the same is asked of it with and
without a label, as a letter, in sentences that no page of Fjordby uses and in the form
of a biography, with values that Fjordby knows and with values that stand nowhere in it.
A note about somebody else must not be taken, and a note that contradicts the weights is
asked in each form, too: the form is part of the habit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import notes
from llm_lessons.fjordby.notes import OpenBook, Values
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.forms_drawn import Marks, draw
from llm_lessons.lessons.working_memory.open_book import Conflict
from llm_lessons.lessons.working_memory.weights_or_context import WELL_KNOWN, facts_read
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.kept import Experiment

type Form = Literal[notes.Form, "letter", "among others"]

FORMS: dict[Form, str] = {
    "note": "“Note: …”",
    "among others": "“Note: …” among 3 others",
    "no label": "without “Note:”",
    "letter": "as a letter",
    "new wording": "“Note: …” in new words",
    "value first": "the same, value first",
    "new, no label": "new words, no “Note:”",
    "biography": "as a biography",
}
"""How notes are written, and what the figure calls it.

"letter" is the note of "no label" in a letter, "among others" is "note" on a page with
three other notes. On all other pages is one other note, in the same form.
"""
GROUPS: dict[str, tuple[Form, ...]] = {
    "in forms that it practised": ("note", "among others", "no label", "letter"),
    "in new words": ("new wording", "value first", "new, no label"),
    "as a biography": ("biography",),
}
_GUESSED: Form = "new wording"  # what a learner guesses before it is shown
QUESTIONS = 60  # for each form and kind of values
_VALUES: tuple[Values, ...] = get_args(Values)
_OTHERS = 3


@dataclass(frozen=True)
class Habit:
    """What one model does with notes.

    Attributes:
        model: its name in a sentence, as "Fjord".
        answered: share of questions about invented people answered as the note says,
            by form and values.
        silent: share of questions about somebody whom no note names that are answered
            with "It doesn't say."
        too_silent: the same where the note is there ("note", known values).
        conflicts: who wins, by form, where a note says something else about well-known
            people than the training text does.
    """

    model: str
    answered: dict[Form, dict[Values, Share]]
    silent: Share
    too_silent: Share
    conflicts: dict[Form, Conflict]


@dataclass(frozen=True)
class Forms:
    """The habits of some models, in the same order everywhere."""

    habits: tuple[Habit, ...]

    def sentence(self) -> str:
        """How often a word that was never read is copied from a note, in numbers."""
        told = self._by_form(lambda habit, form: habit.answered[form]["new"])
        name = self.habits[0].model
        return f"A word that {name} never read is copied from the note in {told}."

    def clash(self) -> str:
        """Who wins where a note contradicts the weights, in numbers."""

        def won(habit: Habit, form: Form) -> Share | None:
            found = habit.conflicts.get(form)
            return found and found.note

        conflicts = [one for habit in self.habits for one in habit.conflicts.values()]
        most = max(one.weights for one in conflicts)
        weights = f"win in {most.percent} at most" if most.share else "never win"
        return (
            f"Where the note contradicts what {self.habits[0].model} knows well, the "
            f"note wins in {self._by_form(won)}. The weights {weights}."
        )

    def lost(self) -> list[Form]:
        """The forms in which, with one of the models, the note wins in under a half."""
        conflicts = [habit.conflicts for habit in self.habits]
        return [
            f for f in conflicts[0] if any(c[f].note.share < 0.5 for c in conflicts)
        ]

    def title(self) -> str:
        """Whether the form decides, where intervals lie apart."""
        if self.lost():
            return "In some forms, the note wins in less than half"
        practised, new, _ = GROUPS.values()

        def found(habit: Habit, forms: Sequence[Form]) -> list[Share]:
            return [habit.answered[form]["new"] for form in forms]

        if any(
            max(one.high for one in found(habit, new))
            >= min(one.low for one in found(habit, practised))
            for habit in self.habits
        ):
            return "No clear loss where notes come in new words"
        less = [one for habit in self.habits for one in found(habit, new)]
        return f"In new words, notes are used less, in {_range(less)}"

    def alt(self, said: float | None = None) -> str:
        """The figure in words."""
        rows = []
        for form, name in FORMS.items():
            by_model = []
            for habit in self.habits:
                known, new = (habit.answered[form][v] for v in _VALUES)
                told = f"{habit.model} {new.percent} (known words: {known.percent})"
                if found := habit.conflicts.get(form):
                    told += f", the note wins in {found.note.percent}"
                by_model.append(told)
            rows.append(f"{name}: {'; '.join(by_model)}")
        silent = "; ".join(f"{h.model} {h.silent.percent}" for h in self.habits)
        guess = "" if said is None else f" You said {said:g}\u00a0% in new words."
        return (
            f"{self.title()}. Two panels with a row for each form of a note. Left, the "
            "shares of questions about invented people that are answered from the "
            "note, with words that were never read; right, who wins where a note "
            "about well-known people contradicts the training text. "
            f"{'. '.join(rows)}. Says that it doesn't say where the notes are about "
            f"others: {silent}.{guess}"
        )

    def figure(self, said: float | None = None) -> Figure:
        """A row a form: new words copied left, who wins right.

        Args:
            said: how many percent of notes in new words are used, before anybody knew.
        """
        rows = [*FORMS.values(), f"about others: “{notes.SILENT}”"]
        copied: list[Marks] = []
        won: list[Marks] = []
        for habit in self.habits:
            new = [habit.answered[form]["new"] for form in FORMS]
            copied.append({"copied": [*new, habit.silent]})
            clashes = [habit.conflicts.get(form) for form in FORMS]
            won.append(
                {
                    "note": [clash and clash.note for clash in clashes],
                    "weights": [clash and clash.weights for clash in clashes],
                }
            )
        fig = draw(self.title(), rows, copied, won)
        if said is not None:
            row = [*FORMS].index(_GUESSED)
            found = self.habits[0].answered[_GUESSED]["new"].share
            figures.draw_guess(fig.axes[0], [said / 100], [-row], (found, -row))
        return fig

    def _by_form(self, find: Callable[[Habit, Form], Share | None]) -> str:
        """A range for each group of forms, the other models' in brackets."""
        told = []
        for how, forms in GROUPS.items():
            first, *others = (
                _range([one for form in forms if (one := find(habit, form))])
                for habit in self.habits
            )
            pairs = zip(self.habits[1:], others, strict=True)
            also = "".join(f" ({habit.model}: {found})" for habit, found in pairs)
            told.append(f"{first}{also} {how}")
        return _listed(told)


@checked(questions=1)
def measure(models: Sequence[LanguageModel], questions: int = QUESTIONS) -> Forms:
    """Ask from notes in every form.

    Args:
        models: the class model and its twin, or one of them.
        questions: for each form and kind of values; 60 take about ten seconds a model
            on two cores. About so many well-known people are asked about, too.
    """
    return Forms(tuple(_habit(lm, questions) for lm in models))


def of_twins(lm: LanguageModel, twin: LanguageModel, questions: int) -> Forms:
    """The same of the class model and its twin."""
    return measure([lm, twin], questions)


HABITS = Experiment(
    name="09_forms",
    kind=Forms,
    measure=of_twins,
    cases=QUESTIONS,
    models=(("fjord", "fjord-twin"),),
)


def _habit(lm: LanguageModel, questions: int) -> Habit:
    answered: dict[Form, dict[Values, Share]] = {
        form: {
            values: open_book.with_note(lm, pages(questions, form, values))
            for values in _VALUES
        }
        for form in FORMS
    }
    facts = [fact for count in WELL_KNOWN for fact in facts_read(count)]
    facts = facts[:: max(1, len(facts) // questions)]
    return Habit(
        spoken(lm),
        answered,
        open_book.says_nothing(lm, notes.absent(questions, 1)),
        open_book.says_nothing(lm, pages(questions, "note", "known")),
        {form: open_book.conflict(lm, facts, form=form) for form in notes.FORMS},
    )


def spoken(lm: LanguageModel) -> str:
    """A model's name in a sentence."""
    return {"fjord": "Fjord", "fjord-twin": "its twin"}.get(lm.name, lm.name)


def _range(shares: Sequence[Share]) -> str:
    """From the lowest share to the highest, in whole percent."""
    low, high = min(shares).percent, max(shares).percent
    return low if low == high else f"{low[:-2]} to {high}"


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


@checked(n=range(100_001))
def pages(n: int, form: Form, values: Values) -> list[OpenBook]:
    """Returns open-book prompts about people whom the corpus never names.

    Args:
        n: number of prompts.
        form: one of `FORMS`.
        values: "known" or "new", as in `notes.held_out`.
    """
    if form == "among others":
        return notes.held_out(n, _OTHERS, values=values)
    if form == "letter":
        bare = notes.held_out(n, 1, form="no label", values=values)
        return [replace(page, prompt=as_letter(page.prompt)) for page in bare]
    return notes.held_out(n, 1, form=form, values=values)


def as_letter(prompt: str) -> str:
    """The notes above a question as a letter."""
    told, asked = prompt.split("\nQuestion:")
    paragraph = told.replace("\n", " ")
    return f"Dear Ida,\n{paragraph}\nYours, Nils\nQuestion:{asked}"
