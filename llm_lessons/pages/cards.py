"""Games on paper: cards to cut out, made from the class model's own odds.

Their rules stand in handouts/cards.md, one part for each activity.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from llm_lessons.fjordby import marbles
from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Row, Sheet, Sheets, Word
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import page
from llm_lessons.paths import TEXTS

BEGINNING = "Once upon a time there was a girl called Ida who lived in a"
LOTS = (
    "It was a",
    "Once upon a",
    "Once upon a time there was a boy called",
    "One morning in",
    "Ann has 12 marbles in a bag. Ann",
)  # open, certain and evenly spread ones
FOR_SALE = 5  # words of a lot
CARDS, CHANGES = 8, 5  # of the relay
BESIDE_RULES, ON_A_SIDE = 6, 8  # cards of a story on a side of paper
RELAY_ON_A_SIDE = 4
SLIPS = 24
OTHER = "another word"


class Lot(NamedTuple):
    """What is sold in one round of the auction.

    Attributes:
        text: the text so far.
        words: for sale, the likeliest first.
        rows: their numbers from 00 to 99, and those of all other words together.
    """

    text: str
    words: Sequence[Word]
    rows: Sequence[Row]


def cards(lm: LanguageModel, size: str) -> str:
    """All games as one page: what the leader keeps first, then what is cut out.

    Args:
        size: of the paper, a name in `page.PAPERS`.
    """
    source = (TEXTS / "cards.md").read_text(encoding="utf-8")
    keep, story, tree, auction, relay = map(rendered, re.split(r"(?m)^(?=## )", source))
    game = paper.sheets(lm, BEGINNING)
    lots = [lot(lm, text) for text in LOTS]
    problems = marbles.held_out(CARDS, CHANGES)
    first, *more = story_cards(game)
    relay_first, *relay_more = relay_cards(problems)
    sides = [
        keep + odds_table(lots) + answers_table(lm, problems),
        story + first,
        *more,
        tree + tree_table(game),
        auction + "".join(lot_table(n, lot) for n, lot in enumerate(lots, 1)),
        relay + relay_first,
        *relay_more,
    ]
    sides[-1] += slips()
    body = "".join(f'<section class="side">{side}</section>' for side in sides)
    return page("LLM Lessons: games on paper", [], size, body)


def lot(lm: LanguageModel, text: str) -> Lot:
    """The words for sale behind a text, and the numbers that the leader rolls."""
    likeliest = paper.next_words(lm, text, 2 * FOR_SALE)
    words = [word for word in likeliest if word.text.strip().isalpha()][:FOR_SALE]
    rest = 1 - sum(word.chance for word in words)
    dealt = paper.numbered([*words, Word(OTHER, rest)])
    return Lot(text, words, [Row(*row, sheet=None) for row in dealt])


def story_cards(game: Sheets) -> Iterator[str]:
    """The cards of a story, side by side of paper; on the first the rules have room."""
    beginning = game.sheets[0].text
    made = [_story_card(sheet, beginning) for sheet in game.sheets]
    yield _grid(made[:BESIDE_RULES])
    for start in range(BESIDE_RULES, len(made), ON_A_SIDE):
        yield _grid(made[start : start + ON_A_SIDE])


def _story_card(sheet: Sheet, beginning: str) -> str:
    rows = "".join(
        f"<tr><td>{row.numbers}</td>"
        f'<th scope="row">{html.escape(row.word)}<div class="bar" style="width: '
        f'{row.last - row.first + 1}%"></div></th>'
        f"<td>{f'card {row.sheet}' if row.sheet else 'the end'}</td></tr>"
        for row in sheet.rows
    )
    text = sheet.text.removeprefix(beginning).strip() or sheet.text
    lead = "" if text == sheet.text else "… "
    return (
        f'<div class="card"><h3>Card {sheet.number}</h3>'
        f'<p>{lead}{html.escape(text)} …</p><table class="odds">{rows}</table>'
        f"<small>All other words were cut; these had {sheet.share:.0%} together."
        "</small></div>"
    )


def tree_table(game: Sheets) -> str:
    """All stories of a game as one table, with the odds of each and room for dots."""
    by_number = {sheet.number: sheet for sheet in game.sheets}

    def branches(sheet: Sheet, chance: float) -> Iterator[list[str]]:
        """The cells of each walk from a sheet on."""
        for row in sheet.rows:
            odds = chance * (row.last - row.first + 1) / 100
            words, walks = row.word, [[_end(odds)]]
            if row.sheet:
                later = by_number[row.sheet]
                words = later.text.removeprefix(sheet.text).strip()
                walks = list(branches(later, odds))
            said = html.escape(words.removeprefix(row.word))
            cell = (
                f'<td rowspan="{len(walks)}"><span>{row.numbers} '
                f"<b>{html.escape(row.word)}</b></span>{said}</td>"
            )
            yield [cell, *walks[0]]
            yield from walks[1:]

    first = game.sheets[0]
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in branches(first, 1.0))
    heads = "".join(f"<th>flip {n}</th>" for n in range(1, _depth(game) + 1))
    return f"<p><b>{html.escape(first.text)} …</b></p>" + _table(
        "tree", f"{heads}<th>of 100 walks</th><th>your dots</th>", rows
    )


def _end(odds: float) -> str:
    walks = f"{100 * odds:.1f}" if odds < 0.1 else f"{100 * odds:.0f}"
    return f"<td>{walks}</td><td></td>"


def _depth(game: Sheets) -> int:
    """How many flips a story has; every sheet leads on to later ones only."""
    flips = {sheet.number: 1 for sheet in game.sheets}
    for sheet in reversed(game.sheets):
        later = [flips[row.sheet] for row in sheet.rows if row.sheet]
        flips[sheet.number] = 1 + max(later, default=0)
    return flips[1]


def lot_table(number: int, lot: Lot) -> str:
    """A lot as it is shown to the room: words without odds, and room for the bids."""
    words = sorted(word.text.strip() for word in lot.words)
    heads = "".join(f'<th scope="col">{html.escape(word)}</th>' for word in words)
    empty = "<td></td>" * len(words)
    rows = "".join(f'<tr><th scope="row">{r}</th>{empty}</tr>' for r in ("bid", "team"))
    return f"<h3>Lot {number}: {html.escape(lot.text)} …</h3>" + _table(
        "lot", f"<td></td>{heads}", rows
    )


def odds_table(lots: Sequence[Lot]) -> str:
    """What the leader needs for the auction."""
    rows = ""
    for number, one in enumerate(lots, 1):
        dealt = {row.word: row.numbers for row in one.rows}
        named = [(word.text.strip(), word.chance) for word in one.words]
        named.append((OTHER, 1 - sum(chance for _, chance in named)))
        numbers = {text.strip(): span for text, span in dealt.items()}
        cells = "".join(
            f"<td><b>{html.escape(text)}</b> {_percent(chance)}<br>"
            f"{numbers.get(text, 'no number')}</td>"
            for text, chance in named
        )
        rows += f'<tr><th scope="row">Lot {number}</th>{cells}</tr>'
    return (
        "<h2>Odds of the auction</h2><p>Roll a number from 00 to 99 for each lot; a "
        "fair price for a word is one bean for each per cent.</p>"
        + _table("keep", "", rows)
    )


def _percent(chance: float) -> str:
    return f"{chance:.0%}" if chance >= 0.01 else "under 1%"


def answers_table(lm: LanguageModel, problems: Sequence[Problem]) -> str:
    """The answers of the relay, beside what the class model wrote for each card."""
    ways = [written.write(lm, problems, stepwise) for stepwise in (False, True)]
    rows = "".join(
        f'<tr><th scope="row">{number}</th><td>{" ".join(problem.steps)}</td>'
        f"<td><b>{problem.answer}</b></td>{_said(at_once)}{_said(stepwise)}</tr>"
        for number, (problem, at_once, stepwise) in enumerate(
            zip(problems, *ways, strict=True), 1
        )
    )
    heads = ("card", "steps", "answer", "model at once", "model step by step")
    right = [sum(text.right for text in way) for way in ways]
    return (
        "<h2>Answers of the relay</h2><p>The class model had the same cards. Answering "
        f"at once it was right on {right[0]} of {len(problems)}, step by step on "
        f"{right[1]}. Compare it with the room.</p>"
        + _table("keep", "".join(f"<th>{head}</th>" for head in heads), rows)
    )


def _said(text: written.Written) -> str:
    verdict = "right" if text.right else "wrong"
    return f"<td>{html.escape(text.answer or 'none')} ({verdict})</td>"


def relay_cards(problems: Sequence[Problem]) -> Iterator[str]:
    """The cards of the relay, side by side of paper; one line for each sentence."""
    made = []
    for number, problem in enumerate(problems, 1):
        sentences = re.split(r"(?<=[.?]) ", problem.question)
        lines = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        made.append(f'<div class="card"><h3>Card {number}</h3><ol>{lines}</ol></div>')
    for start in range(0, len(made), RELAY_ON_A_SIDE):
        yield _grid(made[start : start + RELAY_ON_A_SIDE])


def slips() -> str:
    """Slips of paper for the line of the relay."""
    one = '<div class="card slip">marbles:</div>'
    return f'<h3>Slips for the line</h3><div class="cards slips">{one * SLIPS}</div>'


def _table(kind: str, heads: str, rows: str) -> str:
    """A table that scrolls where a screen is narrow, by keyboard as well."""
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f'<table class="{kind}" tabindex="0">{head}<tbody>{rows}</tbody></table>'


def _grid(cards: Iterable[str]) -> str:
    return f'<div class="cards">{"".join(cards)}</div>'
