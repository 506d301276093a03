"""Sheets of paper with which people play a language model: words, and dice to roll.

Serves C6 and C17: a sheet holds the odds of the next word as numbers from 00 to 99. Who
rolls one of them goes on to the sheet of that word. No more than that goes on in the
loop. Every walk ends where the model ends its text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import surprise
from llm_lessons.measuring.surprise import chances

# The middle of a story, so that it is soon at its end.
BEGINNING = (
    "Once upon a time there was a girl called Ida. One day Ida wanted to win the great "
    "race around the lighthouse. The prize was a silver key, and it stood on a table "
    "for all to see. The others had long legs, but Ida knew the short way through the "
    "garden. Then she saw a young badger that had fallen into the ditch. "
    '"Run on!"'
)
LOOKED_AT = 4  # tokens that may begin a word, for every word that is wanted
LONGEST = 8  # tokens of a word
MOST_ROLLS = 6
SURE = 0.95  # a word that is likelier leaves nothing to roll for
RARE = 0.1  # a word with a smaller part of a sheet gets no numbers
AHEAD = 96  # tokens that are written on at once: four sentences of a story
_LONG = 300  # letters, after which nothing is written on
SPACE = " "  # a token of its own before some words


class Word(NamedTuple):
    """A word that may come next, with the space before it, and its probability."""

    text: str
    chance: float


@checked(count=1)
def next_words(lm: LanguageModel, text: str, count: int) -> list[Word]:
    """The likeliest words behind a text, the likeliest first.

    A token is often a part of a word: each of the likeliest tokens is completed by what
    the model holds for likeliest, up to the end of the word.
    """
    pieces = _pieces(lm, text, count)
    if SPACE in pieces:  # it begins as many words as tokens may come behind it
        pieces += [SPACE + piece for piece in _pieces(lm, text + SPACE, count)]
    begun = list(filter(_begins_a_word, pieces))
    ends = lm.batch([text + piece for piece in begun], LONGEST, temperature=0)
    words = [
        # a sign is a word of its own
        piece + (re.match(r"[\w'’]*", end) or [""])[0] if piece[-1].isalnum() else piece
        for piece, end in zip(begun, ends, strict=True)
    ]
    words = list(dict.fromkeys(words))
    if not words:  # a text that stops within a word
        return []
    found = map(Word, words, chances(lm, [text] * len(words), words))
    return sorted(found, key=lambda word: -word.chance)[:count]


def _pieces(lm: LanguageModel, text: str, count: int) -> list[str]:
    """What the likeliest tokens read as, but for those that end a text."""
    rows = lm.next_token(text, count * LOOKED_AT).rows
    return [piece for piece, token, _ in rows if token not in lm.tokenizer.stops]


def _begins_a_word(piece: str) -> bool:
    """Whether a token does not go on with the last word of a text."""
    seen = piece.strip()
    return bool(seen) and piece.isprintable() and (piece != seen or not seen.isalnum())


class Row(NamedTuple):
    """A word with its numbers, from `first` to `last`, and where it leads.

    Attributes:
        first, last: its numbers.
        word: without the space before it.
        sheet: the number of the next one; None where the story ends.
        then: what the model writes behind the word, up to the end of the story.
    """

    first: int
    last: int
    word: str
    sheet: int | None
    then: str = ""

    @property
    def numbers(self) -> str:
        """How its numbers are printed: 05–41, or 42 alone."""
        last = "" if self.first == self.last else f"–{self.last:02}"
        return f"{self.first:02}{last}"


@dataclass(frozen=True)
class Sheet:
    """The odds behind one text: numbers from 00 to 99, in rows.

    Attributes:
        number: of the sheet.
        text: the text so far.
        rows: the likeliest words, which share all numbers among them.
        share: the chance that they had together, before all others were cut.
    """

    number: int
    text: str
    rows: tuple[Row, ...]
    share: float


@dataclass(frozen=True)
class Sheets:
    """All sheets of a game, to print and to cut out; sheet 1 is the first one."""

    sheets: tuple[Sheet, ...]


class Place(NamedTuple):
    """A text, and the words that are rolled for behind it; none where it has ended."""

    text: str
    words: Sequence[Word]


@checked(choices=range(1, 11))
def sheets(
    lm: LanguageModel, beginning: str, choices: Sequence[int] = (2, 3, 2)
) -> Sheets:
    """Make the sheets of stories that all end, after so many rolls at most.

    Between two rolls stand the words that are as good as certain. Behind the last one
    the model writes on with its favourite words, up to where it ends the text.

    Args:
        lm: the model whose odds they are.
        beginning: the text on the first sheet, best one that is soon at its end.
        choices: for each roll of a story, the most words on a sheet.

    Raises:
        ValueError: there are no choices, or too many.
    """
    if not 1 <= len(choices) <= MOST_ROLLS:
        raise Refusal(f"choices must be for 1 to {MOST_ROLLS} rolls: {choices!r}.")
    made: list[Sheet] = []
    waiting = [(up_to_a_choice(lm, beginning, choices[0]), 1)]
    for (text, words), rolls in waiting:  # which grows
        begun = [text + word.text for word in words]
        if rolls < len(choices):
            later = [up_to_a_choice(lm, text, choices[rolls]) for text in begun]
        else:
            later = [Place(text, []) for text in to_the_end(lm, begun)]
        rows = []
        for word, place, (first, last, _) in zip(
            words, later, numbered(words), strict=True
        ):
            waiting += [(place, rolls + 1)] if place.words else []
            sheet = len(waiting) if place.words else None
            then = "" if sheet else place.text.removeprefix(text + word.text)
            rows.append(Row(first, last, word.text.strip(), sheet, then))
        share = sum(word.chance for word in words)
        made.append(Sheet(len(made) + 1, text, tuple(rows), share))
    return Sheets(tuple(made))


def up_to_a_choice(lm: LanguageModel, text: str, choices: int) -> Place:
    """Write on what is certain, up to where there is something to roll for."""
    longest = len(text) + _LONG
    while len(text) < longest:
        text += certain_words(lm, text)
        if has_ended(lm, text):
            break
        words = next_words(lm, text, choices)
        total = sum(word.chance for word in words)
        words = [word for word in words if word.chance >= RARE * total]
        if not words or (len(words) > 1 and words[0].chance <= SURE):
            return Place(text, words)
        text += words[0].text
    return Place(text, [])


def has_ended(lm: LanguageModel, text: str) -> bool:
    """Whether the model would rather end this text than go on."""
    return lm.next_token(text, 1).rows[0][1] in lm.tokenizer.stops


def certain_words(lm: LanguageModel, text: str) -> str:
    """The whole words behind a text of which each token is as good as certain."""
    ahead = lm.batch([text], AHEAD, temperature=0)[0]
    if not ahead:
        return ""
    read, certain = surprise.of(lm, text + ahead), ""
    start = len("".join(read.pieces)) - len(ahead)
    for piece, chance in zip(read.pieces, read.probabilities, strict=True):
        start -= len(piece)
        if start < 0:
            if chance < SURE:
                break
            certain += piece
    if not ahead.startswith(certain):  # the first token reaches back into the text
        return ""
    after = ahead[len(certain) :]
    if certain[-1:].isalnum() and (not after or after[0].isalnum()):
        return certain[: certain.rfind(SPACE) + 1].rstrip()
    return certain.rstrip()


def to_the_end(lm: LanguageModel, texts: Sequence[str]) -> list[str]:
    """Write on with the favourite words, up to where the model ends each text.

    Where it comes to no end, the text ends with its sentence.
    """
    ends = lm.batch(texts, AHEAD, temperature=0)
    whole = [text + end for text, end in zip(texts, ends, strict=True)]
    return [
        place if has_ended(lm, place) else text + _sentence(place.removeprefix(text))
        for text, place in zip(texts, whole, strict=True)
    ]


def _sentence(text: str) -> str:
    """A text up to the end of its first sentence, if it has one."""
    found = re.match(r".*?[.!?]['\"”]?(?=\s|$)", text, re.DOTALL)
    return found[0] if found else text


def numbered(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Lay words end to end on the numbers from 0 to 99; drop what gets none.

    Returns:
        The first and the last number of each word, and its text.
    """
    total = sum(word.chance for word in words)
    rows, end, edge = [], 0.0, 0
    for text, chance in words:
        end += 100 * chance / total
        if round(end) > edge:
            rows.append((edge, round(end) - 1, text))
            edge = round(end)
    return rows
