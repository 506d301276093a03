"""The games on paper: their odds are the model's, and every card leads somewhere."""

import re
from collections import Counter
from typing import Any

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Row, Sheet, Sheets, Word
from llm_lessons.lessons.per_token_compute.written import Written
from llm_lessons.pages.kit import games
from llm_lessons.pages.kit.words import Words
from tests.room.cells import text_of
from tests.widgets.stand_in import StandIn

NOBODY: Any = StandIn()
WORDS = Words()
LEAVES: list[tuple[str, float, list[Row]]] = [
    ("Once", 0.75, [Row(0, 66, "upon", 2), Row(67, 99, "<b>", 3)]),
    ("Once upon a", 1, [Row(0, 74, "day", 4), Row(75, 99, "time", None, " it")]),
    ("Once <b>", 0.9, [Row(0, 99, "fox", None, " ran.")]),
    ("Once upon a day", 1, [Row(0, 9, "he", None, "."), Row(10, 99, "I", None)]),
]
GAME = Sheets(
    tuple(
        Sheet(number, text, tuple(rows), share)
        for number, (text, share, rows) in enumerate(LEAVES, 1)
    )
)
ODDS = [(" foggy", 0.3), (" warm", 0.2), (" ...", 0.1), (" rare", 0.001)]


@pytest.fixture
def model(monkeypatch) -> Any:
    """A model with the odds above, which is right with steps and wrong without."""

    def write(lm, problems, stepwise: bool) -> list[Written]:
        answers = [p.answer if stepwise else "<i>" for p in problems]
        pairs = zip(problems, answers, strict=True)
        return [Written(p, "", answer, (), (), answer) for p, answer in pairs]

    words = [Word(*row) for row in ODDS]
    monkeypatch.setattr(paper, "next_words", lambda lm, text, count: words[:count])
    monkeypatch.setattr(paper, "sheets", lambda lm, text: GAME)
    monkeypatch.setattr(games.written, "write", write)
    return NOBODY


def test_every_card_stands_once_and_says_what_the_model_says(model):
    text = " ".join(map(text_of, games.games(model, WORDS)["story"]))
    assert re.findall(r"Card (\d+) ", text) == ["1", "2", "3", "4"]
    assert "Card 1 Once … 00–66 upon card 2 67–99 <b> card 3" in text
    assert "these had 75 % together" in text
    # what was rolled and what is certain stand on the next card, the rest is known
    assert "Card 2 … upon a … 00–74 day card 4 75–99 time … it The end." in text


def test_the_tree_holds_every_story_with_its_odds():
    table = games.tree_table(GAME, WORDS)
    walks = re.findall(r"<td>([\d.]+)</td><td></td></tr>", table)
    # 67 of 100 * 75 of 100 * 10 of 100, and so on, down the rows
    assert walks == ["5.0", "45", "17", "33"]
    assert sum(map(float, walks)) == pytest.approx(100, abs=1)
    assert re.findall(r"flip \d", table) == ["flip 1", "flip 2", "flip 3"]
    assert "&lt;b&gt;" in table and "<b>fox</b></span> ran.</td>" in table


def test_the_room_sees_words_and_the_leader_their_odds(model):
    made = games.games(model, WORDS)
    leader, bids = text_of(made["leader"][0]), text_of(made["auction"][0])
    for number in range(1, len(games.LOTS) + 1):
        assert f"Lot {number}: " in bids
        # the price of a word is how many numbers it has, and those fill the hundred
        row = f"Lot {number} foggy 30 % 00–29 warm 20 % 30–49 rare no number"
        assert f"{row} another word 50 % 50–99" in leader
    assert "foggy rare warm" in bids and "%" not in bids


def test_the_relay_has_a_line_for_each_sentence_and_its_answers(model):
    made = games.games(model, WORDS)
    leader, (rules, *sides) = text_of(made["leader"][0]), made["relay"]
    problems = marbles.read_aloud(games.CARDS, games.CHANGES)
    text = " ".join(map(text_of, sides))
    for number, problem in enumerate(problems, 1):
        assert f"Card {number} {problem.question} answer: {problem.answer}" in text
        sums = " ".join(step.rpartition(": ")[2] for step in problem.steps)
        assert f"{number} {sums} {problem.answer} <i> (wrong)" in leader
    assert f"right on 0 of {games.CARDS}, step by step on {games.CARDS}" in leader
    assert rules.count("marbles:") == games.SLIPS
    names = Counter(problem.question.split()[0] for problem in problems)
    for name, problems_of in names.items():
        lines = "".join(sides).count(f"<li>{name} ")
        assert lines == problems_of * (1 + games.CHANGES)
    # what a model writes is no HTML
    page = games.cards(made, "a4", WORDS)
    assert "<i>" not in page and "&lt;i&gt;" in page and "&lt;b&gt;" in page


def test_the_relay_has_cards_that_nobody_practised_and_slips_enough():
    problems = marbles.read_aloud(games.CARDS, games.CHANGES)
    questions = [problem.question for problem in problems]
    assert len({*questions}) == games.CARDS == 12 and games.SLIPS == 40
    for question, problem in zip(questions, problems, strict=True):
        start, *changes = map(int, re.findall(r"\d+", question))
        verbs = re.findall(r"(finds|wins|buys|loses|gives away|drops) \d", question)
        signed = [
            change if verb in ("finds", "wins", "buys") else -change
            for verb, change in zip(verbs, changes, strict=True)
        ]
        assert marbles.is_held_out(start, signed)
        assert problem.answer == str(start + sum(signed))
        totals = [start + sum(signed[:n]) for n in range(games.CHANGES + 1)]
        assert max(totals) <= games.most_marbles()
    # the first of the line hears two sentences, so each card takes a slip a change
    assert (games.LINE + games.MISLED) * games.CHANGES <= games.SLIPS
    # the rules name the numbers in words
    rules = WORDS.rules()[-1]
    assert "first six" in rules and "next five" in rules and "last card" in rules
    assert (games.ALONE, games.LINE, games.MISLED) == (6, 5, 1)
