"""The ledger: how often the class model reads each fact and each repeated document."""

import json
from dataclasses import dataclass
from typing import NamedTuple, Self


class Fact(NamedTuple):
    """A fact about a person.

    Attributes:
        person: the full name.
        kind: "town", "job", "food" or "pet".
        value: what is true.
        readings: number of documents that state the fact, question pages included.
        question_pages: how many of these ask for it.
    """

    person: str
    kind: str
    value: str
    readings: int
    question_pages: int


class Repeated(NamedTuple):
    """A poem or notice, its first line, and the number of its copies."""

    title: str
    text: str
    copies: int


@dataclass(frozen=True)
class Ledger:
    """All facts and all repeated documents of a corpus."""

    facts: tuple[Fact, ...]
    documents: tuple[Repeated, ...]

    def to_json(self) -> str:
        """Returns the ledger as JSON with one row a line."""
        tables = {"facts": self.facts, "documents": self.documents}
        bodies = [
            f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]"
            for name, rows in tables.items()
        ]
        return "{\n" + ",\n".join(bodies) + "\n}\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads what `to_json` wrote."""
        tables = json.loads(text)
        return cls(
            facts=tuple(Fact(*row) for row in tables["facts"]),
            documents=tuple(Repeated(*row) for row in tables["documents"]),
        )
