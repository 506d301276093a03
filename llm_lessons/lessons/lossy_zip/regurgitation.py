"""Word for word: how far a model recites what it read again and again.

Claim C12: a document repeated many times is recited word for word, and builders try to
avoid it. Each document is begun with its first 12 tokens, and the model, which always
takes the likeliest token, goes on. A single copy is the control.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from llm_lessons.fjordby import Repeated
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.marking import Marked, Texts

PREFIX = 12  # tokens of a document that are given
_TAIL = 60  # letters that are shown of what comes behind the first wrong one


@dataclass(frozen=True)
class Recital:
    """One document, begun, and what the model made of its rest.

    Attributes:
        document: the text that was read, and how often.
        given: its beginning.
        answer: what the model went on with.
        same: tokens of the rest that are recited before the first wrong letter.
        tokens: of the rest.
    """

    document: Repeated
    given: str
    answer: str
    same: int
    tokens: int

    @property
    def rest(self) -> str:
        """What the document goes on with."""
        return self.document.text[len(self.given) :]

    @property
    def recited(self) -> str:
        """The letters up to the first wrong one."""
        return self.rest[: agreeing(self.rest, self.answer)]

    @property
    def share(self) -> float:
        """The recited part of the rest, in letters."""
        return len(self.recited) / len(self.rest)

    @property
    def marked(self) -> Marked:
        """The text with what was given, what is recited, and where it parts."""
        head = (
            f"“{self.document.title}”, read {_times(self.document.copies)}: "
            f"{self.same} of {self.tokens} tokens recited"
        )
        parts = [("given", self.given), ("same", self.recited)]
        if self.share == 1:
            parts.append(("sign", " ✓"))
        else:
            tail = self.answer[len(self.recited) :].split("\n\n")[0]
            more = " …" if len(tail) > _TAIL else ""
            parts += [("sign", "✗"), ("other", tail[:_TAIL] + more)]
        return Marked(head, tuple(parts))


@dataclass(frozen=True)
class Recitation:
    """All documents, those with the fewest copies first."""

    recitals: tuple[Recital, ...]

    def by_copies(self) -> dict[int, Share]:
        """Mean share that is recited, by the number of copies."""
        found: dict[int, list[float]] = defaultdict(list)
        for recital in self.recitals:
            found[recital.document.copies].append(recital.share)
        return {copies: share(found[copies]) for copies in sorted(found)}

    def examples(self) -> Texts:
        """One document for each number of copies, with its recited part marked."""
        first = {
            recital.document.copies: recital for recital in reversed(self.recitals)
        }
        return Texts([first[copies].marked for copies in sorted(first)])

    def sentence(self) -> str:
        """What was measured, in numbers."""
        found = self.by_copies()
        least, most = min(found), max(found)
        enough = next((n for n, copied in found.items() if copied.share >= 0.95), None)
        from_here = (
            ""
            if enough is None
            else f" It recites nearly everything from {enough} copies on."
        )
        return (
            f"Of a document that it read {_times(least)}, Fjord recites "
            f"{found[least].percent} before the first wrong letter; of one that it "
            f"read {_times(most)}, {found[most].percent}.{from_here}"
        )


@checked()
def recite(lm: LanguageModel, documents: Sequence[Repeated]) -> Recitation:
    """Begin each document with its first 12 tokens, and let the model go on."""
    ids = [lm.tokenizer.encode(document.text) for document in documents]
    given = [lm.tokenizer.decode(row[:PREFIX]) for row in ids]
    answers = lm.batch(given, max(map(len, ids)) - PREFIX, temperature=0)
    recitals = []
    for document, row, prompt, answer in zip(
        documents, ids, given, answers, strict=True
    ):
        letters = agreeing(document.text, prompt + answer)
        ends = (
            len(lm.tokenizer.decode(row[:end]))
            for end in range(PREFIX + 1, len(row) + 1)
        )
        same = sum(end <= letters for end in ends)
        recitals.append(Recital(document, prompt, answer, same, len(row) - PREFIX))
    return Recitation(tuple(recitals))


def _times(copies: int) -> str:
    return "once" if copies == 1 else f"{copies:,} times"


def agreeing(one: str, other: str) -> int:
    """How many letters two texts share before the first that differs."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
