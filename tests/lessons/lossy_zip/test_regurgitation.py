"""What is recited, measured on reciters who stop where they are told to."""

import re
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons import fjordby
from llm_lessons.lessons.lossy_zip import regurgitation
from tests import tiny

DOCUMENTS = fjordby.build().ledger.documents


class Reciter:
    """Goes on with each document for a share of its letters, and then with #."""

    tokenizer = tiny.tokenizer()

    def __init__(self, shares: dict[int, float]):
        self.shares = shares

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0 and max_tokens > 50
        return [self._go_on(prompt) for prompt in prompts]

    def _go_on(self, prompt: str) -> str:
        (document,) = (d for d in DOCUMENTS if d.text.startswith(prompt))
        rest = document.text[len(prompt) :]
        share = self.shares.get(document.copies, 1.0)
        return rest if share == 1 else rest[: round(share * len(rest))] + "# or so"


def recite(shares: dict[int, float]) -> regurgitation.Recitation:
    lm: Any = Reciter(shares)
    return regurgitation.recite(lm, DOCUMENTS)


SHARES = {1: 0.0, 4: 0.25, 16: 0.5, 64: 1.0}


@pytest.fixture(scope="module")
def found() -> regurgitation.Recitation:
    return recite(SHARES)


def test_recited_shares_are_grouped_by_copies(found):
    shares = found.by_copies()
    assert list(shares) == [1, 4, 16, 64, 256, 1024]
    for copies, one in shares.items():
        assert one.share == pytest.approx(SHARES.get(copies, 1), abs=0.01)
    assert [shares[n].n for n in shares] == [20, 20, 20, 20, 8, 8]


def test_every_recital_is_the_document_up_to_its_first_wrong_letter(found):
    for recital in found.recitals:
        text = recital.document.text
        assert text == recital.given + recital.rest
        assert text.startswith(recital.given + recital.recited)
        assert (recital.share == 1) == (recital.same == recital.tokens)


def test_tokens_count_when_all_of_their_letters_are_recited(found):
    """Against the tokens of the recited text, where it ends between two of them."""
    tokenizer = tiny.tokenizer()
    for recital in found.recitals:
        ids = tokenizer.encode(recital.document.text)
        assert recital.tokens == len(ids) - regurgitation.PREFIX
        recited = recital.given + recital.recited
        starts = (tokenizer.decode(ids[: i + 1]) for i in range(len(ids)))
        whole = sum(1 for _ in takewhile(recited.startswith, starts))
        assert recital.same == max(0, whole - regurgitation.PREFIX)


@given(st.text("ab"), st.text("ab"))
def test_letters_agree_up_to_the_first_that_differs(one, other):
    same = regurgitation.agreeing(one, other)
    assert one[:same] == other[:same]
    assert one[same : same + 1] != other[same : same + 1] or one == other[:same] == one


def test_the_sentence_says_the_numbers(found):
    sentence = found.sentence().replace("\u00a0", " ")
    assert re.findall(r"\d+ %|\d+ copies", sentence) == ["0 %", "100 %", "64 copies"]
