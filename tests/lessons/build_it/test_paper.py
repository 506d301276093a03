"""The sheets of a game: every number leads somewhere, as often as the model says."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Word, next_words, sheets
from llm_lessons.loading import load

ODDS = {
    "Once": [(" upon", 0.5), (" a", 0.25), (" <b>", 0.0005)],
    "Once upon": [(" a", 0.99), (" one", 0.01)],
    "Once upon a": [(" time", 0.7)],
    "Once a": [(" fox", 0.6), (" day", 0.396)],
}


@pytest.fixture
def game(monkeypatch) -> paper.Sheets:
    words = {text: [Word(*row) for row in rows] for text, rows in ODDS.items()}
    monkeypatch.setattr(paper, "next_words", lambda lm, text, count: words[text])
    lm: Any = SimpleNamespace(batch=None)
    return sheets(lm, "Once", rolls=2, choices=3)


def test_numbers_are_dealt_out_as_the_model_says(game):
    first = game.sheets[0]
    assert [(row.first, row.last, row.word) for row in first.rows] == [
        (0, 66, "upon"),
        (67, 99, "a"),  # and the rare one, which gets no number of a hundred, is out
    ]
    assert first.share == pytest.approx(0.7505)
    assert [row.last - row.first + 1 for row in game.sheets[2].rows] == [60, 40]


def test_every_word_leads_to_the_sheet_of_its_text(game):
    by_number = {sheet.number: sheet for sheet in game.sheets}
    assert list(by_number) == [1, 2, 3]
    for row in game.sheets[0].rows:
        assert by_number[row.sheet].text.startswith(f"Once {row.word}")
    # What is certain is written on.
    assert by_number[2].text == "Once upon a" and by_number[3].text == "Once a"
    assert all(row.sheet is None for sheet in game.sheets[1:] for row in sheet.rows)


def test_a_sheet_reads_the_same_as_page_and_as_text(game):
    text, page = repr(game), game._repr_html_()
    plain = re.sub(r"<[^>]*>", " ", page)
    for part in ("Sheet 1", "00–66", "sheet 2", "had 75\u00a0% together", "the end"):
        assert part in text and part in plain


def test_what_a_model_writes_is_no_html(monkeypatch):
    monkeypatch.setattr(paper, "next_words", lambda lm, text, count: [Word(" <b>", 1)])
    page = sheets(SimpleNamespace(batch=None), "<i>", rolls=1)._repr_html_()  # type: ignore
    assert "<b>" not in page and "<i>" not in page and "&lt;b&gt;" in page


@pytest.mark.slow
def test_fjord_offers_whole_words_by_their_odds():
    lm = load("fjord")
    words = next_words(lm, "Once upon a time there was a", 4)
    assert 2 <= len(words) <= 4 and len({word.text for word in words}) == len(words)
    chances = [word.chance for word in words]
    assert chances == sorted(chances, reverse=True) and 0.5 < sum(chances) < 1.0001
    for word in words:
        assert re.fullmatch(r" [a-z]+", word.text) or word.chance < 0.001, word
    found = load("fjord").batch(["Once upon a time there was a"] * 200, 8)
    drawn = sum(text.startswith(words[0].text) for text in found) / len(found)
    assert drawn == pytest.approx(words[0].chance, abs=0.12)
