"""The Python side of the race: what the page plays is what the model writes."""

import pytest

from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import budget, written
from llm_lessons.widgets import Race
from llm_lessons.widgets.questions import QUESTIONS
from llm_lessons.widgets.race import EACH, EXAMPLE, OWN, SEED

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def race() -> Race:
    return Race(load("fjord"), changes=(1, 8), each=1)


def test_both_sides_are_what_the_model_writes(race):
    lm = load("fjord")
    assert [name for name, _ in race._kinds] == [
        "marbles, 1 change",
        "marbles, 8 changes (more than it practised)",
        "fruit, what does one cost?",
        OWN,
    ]
    asked = [[one["question"] for one in problems] for _, problems in race._kinds]
    assert asked[0] == [p.question for p in marbles.held_out(1, 1, SEED)]
    assert asked[2] == [fruit.essay().question]
    for one in (one for _, problems in race._kinds for one in problems):
        ways = (("Answer at once:", 8), ("Step by step:", 192))
        for (way, longest), side in zip(ways, one["sides"], strict=True):
            prompt = f"{one['question']}\n{way}"
            text = lm.generate(prompt, longest, temperature=0)
            assert "".join(side["pieces"]) == text
            assert side["right"] == (side["answer"] == one["answer"])
            assert f" {side['answer']}." in text
            assert 0 < side["sure"] <= 1
            costs = budget.answer_costs(lm, prompt, len(side["pieces"]))
            assert side["costs"] == costs


def test_a_problem_of_ones_own_is_answered_in_both_ways(race):
    lm, sizes = load("fjord"), {int(size) for size in race._costs}
    for name, way, more in (
        ("at_once", "Answer at once:", ()),
        ("steps", "Step by step:", ("",)),
    ):
        told = QUESTIONS[name](lm, EXAMPLE, *more)
        prompt = f"{EXAMPLE}\n{way}"
        longest = 8 if name == "at_once" else 192
        assert "".join(told["pieces"]) == lm.generate(prompt, longest, temperature=0)
        assert told["before"] == len(lm.encode(prompt))
        assert told["answer"].isdecimal() and 0 < told["sure"] <= 1
        costs = budget.answer_costs(lm, prompt, len(told["pieces"]))
        assert {*costs} <= {race._costs[str(size)] for size in sizes}


def test_the_race_goes_as_it_does_for_many_problems():
    """Few problems can go otherwise by chance; then a learner sees the opposite."""
    for changes, most_at_once, least in ((1, EACH, EACH), (6, 1, EACH - 1)):
        asked = marbles.held_out(EACH, changes, SEED)
        right = [
            sum(text.right for text in written.write(load("fjord"), asked, stepwise))
            for stepwise in (False, True)
        ]
        assert right[0] <= most_at_once and right[1] >= least


def test_a_choice_that_is_not_there_is_refused(race):
    for name, value in (("kind", 4), ("problem", -1)):
        with pytest.raises(ValueError, match=f"{name} goes from 0 to .; it was"):
            setattr(race, name, value)
