"""A deck as slides: nothing is told too early, and the odds are the model's."""

import re

import pytest

from llm_lessons.foundation.languages import translator
from llm_lessons.language_model.loading import load
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.export import export
from llm_lessons_room.content.kinds import slides
from tests.rest import rest
from tests.room.cells import text_of
from tests.widgets.stand_in import StandIn


def step(kind: str, shown: dict, hidden: dict | None = None, **more) -> dict:
    first = {"kind": kind, "title": "A <step>", "minutes": 5, "shown": shown}
    return first | {"hidden": hidden or {}} | more


ASKED = {"question": "Why?", "choices": ["No", "Yes <i>"]}
ANSWER = {"right": [1], "why": ["Wrong.", "So it is."]}


def made(*steps: dict) -> list[str]:
    return [*map(text_of, slides({"steps": steps}, StandIn(), Words()))]  # type: ignore


def test_a_guess_is_shown_before_what_comes_out_and_the_first_time_nothing_is_told():
    first, again, result = made(
        step("guess", ASKED, ANSWER, part="first"),
        step("guess", ASKED, ANSWER, part="again"),
    )
    assert first == again == "Your guess Why? No Yes <i>"
    assert result == "What comes out Why? B · Yes <i> So it is."


def test_a_survey_is_answered_only_at_the_end():
    said = [{"asked": "Two?", "answer": "2"}, {"asked": "Nine?", "answer": "7"}]
    asked = [
        {"name": "source", "question": "Where from?"},
        {"name": "trust", "question": "Which?", "answers": said},
        ASKED | {"name": "coin"},
    ]
    hidden = {
        "right": {"trust": [True, False], "coin": 1},
        "why": {"source": "From there.", "trust": ["Known.", "Wrong."], "coin": "So."},
    }
    before, after = (
        made(step("survey", {"questions": asked, "when": when}, hidden))
        for when in ("before", "after")
    )
    told = ("From there", "Known", "Wrong", "So.", "✓")
    assert not any(reason in slide for reason in told for slide in before)
    assert before[1] == "A <step> · 2/3 Which? Two? 2 Nine? 7"
    assert after == [
        "A <step> · 1/3 Where from? From there.",
        "A <step> · 2/3 Which? Two? 2 ✓ Known. Nine? 7 ✗ Wrong.",
        "A <step> · 3/3 Why? B · Yes <i> So.",
    ]


def test_texts_breaks_and_figures_are_one_slide_each_and_a_real_model_is_none():
    figure = {"svg": "<svg></svg>", "alt": "x", "said": "Up."}
    real = {"prompt": "Once", "temperatures": [1], "real": None}
    assert made(
        step("say", {"text": "Hello <b>"}),
        step("break", {}),
        step("figure", figure),
        step("stories", real),
    ) == ["A <step> Hello <b>", "Break: 5 minutes", "A <step> Up."]


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", *rest("nb")])
def test_the_shortest_evening_is_played_by_the_model(code: str):
    deck = decks()[0]
    played = next(d for d in export(code)["decks"] if d["id"] == deck.id)
    lm = load("fjord")
    said = [*map(text_of, slides(played, lm, Words(translator(code), code)))]
    assert len(said) > 1.5 * len(deck.steps)
    odds = next(one for one in said if "house" in one and "%" in one)
    share = int(re.search(r"house (\d+) %", odds)[1])  # type: ignore
    prompt = next(s["shown"]["prompt"] for s in played["steps"] if s["kind"] == "coin")
    drawn = lm.batch([prompt] * 400, 2)
    assert share == pytest.approx(
        sum(one.startswith(" house") for one in drawn) / 4, abs=8
    )
    at_once, stepwise = (
        tuple(map(int, found))
        for one in said
        for found in re.findall(r"(\d+) (?:of|av) (\d+) r", one)
    )
    assert at_once[0] < stepwise[0] <= stepwise[1] == at_once[1]
    # numbers and problems are those of the language
    assert any(("0,5" if code == "nb" else "0.5") in one for one in said)
    problems = next(s for s in played["steps"] if s["kind"] == "marbles")["shown"]
    for number, one in enumerate(problems["problems"], 1):
        first = one["gloss"] if code == "nb" else one["question"]
        assert any(slide.startswith(f"{number}/6 {first}") for slide in said)
