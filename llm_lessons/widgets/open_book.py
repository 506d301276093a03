"""One question, asked with the book closed and with a note in front of it."""

from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons.fjordby import KINDS, notes, question
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import stem
from llm_lessons.fjordby.notes import OpenBook as Page
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory.open_book import facts_read
from llm_lessons.measuring.replies import replies
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget, counted

OTHERS = 3  # notes on strangers that may stand on the page
_NOTE = "Note: "
_EACH = 2  # people of a kind

type _Person = dict[str, Any]


class OpenBook(ModelWidget):
    """Ask the weights and the context the same question, side by side.

    Choose somebody, put notes in front of the question, write another note, leave its
    label away. Without a kernel all works but notes of one's own, which take a page
    with a model in it: the other answers are asked for beforehand.

    Args:
        lm: the class model, which has read Fjordby.

    Attributes:
        person: whom the question is about, by number: two who are well known, two who
            were read of once, two who are invented; it begins with one of these.
        others: how many other notes are on the page, 0 to 3.
        conflict: whether the note contradicts the training text.
        label: whether each note stands behind the label "Note:".
        note: what it says, until the learner writes something else.
    """

    _esm, _css = assets("open_book")

    person = traitlets.Int(0).tag(sync=True)
    others = traitlets.Int(0).tag(sync=True)
    conflict = traitlets.Bool(False).tag(sync=True)
    label = traitlets.Bool(True).tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    _people = traitlets.List().tag(sync=True)
    _silent = traitlets.Unicode(notes.SILENT.removesuffix(".")).tag(sync=True)
    # to the prompts that can be had without writing: [answer, its chance]
    _replies = traitlets.Dict().tag(sync=True)

    @checked()
    def __init__(self, lm: LanguageModel):
        self._lm = lm
        people = _people()
        prompts = _all_prompts(people)
        known = [list(reply) for reply in replies(lm, prompts)]
        invented = len(people) - _EACH  # the first: there the note does all the work
        super().__init__(
            _people=people,
            _replies=dict(zip(prompts, known, strict=True)),
            person=invented,
            note=_own_note(people[invented], False),
        )
        self.observe(self._on_another_page, ["person", "conflict"])

    def __repr__(self) -> str:
        closed, opened = map(self._said, (self.question, self.prompt))
        name = self.names[self.person]
        return f"OpenBook({name!r}, closed: {closed!r}, open: {opened!r})"

    @property
    def names(self) -> list[str]:
        """Who can be asked about: `names[person]` is the one chosen."""
        return [person["name"] for person in self._people]

    @property
    def question(self) -> str:
        """All that the model reads with the book closed."""
        return self._people[self.person]["question"]

    @property
    def prompt(self) -> str:
        """All that the model reads with the book open."""
        person = self._people[self.person]
        return _prompt(person, self.others, self.note, self.label)

    def _on_another_page(self, change: Any) -> None:
        self.note = _own_note(self._people[self.person], self.conflict)

    def _said(self, prompt: str) -> str:
        """The answer, as far as it was asked for."""
        own = self._answers.get("reply", {})
        if own.get("shown") == ["reply", prompt]:
            return own["value"]["text"]
        return self._replies.get(prompt, [""])[0]

    @traitlets.validate("person", "others")
    def _check_number(self, proposal: Any) -> int:
        is_person = proposal.trait.name == "person"
        return counted(proposal, len(self._people) - 1 if is_person else OTHERS)


def _people() -> list[_Person]:
    """Whom one can ask about, each with a page of notes."""
    people = []
    for group, readings in (("well known", 256), ("read of once", 1)):
        facts = facts_read(readings)[:_EACH]
        pages = notes.about(facts, OTHERS, seed=readings)
        for fact, page in zip(facts, pages, strict=True):
            people.append(_person(group, page, readings, fact.value))
    people += [_person("invented", p, 0, None) for p in notes.held_out(_EACH, OTHERS)]
    return people


def _person(group: str, page: Page, readings: int, truth: str | None) -> _Person:
    """Somebody as the browser needs them; `contrary` contradicts in plain words."""
    asked = page.asked
    lines = page.prompt.split("\n")
    written = [line.removeprefix(_NOTE) for line in lines if line.startswith(_NOTE)]
    dice = Dice(readings, f"against {asked.name}")
    other = dice.pick([v for v in KINDS[asked.kind].values if v not in page.prompt])
    own = asked.sentence.removeprefix(_NOTE)
    return {
        "group": group,
        "name": asked.name,
        "readings": readings,
        "truth": truth,
        "question": question(asked.kind, asked.name),
        "notes": written,
        "asked": written.index(own),
        "contrary": None
        if truth is None
        else f"{stem(asked.kind, asked.name)} {other}.",
    }


def _own_note(person: _Person, conflict: bool) -> str:
    """The note that a page brings."""
    contrary = person["contrary"] if conflict else None
    return contrary or person["notes"][person["asked"]]


def _prompt(person: _Person, others: int, note: str, label: bool) -> str:
    """The page as the model reads it; open_book.js writes it in the same way."""
    asked, lines = person["asked"], [*person["notes"]]
    lines[asked] = note
    strangers = [i for i in range(len(lines)) if i != asked]
    shown = sorted([asked, *strangers[:others]])
    before = _NOTE if label else ""
    return "\n".join([*(before + lines[i] for i in shown), person["question"]])


def _all_prompts(people: Sequence[_Person]) -> list[str]:
    """Every question with every page that can be had without writing."""
    prompts = [person["question"] for person in people]
    prompts += [
        _prompt(person, others, _own_note(person, conflict), label)
        for person in people
        for conflict in (False, True)
        for others in range(OTHERS + 1)
        for label in (True, False)
    ]
    return list(dict.fromkeys(prompts))
