"""What a page draws and reads for widgets that go on behind one text."""

from collections.abc import Sequence
from typing import Any

import pytest

from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.checks import SETTINGS as CHECKS
from llm_lessons.lessons.temperature.drafts import to_whole_words
from llm_lessons.serving.generate import generate
from llm_lessons.widgets import BranchTree, Continuations, Effort, NextToken, TwoRuns
from llm_lessons.widgets.continuations import COUNT, LENGTH
from llm_lessons.widgets.questions import QUESTIONS, RUNS
from llm_lessons.widgets.two_runs import _about_words
from tests.parity import texts as many_texts
from tests.web.answered import (
    alike,
    change,
    fjord,
    in_page,
    questions,
    same_answers,
)
from tests.web.in_deno import evaluate
from tests.web.test_engine import is_close_call, nearly

pytestmark = pytest.mark.slow

CLOSE = 2e-5  # what chances may differ by
DIGITS = 1e-3  # and a share of them: four digits are told
FIRST = "Once upon a time"
TOO_LONG = "A fox. " * 100
ANSWERED = "get('_answered') === get('_asked')"
DRAWS: list[tuple[str, dict[str, Any]]] = [
    (FIRST, {}),
    ("", {}),
    (FIRST + " there was", {"temperature": 0.6, "top_k": 40, "top_p": 0.9}),
    (TOO_LONG, {}),
    ("Ida has 12 marbles.", {"temperature": 0.0}),
    ("A", {"temperature": 2.0, "top_p": 1.0, "min_p": 0.2}),
]
OWN_ODDS = {"temperature": 1.0} | dict.fromkeys([*CHECKS][1:])
PROMPT = "Ida has 12 marbles. Åse gives her 7 more."
SEED, MORE = 5, 10  # of the first run, and as many as are asked for


def may_part(prompt: str, row: Sequence[int], settings: Settings) -> bool:
    """Whether a coin of this text falls on a border of two tokens, but for rounding."""
    lm, ids = fjord(), fjord().encode(prompt)
    if settings.temperature == 0:
        return False
    return any(
        is_close_call(lm, [*ids, *row[:i]], settings, max(0, token - 1), token + 1)
        for i, token in enumerate(row)
    )


def in_full(prompt: str, press: int, how: dict[str, Any]) -> list[list[int]]:
    """The tokens of a press of the button."""
    lm = fjord()
    settings = Settings(**how, seed=press * COUNT)
    rows, stops = [lm.encode(prompt)] * COUNT, tuple(lm.tokenizer.stops)
    return generate(lm.params, rows, lm.config, settings, [LENGTH] * COUNT, stops)


def test_continuations_are_those_of_python():
    widget = Continuations(fjord(), NextToken(fjord(), FIRST))
    traits = ("draws", "_message", "_answered")
    presses = [
        {"prompt": prompt, **OWN_ODDS, **how, "_asked": press}
        for press, (prompt, how) in enumerate(DRAWS, start=1)
    ]
    told = in_page(widget, [(press, ANSWERED, traits) for press in presses])
    parted = 0
    for press, (draws, message, answered) in zip(presses, told, strict=True):
        change(widget, press)
        assert (message, answered) == (widget._message, widget._answered)
        assert len(draws) == len(widget.draws)
        if message:
            continue
        new, expected = dict(draws[0]), dict(widget.draws[0])
        texts, other_texts = new.pop("texts"), expected.pop("texts")
        assert new == expected
        if texts == other_texts:
            continue
        prompt, how = press["prompt"], {name: press[name] for name in OWN_ODDS}
        rows = in_full(prompt, answered, how)
        pairs = zip(texts, other_texts, rows, strict=True)
        for i, (one, other, row) in enumerate(pairs):
            settings = Settings(**how, seed=answered * COUNT + i)
            assert one == other or may_part(prompt, row, settings), other
            parted += one != other
    assert parted <= 2


def test_texts_come_one_by_one_and_a_new_press_ends_the_old_one():
    widget = Continuations(fjord(), NextToken(fjord(), FIRST))
    some = f"get('draws')[0].texts.length > 2 && !({ANSWERED})"
    traits = ("draws", "_answered")
    told = in_page(
        widget,
        [
            ({"_asked": 1}, "get('draws').length === 2 && " + some, traits),
            ({"temperature": 0.5, "_asked": 2}, ANSWERED, traits),
        ],
    )
    (begun, answered), (draws, last) = told
    assert answered == 0 and 2 < len(begun[0]["texts"]) < COUNT
    assert last == 2 and draws[0]["temperature"] == 0.5
    lengths = [len(draw["texts"]) for draw in draws]
    assert lengths == [COUNT, len(begun[0]["texts"]), COUNT]


def test_a_text_that_was_cut_ends_at_the_same_word():
    texts = [
        *many_texts.texts(),
        "a boat\n",
        "one x²",
        "one two\ufffd",
        "naïve e\u0301",
    ]
    told = evaluate("answers/texts.js", "return data.map(web.toWholeWords);", texts)
    assert told == [to_whole_words(text) for text in texts]


