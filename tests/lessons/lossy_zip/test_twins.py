"""Where two models agree, measured on pairs whose habits are known."""

from typing import Any

import pytest

from llm_lessons import figures, fjordby
from llm_lessons.lessons.lossy_zip import recall, twins
from llm_lessons.measuring.intervals import share
from tests.titled import title_of

FACTS = fjordby.build().ledger.facts


class Knows:
    """Says the truth where it read enough; else some word of its own."""

    def __init__(self, word: str, enough: int):
        self.told = {
            recall.prompts([fact])[
                0
            ]: f" {fact.value if fact.readings >= enough else word}."
            for fact in FACTS
        }

    def batch(self, prompts, max_tokens, temperature, stop=""):
        return [self.told[prompt] for prompt in prompts]


def compared(*pair: tuple[str, int]) -> twins.Twins:
    models: list[Any] = [Knows(*each) for each in pair]
    return twins.compare(models[0], models[1], FACTS)


def test_where_both_know_they_agree_and_are_right():
    found = compared(("one", 16), ("other", 64))
    assert {n: share.share for n, share in found.agree.items()} == {
        n: float(n >= 64) for n in found.agree
    }
    assert found.agreed_right.share == 1
    facts = [fact for fact in FACTS if fact.readings < 64]
    known = [fact for fact in facts if fact.readings >= 16]
    assert found.differing_right.share == pytest.approx(len(known) / len(facts))


def test_a_common_invention_is_agreement_without_truth():
    found = compared(("same", 16), ("same", 64))
    few = sum(fact.readings < 16 for fact in FACTS)
    many = sum(fact.readings >= 64 for fact in FACTS)
    assert found.agreed_right.share == pytest.approx(many / (few + many))
    assert found.differing_right.share == 1


def test_it_is_told_in_numbers_and_drawn():
    found = compared(("one", 16), ("other", 64))
    sentence, alt = (
        text.replace("\u00a0", " ") for text in (found.sentence(), found.alt())
    )
    assert "same answer, 100 % of the answers are right" in sentence
    assert "0: 0 %, 1: 0 %" in alt and "512: 100 %" in alt
    (axes,) = found.figure().axes
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels == [str(count) for count in found.agree]
    assert figures.to_svg(found.figure(), alt=alt).startswith("<svg")


@pytest.mark.parametrize(
    ("agree", "title"),
    [
        (
            {0: 0.2, 1: 0.25, 512: 1},
            "Read once, both agree in 25 %; 512 times, in 100 %",
        ),
        ({1: 1, 64: 0.25}, "Read once, both agree in 100 %; 64 times, in 25 %"),
        ({0: 0, 1: 0.5, 64: 0.6}, "No clear difference between few readings and many"),
    ],
)
def test_the_title_says_whether_readings_bring_agreement(agree, title):
    shares = {n: share(i < round(40 * x) for i in range(40)) for n, x in agree.items()}
    found = twins.Twins(shares, shares[1], shares[1])
    assert title_of(found) == title
