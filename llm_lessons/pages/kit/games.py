"""The games on paper: cards, slips and tables, made from the class model's own odds.

A story told by dice, an auction of words, and a relay of sums: activities 1 to 3. Their
rules stand in handouts/cards.md, one part for each.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import NamedTuple

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Row, Sheet, Sheets, Word
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import page

type Games = Mapping[str, Sequence[str]]

BESIDE_RULES, ON_A_SIDE = 4, 6  # cards on a side of paper
LOTS = (  # two by two; open, certain and evenly spread ones
    "It was a",
    "Once upon a",
    "Once upon a time there was a girl called Ida who lived in a",
    "Once upon a time there was a boy called",
    "One morning in",
    "Ann has 12 marbles in a bag. Ann",
)
ON_A_SLIP = 2  # lots
FOR_SALE = 5  # words of a lot
ALONE, LINE, MISLED = 6, 5, 1  # cards for the one alone, for the line, and the last one
CARDS = ALONE + LINE + MISLED
CHANGES = 5  # on a card; the line writes so many slips for it
SLIPS, SLIPS_IN_A_ROW = 40, 5


def games(
    lm: LanguageModel, words: Words, in_words: Callable[[str], str] = str
) -> Games:
    """The sides of each game: "leader", "story", "tree", "auction", "relay".

    Args:
        in_words: translates a problem of marbles, which people do in their own
            language; what the model has written stays as it is.
    """
    keep, story, tree, bids, lines = map(rendered, words.rules())
    game = paper.sheets(lm, paper.BEGINNING)
    lots = [lot(lm, text) for text in LOTS]
    problems = marbles.read_aloud(CARDS, CHANGES)
    first, *more = story_cards(game, words)
    odds = odds_table(lots, words)
    slip = f'<div class="card slip">{words("cards.marbles")}</div>'
    slips = (
        f'<h3>{words("cards.slips")}</h3><div class="cards slips">{slip * SLIPS}</div>'
    )
    return {
        "leader": [keep + odds + answers_table(lm, problems, words)],
        "story": [story + first, *more],
        "tree": [tree + tree_table(game, words)],
        "auction": [bids + bid_slips(lots, words)],
        "relay": [lines + slips, *relay_cards(problems, words, in_words)],
    }


def cards(made: Games, size: str, words: Words) -> str:
    """All games as one page: what the leader keeps first, then what is cut out."""
    body = "".join(
        f'<section class="side {name}">{side}</section>'
        for name, sides in made.items()
        for side in sides
    )
    title = f"LLM Lessons: {words.plain('cards.games')}"
    return page(title, [], size, body, language=words.language)


def _grids(cards: Iterable[str], on_a_side: int = ON_A_SIDE) -> Iterator[str]:
    """Cards to cut apart, side by side of paper."""
    for some in batched(cards, on_a_side):
        yield f'<div class="cards">{"".join(some)}</div>'


def story_cards(game: Sheets, words: Words) -> Iterator[str]:
    """The cards of a story, side by side of paper; on the first the rules have room."""
    beginning = game.sheets[0].text
    made = [_story_card(sheet, beginning, words) for sheet in game.sheets]
    yield from _grids(made[:BESIDE_RULES])
    yield from _grids(made[BESIDE_RULES:])


def _story_card(sheet: Sheet, beginning: str, words: Words) -> str:
    rows = ""
    for row in sheet.rows:
        goes = words("cards.to_card", n=row.sheet) if row.sheet else ""
        rows += (
            f'<tr><td>{row.numbers}</td><th scope="row">{html.escape(row.word)}'
            f'<div class="bar" style="width: {row.last - row.first + 1}%"></div></th>'
            f"<td>{goes}</td></tr>"
        )
        if not row.sheet:
            rows += (
                f'<tr class="ending"><td colspan="3">…{html.escape(row.then)} '
                f"<b>{words('cards.end')}</b></td></tr>"
            )
    text = sheet.text.removeprefix(beginning).strip() or sheet.text
    lead = "" if text == sheet.text else "… "
    return (
        f'<div class="card"><h3>{words("cards.card", n=sheet.number)}</h3>'
        f'<p>{lead}{html.escape(text)} …</p><table class="odds">{rows}</table>'
        f"<small>{words('cards.share', share=round(100 * sheet.share))}</small></div>"
    )


def tree_table(game: Sheets, words: Words) -> str:
    """All stories of a game as one table, with the odds of each and room for dots."""
    by_number = {sheet.number: sheet for sheet in game.sheets}
    flips = _depth(game)

    def branches(sheet: Sheet, chance: float, depth: int) -> Iterator[list[str]]:
        """The cells of each walk from a sheet on."""
        for row in sheet.rows:
            odds = chance * (row.last - row.first + 1) / 100
            if row.sheet:
                later = by_number[row.sheet]
                said = later.text.removeprefix(sheet.text).strip()
                walks = list(branches(later, odds, depth + 1))
                wide = 1
            else:
                said, wide = f"{row.word}{row.then}", flips - depth
                walks = [[_end(odds, words)]]
            cell = (
                f'<td rowspan="{len(walks)}" colspan="{wide}"><span>{row.numbers} '
                f"<b>{html.escape(row.word)}</b></span>"
                f"{html.escape(said.removeprefix(row.word))}</td>"
            )
            yield [cell, *walks[0]]
            yield from walks[1:]

    first = game.sheets[0]
    walks = branches(first, 1.0, 0)
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in walks)
    heads = "".join(f"<th>{words('cards.flip', n=n)}</th>" for n in range(1, flips + 1))
    ends = f"<th>{words('cards.walks')}</th><th>{words('cards.dots')}</th>"
    return (
        f"<p><b>{html.escape(first.text)} …</b></p>"
        '<table class="tree" tabindex="0">'
        f"<thead><tr>{heads}{ends}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _end(odds: float, words: Words) -> str:
    walks = words.number(100 * odds, digits=1 if odds < 0.1 else 0)
    return f"<td>{walks}</td><td></td>"


def _depth(game: Sheets) -> int:
    """How many flips a story has; every sheet leads on to later ones only."""
    flips = {sheet.number: 1 for sheet in game.sheets}
    for sheet in reversed(game.sheets):
        later = [flips[row.sheet] for row in sheet.rows if row.sheet]
        flips[sheet.number] = 1 + max(later, default=0)
    return flips[1]


class Lot(NamedTuple):
    """What is sold in one round of the auction."""

    text: str  # the text so far
    words: Sequence[Word]  # for sale, the likeliest first
    # their numbers from 00 to 99, and last those of all other words together, whose
    # word is empty; a word that is too rare has no numbers
    rows: Sequence[Row]


def lot(lm: LanguageModel, text: str) -> Lot:
    """The words for sale behind a text, and the numbers that the leader rolls."""
    likeliest = paper.next_words(lm, text, 2 * FOR_SALE)
    words = [word for word in likeliest if word.text.strip().isalpha()][:FOR_SALE]
    rest = max(0.0, 1 - sum(word.chance for word in words))
    dealt = paper.numbered([*words, Word("", rest)])
    return Lot(text, words, [Row(*row, sheet=None) for row in dealt])


def bid_slips(lots: Sequence[Lot], words: Words) -> str:
    """The bid slips: words without odds, and room for what is bid."""
    made = ""
    for number, pair in enumerate(batched(enumerate(lots, 1), ON_A_SLIP), 1):
        gap = '<span class="gap"></span>'
        head = (
            f"<h3>{words('cards.slip', n=number)}</h3><p>{words('cards.team')} {gap} "
            f"{words('cards.had')} {gap} {words('cards.left')} {gap}</p>"
        )
        tables = "".join(_lot_table(place, lots, words) for place, lots in pair)
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
    for number, lot in enumerate(lots, 1):
        dealt = {row.word: row for row in lot.rows}
        cells = ""
        for word in (*(word.text for word in lot.words), ""):
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


def most_marbles() -> int:
    """How many marbles a bag must hold to play any of the cards with."""
    return max(
        int(number)
        for problem in marbles.read_aloud(CARDS, CHANGES)
        for step in problem.steps
        for number in re.findall(r"\d+", step)
    )


def relay_cards(
    problems: Sequence[Problem], words: Words, in_words: Callable[[str], str] = str
) -> Iterator[str]:
    """The cards, side by side of paper; a line for each sentence, the answer below."""
    made = []
    for number, problem in enumerate(problems, 1):
        sentences = re.split(r"(?<=[.?]) ", in_words(problem.question))
        lines = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        made.append(
            f'<div class="card"><h3>{words("cards.card", n=number)}</h3>'
            f'<ol>{lines}</ol><p class="below">{words("cards.answer")}: '
            f"{problem.answer}</p></div>"
        )
    return _grids(made)


def answers_table(lm: LanguageModel, problems: Sequence[Problem], words: Words) -> str:
    """The answers, beside what the class model wrote for each card."""
    ways = [written.write(lm, problems, stepwise) for stepwise in (False, True)]
    rows = "".join(
        f'<tr><th scope="row">{number}</th><td>{_sums(problem)}</td>'
        f"<td><b>{problem.answer}</b></td>{_said(at_once, words)}"
        f"{_said(stepwise, words)}</tr>"
        for number, (problem, at_once, stepwise) in enumerate(
            zip(problems, *ways, strict=True), 1
        )
    )
    keys = ("number", "steps", "answer", "model_once", "model_steps")
    heads = "".join(f"<th>{words(f'cards.{key}')}</th>" for key in keys)
    at_once, stepwise = (sum(text.right for text in way) for way in ways)
    text = words("cards.answers_text", at_once=at_once, steps=stepwise, n=len(problems))
    return (
        f"<h2>{words('cards.answers')}</h2><p>{text}</p>"
        f'<table class="keep" tabindex="0"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _sums(problem: Problem) -> str:
    """The steps without their words, which would not fit on the leader's leaf."""
    return " ".join(step.rpartition(": ")[2] for step in problem.steps)


def _said(text: written.Written, words: Words) -> str:
    verdict = words("cards.right" if text.right else "cards.wrong")
    answer = html.escape(text.answer) if text.answer else words("cards.none")
    return f"<td>{answer} ({verdict})</td>"
