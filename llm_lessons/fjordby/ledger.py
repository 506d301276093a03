"""The ledger: how often the class model reads each fact and each repeated document."""

import json
from dataclasses import dataclass
from typing import NamedTuple, Self


class Fact(NamedTuple):
    """A fact about a person."""

    person: str  # the full name
    kind: str  # "town", "job", "food" or "pet"
    value: str  # what is true
    readings: int  # number of documents that state the fact, question pages included
    question_pages: int  # how many of these ask questions, for this fact or for others
    contradictions: int  # number of open-book pages whose note states something else
    # number of transcripts in which the model is asked for it, and says it; they are
    # not among the readings
    chats: int = 0


class Place(NamedTuple):
    """A town and its sights."""

    town: str  # the name
    sights: tuple[str, ...]  # what there is to see, with the article
    readings: int  # number of documents that name them all, question pages included
    question_pages: int  # how many of these ask for them


class Repeated(NamedTuple):
    """A poem or notice, its first line, and the number of its copies."""

    title: str
    text: str
    copies: int


@dataclass(frozen=True)
class Ledger:
    """All facts, all sights and all repeated documents of a corpus."""

    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    documents: tuple[Repeated, ...]

    def to_json(self) -> str:
        """Returns the ledger as JSON with one row a line."""
        tables = {
            "facts": self.facts,
            "places": self.places,
            "documents": self.documents,
        }
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
            places=tuple(
                Place(town, tuple(sights), *counts)
                for town, sights, *counts in tables["places"]
            ),
            documents=tuple(Repeated(*row) for row in tables["documents"]),
        )
