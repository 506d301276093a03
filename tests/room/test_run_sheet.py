"""Run sheets: their minutes add up, and an arrow leads to where a text stands."""

import html
import re

import pytest

from llm_lessons.foundation.languages import languages, translator
from llm_lessons.foundation.paths import TEXTS
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.run_sheet import LINES, run_sheet, tonight
from llm_lessons_room.parts.plan import OPTIONAL, Guide, Planned
from tests.room.cells import rows_of, text_of

WORDS = Words()
every_deck = pytest.mark.parametrize("deck", decks(), ids=lambda deck: deck.id)


@every_deck
@pytest.mark.parametrize("code", languages())
def test_the_minutes_of_a_run_sheet_add_up(deck: Deck, code: str):
    words = Words(translator(code), code)
    sides = run_sheet(deck, words)
    rows = [row for side in sides for row in rows_of(side)]
    assert [row[1] for row in rows] == [
        translator(code)(step.title) for step in deck.steps
    ]
    now = optional = 0.0
    for row in rows:
        when, lasts = re.fullmatch(r"(\S+) \(([\d.]+)\)", row[0]).groups()  # type: ignore
        if when == OPTIONAL:
            optional += float(lasts)
            continue
        if float(lasts) == 0:  # while people arrive
            assert when == words("run.before") and now == 0
            continue
        hours, minutes = map(int, when.split(":"))
        assert 60 * hours + minutes == round(now)
        now += float(lasts)
    slack = deck.minutes - now
    assert slack == deck.slack >= 10  # an evening without any runs late
    said = html.unescape(sides[-1].split('<p class="keep">')[1])
    numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", said)]
    assert numbers == [now, slack, deck.minutes, optional]


@every_deck
@pytest.mark.parametrize("code", languages())
def test_a_run_sheet_says_every_text_whole_or_an_arrow_leads_to_it(
    deck: Deck, code: str
):
    translate, steps = translator(code), iter(deck.steps)
    said = {}
    for side in run_sheet(deck, Words(translate, code)):
        times = {row[0].split()[0] for row in rows_of(side)}
        assert {*re.findall(r"→ (\S+?)<", side)} <= times  # on this side of paper
        for row, step in zip(rows_of(side), steps, strict=False):
            guide, when = step.guide, row[0].split()[0]
            texts = (guide.say, guide.do, guide.late)
            for column, (cell, text) in enumerate(zip(row[2:], texts, strict=True)):
                if cell.startswith("→"):
                    assert said[cell.removeprefix("→ "), column] == text
                    continue
                assert cell == (translate(text) if text else "")
                if when != OPTIONAL:
                    said.setdefault((when, column), text)


def test_what_one_side_has_no_room_for_goes_on_the_next():
    def sides(count: int) -> list[str]:
        say = "Say this sentence aloud. " * 8  # 200 letters: six lines of forty
        steps = tuple(
            Planned(f"s{n}", "say", "A", 1, guide=Guide(say=f"{n}. {say.strip()}"))
            for n in range(count)
        )
        return run_sheet(Deck("e", "An evening", 90, steps), WORDS)

    fit = LINES // 6
    (one,) = sides(fit)
    first, second = sides(fit + 1)
    assert len(rows_of(one)) == len(rows_of(first)) == fit
    assert len(rows_of(second)) == 1 and "1/2" in first and "2/2" in second
    assert "/" not in one.split("</h1>")[0].replace("</", "")


def test_tonight_has_the_order_and_fits_a_page_to_read():
    guide = Guide(say="Hello.")
    steps = (
        Planned("a", "say", "First <b>", 5, guide=guide, own={"text": "x"}),
        Planned("b", "say", "Extra", 7, optional=True, guide=guide, own={"text": "x"}),
        Planned("c", "remember", "Last", 70, lesson=4, guide=guide),
    )
    made = tonight(Deck("e", "An evening", 90, steps), WORDS, "deck_e.pdf")
    order = made.split('<ol class="order">')[1].split("</ol>")[0]
    assert [text_of(row) for row in order.split("</li>")[:-1]] == [
        "0:00 First <b>",
        f"{OPTIONAL} Extra",
        "0:05 Last",
    ]
    assert "75 minutes are planned and 15 are to spare, 90 in all" in made
    assert "deck_e.pdf" in made and "{{" not in made
    # with the guide behind it, a leader reads fifteen hundred words at most
    page = text_of(tonight(decks()[0], WORDS, "deck.pdf"))
    guide = (TEXTS / "facilitator.md").read_text(encoding="utf-8")
    assert len(page.split()) + len(guide.split()) <= 1500
