"""What is recited, measured on a reciter who stops where it is told to."""

import re
from functools import cache
from itertools import takewhile

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.ledger import Repeated
from llm_lessons.lessons.lossy_zip import regurgitation
from tests import tiny
from tests.lessons.writes import writes

SHARES = {1: 0.0, 4: 0.25, 16: 0.5, 64: 1.0, 256: 1.0, 1024: 1.0}


@cache
def documents() -> tuple[Repeated, ...]:
    """Texts of Fjordby that stand in it several times, or once."""
    return fjordby.build().ledger.documents


def go_on(prompt: str) -> str:
    """Each document for a share of its letters, and then #."""
    (document,) = (d for d in documents() if d.text.startswith(prompt))
    rest = document.text[len(prompt) :]
    share = SHARES[document.copies]
    return rest if share == 1 else rest[: round(share * len(rest))] + "# or so"


def test_a_recital_is_the_document_up_to_its_first_wrong_letter():
    tokenizer = tiny.tokenizer()
    found = regurgitation.recite(writes(go_on, tokenizer=tokenizer), documents())
    shares = found.by_copies()
    assert {n: one.share for n, one in shares.items()} == pytest.approx(
        SHARES, abs=0.01
    )
    assert [one.n for one in shares.values()] == [20, 20, 20, 20, 8, 8]
    for recital in found.recitals:
        text, recited = recital.document.text, recital.given + recital.recited
        assert text == recital.given + recital.rest and text.startswith(recited)
        assert (recital.share == 1) == (recital.same == recital.tokens)
        # a token counts when all of its letters are recited
        ids = tokenizer.encode(text)
        assert recital.tokens == len(ids) - regurgitation.PREFIX
        starts = (tokenizer.decode(ids[: i + 1]) for i in range(len(ids)))
        whole = sum(1 for _ in takewhile(recited.startswith, starts))
        assert recital.same == max(0, whole - regurgitation.PREFIX)
    sentence = found.sentence().replace("\u00a0", " ")
    assert re.findall(r"\d+ %|\d+ copies", sentence) == ["0 %", "100 %", "64 copies"]
