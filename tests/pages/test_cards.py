"""The games on paper: their odds are the model's, and every card leads somewhere."""

import html
import re
from collections import Counter
from typing import Any

import pytest

from llm_lessons.fjordby import marbles
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.build_it.paper import Word, sheets
from llm_lessons.lessons.per_token_compute.written import Written
from llm_lessons.pages import cards
from tests.widgets.stand_in import StandIn

BEGINNING = cards.BEGINNING
ODDS = {
    BEGINNING: [(" house", 0.5), (" <b>", 0.25)],
    f"{BEGINNING} house": [(" by", 0.99)],  # certain: written on
    f"{BEGINNING} house by": [(" day", 0.6), (" night", 0.2)],
    f"{BEGINNING} <b>": [(" day", 0.9), (" night", 0.1)],
    f"{BEGINNING} house by day": [(" he", 0.5), (" she", 0.5)],
    f"{BEGINNING} house by night": [(" he", 0.7), (" she", 0.3)],
    f"{BEGINNING} <b> day": [(" he", 0.5)],
    f"{BEGINNING} <b> night": [(" he", 0.6), (" she", 0.4)],
    "It was a": [(" foggy", 0.3), (" warm", 0.2), (" rare", 0.001)],
}
NOBODY: Any = StandIn()


@pytest.fixture
def model(monkeypatch) -> Any:
    """A model with the odds above, which is right with steps and wrong without."""

    def next_words(lm, text: str, count: int) -> list[Word]:
        return [Word(*row) for row in ODDS.get(text, ODDS["It was a"])][:count]

    def write(lm, problems, stepwise: bool) -> list[Written]:
        answers = [p.answer if stepwise else "<i>" for p in problems]
        pairs = zip(problems, answers, strict=True)
        return [Written(p, "", answer, (), (), answer) for p, answer in pairs]

    monkeypatch.setattr(paper, "next_words", next_words)
    monkeypatch.setattr(cards.written, "write", write)
    return NOBODY


def sides(page: str) -> list[str]:
    """The text of each side of paper, on one line."""
    parts = page.split('<section class="side">')[1:]
    parts[-1] = parts[-1].split("</main>")[0]
    texts = (html.unescape(re.sub(r"<[^>]*>", " ", part)) for part in parts)
    return [" ".join(text.split()) for text in texts]


def test_every_card_stands_once_and_says_what_the_model_says(model):
    text = " ".join(sides(cards.cards(model, "a4"))[1:3])
    numbers = re.findall(r"Card (\d+) ", text)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert f"Card 1 {BEGINNING} … 00–66 house card 2 67–99 <b> card 3" in text
    assert "these had 75% together" in text
    # what was rolled and what is certain stand on the next card, the rest is known
    assert "Card 2 … house by … 00–74 day card 4 75–99 night card 5" in text
    assert set(re.findall(r"card (\d+)", text)) - {"1"} == set(numbers) - {"1"}


def test_bars_are_as_long_as_the_odds(model):
    page = cards.cards(model, "a4")
    first = page.split("<h3>Card 1</h3>")[1].split("<h3>")[0]
    assert re.findall(r"width: (\d+)%", first) == ["67", "33"]


def test_the_tree_holds_every_story_with_its_odds(model):
    table = cards.tree_table(sheets(model, BEGINNING))
    walks = re.findall(r"<td>([\d.]+)</td><td></td></tr>", table)
    # 67 of 100 * 75 of 100 * 50 of 100, and so on, down the rows
    assert walks == ["25", "25", "12", "5.0", "30", "2.0", "1.3"]
    assert sum(map(float, walks)) == pytest.approx(100, abs=1)
    assert re.findall(r"flip \d", table) == ["flip 1", "flip 2", "flip 3"]
    assert re.findall(r'rowspan="(\d)"', table)[:3] == ["4", "2", "1"]
    assert "00–66 <b>house</b></span> by</td>" in table and "&lt;b&gt;" in table


def test_the_room_sees_words_and_the_leader_their_odds(model):
    keep, *_, auction, _, _ = sides(cards.cards(model, "a4"))
    for number in range(1, len(cards.LOTS) + 1):
        assert f"Lot {number}: " in auction
        row = f"Lot {number} foggy 30% 00–29 warm 20% 30–49 rare under 1% no number"
        assert f"{row} another word 50% 50–99" in keep
    assert "foggy rare warm" in auction and "%" not in auction


def test_the_relay_has_a_line_for_each_sentence_and_its_answers(model):
    keep, *_, first, second = sides(cards.cards(model, "a4"))
    problems = marbles.held_out(cards.CARDS, cards.CHANGES)
    for number, problem in enumerate(problems, 1):
        assert f"Card {number} {problem.question}" in first + second
        assert (
            f"{number} {' '.join(problem.steps)} {problem.answer} <i> (wrong)" in keep
        )
    assert "right on 0 of 8, step by step on 8" in keep
    page = cards.cards(model, "a4")
    assert page.count("marbles:") == cards.SLIPS
    names = Counter(problem.question.split()[0] for problem in problems)
    for name, problems_of in names.items():
        assert page.count(f"<li>{name} ") == problems_of * (1 + cards.CHANGES)


def test_what_a_model_writes_is_no_html(model):
    page = cards.cards(model, "a4")
    assert "<i>" not in page and "&lt;i&gt;" in page and "&lt;b&gt;" in page


def test_many_cards_are_laid_on_sides_of_paper(model):
    one = sheets(model, BEGINNING).sheets[0]
    for count, on_sides in ((3, [3]), (6, [6]), (7, [6, 1]), (13, [6, 7])):
        made = cards.story_cards(paper.Sheets((one,) * count))
        assert [side.count("<h3>") for side in made] == on_sides
