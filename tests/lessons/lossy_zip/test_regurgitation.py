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
SHARES = {1: 0.0, 4: 0.25, 16: 0.5, 64: 1.0}


class Reciter:
    """Goes on with each document for a share of its letters, and then with #."""

    tokenizer = tiny.tokenizer()

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0 and max_tokens > 50
        return [self._go_on(prompt) for prompt in prompts]

    def _go_on(self, prompt: str) -> str:
        (document,) = (d for d in DOCUMENTS if d.text.startswith(prompt))
        rest = document.text[len(prompt) :]
        share = SHARES.get(document.copies, 1.0)
        return rest if share == 1 else rest[: round(share * len(rest))] + "# or so"


def test_a_recital_is_the_document_up_to_its_first_wrong_letter():
    lm: Any = Reciter()
    found = regurgitation.recite(lm, DOCUMENTS)
    shares = found.by_copies()
    assert list(shares) == [1, 4, 16, 64, 256, 1024]
    for copies, one in shares.items():
        assert one.share == pytest.approx(SHARES.get(copies, 1), abs=0.01)
    assert [shares[n].n for n in shares] == [20, 20, 20, 20, 8, 8]
    for recital in found.recitals:
        text = recital.document.text
        assert text == recital.given + recital.rest
        assert text.startswith(recital.given + recital.recited)
        assert (recital.share == 1) == (recital.same == recital.tokens)
        # a token counts when all of its letters are recited
        ids = lm.tokenizer.encode(text)
        assert recital.tokens == len(ids) - regurgitation.PREFIX
        recited = recital.given + recital.recited
        starts = (lm.tokenizer.decode(ids[: i + 1]) for i in range(len(ids)))
        whole = sum(1 for _ in takewhile(recited.startswith, starts))
        assert recital.same == max(0, whole - regurgitation.PREFIX)
    sentence = found.sentence().replace("\u00a0", " ")
    assert re.findall(r"\d+ %|\d+ copies", sentence) == ["0 %", "100 %", "64 copies"]


@given(st.text("ab"), st.text("ab"))
def test_letters_agree_up_to_the_first_that_differs(one, other):
    same = regurgitation.agreeing(one, other)
    assert one[:same] == other[:same]
    assert one[same : same + 1] != other[same : same + 1] or one == other[:same] == one
