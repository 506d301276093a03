"""Sizes in words a person can hold against something."""

from llm_lessons.lessons.forward_pass import sizes
from llm_lessons.model.config import FJORD, LLAMA3_405B, SMOLLM2_135M
from llm_lessons.model.parameters import count_parameters
from tests.each import each_of

MODELS = {"Fjord": FJORD, "SmolLM2": SMOLLM2_135M, "Llama 3 405B": LLAMA3_405B}


def test_knobs_are_counted_and_weighed():
    fjord, _, llama = sizes.sizes(MODELS)
    assert fjord.parameters == count_parameters(FJORD)
    assert llama.on_disk == 2 * 405_853_388_800


def test_the_table_has_a_row_for_each_and_says_its_units():
    lines = sizes.table(MODELS).replace("\u00a0", " ").splitlines()
    assert len(lines) == 5
    assert {line.count("|") for line in lines} == {6}
    assert "405,853,388,800 | 812 GB | 1.50 days | 12,861 years" in lines[-1]
    assert "134,515,008 | 269 MB | 43.0 seconds | 4.26 years" in lines[-2]


@each_of(
    ("count", "text"),
    [
        (7, "7.00 B"),
        (5_706_624, "5.71 MB"),
        (811.7e9, "812 GB"),
        (5e15, "5,000,000 GB"),
    ],
)
def test_bytes_have_a_unit_that_suits_them(count, text):
    assert sizes.in_bytes(count).replace("\u00a0", " ") == text


@each_of(
    ("seconds", "text"),
    [
        (0.9, "0.90 seconds"),
        (90, "1.50 minutes"),
        (5400, "1.50 hours"),
        (86_400 * 33, "33.0 days"),
        (3.15576e7 * 12_861, "12,861 years"),
    ],
)
def test_time_has_a_unit_that_suits_it(seconds, text):
    assert sizes.in_time(seconds).replace("\u00a0", " ") == text
