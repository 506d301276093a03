"""Notes in many forms, measured on readers whose habits are known."""

from typing import Any

from llm_lessons.fjordby.notes import SILENT
from llm_lessons.fjordby.varied import asked_notes
from llm_lessons.lessons.working_memory import forms
from llm_lessons.lessons.working_memory.open_book import (
    WELL_KNOWN,
    facts_read,
)
from tests.lessons.working_memory.readers import Clerk, memory_of
from tests.titled import plain

FEW = 12  # questions a shape


class Reader(Clerk):
    """Knows what is asked for from notes, in old words and perhaps in new ones."""

    def __init__(
        self, *words: str, name: str = "fjord", memory: dict[str, str]
    ) -> None:
        super().__init__(name, memory, reads=".*" if forms.NEW in words else "Note: .*")
        self._known = {
            page.prompt: page.asked.value if one in words else "nothing"
            for one in (forms.OLD, forms.NEW)
            for shape in forms.SHAPES
            for page in forms.pages(FEW, shape, one)
        }
        absent = asked_notes.held_out(FEW, 1, absent=True)
        self._silent = {page.prompt for page in absent}

    def _answer(self, prompt: str) -> str:
        if prompt in self._known:
            return self._known[prompt]
        if prompt in self._silent:
            return SILENT.removesuffix(".")
        return super()._answer(prompt)


def test_what_is_read_is_counted_by_shape_and_words():
    """One reads whatever stands there, the other only what it has practised."""
    memory = memory_of([fact for count in WELL_KNOWN for fact in facts_read(count)])
    readers: Any = (
        Reader(forms.OLD, forms.NEW, memory=memory),
        Reader(forms.OLD, name="fjord-twin", memory=memory),
    )
    both = forms.measure(readers, FEW)
    one, twin = both.habits
    for habit, new in ((one, 1), (twin, 0)):
        assert set(habit.copied[forms.OLD]) == set(forms.SHAPES)
        assert {found.share for found in habit.copied[forms.OLD].values()} == {1}
        assert {found.share for found in habit.copied[forms.NEW].values()} == {new}
        assert habit.silent.share == 1
    assert {found.note.share for found in one.conflicts.values()} == {1}
    told = "in 100 % (its twin: 100 %) in wordings that it practised, and in 100 % (its"
    assert told in plain(both.sentence())
    bare = "; without “Note:” in front, in 100 % (its twin: 0 %)."
    assert bare in plain(both.clash())
    # new words count no more cases than there are
    for shape, found in one.copied[forms.NEW].items():
        assert found.n == min(FEW, asked_notes.kept_aside(shape))
