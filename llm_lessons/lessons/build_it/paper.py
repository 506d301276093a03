"""Sheets of paper with which people play a language model: words, and dice to roll.

Serves C6 and C17: a sheet holds the odds of the next word as numbers from 00 to 99. Who
rolls one of them goes on to the sheet of that word. No more than that goes on in the
loop.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.surprise import chances

LOOKED_AT = 4  # tokens that may begin a word, for every word that is wanted
LONGEST = 8  # tokens of a word
_LONG = 300  # letters on a sheet, from which nothing is written on
SURE = 0.95  # a word that is likelier leaves nothing to roll for


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
    begun = [
        piece
        for piece, token, _ in lm.next_token(text, count * LOOKED_AT).rows
        if token not in lm.tokenizer.stops and _begins_a_word(piece)
    ]
    ends = lm.batch([text + piece for piece in begun], LONGEST, temperature=0)
    words = [
        # a sign is a word of its own
        piece + (re.match(r"[\w'’]*", end) or [""])[0] if piece[-1].isalnum() else piece
        for piece, end in zip(begun, ends, strict=True)
    ]
    words = list(dict.fromkeys(words))
    found = map(Word, words, chances(lm, [text] * len(words), words))
    return sorted(found, key=lambda word: -word.chance)[:count]


def _begins_a_word(piece: str) -> bool:
    """Whether a token does not go on with the last word of a text."""
    seen = piece.strip()
    return bool(seen) and piece.isprintable() and (piece != seen or not seen.isalnum())


class Row(NamedTuple):
    """A word with its numbers, from `first` to `last`, and the sheet it leads to."""

    first: int
    last: int
    word: str
    sheet: int | None

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

    def __repr__(self) -> str:
        return "\n\n".join(_as_text(sheet) for sheet in self.sheets)

    def _repr_html_(self) -> str:
        # Styled in place: a notebook that is not trusted loses its stylesheets.
        cards = "".join(_as_html(sheet) for sheet in self.sheets)
        return (
            '<div class="ll-sheets" style="display: grid; gap: 12px; max-width: 46rem; '
            'grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr))">'
            f"{cards}</div>"
        )


@checked(rolls=range(1, 7), choices=range(1, 11))
def sheets(
    lm: LanguageModel, beginning: str, rolls: int = 3, choices: int = 3
) -> Sheets:
    """Make the sheets for so many rolls in a row, with so many choices at each.

    Between two rolls stand the words that are as good as certain.

    Args:
        lm: the model whose odds they are.
        beginning: the text on the first sheet.
        rolls: how many words are rolled for.
        choices: most words on a sheet.
    """
    made: list[Sheet] = []
    texts, known = [beginning], 1  # of this round, and numbers given to sheets
    for left in range(rolls, 0, -1):
        later: list[str] = []
        for start in texts:
            text, words = _up_to_a_choice(lm, start, choices)
            rows = []
            for first, last, word in numbered(words):
                later.append(text + word)
                sheet = known + len(later) if left > 1 else None
                rows.append(Row(first, last, word.strip(), sheet))
            share = sum(word.chance for word in words)
            made.append(Sheet(len(made) + 1, text, tuple(rows), share))
        texts, known = later, known + len(later)
    return Sheets(tuple(made))


def _up_to_a_choice(
    lm: LanguageModel, text: str, choices: int
) -> tuple[str, list[Word]]:
    """Write on what is certain; returns the text, and the words that may follow."""
    words = next_words(lm, text, choices)
    while words and words[0].chance > SURE and len(text) < _LONG:
        text += words[0].text
        words = next_words(lm, text, choices)
    return text, words


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


def _goes_to(row: Row) -> str:
    return f"sheet {row.sheet}" if row.sheet else "the end"


def _cut(sheet: Sheet) -> str:
    share = f"{100 * sheet.share:.0f}\u00a0%"
    return f"All other words were cut; these had {share} together."


def _as_text(sheet: Sheet) -> str:
    lines = [f"{r.numbers:<7}{r.word:<14}{_goes_to(r)}" for r in sheet.rows]
    head = f"Sheet {sheet.number}: {sheet.text} …"
    return "\n".join([head, *lines, _cut(sheet)])


def _as_html(sheet: Sheet) -> str:
    rows = "".join(
        f'<tr><td style="text-align: left">{row.numbers}</td>'
        f'<th scope="row" style="text-align: left">{html.escape(row.word)}</th>'
        f'<td style="text-align: left; width: 5em"><div style="background: #0072b2; '
        f"height: 0.8em; print-color-adjust: exact; "
        f'width: {row.last - row.first + 1}%"></div></td>'
        f'<td style="text-align: right">{_goes_to(row)}</td></tr>'
        for row in sheet.rows
    )
    return (
        '<div style="border: 1px solid; border-radius: 6px; break-inside: avoid; '
        f'padding: 6px 10px"><strong>Sheet {sheet.number}</strong>'
        f"<div>{html.escape(sheet.text)} …</div>"
        f'<table style="width: 100%">{rows}</table>'
        f"<small>{_cut(sheet)}</small></div>"
    )
