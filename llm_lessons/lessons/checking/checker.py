"""Checks answers without ever stopping a notebook: each finding is a kind sentence.

An answer is typed into a box, or it is a variable of the learner's notebook. It can be
missing, not attempted (an empty box, `...`, None or an empty function), stopped by an
error, wrong or right; these are told apart. Where the cell that makes a variable
stopped, an older answer is not judged.
"""

import dis
import html
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType, FunctionType
from typing import Any

from IPython.core.getipython import get_ipython

from llm_lessons.foundation import face
from llm_lessons.foundation.checks import one_of
from llm_lessons.foundation.languages import Translate, english, translated
from llm_lessons.lessons.checking.answers import Finding
from llm_lessons.lessons.checking.boxes import Box
from llm_lessons.lessons.checking.cells import CELLS

_CHANCE, _RIGHT, _WRONG = (
    face.colours()[name][0] for name in ("chance", "weights", "wrong")
)
# A status' first words, and the colour of its edge: the theme's own where there is one.
_LOOKS = {
    "task": ("", f"--jp-brand-color1, {_CHANCE}"),
    "right": ("✓ Right.", f"--jp-success-color1, {_RIGHT}"),
    "wrong": ("✗ Not yet.", f"--jp-warn-color1, {_WRONG}"),
    "error": ("✗ It stopped.", f"--jp-warn-color1, {_WRONG}"),
    "missing": ("○ Not there.", "--jp-border-color1, #888"),
    "not attempted": ("○ Not attempted.", "--jp-border-color1, #888"),
    "hint": ("", f"--jp-brand-color1, {_CHANCE}"),
    "solution": ("", f"--jp-brand-color1, {_CHANCE}"),
}


@dataclass(frozen=True)
class Feedback:
    """One message about an exercise.

    Attributes:
        status: "task", "right", "wrong", "error", "missing", "not attempted", "hint"
            or "solution".
        title: what it is about.
        text: sentences, with `code` in backticks; a line that begins with "- " is an
            item of a list.
        code: lines to copy.
    """

    status: str
    title: str
    text: str = ""
    code: str = ""

    def __repr__(self) -> str:
        parts = (f"{self.title}:", self.verdict, self.text)
        head = " ".join(filter(None, parts))
        return f"{head}\n\n{self.code}" if self.code else head

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        head = " ".join(filter(None, (f"{self.title}:", self.verdict)))
        text = _as_html(translated(self.text))
        code = html.escape(self.code)
        code = f'<pre style="margin: 0.5em 0 0">{code}</pre>' if code else ""
        return (
            f'<div class="ll-feedback" role="status" data-status="{self.status}" '
            f'style="border-left: 4px solid var({_LOOKS[self.status][1]}); '
            'padding: 0.25em 0 0.25em 0.9em; max-width: 46rem">'
            f"<strong>{html.escape(translated(head))}</strong> {text}{code}</div>"
        )

    @property
    def verdict(self) -> str:
        """Its first words, such as "✓ Right."; a task has none."""
        return _LOOKS[self.status][0]


