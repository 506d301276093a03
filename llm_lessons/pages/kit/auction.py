"""Activity 2: lots of words, slips to bid for them, and the leader's odds."""

import html
from collections.abc import Sequence
from typing import NamedTuple

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Row, Word
from llm_lessons.pages.kit.words import Words

LOTS = (  # two by two; open, certain and evenly spread ones
    "It was a",
    "Once upon a",
    "Once upon a time there was a girl called Ida who lived in a",
    "Once upon a time there was a boy called",
    "One morning in",
    "Ann has 12 marbles in a bag. Ann",
)
ON_A_SLIP = 2
FOR_SALE = 5  # words of a lot


class Lot(NamedTuple):
    """What is sold in one round of the auction.

    Attributes:
        text: the text so far.
        words: for sale, the likeliest first.
        rows: their numbers from 00 to 99, and last those of all other words together,
            whose word is empty; a word that is too rare has no numbers.
    """

    text: str
    words: Sequence[Word]
    rows: Sequence[Row]


def lot(lm: LanguageModel, text: str) -> Lot:
    """The words for sale behind a text, and the numbers that the leader rolls."""
    likeliest = paper.next_words(lm, text, 2 * FOR_SALE)
    words = [word for word in likeliest if word.text.strip().isalpha()][:FOR_SALE]
    rest = max(0.0, 1 - sum(word.chance for word in words))
    dealt = paper.numbered([*words, Word("", rest)])
    return Lot(text, words, [Row(*row, sheet=None) for row in dealt])


def slips(lots: Sequence[Lot], words: Words) -> str:
    """The bid slips: words without odds, and room for what is bid."""
    made = ""
    for start in range(0, len(lots), ON_A_SLIP):
        number = start // ON_A_SLIP + 1
        gap = '<span class="gap"></span>'
        head = (
            f"<h3>{words('cards.slip', n=number)}</h3><p>{words('cards.team')} {gap} "
            f"{words('cards.had')} {gap} {words('cards.left')} {gap}</p>"
        )
        tables = "".join(
            _lot_table(start + place, one, words)
            for place, one in enumerate(lots[start : start + ON_A_SLIP], 1)
        )
        made += f'<div class="bids">{head}{tables}</div>'
    return made


def _lot_table(number: int, lot: Lot, words: Words) -> str:
    for_sale = sorted(word.text.strip() for word in lot.words)
    heads = "".join(f'<th scope="col">{html.escape(word)}</th>' for word in for_sale)
    empty = "<td></td>" * len(for_sale)
    row = f'<tr><th scope="row">{words("cards.bid")}</th>{empty}</tr>'
    return (
        f"<p><b>{words('cards.lot', n=number)}:</b> {html.escape(lot.text)} …</p>"
        f'<table class="lot" tabindex="0"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{row}</tbody></table>"
    )


def odds_table(lots: Sequence[Lot], words: Words) -> str:
    """What the leader needs for the auction."""
    rows = ""
    for number, one in enumerate(lots, 1):
        dealt = {row.word: row for row in one.rows}
        cells = ""
        for word in (*(word.text for word in one.words), ""):
            row = dealt.get(word)
            said = html.escape(word.strip()) if word else words("cards.other")
            numbers = row.numbers if row else words("cards.no_number")
            worth = f" {row.last - row.first + 1} %" if row else ""
            cells += f"<td><b>{said}</b>{worth}<br>{numbers}</td>"
        rows += f'<tr><th scope="row">{words("cards.lot", n=number)}</th>{cells}</tr>'
    return (
        f"<h2>{words('cards.odds')}</h2><p>{words('cards.odds_text')}</p>"
        f'<table class="keep" tabindex="0"><tbody>{rows}</tbody></table>'
    )
