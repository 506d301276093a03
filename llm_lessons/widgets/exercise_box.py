"""An exercise in a notebook: boxes to answer in, what a check has found, buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import traitlets
from IPython.core.getipython import get_ipython

from llm_lessons.foundation import diary
from llm_lessons.foundation.checks import checked
from llm_lessons.lessons import exercises
from llm_lessons.lessons.checking.boxes import Box, Number
from llm_lessons.lessons.checking.cells import CELLS
from llm_lessons.lessons.checking.checker import Exercise, Feedback
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Kept

_SAME = (
    "(No cell has run since the last check. If you have changed your answer, run its "
    "cell first.)"
)


class ExerciseBox(Kept):
    """An exercise, what a check has found, and the buttons Check, Hint and Solution.

    One without code has its task and its boxes here, too. Hints and solution are shown
    by the browser alone; a check asks Python.

    Args:
        exercise: the exercise.
        found: what the check of now has found; None where none was asked for yet.

    Attributes:
        answers: what was typed into the boxes, by name.
        hints_shown: how many of the hints are open.
        solution_shown: whether the solution is.
    """

    _esm, _css = assets("exercise_box")

    answers = traitlets.Dict(
        value_trait=traitlets.Unicode(), key_trait=traitlets.Unicode()
    ).tag(sync=True)
    hints_shown = traitlets.Int(0).tag(sync=True)
    solution_shown = traitlets.Bool(False).tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    _task = traitlets.Unicode().tag(sync=True)  # of one with boxes
    # [name, label, whether it takes a number, [[letter, what it stands for]]]
    _boxes = traitlets.List().tag(sync=True)
    _found = traitlets.Dict(allow_none=True).tag(sync=True)
    _hints = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _solution = traitlets.Unicode().tag(sync=True)
    _asked = traitlets.Int(0).tag(sync=True)  # presses of Check
    _answered = traitlets.Int(0).tag(sync=True)  # those that are done

    @checked()
    def __init__(self, exercise: Exercise, found: Feedback | None = None):
        self._exercise = exercise
        self._ran = CELLS.ran + 1  # with the cell that shows this
        super().__init__(
            hints_shown=exercise.hints_given,
            _title=exercise.title,
            _task=exercise.task if exercise.boxes else "",
            _boxes=[_row(name, one) for name, one in exercise.boxes.items()],
            _found=found and _as_state(found),
            _hints=list(exercise.hints),
            _solution=exercise.solution().code,
        )
        self.observe(self._on_asked, "_asked")
        self.observe(self._on_hint, "hints_shown")
        self.observe(self._on_solution, "solution_shown")

    def __repr__(self) -> str:
        if self._found is None:
            return repr(self._exercise)
        return f"{self._title}: {self._found['verdict']} {self._found['text']}"

    def _on_asked(self, change: Any) -> None:
        answers = self.answers if self._exercise.boxes else None
        found = _as_state(_check(self._exercise, answers))
        same = answers is None and CELLS.ran == self._ran
        if same and found["status"] != "right":
            found["text"] += f" {_SAME}"
        self._ran = CELLS.ran
        with self.hold_sync():
            self._found, self._answered = found, change.new

    def _on_hint(self, change: Any) -> None:
        self._exercise.hints_given = change.new

    def _on_solution(self, change: Any) -> None:
        _note("solutions", self._exercise)


def _row(name: str, box: Box) -> list:
    choices = [list(one) for one in box.choices.items()]
    return [name, box.label, isinstance(box, Number), choices]


def _check(exercise: Exercise, answers: Mapping[str, str] | None = None) -> Feedback:
    """What it finds in boxes or in the notebook; the diary hears of what is right."""
    found = exercise.check(answers)
    if found.status == "right":
        _note("exercises", exercise)
    return found


def _note(kind: diary.Kind, exercise: Exercise) -> None:
    diary.note(exercise.number[:2], kind, exercise.name)


def _as_state(found: Feedback) -> dict[str, str]:
    return {name: getattr(found, name) for name in ("status", "verdict", "text")}


@dataclass(frozen=True, repr=False)
class Checked(Feedback):
    """The feedback of a check that a notebook shows with buttons below it."""

    exercise: Exercise | None = None

    def _repr_mimebundle_(self, **kinds: Any) -> Any:
        assert self.exercise is not None
        return ExerciseBox(self.exercise, self)._repr_mimebundle_(**kinds)


class Task:
    """An exercise of a lesson: `.check()`, `.hint()` and `.solution()`.

    A notebook shows one without code as a box to answer in, and what a check of any
    other has found with buttons for the next check, hints and the solution.
    """

    def __init__(self, exercise: Exercise):
        self._exercise = exercise
        diary.open_lesson(exercise.number[:2])

    def __repr__(self) -> str:
        return repr(self._exercise)

    def _repr_html_(self) -> str | None:
        return None if self._exercise.boxes else self._exercise._repr_html_()

    def _repr_mimebundle_(self, **kinds: Any) -> Any:
        if not self._exercise.boxes:
            return None
        return ExerciseBox(self._exercise)._repr_mimebundle_(**kinds)

    def check(self, answers: Mapping[str, Any] | None = None) -> Feedback:
        """Look at the answers in the notebook (or in `answers`), whatever they are."""
        has_boxes = bool(self._exercise.boxes)
        if answers is not None or has_boxes or get_ipython() is None:
            return self._exercise.check(answers)
        found = _check(self._exercise)
        return Checked(**vars(found), exercise=self._exercise)

    def hint(self) -> Feedback:
        """The next hint; when there are no more, the last one again."""
        return self._exercise.hint()

    def solution(self) -> Feedback:
        """One way to do it: code to copy, or what to put into the boxes."""
        _note("solutions", self._exercise)
        return self._exercise.solution()


@checked()
def exercise(name: str) -> Task:
    """The exercise of this number or name, for example "04.1" or "04.temperature".

    The same name gives the same exercise, so that its hints come one at a time.

    Raises:
        ValueError: there is none of that name; lists those that there are.
    """
    return Task(exercises.exercise(name))
