"""Where texts with a wrong number end: on writers that are known, and on Fjord."""

import pytest

from llm_lessons import figures
from llm_lessons.fjordby import fruit
from llm_lessons.lessons.chain_of_thought import justification, steering
from llm_lessons.loading import load
from tests import drawn
from tests.lessons.chain_of_thought.test_justification import Writer


def measured(step: str, answer: str) -> steering.Steering:
    problems = fruit.held_out(30, seed=5)
    return steering.Steering(
        justification.altered_end(Writer(step), problems),  # type: ignore[arg-type]
        justification.forced_answer(Writer(answer), problems),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("follows", "corrects", ("100 % of the answers go", "0 % of the reasons end")),
        ("ignores", "justifies", ("0 % of the answers go", "100 % of the reasons end")),
    ],
)
def test_sentence_figure_and_alternative_text_agree(step, answer, words):
    found = measured(step, answer)
    sentence = found.sentence().replace("\u00a0", " ")
    assert all(word in sentence for word in words)
    (axes,) = found.figure().axes
    widths = [bar.get_width() for bar in drawn.bars(axes)]
    assert widths == [part.share for shares in found.rows.values() for part in shares]
    assert sum(widths[:3]) == pytest.approx(1) and sum(widths[3:]) == pytest.approx(1)
    names = {text.get_text().lstrip("■▨ ") for text in axes.texts}
    assert {name for name, *_ in steering.PARTS} <= names
    assert figures.to_svg(found.figure(), alt=found.alt()).startswith("<svg")
    assert "A wrong step, then the answer: " in found.alt()


def test_fjord_goes_with_a_wrong_step_and_hardly_with_a_wrong_answer():
    found = steering.measure(load("fjord"), 32)
    assert found.altered.follows.share > 0.7
    assert found.forced.justifies.share < 0.2
