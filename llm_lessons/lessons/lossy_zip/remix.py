"""Remix or recital: the longest stretch of a text that stands in Fjordby word for word.

Claim C12: mostly the output is a remix that matches no document. For stories drawn at
temperature 1 it is measured how much of each the longest stretch makes up, beside as
many fresh stories by Fjordby's recipe. These are made of the same sentences, so a new
one has pieces of old ones even where nobody copies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons import fjordby
from llm_lessons.fjordby import stories
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Median, Share, median, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.marking import Marked
from llm_lessons.measuring.reading import Reading, reading

BEGINNING = "Once upon a time"
STORIES = 20
UNREAD = 1  # a seed of stories that the class model has not read


class Match(NamedTuple):
    """The longest stretch of a text that stands in the corpus.

    Attributes:
        text: the whole text.
        start, end: where in it the stretch is; equal if it is too short to be told.
    """

    text: str
    start: int
    end: int

    @property
    def stretch(self) -> str:
        """The matching part of the text."""
        return self.text[self.start : self.end]

    @property
    def share(self) -> float:
        """The stretch as a share of the text's characters."""
        return (self.end - self.start) / len(self.text)

    @property
    def words(self) -> int:
        """How many whole words the stretch has."""
        spans = (word.span() for word in re.finditer(r"\S+", self.text))
        return sum(self.start <= start and end <= self.end for start, end in spans)

    @property
    def marked(self) -> Marked:
        """The text with its stretch marked."""
        share = f"{round(100 * self.share)}\u00a0%"
        head = f"{share} of this story in one piece: {self.words} words"
        before, after = self.text[: self.start], self.text[self.end :]
        return Marked(
            head, (("plain", before), ("same", self.stretch), ("plain", after))
        )


@dataclass(frozen=True)
class Remix:
    """How much of each text is one stretch of the corpus.

    Attributes:
        matches: of what the model wrote.
        fresh: of stories by Fjordby's recipe that nobody read: the control.
    """

    matches: tuple[Match, ...]
    fresh: tuple[Match, ...]

    @property
    def by_chance(self) -> Median:
        """Median of the longest match's share of a fresh story."""
        return median(match.share for match in self.fresh)

    @property
    def longest(self) -> Median:
        """Median of the longest match's share of its text."""
        return median(match.share for match in self.matches)

    @property
    def words(self) -> Median:
        """Median of the longest match's number of words."""
        return median(match.words for match in self.matches)

    @property
    def whole(self) -> Share:
        """Share of the texts that stand in the corpus from first letter to last."""
        return share(match.share == 1 for match in self.matches)

    @property
    def middle(self) -> Match:
        """The text whose longest match is the middle one, or the next longer."""
        ordered = sorted(self.matches, key=lambda match: match.share)
        return ordered[len(ordered) // 2]

    def sentence(self) -> str:
        """What was measured, in numbers."""
        whole = sum(match.share == 1 for match in self.matches)
        return (
            f"Of {len(self.matches)} new stories, {whole or 'none'} "
            f"{'stands' if whole == 1 else 'stand'} in Fjordby from the first letter "
            f"to the last. The longest piece that Fjordby has word for word makes up "
            f"{round(100 * self.longest.median)}\u00a0% of a story, or "
            f"{self.words.median:g} words (the median: half have more, half less)."
        )

    def control(self) -> str:
        """The same for fresh stories, and whether Fjord repeats more than they do."""
        own, fresh = self.longest, self.by_chance
        copies = "So Fjord repeats more than chance brings."
        if own.low <= fresh.high:
            copies = "So such pieces agree by chance; they are no sign of copying."
        return (
            "In fresh stories by Fjordby's recipe, which nobody read, the longest such "
            f"piece makes up {_percent(fresh)}. {copies}"
        )


@checked(n=range(1, 10_001))
def remix(lm: LanguageModel, n: int = STORIES, seed: int = 0) -> Remix:
    """Draw n stories at temperature 1, and look for each in all that the model read.

    As many fresh stories stand beside them. A bar in the notebook shows how far it is.
    """
    own, fresh = _written(lm, [BEGINNING] * n, seed), unread(BEGINNING, n)
    found = longest_matches(reading(lm.tokenizer), [*own, *fresh])
    return Remix(tuple(found[:n]), tuple(found[n:]))


def longest_matches(read: Reading, texts: Sequence[str]) -> list[Match]:
    """For each text its longest stretch, in whole tokens, that a document has.

    One of fewer tokens than are looked up together counts as none.
    """
    tokenizer, found = read.tokenizer, []
    rows = [tokenizer.encode(text) for text in texts]
    for text, row, pieces in zip(texts, rows, read.places(rows), strict=True):
        lengths = [
            read.longest(row, i, len(row), places)[1] if len(places) else 0
            for i, places in enumerate(pieces)
        ]
        length = max(lengths, default=0)
        first = lengths.index(length) if length else 0
        ends = (len(tokenizer.decode(row[:n])) for n in (first, first + length))
        found.append(Match(text, *ends))
    return found


def unread(beginning: str, n: int) -> list[str]:
    """Returns n stories by Fjordby's recipe that stand nowhere in it.

    Each begins as given, as the model's do.
    """
    documents = fjordby.build().documents
    read = {text for section, text in documents if section == "stories"}
    fresh = (text for text in stories.texts(UNREAD) if text.startswith(beginning))
    return [text for text in fresh if text not in read][:n]


def _written(lm: LanguageModel, prompts: Sequence[str], seed: int) -> list[str]:
    answers = lm.batch(prompts, lm.config.max_seq_len, seed=seed)
    return [prompt + answer for prompt, answer in zip(prompts, answers, strict=True)]


def _percent(number: Median) -> str:
    return f"{round(100 * number.value)}\u00a0%"


REMIX = Experiment("06_remix", remix, STORIES, on_card=r"stories drawn.*")
