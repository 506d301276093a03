"""What a model remembers of a person, beside all that Fjordby says about them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS, Fact
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget
from llm_lessons.widgets.questions import search

KEPT = 1  # people of each number of readings whose answers a saved page holds
WAYS = {True: "asked", False: "begun"}


class MemoryExplorer(ModelWidget):
    """Pick a person of Fjordby, ask the model about them, and search what it read.

    The slider chooses how often people were read of. One person of each number of
    readings is asked about at once, and their documents looked up, and those with what
    was answered wrongly, so that a page without a kernel can show them. All others the
    page asks about by itself, if it has the model; any other search needs the kernel.

    Args:
        lm: the class model.

    Attributes:
        person: the full name of the person shown.
        ask: ask questions; or else begin sentences that lack their end.
        query: what is looked for in Fjordby, letter for letter.
    """

    _esm, _css = assets("memory_explorer")

    person = traitlets.Unicode().tag(sync=True)
    ask = traitlets.Bool(True).tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)

    _people = traitlets.List().tag(sync=True)  # see `_row`
    # For all others: the values of each of `_people`, in the order of `KINDS`; and by
    # the way of asking, for each kind, a prompt and what is shown of it, with a gap for
    # the name.
    _values = traitlets.List().tag(sync=True)
    _prompts = traitlets.Dict().tag(sync=True)
    _kept_answers = traitlets.Dict().tag(sync=True)  # by person
    _kept_finds = traitlets.Dict().tag(sync=True)  # by what was looked for

    @checked()
    def __init__(self, lm: LanguageModel):
        self._lm = lm
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in fjordby.build().ledger.facts:
            if fact.readings:
                self._facts[fact.person].append(fact)
        groups: dict[int, list[str]] = defaultdict(list)
        for name, facts in self._facts.items():
            groups[facts[0].readings].append(name)
        # First those about whom no page says anything else, and no chat anything.
        for names in groups.values():
            names.sort(key=lambda name: (self._contradictions(name), self._chats(name)))
        kept = [name for names in groups.values() for name in names[:KEPT]]
        everybody = [name for names in groups.values() for name in names]
        answers = self._rows(kept)
        rows = [row for ways in answers.values() for row in ways[WAYS[True]]]
        wrong = sorted({said for _, said, _, value, _ in rows if value != said != ""})
        super().__init__(
            person=kept[0],
            query=kept[0],
            _people=[self._row(name) for name in everybody],
            _values=[[fact.value for fact in self._facts[one]] for one in everybody],
            _prompts=_prompts(),
            _kept_answers=answers,
            _kept_finds={one: search(lm, one) for one in (*kept, *wrong)},
        )

    def __repr__(self) -> str:
        readings = self._facts[self.person][0].readings
        return f"MemoryExplorer(person={self.person!r}, readings={readings})"

    def _chats(self, name: str) -> int:
        return sum(fact.chats for fact in self._facts[name])

    def _contradictions(self, name: str) -> int:
        return sum(fact.contradictions for fact in self._facts[name])

    def _row(self, name: str) -> list[Any]:
        """Name, readings, question pages, and pages that say something else."""
        fact = self._facts[name][0]
        return [name, fact.readings, fact.question_pages, self._contradictions(name)]

    def _rows(self, names: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
        """By name and way of asking: a row for each fact."""
        facts = [fact for name in names for fact in self._facts[name]]
        found = {name: {way: [] for way in WAYS.values()} for name in names}
        for ask, way in WAYS.items():
            prompts = recall.prompts(facts, ask)
            said = replies(self._lm, prompts)
            truths = [f" {fact.value}." for fact in facts]
            odds = chances(self._lm, prompts, truths)
            for fact, reply, chance in zip(facts, said, odds, strict=True):
                asked = _shown(fact.kind, fact.person, ask)
                row = [asked, reply.text, reply.chance, fact.value, chance]
                found[fact.person][way].append(row)
        return found

    @traitlets.validate("person")
    def _check_person(self, proposal: Any) -> str:
        if proposal.value not in self._facts:
            raise ValueError(
                f"Nobody in Fjordby is called {proposal.value!r}; take a name from the "
                "list."
            )
        return proposal.value


def _shown(kind: str, name: str, ask: bool) -> str:
    """How a card says what was asked."""
    question = KINDS[kind].question.format(name=name)
    return question if ask else f"{fjordby.stem(kind, name)} …"


def _prompts() -> dict[str, list[list[str]]]:
    return {
        way: [
            [
                (fjordby.question if ask else fjordby.stem)(kind, "{name}"),
                _shown(kind, "{name}", ask),
            ]
            for kind in KINDS
        ]
        for ask, way in WAYS.items()
    }
