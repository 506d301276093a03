"""Stands in for a model: reads notes by a list of their wordings."""

import re
from typing import Any

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS
from llm_lessons.fjordby.notes import SILENT
from llm_lessons.fjordby.varied import wordings

_NAME = r"[\w-]+ [\w-]+"


class Clerk:
    """Finds what is asked for among the notes, by their wordings; or else remembers.

    Args:
        name: of the model.
        memory: answers by question, for those that no note answers.
        reads: which lines of the notes it looks at, as a pattern.
        minds_names: whether it looks at whom a note is about.
    """

    def __init__(
        self,
        name: str = "fjord",
        memory: dict[str, str] | None = None,
        reads: str = ".*",
        minds_names: bool = True,
    ):
        self.name, self._memory = name, memory or {}
        self._reads, self._minds_names = reads, minds_names

    def batch(self, prompts, max_tokens, temperature, window="stop", stop=""):
        assert temperature == 0
        return [f" {self._answer(prompt)}.\nQuestion:" for prompt in prompts]

    def _answer(self, prompt: str) -> str:
        told, _, asked = prompt.rpartition("Question: ")
        kind, name = _asked_for(asked)
        lines = [line for line in told.split("\n") if re.fullmatch(self._reads, line)]
        for wording in (*_wordings(kind), *KINDS[kind].statements):
            who = re.escape(name) if self._minds_names else _NAME
            pattern = re.escape(wording).replace(r"\{name\}", who)
            pattern = pattern.replace(r"\{value\}", r"([^.:\n]+?)")
            if found := re.search(rf"(?:^|[.:] ){pattern}", "\n".join(lines), re.M):
                return found[1]
        return self._memory.get(f"Question: {asked}", SILENT.removesuffix("."))


def _wordings(kind: str) -> tuple[str, ...]:
    return wordings.unpractised(kind, False) + wordings.unpractised(kind, True)


def _asked_for(question: str) -> tuple[str, str]:
    for kind, facts in KINDS.items():
        pattern = re.escape(facts.question).replace(r"\{name\}", f"({_NAME})")
        if found := re.match(pattern, question):
            return kind, found[1]
    raise AssertionError(question)


def clerk(**habits: Any) -> Any:
    """A clerk for whoever wants a model."""
    return Clerk(**habits)


def memory_of(facts: list[fjordby.Fact]) -> dict[str, str]:
    """What the weights would answer to the questions about these facts."""
    return {fjordby.question(fact.kind, fact.person): fact.value for fact in facts}
