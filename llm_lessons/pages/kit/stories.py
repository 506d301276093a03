"""Activity 1: the cards of a story, and all its stories as a tree."""

import html
from collections.abc import Iterator, Sequence

from llm_lessons.lessons.build_it.paper import Sheet, Sheets
from llm_lessons.pages.kit.words import Words

BESIDE_RULES, ON_A_SIDE = 4, 6  # cards on a side of paper


def story_cards(game: Sheets, words: Words) -> Iterator[str]:
    """The cards of a story, side by side of paper; on the first the rules have room."""
    beginning = game.sheets[0].text
    made = [_story_card(sheet, beginning, words) for sheet in game.sheets]
    yield grid(made[:BESIDE_RULES])
    for start in range(BESIDE_RULES, len(made), ON_A_SIDE):
        yield grid(made[start : start + ON_A_SIDE])


def grid(cards: Sequence[str]) -> str:
    """Cards to cut apart."""
    return f'<div class="cards">{"".join(cards)}</div>'


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
