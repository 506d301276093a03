"""What a page answers a widget, against what the widget's Python class answers."""

import re

import numpy as np
import pytest

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.widgets import (
    Effort,
    NextToken,
    OpenBook,
    Race,
    TokenStrip,
)
from llm_lessons.widgets.race import EXAMPLE
from llm_lessons.widgets.token_strip import LONGEST, OF_PAGES
from tests import tiny_bpe
from tests.web.answered import (
    fjord,
    in_page,
    questions,
    same_answers,
)
from tests.web.in_deno import evaluate

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what scores may differ by
CLOSE_CHANCES = 1e-5
SHARE = 1e-3  # what chances may differ by, as a share of themselves
BEGUN = "Once upon a time there was a girl called Ida"
# In turn: a text that goes on, one that parts, others, one letter, and longer again.
PROMPTS = [BEGUN + " who lived in a", BEGUN + " who", "On Monday, ", "A", BEGUN]


def toy() -> Effort:
    """One that may be asked all that there is in the table."""
    return Effort(fjord(), EASY, HARD)


def test_the_next_token_of_any_text():
    texts = [*PROMPTS, "", "A fox. " * 100, "🦊 <script>", BEGUN]
    asked = [questions({"prompt": ["scores", text]}) for text in texts]
    same_answers(NextToken(fjord(), BEGUN), asked, atol=CLOSE)


def test_how_words_go_on():
    """At the bars, and at rare tokens that may be drawn."""
    asked = []
    for text in [*PROMPTS, BEGUN]:
        likeliest = np.argsort(-fjord().logits(text))[:60]
        for some in (likeliest[:12], likeliest[40:]):
            question = ["endings", text, sorted(some.tolist())]
            asked.append(questions({"endings": question}))
    told = [one["endings"] for (one,) in same_answers(toy(), asked)]
    assert sum(len(one["value"]) for one in told) > 20


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


def test_people_are_asked_about():
    facts = [fact for fact in ledger_of().facts if fact.readings][::900]
    asked = [
        [[prompt, fact.value] for prompt, fact in zip(prompts, facts, strict=True)]
        for prompts in (recall.prompts(facts, ask) for ask in (True, False))
    ]
    assert len(facts) > 2
    places = {f"{i}": ["facts", some] for i, some in enumerate(asked)}
    same_answers(toy(), [questions(places)], rtol=SHARE, atol=1e-9)


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
    changes = [*({"hard": text} for text in QUESTIONS), {"easy": HARD, "hard": EASY}]
    asked = [
        questions({name: ["reply", f"{text}\nAnswer at once:"] for name, text in one})
        for one in map(dict.items, changes)
    ]
    told = same_answers(toy(), asked, rtol=SHARE, atol=1e-7)
    assert sum("too long" in found["hard"]["why"] for (found,) in told) == 1


RESULTS = re.compile(r".*?= \d+\.")  # the steps up to each


def test_what_follows_another_result():
    race = Race(fjord(), changes=(1, 4), each=1)
    _, [shown] = race._kinds[1]
    begun = evaluate(
        "widgets/race_words.js",
        "return [0, 3, 9].map((step) => web.begunWith(data, step, 7));",
        shown,
    )
    text = "".join(shown["sides"][1]["pieces"])
    first, last = (
        re.sub(r"\d+\.$", "7.", part) for part in RESULTS.findall(text)[:4:3]
    )
    assert begun[0] == first and begun[1].endswith(last) and begun[2] is None
    asked = [["steps", shown["question"], one] for one in begun[:2]]
    asked += [
        ["steps", shown["question"], " Ida wins 9 more: 9 + 9 = 999."],
        ["steps", "Why? " * 100, ""],
    ]
    told = same_answers(
        toy(), [questions({"steps": one}) for one in asked], atol=CLOSE_CHANCES
    )
    *answers, refused = [found["steps"] for (found,) in told]
    assert len({one["value"]["answer"] for one in answers}) > 1
    assert "too long" in refused["why"]


def test_a_problem_of_ones_own_in_both_ways():
    asked = [
        {"once": ["at_once", text], "steps": ["steps", text, ""]}
        for text in (EXAMPLE, EASY, "constructor", "🦊 <script>", "Why? " * 100)
    ]
    told = same_answers(toy(), [*map(questions, asked)], atol=CLOSE_CHANCES)
    *_, (last,) = told
    assert all("too long" in last[place]["why"] for place in asked[0])


def test_what_is_written_on_costs_what_the_notebook_counts():
    race = Race(fjord(), changes=(1, 4), each=1)
    for _, [one] in race._kinds[:-1]:
        prompt, side = f"{one['question']}\nStep by step:", one["sides"][1]
        before, count = len(fjord().encode(prompt)), len(side["pieces"])
        costs = evaluate(
            "widgets/race_words.js",
            "return web.costsOf(data.costs, data.before, data.count);",
            {"costs": race._costs, "before": before, "count": count},
        )
        assert costs == side["costs"]


def test_notes_of_ones_own():
    """As a page reads them, whatever stands in them."""
    book, asked = OpenBook(fjord()), []
    for change in (
        {"note": f"{book.names[book.person]} lives in a red house in Paris."},
        {"note": ""},
        {"note": " \n "},
        {"note": "🦊 lives in 東京.\nHe is a fox."},
        {"note": "<script>alert(1)</script> lives in <b>Rome</b>."},
        {"note": "He lives far away. " * 60},
        {"others": 2},
        {"label": False},
    ):
        book.set_state(change)
        asked.append(questions({"reply": ["reply", book.prompt]}))
    told = same_answers(book, asked, atol=CLOSE_CHANCES)
    found = [one["reply"] for (one,) in told]
    assert found[0]["value"]["text"] == "Paris"
    assert any("too long" in one["why"] for one in found)
