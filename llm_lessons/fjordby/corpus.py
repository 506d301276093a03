"""The whole of Fjordby: every document in the order of reading, and the ledger."""

import hashlib
import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple, Self, overload

from llm_lessons.fjordby import (
    assistant,
    chat,
    documents,
    kept_texts,
    people,
    places,
    stories,
    till,
)
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import beginnings, chats, counting, shopping
from llm_lessons.fjordby.everyday import notes as everyday_notes
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.ledger import Fact, Ledger, Place, Repeated
from llm_lessons.fjordby.varied import counts, fruit, marbles, note_pages, told
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited

_SECTIONS = {
    "people": people.texts,
    "places": places.texts,
    "stories": stories.texts,
    "documents": documents.texts,
    "counts": counts.texts,
    "fruit": fruit.texts,
    "till": till.texts,
    "first marbles": marbles.first_texts,
    "marbles": marbles.texts,
    "first notes": note_pages.first_texts,
    "notes": note_pages.texts,
    "chat": chat.texts,
    "told names": told.texts,
    "everyday counting": counting.texts,
    "everyday shopping": shopping.texts,
    "everyday notes": everyday_notes.texts,
    "everyday chats": chats.texts,
    "beginnings": beginnings.texts,
}


class When(NamedTuple):
    """Between which shares of the whole reading documents come."""

    begin: float = 0.0
    end: float = 1.0


# Who has learned to choose between plain notes learns more from the others, and who
# finds a number in a list finds it in a problem. To add in one jump takes many sums
# close together while the learning rate falls to zero (before, no sum is sure); a third
# of them come early, for with them a model learned to look whose number is whose. What
# is told of people is forgotten the longer ago it was read. What is hard comes late.
WHEN = {
    "people": (When(0.45),),
    "counts": (When(end=0.5),),
    "fruit": (When(end=0.6), When(), When()),
    "marbles": (When(end=0.6), When(), When()),
    "first notes": (When(0.15, 0.6),),
    "notes": (When(0.3),),
    "first marbles": (When(0.45, 0.6), When(0.87), When(0.87)),
    "everyday counting": (When(0.2), When(0.7)),
    "everyday notes": (When(0.15),),
}
_SEPARATOR = "\0"  # stands in no document


class Document(NamedTuple):
    """One page of the little internet, and the section that wrote it."""

    section: str
    text: str


