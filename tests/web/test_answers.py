"""What a page answers a widget, against what the widget's Python class answers."""

import numpy as np
import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons.widgets import Effort, MemoryExplorer, NextToken, TokenStrip
from llm_lessons.widgets.token_strip import LONGEST, OF_PAGES
from tests import tiny_bpe
from tests.web.answered import fjord, in_page, numbers

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what scores may differ by
BEGUN = "Once upon a time there was a girl called Ida"
# In turn: a text that goes on, one that parts, others, one letter, and longer again.
PROMPTS = [BEGUN + " who lived in a", BEGUN + " who", "On Monday, ", "A", BEGUN]
TOO_LONG = "A fox. " * 100
PROMPT_HEARD = "get('_heard') === get('prompt')"


def test_the_next_token_of_any_text():
    widget = NextToken(fjord(), BEGUN)
    traits = ("_logits", "_shown", "_heard", "_message")
    texts = [*PROMPTS, "", TOO_LONG, "🦊 <script>", BEGUN]
    told = in_page(widget, [({"prompt": text}, PROMPT_HEARD, traits) for text in texts])
    for text, (logits, *others) in zip(texts, told, strict=True):
        widget.prompt = text
        np.testing.assert_allclose(logits, numbers(widget._logits), rtol=0, atol=CLOSE)
        assert others == [getattr(widget, name) for name in traits[1:]]


def test_how_words_go_on():
    widget = NextToken(fjord(), BEGUN)
    asked = []
    for text in [*PROMPTS, BEGUN]:
        asked.append(({"prompt": text}, PROMPT_HEARD, ()))
        shown = f"get('_endings').prompt === {text!r}"
        asked.append(({"_wanted": text}, shown, ("_endings",)))
    told = in_page(widget, asked)[1::2]
    for text, (endings,) in zip([*PROMPTS, BEGUN], told, strict=True):
        widget.prompt = text
        widget._wanted = text
        assert endings == widget._endings
    assert sum(len(endings["of"]) for (endings,) in told) > 20


def test_a_token_that_is_drawn_is_named_too():
    widget = NextToken(fjord(), BEGUN)
    ids, order = fjord().encode(BEGUN), np.argsort(-numbers(widget._logits))
    (endings,) = likely_endings(fjord(), ids, [(len(ids), order[30:99].tolist())])
    rare = next(iter(endings))
    done = f"get('_endings').of[{rare}] !== undefined"
    ((told,),) = in_page(widget, [({"drawn": rare}, done, ("_endings",))])
    widget.drawn = rare
    assert told == widget._endings and told["of"][str(rare)] == endings[rare]


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
SHARE = 1e-3  # what chances may differ by, as a share of themselves


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
        assert own == pytest.approx(reply.chance, rel=SHARE)
        assert right == pytest.approx(chance, rel=SHARE, abs=1e-9)
        assert name in shown


EASY, HARD = (marbles.held_out(1, k)[0].question for k in (1, 6))
QUESTIONS = [
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
    told = in_page(counter, [({"hard": text}, heard, ["_hard"]) for text in QUESTIONS])
    for text, (found,) in zip(QUESTIONS, told, strict=True):
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
