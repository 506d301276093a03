"""Checks answers without ever stopping a notebook: each finding is a kind sentence.

An answer is a variable of the learner's notebook. It can be missing, not attempted
(still `...`, None or an empty function), stopped by an error, wrong or right; these are
told apart. Where the cell that makes it stopped, an older answer is not judged.
"""

import dis
import html
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType, FunctionType
from typing import Any

from IPython.core.getipython import get_ipython

from llm_lessons.foundation import face
from llm_lessons.foundation.checks import one_of
from llm_lessons.foundation.languages import told_here
from llm_lessons.lessons.checking.answers import Finding
from llm_lessons.lessons.checking.cells import CELLS

_CHANCE, _RIGHT, _WRONG = (
    face.colours()[one][0] for one in ("chance", "weights", "wrong")
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
        usage: one more about what to type, which paper has no use for.
        code: lines to copy.
    """

    status: str
    title: str
    text: str = ""
    usage: str = ""
    code: str = ""

    def __repr__(self) -> str:
        parts = (f"{self.title}:", self.verdict, self.text, self.usage)
        head = " ".join(filter(None, parts))
        return f"{head}\n\n{self.code}" if self.code else head

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        head = " ".join(filter(None, (f"{self.title}:", self.verdict)))
        text, usage = (_as_html(told_here(one)) for one in (self.text, self.usage))
        usage = f' <span class="ll-usage">{usage}</span>' if usage else ""
        code = html.escape(self.code)
        code = f'<pre style="margin: 0.5em 0 0">{code}</pre>' if code else ""
        return (
            f'<div class="ll-feedback" role="status" data-status="{self.status}" '
            f'style="border-left: 4px solid var({_LOOKS[self.status][1]}); '
            'padding: 0.25em 0 0.25em 0.9em; max-width: 46rem">'
            f"<strong>{html.escape(told_here(head))}</strong> {text}{usage}{code}</div>"
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
        answers: the variables that hold the learner's answers.
        examine: takes the answers in this order; returns praise or raises a `Finding`.
        hints: from a nudge to nearly the solution.
        code: a solution, which defines the answers and passes the check.
        hints_given: how many hints were asked for.
    """

    number: str
    name: str
    aim: str
    task: str
    answers: Sequence[str]
    examine: Callable[..., str]
    hints: Sequence[str]
    code: str
    hints_given: int = 0

    @property
    def _title(self) -> str:
        return f"Exercise {self.number}"

    def __repr__(self) -> str:
        return repr(self._as_feedback())

    def _repr_html_(self) -> str:
        return self._as_feedback()._repr_html_()

    def _as_feedback(self) -> Feedback:
        usage = (
            "Answer in the next cell, and run it. The cell below it checks, and has "
            "buttons for a hint and a solution."
        )
        return Feedback("task", self._title, self.task, usage)

    def check(self, answers: Mapping[str, Any] | None = None) -> Feedback:
        """Look at the answers in the notebook (or in `answers`), whatever they are."""
        values = _notebook_variables() if answers is None else answers
        one_of("answers", values, (Mapping,), 'a dictionary, such as {"a": 1}')
        stop = CELLS.stop_of(self.answers) if answers is None else None
        if stop is not None:
            text = (
                f"The cell of {_listed(self.answers)} stopped with {stop}. Mend it and "
                "run it again: so far, nothing new has come of it."
            )
            return Feedback("error", self._title, text)
        missing = [name for name in self.answers if name not in values]
        if missing:
            text = f"There is no {_listed(missing)} yet; run the cell that makes it."
            return Feedback("missing", self._title, text)
        given = {name: values[name] for name in self.answers}
        blank = [name for name, value in given.items() if _is_placeholder(value)]
        if blank:
            text = (
                f"Put your answer in place of the dots in {_listed(blank)}, and run "
                "that cell."
            )
            return Feedback("not attempted", self._title, text)
        try:
            return Feedback("right", self._title, self.examine(*given.values()))
        except Finding as finding:
            return Feedback(finding.status, self._title, str(finding))
        except Exception as error:  # of a kind that no examiner thought of
            text = (
                f"What {_listed(self.answers)} gives is not what the task asks for: "
                f"looking at it ended with {type(error).__name__}: {error}."
            )
            return Feedback("error", self._title, text)

    def hint(self) -> Feedback:
        """The next hint; when there are no more, the last one again."""
        self.hints_given = min(self.hints_given + 1, len(self.hints))
        text = self.hints[self.hints_given - 1]
        if self.hints_given == len(self.hints):
            text += " (That was the last one; `.solution()` shows one way.)"
        title = f"{self._title}, hint {self.hints_given} of {len(self.hints)}"
        return Feedback("hint", title, text)

    def solution(self) -> Feedback:
        """One way to do it, as code to copy."""
        return Feedback("solution", f"{self._title}, one way", code=self.code)


def _notebook_variables() -> Mapping[str, Any]:
    shell = get_ipython()
    return shell.user_ns if shell else vars(sys.modules["__main__"])


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


def _listed(names: Sequence[str]) -> str:
    *firsts, last = (f"`{name}`" for name in names)
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _as_html(text: str) -> str:
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(text))
    text = re.sub(r"^- (.*)$", r"<li>\1</li>", text, flags=re.MULTILINE)
    return re.sub(
        r"(?:<li>.*</li>\n?)+", r'<ul style="margin: 0.3em 0">\g<0></ul>', text
    )