@dataclass(eq=False, repr=False)
class Exercise:
    """One exercise: `.check()`, `.hint()` and `.solution()`.

    Attributes:
        number: lesson and exercise, for example "04.1".
        name: the same by name, for example "04.temperature".
        aim: what one does in it, in a few words, such as "Write the softmax".
        task: what to do, with `code` in backticks; a line that begins with "- " is an
            item of a list.
        answers: the names of the learner's answers: of variables, or of boxes.
        examine: takes the answers in this order; returns praise or raises a `Finding`.
        hints: from a nudge to nearly the solution.
        code: a solution, which defines the variables and passes the check.
        hints_given: how many hints were asked for.
    """

    number: str
    name: str
    aim: str
    task: str
    answers: Sequence[str] | Mapping[str, Box]
    examine: Callable[..., str]
    hints: Sequence[str]
    code: str = ""
    hints_given: int = 0

    @property
    def boxes(self) -> Mapping[str, Box]:
        """The boxes that it is answered in, by name; none for one of code."""
        return self.answers if isinstance(self.answers, Mapping) else {}

    @property
    def title(self) -> str:
        """Its number in words."""
        return f"Exercise {self.number}"

    def __repr__(self) -> str:
        return repr(self._as_feedback())

    def _repr_html_(self) -> str:
        return self._as_feedback()._repr_html_()

    def _as_feedback(self) -> Feedback:
        return Feedback("task", self.title, self.in_full())

    @property
    def choices(self) -> list[str]:
        """What there is to choose from in its boxes, such as "A: by heart"."""
        boxes = self.boxes.values()
        found = {letter: it for box in boxes for letter, it in box.choices.items()}
        return [f"{letter}: {it}" for letter, it in found.items()]

    def in_full(self, translate: Translate = english) -> str:
        """The task, what there is to choose from, and the labels of several boxes."""
        choices = "; ".join(map(translate, self.choices))
        parts = [translate(self.task), *([f"{choices}."] if choices else [])]
        if len(self.boxes) > 1:
            parts += [f"- {translate(box.label)}" for box in self.boxes.values()]
        return "\n".join(parts)

    def check(self, answers: Mapping[str, Any] | None = None) -> Feedback:
        """Look at the answers in the notebook (or in `answers`), whatever they are."""
        if self.boxes:
            return self._check_boxes({} if answers is None else answers)
        values = _notebook_variables() if answers is None else answers
        _is_mapping(values)
        stop = CELLS.stop_of(self.answers) if answers is None else None
        if stop is not None:
            text = (
                f"The cell of {_listed(self.answers)} stopped with {stop}. Mend it and "
                "run it again: so far, nothing new has come of it."
            )
            return Feedback("error", self.title, text)
        missing = [name for name in self.answers if name not in values]
        if missing:
            text = f"There is no {_listed(missing)} yet; run the cell that makes it."
            return Feedback("missing", self.title, text)
        given = {name: values[name] for name in self.answers}
        blank = [name for name, value in given.items() if _is_placeholder(value)]
        if blank:
            text = (
                f"Put your answer in place of the dots in {_listed(blank)}, and run "
                "that cell."
            )
            return Feedback("not attempted", self.title, text)
        return self._judge(lambda: given)

    def _check_boxes(self, typed: Mapping[str, Any]) -> Feedback:
        """The same for what was typed into boxes; an empty one is not attempted."""
        _is_mapping(typed)
        given = {name: typed.get(name) for name in self.boxes}
        empty = [self.boxes[name].label for name in given if _is_empty(given[name])]
        if empty:
            where = _listed(empty, "“{}”") if len(self.boxes) > 1 else "the box"
            text = f"Nothing stands in {where} yet."
            return Feedback("not attempted", self.title, text)
        boxes = self.boxes.items()
        return self._judge(lambda: {name: it.read(given[name]) for name, it in boxes})

    def _judge(self, read: Callable[[], Mapping[str, Any]]) -> Feedback:
        """What is found of answers, which may be such that they can't be read."""
        try:
            return Feedback("right", self.title, self.examine(*read().values()))
        except Finding as finding:
            return Feedback(finding.status, self.title, str(finding))
        except Exception as error:  # of a kind that no examiner thought of
            text = (
                f"What {_listed(self.answers)} gives is not what the task asks for: "
                f"looking at it ended with {type(error).__name__}: {error}."
            )
            return Feedback("error", self.title, text)

    def hint(self) -> Feedback:
        """The next hint; when there are no more, the last one again."""
        self.hints_given = min(self.hints_given + 1, len(self.hints))
        text = self.hints[self.hints_given - 1]
        if self.hints_given == len(self.hints):
            text += " (That was the last one; `.solution()` shows one way.)"
        title = f"{self.title}, hint {self.hints_given} of {len(self.hints)}"
        return Feedback("hint", title, text)

    def solution(self) -> Feedback:
        """One way to do it: code to copy, or what to put into the boxes."""
        boxes = self.boxes.values()
        code = self.code or "".join(f"{box.solution}\n" for box in boxes)
        return Feedback("solution", f"{self.title}, one way", code=code)


def _notebook_variables() -> Mapping[str, Any]:
    shell = get_ipython()
    return shell.user_ns if shell else vars(sys.modules["__main__"])


def _is_mapping(values: Any) -> None:
    one_of("answers", values, (Mapping,), 'a dictionary, such as {"a": 1}')


def _is_empty(typed: Any) -> bool:
    return not typed.strip() if isinstance(typed, str) else _is_placeholder(typed)


def _is_placeholder(value: Any) -> bool:
    """Whether the dots still stand, in a variable or as the body of a function."""
    if not isinstance(value, FunctionType):
        return value is None or value is ...
    steps = list(dis.get_instructions(value))
    consts = [step.argval for step in steps if "CONST" in step.opname]
    other = {s.opname for s in steps if "CONST" not in s.opname}
    return other <= {"RESUME", "NOP", "RETURN_VALUE"} and all(
        isinstance(const, EllipsisType | None) for const in consts
    )


def _listed(names: Iterable[str], form: str = "`{}`") -> str:
    *firsts, last = map(form.format, names)
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _as_html(text: str) -> str:
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(text))
    text = re.sub(r"^- (.*)$", r"<li>\1</li>", text, flags=re.MULTILINE)
    return re.sub(
        r"(?:<li>.*</li>\n?)+", r'<ul style="margin: 0.3em 0">\g<0></ul>', text
    )
