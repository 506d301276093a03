"""What nobody should give, at every public entry: one sentence that names it."""

import inspect
import math
import os
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, cast, get_args, get_origin

import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import pytest
from traitlets import TraitError

import llm_lessons as ll
from llm_lessons import fjordby, widgets
from llm_lessons.fjordby import notes, places
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.foundation.languages import translator
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought import slip
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.forward_pass import inside, tail
from llm_lessons.lessons.per_token_compute import (
    at_once,
    budget,
    estimates,
    few_shot,
)
from llm_lessons.lessons.sampling import closed, coin, commitment, divergence
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.training import news
from llm_lessons.lessons.working_memory import forms, pasting
from llm_lessons.measuring import intervals, surprise
from llm_lessons.text.templates import FJORD
from llm_lessons.text.tokenizers import train_sentencepiece
from tests import tiny
from tests.each import failing
from tests.refused import refused

TEXT = "The fox"
HELLO = [{"role": "user", "content": "Hello"}]


class Word(str):
    """A text of a kind of its own, as some libraries have."""


class Shy:
    """What can't even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("not for your eyes")


@cache
def lm() -> LanguageModel:
    """The tiny model, taught to chat."""
    own = tiny.model()
    return LanguageModel(own.name, own.config, own.params, own.tokenizer, FJORD)


@cache
def problems() -> list:
    return fruit.held_out(1)


# Of each kind of argument, what it is not.
NO_TEXT = [b"abc", 5, 1.5, ["a"], ("a",), {"a": 1}, True, np.array(["a"]), Shy()]
NO_WHOLE = ["4", b"4", 2.5, 4.0, math.nan, math.inf, True, [4], (), 1j, np.float32(2)]
NO_WHOLE += [np.array([1, 2]), np.bool_(True), Shy()]
NO_NUMBER = ["1", b"1", True, [1.0], 1j, np.array([1.0, 2.0]), np.bool_(True), Shy()]
NOT_FINITE = [math.nan, math.inf, -math.inf, 10**400, np.float32("nan")]
NO_MODEL = ["fjord", 5, None, tiny.CONFIG, [1], ll.load]
NO_TEXTS = ["a", b"a", 5, [5], ["a", None], [b"a"]]
HUGE = 10**5000  # of which Python doesn't even write the digits


# ---- Every entry, tried with everything that each of its arguments is not

type Entry = Callable[..., object]


@cache
def good() -> dict[str, Any]:
    """An argument of each name that is right, where another one is wrong."""
    texts = ("text", "prompt", "easy", "hard", "question", "alt", "name", "unit")
    numbers = ("n", "k", "vocab_size", "step", "result", "seed", "position", "count")
    return {
        **dict.fromkeys(texts, TEXT),
        **dict.fromkeys(numbers, 1),
        **{"lm": lm(), "prompts": [TEXT], "texts": tiny.TEXTS, "messages": HELLO},
        **{"conversations": [HELLO], "tokenizer": tiny.tokenizer(), "models": [lm()]},
        **{"fig": plt.figure(), "kind": "town", "config": tiny.CONFIG},
        **{"people": trade_off.well_read()[:1], "params": lm().params},
        **{"exercise": EXERCISES[0], "temperature": 1.0},
    }


def toys() -> list[Entry]:
    """All widgets that people give something; `measured` makes the other one."""
    classes = [one for one in vars(widgets).values() if isinstance(one, type)]
    asked = [one for one in classes if len(inspect.signature(one).parameters) > 0]
    return [one for one in asked if one is not widgets.MeasureAnew]


def entries() -> list[Entry]:
    """All that people call, with something that its annotations say."""
    names = "encode logits next_token generate stream batch chat chats"
    return [
        *(getattr(lm(), name) for name in names.split()),
        *(lm().tokenizer.encode, lm().with_params, LanguageModel),
        *toys(),
        *(ll.emblem, ll.exercise, ll.predict, ll.say, ll.show),
        *(ll.sampling.coin_at, fjordby.build, fjordby.question, fjordby.search),
        *(fjordby.unseen, fruit.held_out, marbles.held_out, notes.held_out),
        *(places.question, places.towns, translator, train_sentencepiece, surprise.of),
        *(at_once.at_once, budget.operations_by_shape, budget.per_token),
        *(closed.compare, coin.flips, commitment.commitment),
        *(divergence.divergence, estimates.measure, forms.measure),
        *(few_shot.right, inside.read, news.measure, pasting.measure),
        *(real_heat.measure, slip.measure, tail.count),
        *(trade_off.measure, trade_off.right_facts),
    ]


def wrong(hint: Any) -> list[Any]:
    """What an argument with this annotation must not be; nothing if it says nothing."""
    kinds = set(get_args(hint)) if isinstance(hint, types.UnionType) else {hint}
    found = [] if types.NoneType in kinds else [None]
    if str in kinds:
        return [*NO_TEXT, *found]
    if int in kinds:
        return [*NO_WHOLE, *found]
    if float in kinds:
        return [*NO_NUMBER, *NOT_FINITE, *found]
    if Sequence[str] in kinds:
        return [*NO_TEXTS, *found]
    if any(get_origin(kind) is Mapping for kind in kinds):
        return [5, ["a"], *found]
    name, module = getattr(hint, "__name__", ""), getattr(hint, "__module__", "")
    if name in ("LanguageModel", "_Model", "_Talker"):
        return NO_MODEL
    is_ours = isinstance(hint, type) and module.startswith("llm_lessons")
    is_shape = getattr(hint, "_is_protocol", False)
    return [5, "x", hint, *found] if is_ours and not is_shape else []


def test_what_each_argument_is_not():
    def check(entry: Entry) -> None:
        function = entry.__init__ if isinstance(entry, type) else entry
        arguments = inspect.signature(function).parameters
        given = {
            name: good().get(name)
            for name, one in arguments.items()
            if one.default is one.empty and name != "self"
        }
        tried = 0
        for name, one in arguments.items():
            for value in wrong(one.annotation):
                said = refused(lambda n=name, x=value: entry(**given | {n: x}))
                assert name in said, (name, value, said)
                tried += 1
        assert tried

    assert failing(entries(), check) == []


# Of these, none may be empty: there would be nothing to read.
READ = (surprise.of, ll.emblem, ll.Knob, ll.Machine, ll.BranchTree, ll.TwoRuns)


def test_an_empty_text():
    calls = [partial(entry, lm()) for entry in (*READ, coin.flips)]
    for call in (*calls, lm().encode, lm().logits, lm().next_token):
        assert "empty" in refused(lambda call=call: call(""))


# Lower, or higher, than what it may be.
BEYOND: dict[str, Callable[[int], object]] = {
    "top": lambda x: lm().next_token(TEXT, -x),
    "max_tokens": lambda x: lm().stream(TEXT, 1 - x),
    "top_k": lambda x: ll.NextToken(lm(), TEXT, top_k=1 - x),
    "steps": lambda x: ll.RewardLanes(lm(), steps=1 - x),
    "each": lambda x: ll.Race(lm(), each=1 - x),
    "changes": lambda x: ll.Race(lm(), changes=[1 - x]),
    "problems": lambda x: slip.measure(lm(), 1 - x),
    "position": lambda x: ll.sampling.coin_at(1, -x),
    "n": lambda x: marbles.held_out(-x, 1),
    "limit": lambda x: fjordby.search("a", -x),
    "context": lambda x: budget.operations_by_shape(tiny.CONFIG, context=1 - x),
    "questions": lambda x: estimates.measure(lm(), questions=2 - x),
    "vocab_size": lambda x: train_sentencepiece(tiny.TEXTS, 1 - x),
    "temperature": lambda x: lm().generate(TEXT, 2, -x),
    "top_p": lambda x: lm().generate(TEXT, 2, top_p=1 + x),
    "min_p": lambda x: lm().generate(TEXT, 2, min_p=-x),
}


def test_what_is_beyond_all_bounds():
    def check(name: str) -> None:
        for by in (1, HUGE):
            assert name in refused(lambda by=by: BEYOND[name](by))

    assert failing(BEYOND, check) == []


def config(**changes: Any) -> ll.ModelConfig:
    return replace(tiny.CONFIG, **changes)


# What is not one argument's alone: (call, words that its sentence must have).
CHATS = [
    (None, "list of messages"),
    ("hi", "list of messages"),
    ({"role": "user", "content": "hi"}, "list of messages"),
    (np.array([]), "list of messages"),
    (["hi"], '"role" and a "content"'),
    ([Shy()], '"role" and a "content"'),
    ([{"role": "user"}], '"role" and a "content"'),
    ([{"role": ["user"], "content": "hi"}], "A role is"),
    ([{"role": "user", "content": b"hi"}], "A content is text"),
    ([{"role": "assistant", "content": "hi"}], "has to be the user's"),
    ([{"role": "system", "content": "hi"}, *HELLO], "no system messages"),
]
PAGES = (5, "Nils", ["Nils"], {"Nils": 5})
NAMES = [
    (None, "load takes a name"),
    (["fjord"], "load takes a name"),
    ("", "no model called"),
    ("Fjord", "no model called 'Fjord'"),
    ("a\0b", "no model called"),
    ("\ud800", "no model called"),
    ("/dev/null", "no model called"),
    ("ollama:../../etc/passwd", "There is no"),
    ("ollama:" + "x" * 100_000, "There is no"),
    ("lmstudio:a\0b\n", "There is no"),
    ("llama.cpp:\ud800", "There is no"),
    ("~nobodyhere/model.gguf", "no model called"),
]
OTHERS: list[tuple[Callable[[], object], str]] = [
    *((partial(lm().chat, cast(Any, x)), words) for x, words in CHATS),
    *((partial(ll.ChatBox, lm(), (), cast(Any, x)), "pages") for x in PAGES),
    *((partial(ll.load, cast(Any, x)), words) for x, words in NAMES),
    *(
        (partial(config, **{name: x}), name)
        for name in ("vocab_size", "n_layers", "n_heads", "d_head", "max_seq_len")
        for x in (-1, True, HUGE)  # other kinds stop at the tests' own checks
    ),
    *(
        (partial(config, **{name: x}), name)
        for name in ("rope_theta", "norm_eps")
        for x in (0, math.nan, math.inf)
    ),
    (lambda: lm().tokenizer.decode([350]), "token id from 0 to 349"),
    (lambda: lm().tokenizer.decode([-1]), "token id from 0"),
    (lambda: lm().tokenizer.decode("a"), "list of token ids"),  # type: ignore
    (
        lambda: lm().with_params(tiny.random_parameters(config(d_ff=8))),
        "the shapes that lm.params has",
    ),
    (lambda: lm().generate(TEXT, window="jump"), "window"),  # type: ignore
    (lambda: ll.show("figure", alt="a"), "fig must be a figure"),  # type: ignore
    (lambda: ll.show(plt.figure(), alt=" "), "text alternative"),
    (lambda: ll.predict("99.nothing"), "99.nothing"),
    (lambda: ll.exercise("99"), "99"),
    (lambda: ll.SixQuestions("later"), "before or after"),
    (lambda: ll.exercise("04.1").check(5), "answers must be"),  # type: ignore
    (lambda: fjordby.question("colour", "Ida"), "kind is one of"),
    (lambda: ll.GrowingVocabulary(tiny.tokenizer(), "b", 1), "size must be"),
    (lambda: ll.TokenStrip("a", {"x": 5}), "tokenizers['x']"),  # type: ignore
    (lambda: ll.TwoKnobs({"a": 0.5, "b": 0.5}), "three shares"),
    (lambda: ll.RewardLanes(lm(), 5), "reward must be a function"),  # type: ignore
    (lambda: intervals.share([math.nan]), "from 0 (no) to 1 (yes)"),
    (lambda: coin.flips(lm(), TEXT, 10**12), "n must be"),
    (lambda: real_heat.measure(lm(), (0.0,), 10**9), "each must be"),
    (lambda: trade_off.measure(lm(), (0.0,), 10**9), "cases must be"),
    (lambda: train_sentencepiece(["a"], 9_999), "smaller"),
    (lambda: ll.sampling.scale(jnp.ones(3), 0), "above 0"),
]


def test_what_else_nobody_should_give():
    def check(case: tuple[Callable[[], object], str]) -> None:
        call, words = case
        said = refused(call)
        assert words in said, (words, said)

    assert failing(OTHERS, check) == []


def test_traits_are_held_to_the_same():
    widget = ll.NextToken(lm(), TEXT)
    beyond = {"temperature": [math.inf], "top_k": [0], "top_p": [0.0, 1.5]}
    beyond["min_p"] = [1.5]
    for name, own in beyond.items():
        for value in ("hot", b"1", [1], -1.0, math.nan, *own):
            with pytest.raises((ValueError, TraitError), match=name):
                setattr(widget, name, value)
    assert (widget.temperature, widget.top_k, widget.top_p) == (1.0, None, None)
    assert widget.min_p is None


@pytest.mark.skipif(os.name == "nt", reason="no pipes and links by everybody there")
def test_paths_that_lead_nowhere(tmp_path: Path):
    loop, pipe = tmp_path / "loop", tmp_path / "pipe"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    assert "x" in refused(lambda: ll.load("x" * 100_000))
    for path in (loop, pipe, tmp_path / "none", "/dev/zero"):
        assert "no model called" in refused(lambda path=path: ll.load(path))
    assert "no config.json" in refused(lambda: ll.load(tmp_path))


def test_what_is_right_to_give_stays_right():
    whole = [3, np.int8(3), np.uint64(3), jnp.int32(3), np.array(3)]
    assert len({repr(lm().next_token(TEXT, x)) for x in whole}) == 1
    texts = [TEXT, Word(TEXT), np.str_(TEXT)]
    assert len({lm().generate(x, 3) for x in texts}) == 1
    seeds: list[Any] = [0, -1, 2**70, np.int8(-1)]
    for seed in seeds:
        again = lm().generate(TEXT, 2, seed=int(seed))
        assert lm().generate(TEXT, 2, seed=seed) == again
    for strange in ("\0", "half \ud800", "\U0010ffff", " ", "\r\n\u2028"):
        assert isinstance(lm().generate(strange, 1), str)
    heats: list[Any] = [0, np.float32(0.5), Fraction(1, 2), 1e-300, 1e30]
    for heat in heats:
        text = lm().generate(TEXT, 2, heat, top_k=10**40, top_p=np.float64(1))
        assert isinstance(text, str)
    lists: list[Any] = [(TEXT,), iter([TEXT]), np.array([TEXT])]
    for prompts in lists:
        assert lm().batch(prompts, 2) == lm().batch([TEXT], 2)
    assert lm().next_token(TEXT, HUGE).others == 0
    ids = lm().encode(TEXT)
    assert lm().tokenizer.decode(np.array(ids)) == lm().tokenizer.decode(iter(ids))


def test_a_missing_argument_is_told_in_pythons_own_words():
    with pytest.raises(TypeError, match=r"missing 1 required .*'prompt'"):
        lm().generate()  # type: ignore
    assert "max_tokens" in str(inspect.signature(lm().generate))
