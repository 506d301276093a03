"""What a page answers two questions, against what the Python class answers."""

import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.widgets import Effort
from tests.web.answered import fjord, in_page

pytestmark = pytest.mark.slow

EASY, HARD = (marbles.held_out(1, k)[0].question for k in (1, 6))
TEXTS = [
    f"Think very hard. {HARD}",
    "What is 738 x 694?",
    "",
    " \n ",
    "constructor",
    "🦊 <script>alert(1)</script>",
    "Why? " * 60,  # the window is nearly full
    "He lives far away. " * 60,
    HARD,
]


def test_questions_of_ones_own():
    counter = Effort(fjord(), EASY, HARD)
    heard = "get('_hard').of === get('hard')"
    told = in_page(counter, [({"hard": text}, heard, ["_hard"]) for text in TEXTS])
    for text, (found,) in zip(TEXTS, told, strict=True):
        counter.hard = text
        chance = pytest.approx(counter._hard["chance"], rel=1e-3, abs=1e-7)
        assert found == counter._hard | {"chance": chance}
    assert sum("too long" in found["why"] for (found,) in told) == 1


def test_both_are_answered_at_the_same_time():
    counter = Effort(fjord(), EASY, HARD)
    heard = "get('_hard').of === get('hard') && get('_easy').of === get('easy')"
    swapped = {"easy": HARD, "hard": EASY}
    [found] = in_page(counter, [(swapped, heard, ["_easy", "_hard"])])
    for one, other in zip(found, (counter._hard, counter._easy), strict=True):
        assert one == other | {"chance": pytest.approx(other["chance"], rel=1e-3)}
