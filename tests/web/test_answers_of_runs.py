"""What a page draws and reads for widgets that go on behind one text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.checks import SETTINGS as CHECKS
from llm_lessons.lessons.sampling.runs import runs
from llm_lessons.lessons.temperature.drafts import to_whole_words
from llm_lessons.serving.generate import generate
from llm_lessons.widgets import BranchTree, Continuations, NextToken, TwoRuns
from llm_lessons.widgets.continuations import COUNT, LENGTH
from llm_lessons.widgets.two_runs import AHEAD, BARS, _as_lists
from tests.parity import texts as many_texts
from tests.rest import rest
from tests.web.answered import fjord, in_page
from tests.web.in_deno import evaluate
from tests.web.test_engine import is_close_call, nearly

pytestmark = pytest.mark.slow

CLOSE = 2e-5  # what chances may differ by
DIGITS = 1e-3  # and a share of them: four digits are told
FIRST = "Once upon a time"
TOO_LONG = "A fox. " * 100
ANSWERED = "get('_answered') === get('_asked')"
HEARD = "get('_heard') === get('prompt')"
DRAWS: list[tuple[str, dict[str, Any]]] = [
    (FIRST, {}),
    (FIRST, {"temperature": 0.0}),
    ("", {}),
    (FIRST + " there was", {"temperature": 0.6, "top_k": 40, "top_p": 0.9}),
    (TOO_LONG, {}),
    ("🦊 <script>", {"temperature": 1.5, "top_k": 5}),
    ("Ida has 12 marbles.", {"temperature": 0.3, "top_p": 0.5}),
    ("A", {"temperature": 2.0, "top_p": 1.0, "min_p": 0.2}),
]
OWN_ODDS = {"temperature": 1.0} | dict.fromkeys([*CHECKS][1:])
PROMPTS = ["Ida has 12 marbles. Åse gives her 7 more.", "🦊 <script>"]
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


def pressed(press: int, prompt: str, how: dict[str, Any]) -> dict[str, Any]:
    return {"prompt": prompt, **OWN_ODDS, **how, "_asked": press}


def test_continuations_are_those_of_python():
    widget = Continuations(fjord(), NextToken(fjord(), FIRST))
    traits = ("draws", "_message", "_answered")
    presses = [pressed(i, *draw) for i, draw in enumerate(DRAWS, start=1)]
    told = in_page(widget, [(change, ANSWERED, traits) for change in presses])
    parted = 0
    for change, (draws, message, answered) in zip(presses, told, strict=True):
        for name, value in change.items():
            setattr(widget, name, value)
        assert (message, answered) == (widget._message, widget._answered)
        assert len(draws) == len(widget.draws)
        if message:
            continue
        new, expected = draws[0], widget.draws[0]
        assert new.keys() == expected.keys()
        how = {name: expected[name] for name in OWN_ODDS}
        assert {name: new[name] for name in OWN_ODDS} == how
        prompt = expected["prompt"]
        assert new["prompt"] == prompt
        if new["texts"] == expected["texts"]:
            continue
        rows = in_full(prompt, answered, how)
        pairs = zip(new["texts"], expected["texts"], rows, strict=True)
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
    body = "return data.map(web.toWholeWords);"
    told = evaluate("answers/texts.js", body, texts)
    assert told == [to_whole_words(text) for text in texts]


def same_flips(told: list, expected: list) -> None:
    for one, other in zip(told, expected, strict=True):
        assert one[0] == other[0] and one[2] == other[2]  # the token, and the coin
        assert [token for token, _ in one[4]] == [token for token, _ in other[4]]
        shares = ([share for _, share in flip[4]] for flip in (one, other))
        for found, wanted in (
            (one[1:4], other[1:4]),
            (one[5], other[5]),
            tuple(shares),
        ):
            np.testing.assert_allclose(found, wanted, rtol=DIGITS, atol=CLOSE)


@pytest.mark.parametrize("prompt", [PROMPTS[0], *rest(*PROMPTS[1:])])
def test_runs_are_those_of_python(prompt: str):
    widget = TwoRuns(fjord(), prompt, SEED)
    named = "get('_endings')[i]?.length === get('_runs')[i].flips.length"
    more = (f"get('_runs').length >= {MORE}", ("_pieces", "_marks", "_runs"))
    (told,), (names, marks, drawn) = in_page(
        widget,
        [
            ({"_named": 1}, f"[2, 3].every((i) => {named})", ("_endings",)),
            ({"_wanted": MORE}, *more),
        ],
    )
    widget._named = 1
    widget._wanted = MORE
    assert told == widget._endings
    assert [run["seed"] for run in drawn] == [*range(SEED, SEED + MORE)]
    assert drawn[:AHEAD] == widget._runs[:AHEAD]
    used = set()
    for run, expected in zip(drawn, widget._runs, strict=False):
        row = [flip[0] for flip in expected["flips"]]
        used |= {one for flip in run["flips"] for one in (flip[0], *dict(flip[4]))}
        if [flip[0] for flip in run["flips"]] != row:
            assert may_part(prompt, row, Settings(seed=run["seed"]))
            continue
        same_flips(run["flips"], expected["flips"])
    pieces = fjord().tokenizer.pieces
    assert names == {str(token): pieces[token] for token in used}
    assert marks == {one: widget._marks[one] for one in names if one in widget._marks}


def test_the_window_ends_a_run_as_in_python():
    widget, prompt = TwoRuns(fjord(), PROMPTS[0], SEED), nearly(fjord())
    asked = [
        ({"prompt": prompt}, HEARD, ("_shown", "_message")),
        ({"_wanted": 4}, "get('_runs').length === 4", ("_runs",)),
        ({"prompt": TOO_LONG}, HEARD, ("_shown", "_message")),
    ]
    typed, (told,), (shown, message) = in_page(widget, asked)
    widget.prompt = TOO_LONG
    assert typed == [prompt, ""] and (shown, message) == (prompt, widget._message)
    expected = [*map(_as_lists, runs(fjord(), prompt, 4, 40, SEED, BARS))]
    assert [run["seed"] for run in told] == [run["seed"] for run in expected]
    room = fjord().config.max_seq_len - len(fjord().encode(prompt))
    assert 0 < room < 20 and any(len(run["flips"]) == room for run in expected)
    for run, other in zip(told, expected, strict=True):
        same_flips(run["flips"], other["flips"])


@pytest.mark.parametrize("prompt", [PROMPTS[0], *rest(*PROMPTS[1:], nearly(fjord()))])
def test_forks_are_those_of_python(prompt: str):
    widget = BranchTree(fjord(), prompt)

    def last_drawn(key: str) -> int:
        """The least likely token shown that does not end the text."""
        tokens = [one[0] for one in widget._forks[key]["likeliest"]]
        return [token for token in tokens if token not in widget._stops][-1]

    rare, end = last_drawn(""), widget._stops[0]
    inner = [key for key in widget._forks if key.count(".") + 1 < widget._room]
    deep = max(inner, key=lambda key: key.count("."))
    keys = [
        f"{deep}.{last_drawn(deep)}",
        str(end),
        ".".join([str(rare)] * (widget._room + 1)),
        f"{rare}.{rare}.{rare}",
        ".".join([str(rare)] * widget._room),
    ]
    traits = ("_forks", "_pieces", "_marks")
    goes_on = [widget._goes_on(tuple(map(int, key.split(".")))) for key in keys]
    assert goes_on == [True, False, False, True, True]
    read = [
        f"get('_forks')[{key!r}]" if goes else "true"
        for key, goes in zip(keys, goes_on, strict=True)
    ]
    asked = zip(keys, read, strict=True)
    *_, (forks, pieces, marks) = in_page(
        widget, [({"_asked": key}, until, traits) for key, until in asked]
    )
    for key in keys:
        widget._asked = key
    assert (pieces, marks) == (widget._pieces, widget._marks)
    assert forks.keys() == widget._forks.keys()
    for key, fork in widget._forks.items():
        assert forks[key]["others"] == fork["others"]
        found, expected = (
            [one["rest"], *(share for _, share in one["likeliest"])]
            for one in (forks[key], fork)
        )
        np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE)
        ids = [[token for token, _ in one["likeliest"]] for one in (forks[key], fork)]
        assert ids[0] == ids[1]


def test_the_first_forks_of_another_text_are_those_of_python():
    widget, other = BranchTree(fjord(), PROMPTS[0]), PROMPTS[1]
    traits = ("_shown", "_message", "_room", "path", "_forks")
    typed, refused = in_page(
        widget, [({"prompt": text}, HEARD, traits) for text in (other, TOO_LONG)]
    )
    widget.prompt = other
    *told, forks = typed
    assert told == [other, "", widget._room, []]
    first = [token for token, _ in widget._forks[""]["likeliest"]]
    assert forks.keys() <= {"", *map(str, first)}
    for key in forks.keys() & widget._forks.keys():
        found, expected = (one[key]["likeliest"] for one in (forks, widget._forks))
        assert [token for token, _ in found] == [token for token, _ in expected]
        shares = ([share for _, share in one] for one in (found, expected))
        np.testing.assert_allclose(*shares, rtol=0, atol=CLOSE)
    widget.prompt = TOO_LONG
    assert refused == [other, widget._message, widget._room, [], forks]
