"""The sheets of a game: every number leads somewhere, as often as the model says."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Word, sheets
from llm_lessons.measuring import surprise

ODDS = {
    "Once": [(" upon", 0.5), (" a", 0.25), (" the", 0.2), (" <b>", 0.0005)],
    "Once upon": [(" a", 0.99), (" one", 0.01)],
    "Once upon a": [(" time", 0.7), (" hill", 0.2), (" rare", 0.001)],
    "Once a": [(" fox", 0.6), (" day", 0.396)],
    "Once the": [(" end", 0.9), (" fox", 0.05)],  # one is rare, so one is left
}
LAST = {"Once a fox": " ran.", "Once a day": " it rained.", "Once upon a time": "."}


def test_sheets_are_dealt_out_as_the_model_says_and_every_walk_ends(monkeypatch):
    words = {text: [Word(*row) for row in rows] for text, rows in ODDS.items()}
    for name, stand_in in {
        "next_words": lambda lm, text, count: words[text],
        "certain_words": lambda lm, text: "",
        "has_ended": lambda lm, text: text == "Once the end",
        "to_the_end": lambda lm, texts: [one + LAST.get(one, "") for one in texts],
    }.items():
        monkeypatch.setattr(paper, name, stand_in)
    lm: Any = SimpleNamespace(batch=None)
    game = sheets(lm, "Once", choices=[3, 3])
    first, second, third = game.sheets
    assert [(row.first, row.last, row.word) for row in first.rows] == [
        (0, 52, "upon"),
        (53, 78, "a"),
        (79, 99, "the"),  # and the rare one is out
    ]
    assert first.share == pytest.approx(0.95)
    assert [row.last - row.first + 1 for row in third.rows] == [60, 40]
    # What is certain is written on.
    assert [sheet.number for sheet in game.sheets] == [1, 2, 3]
    assert [row.sheet for row in first.rows] == [2, 3, None]
    assert (second.text, third.text) == ("Once upon a", "Once a")
    assert first.rows[2] == (79, 99, "the", None, " end")  # early, by what is certain
    assert [(row.sheet, row.then) for row in second.rows] == [(None, "."), (None, "")]
    assert [row.then for row in third.rows] == [" ran.", " it rained."]


@pytest.mark.rest
@pytest.mark.slow
def test_every_story_of_fjord_ends_as_the_model_would_end_it():
    lm = load("fjord")
    game = sheets(lm, paper.BEGINNING)
    by_number = {sheet.number: sheet for sheet in game.sheets}
    assert 8 <= len(by_number) <= 14
    seen, ends, walks = set(), [], [(1, 0)]
    while walks:
        number, flips = walks.pop()
        seen.add(number)
        sheet = by_number[number]
        assert all(row.word[:1].isalpha() for row in sheet.rows)  # whole words
        assert [row.first for row in sheet.rows[1:]] == [
            row.last + 1 for row in sheet.rows[:-1]
        ]
        assert (sheet.rows[0].first, sheet.rows[-1].last) == (0, 99)
        for row in sheet.rows:
            if row.sheet:
                walks.append((row.sheet, flips + 1))
                assert by_number[row.sheet].text.startswith(f"{sheet.text} {row.word}")
            else:
                assert flips < 4
                ends.append(f"{sheet.text} {row.word}{row.then}")
    assert seen == set(by_number)
    assert len(set(ends)) == len(ends) > 8
    stopped = surprise.chances(lm, ends, [""] * len(ends))
    assert min(stopped) > 0.5  # the token that ends a text is the likeliest
    assert all(re.search(r'[.!?]"?$', end) for end in ends)
    # what the model itself writes at the first choice, drawn and not computed
    drawn = lm.batch([game.sheets[0].text] * 400, 3)
    words = [row.word for row in game.sheets[0].rows]
    counts = [sum(text.startswith(f" {word}") for text in drawn) for word in words]
    share = counts[0] / sum(counts)
    assert 100 * share == pytest.approx(game.sheets[0].rows[0].last + 1, abs=9)
