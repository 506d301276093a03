"""Where a learner is in the series: go on with what, and a page of what was done."""

import html
import re
from dataclasses import dataclass

import anywidget
import traitlets

from llm_lessons.foundation import diary
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.diary import Diary
from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.questions import QUESTIONS
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import with_code

_MARKS = {"done": "✓", "begun": "◐", "untouched": "○"}
_NOTHING = (
    "Nothing is noted yet. What you guess, move and solve in the lessons is noted from "
    "now on, so that this page can say where to go on."
)


@dataclass(frozen=True)
class Chapter:
    """A lesson, and what was done in it."""

    number: str  # such as "04"
    name: str  # of its notebook, without its ending: "04_temperature"
    title: str  # as its heading says it: "4 · Temperature"
    guesses: tuple[str, ...]  # the questions that were answered, of `asked` ones
    asked: int
    exercises: tuple[str, ...]  # the aims of those that were solved, of `tasks` ones
    solutions: tuple[str, ...]  # of the others, the aims of those that were read
    tasks: int
    controls: tuple[str, ...]  # what was moved, in words

    @property
    def state(self) -> str:
        """Whether it is "done" (controls are for play), "begun" or "untouched"."""
        worked = len(self.exercises) + len(self.solutions)
        if len(self.guesses) == self.asked and worked == self.tasks:
            return "done"
        return "begun" if self.guesses or worked or self.controls else "untouched"

    @property
    def counts(self) -> str:
        """What was done, in numbers that judge nothing."""
        worked, toys = len(self.exercises) + len(self.solutions), len(self.controls)
        guesses = f"{len(self.guesses)} of {self.asked} guess{'es' * (self.asked != 1)}"
        exercises = f"{worked} of {self.tasks} exercise{'s' * (self.tasks != 1)}"
        tried = f", {toys} toy{'s' * (toys > 1)} tried" if toys else ""
        return f"{guesses}, {exercises}{tried}"


def chapters(kept: Diary) -> tuple[Chapter, ...]:
    """All lessons of the series, with what the diary says of them."""
    return tuple(
        _chapter(f"{place:02}", name, kept) for place, name in enumerate(LESSONS)
    )


def _chapter(number: str, name: str, kept: Diary) -> Chapter:
    questions = [one for one in QUESTIONS if one.name.startswith(f"{number}.")]
    exercises = [one for one in EXERCISES if one.number.startswith(f"{number}.")]
    guessed, moved = kept.names(number, "guesses"), kept.names(number, "controls")
    solved, read = kept.names(number, "exercises"), kept.names(number, "solutions")
    return Chapter(
        number,
        f"{number}_{name}",
        f"{int(number)} · {TITLES[name]}" if int(number) else TITLES[name],
        tuple(one.text for one in questions if one.name in guessed),
        len(questions),
        tuple(one.aim for one in exercises if one.name in solved),
        tuple(
            one.aim for one in exercises if one.name in read and one.name not in solved
        ),
        len(exercises),
        tuple(map(_in_words, moved)),
    )


def _in_words(control: str) -> str:
    """A control's name: NextToken is the next token."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", control).lower()


def go_on_with(kept: Diary) -> Chapter | None:
    """The lesson to open: the last one while it isn't done, then the next that isn't.

    None, when all are done.
    """
    lessons = chapters(kept)[1:]
    numbers = [one.number for one in lessons]
    first = numbers.index(kept.last) if kept.last in numbers else 0
    ahead = [*lessons[first:], *lessons[:first]]
    return next((one for one in ahead if one.state != "done"), None)


class Progress:
    """What a learner has done so far, as their diary has it.

    `.forget()` deletes the diary, and `.page()` makes a page to print.
    """

    def __init__(self) -> None:
        self._kept = diary.read()

    def __repr__(self) -> str:
        lines = [self._lead().replace("[", "").replace("]", "")]
        for one in self._begun():
            lines.append(f"{_MARKS[one.state]} {one.title}: {one.counts}")
        return "\n".join([*lines, *self._notes()])

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        target = go_on_with(self._kept)
        link = rf'<a href="{target.name}.ipynb">\1</a>' if target else r"\1"
        lead = re.sub(r"\[(.+?)\]", link, html.escape(self._lead()))
        rows = "".join(
            f'<li><span aria-hidden="true">{_MARKS[one.state]}</span> '
            f'<a href="{one.name}.ipynb">{html.escape(one.title)}</a>: {one.counts}'
            f"{', done' if one.state == 'done' else ''}</li>"
            for one in self._begun()
        )
        rows = rows and f'<ul style="list-style: none; padding: 0">{rows}</ul>'
        notes = with_code(" ".join(self._notes()))
        return (
            '<div class="ll-progress" style="max-width: 46rem">'
            f"<p><strong>{lead}</strong></p>{rows}<p>{notes}</p></div>"
        )

    def _begun(self) -> list[Chapter]:
        return [one for one in chapters(self._kept) if one.state != "untouched"]

    def _lead(self) -> str:
        target = go_on_with(self._kept)
        if target is None:
            return "All lessons are done."
        if target.number == "01" and not self._begun():
            return f"Begin with [{target.title}]."
        return f"Go on with [{target.title}]."

    def _notes(self) -> list[str]:
        where = diary.place()
        if where is None:
            return ["Here nothing is noted of what you do."]
        if not self._begun():
            return [_NOTHING, f"It stays on this computer, in `{where}`."]
        return [
            "`ll.progress().page()` makes a page to print.",
            f"This is noted on this computer alone, in `{where}`;",
            "`ll.progress().forget()` deletes it.",
        ]

    def forget(self) -> None:
        """Delete all that is noted, and say so."""
        gone = diary.forget()
        self._kept = diary.read()
        where = diary.place()
        print(
            "All that was noted is deleted."
            if gone
            else f"It can't be deleted here: remove {where} by hand."
        )

    def page(self) -> "ProgressPage":
        """A page that says what was done: no marks, and no name."""
        return ProgressPage(self._kept)


class ProgressPage(anywidget.AnyWidget):
    """A page to print that says what was done, with a button that prints it.

    The browser does all of it, so it works without Python, too.

    Args:
        kept: the diary that it is made from.
    """

    _esm, _css = assets("progress")

    _chapters = traitlets.List().tag(sync=True)  # [title, [[what, [each of them]]]]
    _is_whole = traitlets.Bool().tag(sync=True)

    @checked()
    def __init__(self, kept: Diary):
        begun = [one for one in chapters(kept)[1:] if one.state != "untouched"]
        super().__init__(
            _chapters=[[one.title, _parts(one)] for one in begun],
            _is_whole=go_on_with(kept) is None,
        )

    def __repr__(self) -> str:
        lines = []
        for title, parts in self._chapters:
            lines.append(title)
            lines += [f"  {what}: {'; '.join(each)}" for what, each in parts]
        return "\n".join(lines) or "Nothing is noted yet."


def _parts(one: Chapter) -> list[list]:
    parts = [
        ["Guessed", one.guesses],
        ["Exercises solved", one.exercises],
        ["Solutions read", one.solutions],
        ["Toys tried", one.controls],
    ]
    return [[what, list(each)] for what, each in parts if each]


def progress() -> Progress:
    """Where you are in the lessons: what was done, and with which to go on."""
    return Progress()
