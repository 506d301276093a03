"""What a page answers about words and about people, against the Python classes."""

import pytest

from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons.widgets import MemoryExplorer, TokenStrip
from llm_lessons.widgets.token_strip import LONGEST, OF_PAGES
from tests import tiny_bpe
from tests.web.answered import fjord, in_page

pytestmark = pytest.mark.slow

FIRST = "Ida has 12 marbles."
TEXTS = [
    "Ida has 12 marbles. Åse gives her 7 more.",
    "<script>alert(1)</script>\n<0xF0> 🦊 مرحبا \u2581 \x00",
    "",
    "🦊" * (LONGEST + 500),
    "a b " * LONGEST,
    FIRST,
]
HEARD = "get('_heard') === get('text')"
CLOSE = 1e-3  # what chances may differ by, as a share of themselves


def test_texts_are_cut_as_they_are_typed():
    strip = TokenStrip(FIRST)
    traits = ("_rows", "_heard", "_message")
    told = in_page(strip, [({"text": text}, HEARD, traits) for text in TEXTS])
    kept = {row["name"]: row for row in strip._rows}
    for text, (rows, *others) in zip(TEXTS, told, strict=True):
        strip.text = text
        assert others == [strip._heard, strip._message]
        for row, expected in zip(rows, strip._rows, strict=True):
            if row["name"] == OF_PAGES:
                assert row == expected
            elif text == FIRST or "missing" in row:
                assert row == kept[row["name"]]
            else:  # too large for a page: what was cut last stays, and says so
                assert row == kept[row["name"]] | {"of": FIRST}


def test_vocabularies_of_ones_own_are_left_to_python():
    strip = TokenStrip(FIRST, {OF_PAGES: tiny_bpe.byte_level()})
    assert strip._lm_name == strip._live == ""


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> MemoryExplorer:
    """One that has asked about nobody: that takes some seconds."""
    monkeypatch.setattr(MemoryExplorer, "_answers", lambda self, names: {})
    return MemoryExplorer(fjord())


def test_people_are_asked_about(explorer):
    rare, often = explorer._people[0][0], explorer._people[-1][0]
    other = explorer._people[300][0]
    whole = "get('_answer').person === get('person') && get('_answer').begun"
    half = "get('_answer').person === get('person') && get('_answer').asked"
    asked = [
        ({"ask": False, "person": often}, f"{whole} && get('_answer').asked"),
        ({"ask": True, "person": rare}, half),
        ({"person": other}, whole),  # before the other way of asking was through
    ]
    told = in_page(explorer, [(*one, ("_answer",)) for one in asked])
    for (answer,), name in zip(told, (often, rare, other), strict=True):
        assert answer.pop("person") == name
        for way, rows in answer.items():
            same_rows(rows, name, way, explorer)
    assert {way for (answer,) in told for way in answer} == {"asked", "begun"}
    assert len(told[0][0]) == len(told[2][0]) == 2


def same_rows(rows, name: str, way: str, explorer: MemoryExplorer) -> None:
    facts = explorer._facts[name]
    prompts = recall.prompts(facts, way == "asked")
    said = replies(fjord(), prompts)
    odds = chances(fjord(), prompts, [f" {fact.value}." for fact in facts])
    for row, reply, fact, chance in zip(rows, said, facts, odds, strict=True):
        shown, text, own, value, right = row
        assert (text, value) == (reply.text, fact.value)
        assert own == pytest.approx(reply.chance, rel=CLOSE)
        assert right == pytest.approx(chance, rel=CLOSE, abs=1e-9)
        assert name in shown
