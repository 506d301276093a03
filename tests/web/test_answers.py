"""What a page answers a widget, against what the widget's Python class answers."""

import numpy as np
import pytest

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.widgets import (
    Effort,
    MemoryExplorer,
    NextToken,
    OpenBook,
    Race,
    TokenStrip,
)
from llm_lessons.widgets.token_strip import LONGEST, OF_PAGES
from tests import tiny_bpe
from tests.web.answered import alike, change, fjord, in_page, numbers, same_answers

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what scores may differ by
CLOSE_CHANCES = 1e-5
SHARE = 1e-3  # what chances may differ by, as a share of themselves
BEGUN = "Once upon a time there was a girl called Ida"
# In turn: a text that goes on, one that parts, others, one letter, and longer again.
PROMPTS = [BEGUN + " who lived in a", BEGUN + " who", "On Monday, ", "A", BEGUN]
HEARD = "get('_heard') === get('prompt')"


def test_the_next_token_of_any_text():
    widget = NextToken(fjord(), BEGUN)
    traits = ("_logits", "_shown", "_heard", "_message")
    texts = [*PROMPTS, "", "A fox. " * 100, "🦊 <script>", BEGUN]
    asked = [({"prompt": text}, HEARD, traits) for text in texts]
    same_answers(widget, asked, atol=CLOSE)


def test_how_words_go_on():
    """At the bars, and at a rare token that is drawn."""
    widget, asked = NextToken(fjord(), BEGUN), []
    for text in [*PROMPTS, BEGUN]:
        shown = f"get('_endings').prompt === {text!r}"
        asked += [
            ({"prompt": text}, HEARD, ()),
            ({"_wanted": text}, shown, ("_endings",)),
        ]
    ids, order = fjord().encode(BEGUN), np.argsort(-numbers(widget._logits))
    (endings,) = likely_endings(fjord(), ids, [(len(ids), order[30:99].tolist())])
    rare = next(iter(endings))
    done = f"get('_endings').of[{rare}] !== undefined"
    asked.append(({"drawn": rare}, done, ("_endings",)))
    told = same_answers(widget, asked)
    assert told[-1][0]["of"][str(rare)] == endings[rare]
    assert sum(len(found[0]["of"]) for found in told if found) > 20


FIRST = "Ida has 12 marbles."
TEXTS = [
    "Ida has 12 marbles. Åse gives her 7 more.",
    "<script>alert(1)</script>\n<0xF0> 🦊 مرحبا \u2581 \x00",
    "",
    "🦊" * (LONGEST + 500),
    "a b " * LONGEST,
    FIRST,
]


def test_texts_are_cut_as_they_are_typed():
    strip = TokenStrip(FIRST)
    heard, traits = "get('_heard') === get('text')", ("_rows", "_heard", "_message")
    told = in_page(strip, [({"text": text}, heard, traits) for text in TEXTS])
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
    own = TokenStrip(FIRST, {OF_PAGES: tiny_bpe.byte_level()})
    assert own._lm_name == own._live == ""  # is left to Python


def test_people_are_asked_about(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as spared:  # nobody beforehand: that takes some seconds
        spared.setattr(MemoryExplorer, "_answers", lambda self, names: {})
        explorer = MemoryExplorer(fjord())
    rare, often = explorer._people[0][0], explorer._people[-1][0]
    asked = "get('_answer').person === get('person') && get('_answer').asked"
    whole = f"{asked} && get('_answer').begun"
    questions = [
        ({"ask": False, "person": often}, whole, ("_answer",)),
        ({"ask": True, "person": rare}, asked, ()),
        # before the other way of asking was through
        ({"person": explorer._people[300][0]}, whole, ("_answer",)),
    ]
    same_answers(explorer, questions, rtol=SHARE, atol=1e-9)


EASY, HARD = (marbles.held_out(1, k)[0].question for k in (1, 6))
QUESTIONS = [
    f"Think very hard. {HARD}",
    "",
    "constructor",
    "🦊 <script>alert(1)</script>",
    "Why? " * 60,  # the window is nearly full
    "He lives far away. " * 60,
    HARD,
]


def test_questions_of_ones_own():
    """In both boxes, also in both at the same time."""
    heard = "['hard', 'easy'].every((one) => get(`_${one}`).of === get(one))"
    changes = [*({"hard": text} for text in QUESTIONS), {"easy": HARD, "hard": EASY}]
    asked = [(change, heard, ("_hard", "_easy")) for change in changes]
    told = same_answers(Effort(fjord(), EASY, HARD), asked, rtol=SHARE, atol=1e-7)
    assert sum("too long" in found["why"] for found, _ in told) == 1


# kind, problem, step, its new result
STEPS = [[0, 0, 0, 40], [1, 1, 0, 7], [1, 1, 3, 999], [2, 0, 0, 7], [2, 1, 1, 12]]


def test_what_follows_another_result():
    race = Race(fjord(), changes=(1, 4), each=2)
    altered = "String(get('_altered').asked) === String(get('_asked'))"
    asked = [({"_asked": one}, altered, ("_altered",)) for one in STEPS]
    told = same_answers(race, asked, atol=CLOSE_CHANCES)
    answers = [found["side"]["answer"] for (found,) in told]
    assert len({*answers}) > 3 and all(answers)


def test_notes_of_ones_own():
    book = OpenBook(fjord())
    names, known = book.names, len(book._replies)
    first = names[book.person]
    changes = [
        {"note": f"{first} lives in a red house in Bergen."},
        {"note": f"{first} lives in a red house in Paris."},
        {"note": ""},
        {"note": " \n "},
        {"note": "🦊 lives in 東京.\nHe is a fox."},
        {"note": f"<script>alert(1)</script>{first} lives in <b>Rome</b>."},
        {"note": "He lives far away. " * 60},
        {"others": 2},
        {"label": False},
        {"person": 2},
        {"note": f"{names[2]} likes tea."},
    ]
    answered = "Object.keys(get('_replies')).length > {}"
    asked = [
        (one, answered.format(known + i), ("_replies",))
        for i, one in enumerate(changes)
    ]
    words = []
    for one, (replies,) in zip(changes, in_page(book, asked), strict=True):
        change(book, one)
        alike(
            replies[book.prompt], list(book._replies[book.prompt]), atol=CLOSE_CHANCES
        )
        words.append(replies[book.prompt][0])
    assert "Paris" in words and any("too long" in text for text in words)