def same_flips(told: list, expected: list) -> None:
    alike(told, expected, rtol=DIGITS, atol=CLOSE)
    coins = [[flip[2] for flip in flips] for flips in (told, expected)]
    assert coins[0] == coins[1]


def test_runs_are_those_of_python():
    widget = TwoRuns(fjord(), PROMPT, SEED)
    seeds = range(SEED, SEED + MORE, 2)
    batches = {str(seed): ["runs", PROMPT, seed] for seed in seeds}
    expected = [run for seed in (SEED, SEED + RUNS) for run in runs_from(seed)["runs"]]
    words = {str(i): _about_words(PROMPT, expected[i]) for i in (2, 3)}
    named, (told,) = in_page(widget, [questions(words), questions(batches)])
    change(widget, questions(words)[0])
    for place in words:
        alike(named[0][place], widget._answers[place])
    marks = {
        one: mark for run in map(runs_from, seeds) for one, mark in run["marks"].items()
    }
    for seed, place in zip(seeds, batches, strict=True):
        value, used = told[place]["value"], set()
        assert [run["seed"] for run in value["runs"]] == [seed, seed + 1]
        for run in value["runs"]:
            other = expected[run["seed"] - SEED]
            row = [flip[0] for flip in other["flips"]]
            used |= {id for flip in run["flips"] for id in (flip[0], *dict(flip[4]))}
            if [flip[0] for flip in run["flips"]] != row:
                assert may_part(PROMPT, row, Settings(seed=run["seed"]))
                continue
            same_flips(run["flips"], other["flips"])
        pieces = fjord().tokenizer.pieces
        assert value["pieces"] == {str(id): pieces[id] for id in used}
        own = {name: marks[name] for name in value["pieces"] if name in marks}
        assert value["marks"] == own


def runs_from(seed: int, prompt: str = PROMPT) -> dict[str, Any]:
    """What the kernel answers."""
    return QUESTIONS["runs"](fjord(), prompt, seed)


def test_the_window_ends_a_run_as_in_python():
    widget, prompt = TwoRuns(fjord(), PROMPT, SEED), nearly(fjord())
    places = {"prompt": ["runs", prompt, SEED], "other": ["runs", TOO_LONG, SEED]}
    change(widget, questions(places)[0])
    ((told,),) = in_page(widget, [questions(places)])
    assert told["other"] == widget._answers["other"] and told["other"]["why"]
    (drawn, names), (expected, others) = (
        (answers["prompt"]["value"].pop("runs"), answers["prompt"])
        for answers in (told, widget._answers)
    )
    assert not names["why"] and not others["why"]
    room = fjord().config.max_seq_len - len(fjord().encode(prompt))
    assert 0 < room < 20 and any(len(run["flips"]) == room for run in expected)
    for run, other in zip(drawn, expected, strict=False):
        assert run["seed"] == other["seed"]
        same_flips(run["flips"], other["flips"])


def test_forks_are_those_of_python():
    widget = BranchTree(fjord(), PROMPT)
    first = widget._answers["prompt"]["value"]
    forks, room = first["forks"], first["room"]

    def last_drawn(key: str) -> int:
        """The least likely token shown that does not end the text."""
        tokens = [token for token, _ in forks[key]["likeliest"]]
        return [token for token in tokens if token not in widget._stops][-1]

    rare, end = last_drawn(""), widget._stops[0]
    inner = [key for key in forks if key.count(".") + 1 < room]
    deep = max(inner, key=lambda key: key.count("."))
    keys = {  # and whether a text goes on there
        f"{deep}.{last_drawn(deep)}": True,
        str(end): False,
        ".".join([str(rare)] * (room + 1)): False,
        f"{rare}.{rare}.{rare}": True,
        ".".join([str(rare)] * room): True,
    }
    paths = [[int(token) for token in key.split(".")] for key in keys]
    asked = [questions({"fork": ["fork", PROMPT, path]}) for path in paths]
    told = same_answers(Effort(fjord(), "", ""), asked, atol=CLOSE)
    assert [not found["fork"]["why"] for (found,) in told] == [*keys.values()]


def test_the_first_forks_of_another_text_are_those_of_python():
    widget, other = BranchTree(fjord(), PROMPT), "🦊 <script>"
    asked = [questions({"prompt": ["forks", text]}) for text in (other, TOO_LONG)]
    (told,), (refused,) = in_page(widget, asked)
    change(widget, asked[0][0])
    found, wanted = (one["prompt"]["value"] for one in (told, widget._answers))
    assert found["room"] == wanted["room"] and len(found["forks"]) > 1
    first = [token for token, _ in wanted["forks"][""]["likeliest"]]
    assert found["forks"].keys() <= {"", *map(str, first)}  # a page reads two levels
    for name in ("forks", "pieces", "marks"):
        known = {key: wanted[name][key] for key in found[name]}
        alike(found[name], known, atol=CLOSE)
    change(widget, asked[1][0])
    assert refused["prompt"]["why"] == widget._answers["prompt"]["why"] != ""
    assert refused["prompt"]["value"] == found  # the old tree stays
