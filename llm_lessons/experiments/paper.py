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

from llm_lessons.experiments.surprise import chances
from llm_lessons.language_model import LanguageModel

LOOKED_AT = 4  # tokens that may begin a word, for every word that is wanted
LONGEST = 8  # tokens of a word


class Word(NamedTuple):
    """A word that may come next, with the space before it, and its probability."""

    text: str
    chance: float


def next_words(lm: LanguageModel, text: str, count: int) -> list[Word]:
    """The likeliest words behind a text, the likeliest first.

    A token is often a part of a word: each of the likeliest tokens is completed by what
    the model holds for likeliest, up to the end of the word.
    """
    begun = [
        piece
        for piece, token, _ in lm.next_token(text, count * LOOKED_AT).rows
        if token not in lm.tokenizer.stops and piece.strip() and piece.isprintable()
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


class Row(NamedTuple):
    """A word with its numbers, from `first` to `last`, and the sheet it leads to."""

    first: int
    last: int
    word: str
    sheet: int | None


@dataclass(frozen=True)
class Sheet:
    """The odds behind one text: numbers from 00 to 99, in rows.

    Attributes:
        number: of the sheet.
        text: the text so far.
        rows: the words. Numbers of none of them are rolled again.
    """

    number: int
    text: str
    rows: tuple[Row, ...]


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


def sheets(
    lm: LanguageModel, beginning: str, words: int = 3, choices: int = 3
) -> Sheets:
    """Make the sheets for so many words in a row, with so many choices at each.

    Args:
        lm: the model whose odds they are.
        beginning: the text on the first sheet.
        words: how many words the game adds.
        choices: most words on a sheet.
    """
    made: list[Sheet] = []
    texts, known = [beginning], 1  # of this round, and numbers given to sheets
    for left in range(words, 0, -1):
        later: list[str] = []
        for text in texts:
            rows = []
            for first, last, word in _numbered(next_words(lm, text, choices)):
                later.append(text + word)
                sheet = known + len(later) if left > 1 else None
                rows.append(Row(first, last, word.strip(), sheet))
            made.append(Sheet(len(made) + 1, text, tuple(rows)))
        texts, known = later, known + len(later)
    return Sheets(tuple(made))


def _numbered(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Lay the words end to end on the numbers from 0 to 99; drop what gets none."""
    rows, end, edge = [], 0.0, 0
    for text, chance in words:
        end += chance
        if round(100 * end) > edge:
            rows.append((edge, round(100 * end) - 1, text))
            edge = round(100 * end)
    return rows


def _range(row: Row) -> str:
    last = "" if row.first == row.last else f"–{row.last:02}"
    return f"{row.first:02}{last}"


def _goes_to(row: Row) -> str:
    return f"sheet {row.sheet}" if row.sheet else "the end"


def _again(sheet: Sheet) -> str:
    end = sheet.rows[-1].last + 1 if sheet.rows else 0
    return f"{end:02}–99: roll again" if end < 100 else ""


def _as_text(sheet: Sheet) -> str:
    lines = [f"{_range(r):<7}{r.word:<14}{_goes_to(r)}" for r in sheet.rows]
    head = f"Sheet {sheet.number}: {sheet.text} …"
    return "\n".join(filter(None, [head, *lines, _again(sheet)]))


def _as_html(sheet: Sheet) -> str:
    rows = "".join(
        f'<tr><td style="text-align: left">{_range(row)}</td>'
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
        f"<small>{_again(sheet)}</small></div>"
    )
