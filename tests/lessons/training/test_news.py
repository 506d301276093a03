"""Before and after the training ended, on a writer that has read up to then."""

import re

import numpy as np
import pytest

from llm_lessons.lessons.training import news
from llm_lessons.lessons.training.news import EVENTS, NEW
from tests.titled import title_of


class Writer:
    """Says of each event what was right before, whatever the year."""

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        (event,) = (one for one in EVENTS if prompt in map(one.prompt, (one.year, NEW)))
        return f' "{event.name}", as everybody knows'


@pytest.fixture(autouse=True)
def odds(monkeypatch: pytest.MonkeyPatch) -> None:
    def chances(lm, prompts, endings):
        new = {f" {event.new}" for event in EVENTS}
        return [2**-20 if ending in new else 2**-3 for ending in endings]

    monkeypatch.setattr(news, "chances", chances)


def test_right_names_surprise_and_sameness_are_counted():
    found = news.measure(Writer())  # type: ignore[arg-type]
    assert list(found.rows.values()) == [[news.RIGHT] * 8, [news.WRONG] * 8]
    assert found.same == 8
    assert found.bits(found.before).median == 3 and found.bits(found.after).median == 20
    told = re.findall(r"\d of \d|\d+ bits before and \d+ after", found.sentence())
    assert told == ["8 of 8", "0 of 8", "3 bits before and 20 after"]


def test_the_two_years_of_a_text_lie_on_both_sides_of_the_end():
    for event in EVENTS:
        assert event.year < 2024 < NEW and event.name != event.new
        assert event.prompt(NEW) == event.prompt(event.year).replace(
            str(event.year), str(NEW)
        )
        assert event.source


def test_the_title_tells_what_right_names_cost_at_both_times():
    before, after = 5, 20

    def answers(middle: int) -> tuple[news.Answer, ...]:
        return tuple(
            news.Answer("The pope:", "Leo", " Leo" if i < 3 else " Ida", middle + i - 4)
            for i in range(9)
        )

    found = news.News(answers(before), answers(after))
    assert title_of(found) == "In 9 of 9, the new name costs more bits: 20, not 5"
    figure = found.figure()
    marks = [line.get_xdata() for line in figure.axes[0].lines]
    assert [len(np.asarray(one)) for one in marks] == [3, 6, 3, 6]
    assert {*np.asarray(marks[0])} == {before - 4, before - 3, before - 2}