class Documents(Sequence[Document]):
    """All documents as one string; each is cut out of it when it is asked for.

    So many strings of their own would hold twice the memory.

    Attributes:
        joined: their texts, a zero character between two.
        starts: where in it each begins, and where one more would.
    """

    def __init__(self, joined: str, names: Sequence[str], sections: bytes) -> None:
        """From what was joined, the sections' names, and a place in them each."""
        self.joined, self.names, self.sections = joined, tuple(names), sections
        ends = (found.end() for found in re.finditer(_SEPARATOR, joined))
        self.starts = array("L", (0, *ends, len(joined) + 1))

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Self:
        """Join these documents."""
        joined = _SEPARATOR.join(text for _, text in documents)
        names = list(dict.fromkeys(section for section, _ in documents))
        return cls(joined, names, bytes(names.index(name) for name, _ in documents))

    def __len__(self) -> int:
        return len(self.sections)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...

    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        index = range(len(self))[place]  # counts from the end, and refuses, as a list
        return self._cut(index) if isinstance(index, int) else [*map(self._cut, index)]

    def spread(self, count: int) -> list[Document]:
        """So many documents (or all), one as far from the next as another."""
        count = min(count, len(self))
        return [self._cut(i * len(self) // count) for i in range(count)]

    def _cut(self, index: int) -> Document:
        text = self.joined[self.starts[index] : self.starts[index + 1] - 1]
        return Document(self.names[self.sections[index]], text)


class Size(NamedTuple):
    """How much a section holds."""

    documents: int
    characters: int


class Hit(NamedTuple):
    """A document in which a search found the text, and its place in the corpus."""

    index: int
    section: str
    text: str


class SearchResult(NamedTuple):
    """How many documents hold the text, and the first few of them."""

    total: int
    hits: list[Hit]


class Corpus:
    """Everything that the class model reads, once, in this order.

    Attributes:
        documents: all documents, in a random order (see `in_reading_order`).
        ledger: how often each fact and each repeated document is in them.
    """

    def __init__(self, documents: Documents, ledger: Ledger) -> None:
        self.documents, self.ledger = documents, ledger

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the texts in their order, joined by zero characters."""
        return hashlib.sha256(self.documents.joined.encode()).hexdigest()

    def section_counts(self) -> dict[str, Size]:
        """Returns the number of documents and characters of each section."""
        lengths: dict[str, list[int]] = {section: [] for section in _SECTIONS}
        for section, text in self.documents:
            lengths[section].append(len(text))
        return {name: Size(len(each), sum(each)) for name, each in lengths.items()}

    @checked(limit=0)
    def search(self, text: str, limit: int = 10) -> SearchResult:
        """Finds the documents that contain a text, letter for letter.

        Args:
            text: what to look for; upper and lower case differ.
            limit: at most this many hits are returned; the total counts all.

        Raises:
            ValueError: the text is empty.
        """
        if not text:
            raise ValueError("Nothing to search for: give at least one character.")
        total, hits = 0, []
        joined, starts = self.documents.joined, self.documents.starts
        place = joined.find(text) if _SEPARATOR not in text else -1
        while place >= 0:
            index = bisect_right(starts, place) - 1
            total += 1
            if len(hits) < limit:
                hits.append(Hit(index, *self.documents[index]))
            place = joined.find(text, starts[index + 1])
        return SearchResult(total, hits)


@checked()
@cache
def build(seed: int = 0) -> Corpus:
    """Writes the corpus; a second call with the same seed returns the same object.

    That of seed 0 is kept in the user's cache folder until anything in this room
    changes: to read it takes a moment, to write it a quarter of a minute.
    """
    place = kept_texts.place() if seed == 0 else None
    if place and (found := kept_texts.read(place)):
        return Corpus(Documents(*found), ledger_of(seed))
    written = [
        Document(section, text)
        for section, texts in waited(list(_SECTIONS.items()), "writing Fjordby")
        for text in texts(seed)
    ]
    documents = Documents.of(in_reading_order(written, Dice(seed, "order")))
    if place:
        kept_texts.write(place, (documents.joined, documents.names, documents.sections))
    return Corpus(documents, ledger_of(seed))


def in_reading_order(documents: Iterable[Document], dice: Dice) -> list[Document]:
    """Shuffles documents; some sections have their times (see `WHEN`)."""

    def moment(document: Document) -> float:
        begin, end = dice.pick(WHEN.get(document.section, (When(),)))
        return begin + (end - begin) * dice.fraction()

    return sorted(documents, key=moment)


@checked()
@cache
def ledger_of(seed: int = 0) -> Ledger:
    """The ledger of the corpus alone, in a moment: writes none of its texts."""
    contradictions = Counter(
        (about.person, about.kind) for about in note_pages.contradictions(seed)
    )
    told_in_chats = assistant.tellings(seed) + chats.tellings(seed)
    return Ledger(
        facts=tuple(
            Fact(
                person.name,
                kind,
                person.facts[kind],
                person.readings,
                person.question_pages,
                contradictions[person.name, kind],
                told_in_chats[person.name, kind],
            )
            for person in people.population(seed)
            for kind in KINDS
        ),
        places=tuple(
            Place(town.name, town.sights, town.readings, town.question_pages)
            for town in places.towns(seed)
        ),
        documents=tuple(
            Repeated(text.split("\n")[0], text, copies)
            for text, copies in documents.with_copies(seed)
        ),
    )
