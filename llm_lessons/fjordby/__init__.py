"""Fjordby, a little invented internet: all that the class model ever reads.

`build()` writes it from a seed, the same on every machine: about 280,000 short
documents in thirteen sections. The module that writes a section says which of the
course's claims it serves. Because the project wrote every word, the number of times
that a fact or a poem was read is known exactly (`Corpus.ledger`), and every text can be
searched (`search`).
"""

from llm_lessons.fjordby.corpus import Corpus, Document, build
from llm_lessons.fjordby.facts import KINDS, question, statement, stem
from llm_lessons.fjordby.ledger import Fact, Ledger, Place, Repeated
from llm_lessons.fjordby.searching import search
from llm_lessons.fjordby.unseen import unseen

__all__ = [
    "KINDS",
    "Corpus",
    "Document",
    "Fact",
    "Ledger",
    "Place",
    "Repeated",
    "build",
    "question",
    "search",
    "statement",
    "stem",
    "unseen",
]
