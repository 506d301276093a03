"""Sizes in words a person can hold against something."""

from math import sqrt

import pytest

from llm_lessons.lessons.forward_pass import sizes
from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M
from llm_lessons.model.parameters import count_parameters
from tests import drawn
from tests.tiny import FJORD

MODELS = {"Fjord": FJORD, "SmolLM2": SMOLLM2_135M, "Llama 3 405B": LLAMA3_405B}


def test_it_is_told_and_drawn_by_the_count_of_knobs():
    told = sizes.sentence(MODELS).replace("\u00a0", " ")
    assert "SmolLM2 has 134,515,008 knobs and Llama 3 405B has 405,853,38" in told
    assert told.endswith("after 33.0 days, 4.26 years and 12,861 years.")
    figure = sizes.figure(MODELS)
    llama, smollm2, fjord = drawn.bars(figure.axes[0])
    assert llama.get_width() == 1
    for square, config in ((smollm2, SMOLLM2_135M), (fjord, FJORD)):
        share = count_parameters(config) / count_parameters(LLAMA3_405B)
        assert square.get_width() == square.get_height() == pytest.approx(sqrt(share))
    title = "Llama 3 405B has 142,000 times as many knobs as Fjord"
    drawn.assert_titled(figure, title, sizes.alt(MODELS))
    assert sizes.in_time(5400) == "1.50\u00a0hours"
