"""What nobody should give, at every public entry: one sentence that names it.

Tables: an entry in them is tried with everything that its kind of argument is not.
"""

import inspect
import math
import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import pytest
from traitlets import TraitError

import llm_lessons as ll
from llm_lessons import fjordby
from llm_lessons.fjordby import notes, places
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.foundation.checks import shown
from llm_lessons.foundation.languages import tells
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought import defence, slip
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.lessons.forward_pass import inside, sizes, tail
from llm_lessons.lessons.lossy_zip import famous
from llm_lessons.lessons.per_token_compute import (
    at_once,
    budget,
    estimates,
    few_shot,
)
from llm_lessons.lessons.sampling import closed, coin, commitment, divergence
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.training import news
from llm_lessons.lessons.working_memory import forms, pasting, real_notes
from llm_lessons.measuring import intervals, surprise
from llm_lessons.text.templates import FJORD
from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import ExerciseBox, Predict, ProgressPage
from tests import tiny
from tests.each import failing
from tests.refused import refused

type Call = Callable[[Any], object]

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


def race() -> ll.Race:
    """One whose problems nobody has written: they don't fit the tiny model."""
    return ll.Race.__new__(ll.Race)


# Of each kind of argument, what it is not.
NO_TEXT = [b"abc", 5, 1.5, None, ["a"], ("a",), {"a": 1}, True, np.array(["a"]), Shy()]
NO_WHOLE = ["4", b"4", 2.5, 4.0, math.nan, math.inf, True, [4], (), 1j, np.float32(2)]
NO_WHOLE += [np.array([1, 2]), np.bool_(True), Shy()]
NO_NUMBER = ["1", b"1", True, [1.0], 1j, np.array([1.0, 2.0]), np.bool_(True), Shy()]
NOT_FINITE = [math.nan, math.inf, -math.inf, 10**400, np.float32("nan")]
NO_MODEL = ["fjord", 5, None, tiny.CONFIG, [1], ll.load]
NO_TEXTS = ["a", b"a", 5, None, [5], ["a", None], [b"a"]]
HUGE = 10**5000  # of which Python doesn't even write the digits


# (what is called, with which argument missing, and how its sentences name that)
TEXTS: dict[str, Call] = {
    "lm.encode text": lambda x: lm().encode(x),
    "lm.logits text": lambda x: lm().logits(x),
    "lm.next_token text": lambda x: lm().next_token(x),
    "lm.generate prompt": lambda x: lm().generate(x),
    "lm.stream prompt": lambda x: lm().stream(x),
    "surprise.of text": lambda x: surprise.of(lm(), x),
    "tokenizer.encode text": lambda x: lm().tokenizer.encode(x),
    "NextToken prompt": lambda x: ll.NextToken(lm(), x),
    "BranchTree prompt": lambda x: ll.BranchTree(lm(), x),
    "TwoRuns prompt": lambda x: ll.TwoRuns(lm(), x),
    "Knob prompt": lambda x: ll.Knob(lm(), x),
    "Effort easy": lambda x: ll.Effort(lm(), x, TEXT),
    "Machine text": lambda x: ll.Machine(lm(), x),
    "emblem text": lambda x: ll.emblem(lm(), x),
    "TokenStrip text": lambda x: ll.TokenStrip(x, {"tiny": lm().tokenizer}),
    "GrowingVocabulary text": lambda x: ll.GrowingVocabulary(tiny.tokenizer(), x),
    "predict name": lambda x: ll.predict(x),
    "tells code": lambda x: tells(x),
    "Guess question": lambda x: ll.Guess(x),
    "Guess unit": lambda x: ll.Guess("How many?", unit=x),
    "Guess along": lambda x: ll.Guess("How many?", along=x),
    "exercise name": lambda x: ll.exercise(x),
    "search text": lambda x: fjordby.search(x),
    "question kind": lambda x: fjordby.question(x, "Ida"),
    "question name": lambda x: fjordby.question("town", x),
    "places.question town": lambda x: places.question(x),
    "tail.count prompt": lambda x: tail.count(lm(), x),
    "coin.flips prompt": lambda x: coin.flips(lm(), x, 2),
    "per_token easy": lambda x: budget.per_token(lm(), x, TEXT),
    "show alt": lambda x: ll.show(plt.figure(), alt=x),
    "say markdown": lambda x: ll.say(x),
}
WHOLE: dict[str, tuple[int | None, Call]] = {  # and the lowest that it may be
    "next_token top": (0, lambda x: lm().next_token(TEXT, x)),
    "generate max_tokens": (1, lambda x: lm().generate(TEXT, x)),
    "generate seed": (None, lambda x: lm().generate(TEXT, 2, seed=x)),
    "generate top_k": (1, lambda x: lm().generate(TEXT, 2, top_k=x)),
    "stream max_tokens": (1, lambda x: lm().stream(TEXT, x)),
    "stream seed": (None, lambda x: lm().stream(TEXT, 2, seed=x)),
    "batch max_tokens": (1, lambda x: lm().batch([TEXT], x)),
    "batch seed": (None, lambda x: lm().batch([TEXT], 2, seed=x)),
    "chat max_tokens": (1, lambda x: lm().chat(HELLO, x)),
    "chat seed": (None, lambda x: lm().chat(HELLO, 2, seed=x)),
    "NextToken top_k": (1, lambda x: ll.NextToken(lm(), TEXT, top_k=x)),
    "TwoRuns seed": (None, lambda x: ll.TwoRuns(lm(), TEXT, seed=x)),
    "Guess lowest": (None, lambda x: ll.Guess("How many?", x, 10**9)),
    "Guess highest": (None, lambda x: ll.Guess("How many?", -(10**9), x)),
    "Guess at": (None, lambda x: ll.Guess("How many?", at=[x])),
    "RewardLanes steps": (1, lambda x: ll.RewardLanes(lm(), steps=x)),
    "Race each": (1, lambda x: ll.Race(lm(), each=x)),
    "Race changes": (1, lambda x: ll.Race(lm(), changes=[x])),
    "alter step": (0, lambda x: race().alter(x, 1)),
    "alter result": (0, lambda x: race().alter(0, x)),
    "real_heat.measure each": (1, lambda x: real_heat.measure(lm(), (0.0,), x)),
    "slip.measure problems": (1, lambda x: slip.measure(lm(), x)),
    "chats max_tokens": (1, lambda x: lm().chats([HELLO], x)),
    "chats seed": (None, lambda x: lm().chats([HELLO], 2, seed=x)),
    "coin_at seed": (None, lambda x: ll.sampling.coin_at(x, 1)),
    "coin_at position": (0, lambda x: ll.sampling.coin_at(1, x)),
    "marbles.held_out n": (0, lambda x: marbles.held_out(x, 1)),
    "marbles.held_out k": (0, lambda x: marbles.held_out(1, x)),
    "fruit.held_out n": (0, lambda x: fruit.held_out(x)),
    "notes.held_out n": (0, lambda x: notes.held_out(x, 1)),
    "forms.pages n": (0, lambda x: forms.pages(x, "list", "new")),
    "forms.measure questions": (1, lambda x: forms.measure([lm()], x)),
    "unseen n": (0, lambda x: fjordby.unseen(x)),
    "build seed": (None, lambda x: fjordby.build(x)),
    "towns seed": (None, lambda x: places.towns(x)),
    "search limit": (0, lambda x: fjordby.search("a", x)),
    "coin.flips n": (1, lambda x: coin.flips(lm(), TEXT, x)),
    "coin.flips seed": (None, lambda x: coin.flips(lm(), TEXT, 2, x)),
    "coin.flips top": (1, lambda x: coin.flips(lm(), TEXT, 2, 0, x)),
    "operations_by_shape context": (
        1,
        lambda x: budget.operations_by_shape(tiny.CONFIG, context=x),
    ),
    "estimates questions": (2, lambda x: estimates.measure(lm(), questions=x)),
    "train_sentencepiece vocab_size": (1, lambda x: train_sentencepiece(tiny.TEXTS, x)),
}
NUMBERS: dict[str, Call] = {
    "generate temperature": lambda x: lm().generate(TEXT, 2, x),
    "generate top_p": lambda x: lm().generate(TEXT, 2, top_p=x),
    "generate min_p": lambda x: lm().generate(TEXT, 2, min_p=x),
    "batch temperature": lambda x: lm().batch([TEXT], 2, x),
    "stream top_p": lambda x: lm().stream(TEXT, 2, top_p=x),
    "chat temperature": lambda x: lm().chat(HELLO, 2, x),
    "NextToken temperature": lambda x: ll.NextToken(lm(), TEXT, x),
    "NextToken top_p": lambda x: ll.NextToken(lm(), TEXT, top_p=x),
    "NextToken min_p": lambda x: ll.NextToken(lm(), TEXT, min_p=x),
    "TwoKnobs shares": lambda x: ll.TwoKnobs({"a": x, "b": 0.5, "c": 0.25}),
    "right_facts temperature": lambda x: trade_off.right_facts(
        lm(), trade_off.well_read()[:1], x
    ),
}
MODELS: dict[str, Call] = {
    "BranchTree": lambda x: ll.BranchTree(x, TEXT),
    "ChatBox": lambda x: ll.ChatBox(x, ["hi"]),
    "Continuations": lambda x: ll.Continuations(x, ll.NextToken(lm(), TEXT)),
    "Effort": lambda x: ll.Effort(x, TEXT, TEXT),
    "Knob": lambda x: ll.Knob(x, TEXT),
    "Machine": lambda x: ll.Machine(x, TEXT),
    "emblem": lambda x: ll.emblem(x, TEXT),
    "MemoryExplorer": lambda x: ll.MemoryExplorer(x),
    "NextToken": lambda x: ll.NextToken(x, TEXT),
    "OpenBook": lambda x: ll.OpenBook(x),
    "Race": lambda x: ll.Race(x),
    "RewardLanes": lambda x: ll.RewardLanes(x),
    "TwoRuns": lambda x: ll.TwoRuns(x, TEXT),
    "surprise.of": lambda x: surprise.of(x, TEXT),
    "inside.read": lambda x: inside.read(x, TEXT),
    "tail.count": lambda x: tail.count(x, TEXT),
    "coin.flips": lambda x: coin.flips(x, TEXT),
    "divergence": lambda x: divergence.divergence(x),
    "commitment": lambda x: commitment.commitment(x),
    "closed.compare": lambda x: closed.compare(x),
    "real_heat.measure": lambda x: real_heat.measure(x),
    "defence.measure": lambda x: defence.measure(x),
    "slip.measure": lambda x: slip.measure(x),
    "few_shot.right": lambda x: few_shot.right(x, problems(), problems(), True),
    "famous.measure": lambda x: famous.measure(x),
    "news.measure": lambda x: news.measure(x),
    "pasting.measure": lambda x: pasting.measure(x),
    "real_notes.measure": lambda x: real_notes.measure(x),
    "trade_off.measure": lambda x: trade_off.measure(x),
    "at_once": lambda x: at_once.at_once(x),
}
LISTS: dict[str, Call] = {
    "batch prompts": lambda x: lm().batch(x, 2),
    "ChatBox said": lambda x: ll.ChatBox(lm(), x),
    "train_sentencepiece texts": lambda x: train_sentencepiece(x, 300),
}


def wrong(name: str, values: list[Any], call: Call) -> None:
    """Hand in one after the other what is wrong; each sentence names the argument."""
    word = name.split()[-1]
    for value in values:
        assert word in refused(lambda value=value: call(value))


def test_what_is_no_text():
    assert failing(TEXTS, lambda name: wrong(name, NO_TEXT, TEXTS[name])) == []


# Of these texts, none may be empty: there would be nothing to read.
READ = ("emblem", "Knob", "Machine", "BranchTree", "TwoRuns", "coin.flips")
READ += ("surprise.of", "lm.encode", "lm.logits", "lm.next_token")


def test_an_empty_text():
    names = [name for name in TEXTS if name.split()[0] in READ]
    assert len(names) == len(READ)
    assert failing(names, lambda name: _empty(TEXTS[name])) == []


def _empty(call: Call) -> None:
    assert "empty" in refused(lambda: call(""))


def test_what_is_no_whole_number():
    def check(name: str) -> None:
        lowest, call = WHOLE[name]
        too_low = [] if lowest is None else [lowest - 1, -HUGE]
        optional = [] if "top_k" in name else [None]
        wrong(name, [*NO_WHOLE, *too_low, *optional], call)

    assert failing(WHOLE, check) == []


def test_what_is_no_number():
    def check(name: str) -> None:
        optional = [] if name.endswith(("top_p", "min_p")) else [None]
        wrong(name, [*NO_NUMBER, *NOT_FINITE, *optional], NUMBERS[name])

    assert failing(NUMBERS, check) == []


def test_what_is_no_model():
    assert failing(MODELS, lambda name: wrong("lm", NO_MODEL, MODELS[name])) == []


def test_what_is_no_list_of_texts():
    assert failing(LISTS, lambda name: wrong(name, NO_TEXTS, LISTS[name])) == []


def config(**changes: Any) -> ll.ModelConfig:
    return replace(tiny.CONFIG, **changes)


def odds() -> ll.NextToken:
    return ll.NextToken(lm(), TEXT)


# What is not one argument's alone: (call, words that its sentence must have).
OTHERS: dict[str, tuple[Callable[[], object], str]] = {
    **{
        f"chat {i}": (partial(lm().chat, cast(Any, x)), words)
        for i, (x, words) in enumerate(
            [
                (5, "list of messages"),
                (None, "list of messages"),
                ("hi", "list of messages"),
                (b"hi", "list of messages"),
                ({"role": "user", "content": "hi"}, "list of messages"),
                ([], "list of messages"),
                (np.array([]), "list of messages"),
                (["hi"], '"role" and a "content"'),
                ([{}], '"role" and a "content"'),
                ([Shy()], '"role" and a "content"'),
                ([{"role": "user"}], '"role" and a "content"'),
                ([{"role": ["user"], "content": "hi"}], "A role is"),
                ([{"role": "User", "content": "hi"}], "A role is"),
                ([{"role": "user", "content": None}], "A content is text"),
                ([{"role": "user", "content": b"hi"}], "A content is text"),
                ([{"role": "assistant", "content": "hi"}], "has to be the user's"),
                ([{"role": "system", "content": "hi"}, *HELLO], "no system messages"),
            ]
        )
    },
    **{
        f"ChatBox pages {i}": (partial(ll.ChatBox, lm(), (), cast(Any, x)), words)
        for i, (x, words) in enumerate(
            [
                (5, "pages"),
                ("Nils", "pages"),
                (["Nils"], "pages"),
                ({"Nils": 5}, "pages"),
            ]
        )
    },
    **{
        f"load {i}": (partial(ll.load, cast(Any, x)), words)
        for i, (x, words) in enumerate(
            [
                (5, "load takes a name"),
                (None, "load takes a name"),
                (b"fjord", "load takes a name"),
                (["fjord"], "load takes a name"),
                (True, "load takes a name"),
                ("", "no model called"),
                ("Fjord", "no model called 'Fjord'"),
                ("fjord ", "no model called"),
                ("a\0b", "no model called"),
                ("\ud800", "no model called"),
                ("/dev/null", "no model called"),
                (Path("nothing/here"), "no model called"),
                ("ollama:", "There is no"),
                ("ollama:../../etc/passwd", "There is no"),
                ("hf:" + "x" * 100_000, "There is no"),
                ("lmstudio:a\0b\n", "There is no"),
                ("llama.cpp:\ud800", "There is no"),
                ("docker:llama3", "no model called"),
                ("~nobodyhere/model.gguf", "no model called"),
            ]
        )
    },
    **{
        f"config {name} {shown(x)}": (lambda n=name, x=x: config(**{n: x}), name)
        for name in ("vocab_size", "n_layers", "n_heads", "d_head", "max_seq_len")
        for x in (-1, True, 2**31, HUGE)  # other kinds stop at the tests' own checks
    },
    **{
        f"config {name} {shown(x)}": (lambda n=name, x=x: config(**{n: x}), name)
        for name in ("rope_theta", "norm_eps")
        for x in (0, -1.0, math.nan, math.inf)
    },
    "decode far": (lambda: lm().tokenizer.decode([350]), "token id from 0 to 349"),
    "decode negative": (lambda: lm().tokenizer.decode([-1]), "token id from 0"),
    "decode one": (lambda: lm().tokenizer.decode(5), "list of token ids"),  # type: ignore
    "decode text": (lambda: lm().tokenizer.decode("a"), "list of token ids"),  # type: ignore
    "decode texts": (lambda: lm().tokenizer.decode(["a"]), "token id"),  # type: ignore
    "weights": (lambda: lm().with_params("x"), "a model's weights"),  # type: ignore
    "other weights": (
        lambda: lm().with_params(tiny.random_parameters(config(d_ff=8))),
        "the shapes that lm.params has",
    ),
    "window": (lambda: lm().generate(TEXT, window="jump"), "window"),  # type: ignore
    "window kind": (lambda: lm().generate(TEXT, window=5), "window"),  # type: ignore
    "no model": (lambda: LanguageModel("x", 1, 2, 3), "config"),  # type: ignore
    "sizes": (lambda: sizes.table(["fjord"]), "models must be a dictionary"),  # type: ignore
    "sizes of": (lambda: sizes.table({"a": lm()}), "models['a']"),  # type: ignore
    "figure": (lambda: ll.show("figure", alt="a"), "fig must be a figure"),  # type: ignore
    "no alt": (lambda: ll.show(plt.figure(), alt=" "), "text alternative"),
    "no question": (lambda: ll.predict("99.nothing"), "99.nothing"),
    "no exercise": (lambda: ll.exercise("99"), "99"),
    "answers": (lambda: ll.exercise("04.1").check(5), "answers must be"),  # type: ignore
    "no kind": (lambda: fjordby.question("colour", "Ida"), "kind is one of"),
    "odds": (lambda: ll.Continuations(lm(), "odds"), "odds must be a NextToken"),  # type: ignore
    "exercise box": (lambda: ExerciseBox("04.1", "x"), "exercise must be"),  # type: ignore
    "found": (lambda: ExerciseBox(EXERCISES[0], "right"), "found must be"),  # type: ignore
    "diary": (lambda: ProgressPage({"done": {}}), "kept must be a Diary"),  # type: ignore
    "own question": (lambda: Predict("why?"), "asked must be a Question"),  # type: ignore
    "vocabulary": (lambda: ll.GrowingVocabulary("a", "b"), "train_sentencepiece"),  # type: ignore
    "size": (lambda: ll.GrowingVocabulary(tiny.tokenizer(), "b", 1), "size must be"),
    "strip": (lambda: ll.TokenStrip("a", [1]), "tokenizers must be a dictionary"),  # type: ignore
    "strip of": (lambda: ll.TokenStrip("a", {"x": 5}), "tokenizers['x']"),  # type: ignore
    "shares": (lambda: ll.TwoKnobs([1, 2, 3]), "shares must be a dictionary"),  # type: ignore
    "two shares": (lambda: ll.TwoKnobs({"a": 0.5, "b": 0.5}), "three shares"),
    "no share": (lambda: ll.TwoKnobs({}), "three shares"),
    "judge": (lambda: ll.RewardLanes(lm(), 5), "reward must be a function"),  # type: ignore
    "share of 2": (lambda: intervals.share([2]), "from 0 (no) to 1 (yes)"),
    "share of nan": (lambda: intervals.share([math.nan]), "from 0 (no) to 1 (yes)"),
    "many flips": (lambda: coin.flips(lm(), TEXT, 10**12), "n must be"),
    "many answers": (lambda: real_heat.measure(lm(), (0.0,), 10**9), "each must be"),
    "many stories": (lambda: trade_off.measure(lm(), (0.0,), 10**9), "cases must be"),
    "many endings": (lambda: commitment.commitment(lm(), 10**9), "n must be"),
    "many problems": (lambda: marbles.held_out(10**12, 1), "n must be"),
    "vocabulary of one": (lambda: train_sentencepiece(tiny.TEXTS, 1), "smaller"),
    "vocabulary of all": (lambda: train_sentencepiece(["a"], 9_999), "smaller"),
    "scale by 0": (lambda: ll.sampling.scale(jnp.ones(3), 0), "above 0"),
    "scale by less": (lambda: ll.sampling.scale(jnp.ones(3), -1.0), "above 0"),
}


def test_what_else_nobody_should_give():
    def check(name: str) -> None:
        call, words = OTHERS[name]
        assert words in refused(call)

    assert failing(OTHERS, check) == []


def test_traits_are_held_to_the_same():
    widget = odds()
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
    tables = {repr(lm().next_token(TEXT, x)) for x in whole}
    assert len(tables) == 1
    texts = [TEXT, Word(TEXT), np.str_(TEXT)]
    assert len({lm().generate(x, 3) for x in texts}) == 1
    seeds: list[Any] = [0, -1, 2**70, np.int8(-1)]
    for seed in seeds:
        again = lm().generate(TEXT, 2, seed=int(seed))
        assert lm().generate(TEXT, 2, seed=seed) == again
    for strange in ("\0", "half \ud800", "\U0010ffff", " ", "\r\n\u2028"):
        assert isinstance(lm().generate(strange, 1), str)
    heats: list[Any] = [0, 1, np.float32(0.5), Fraction(1, 2), 1e-300, 1e30]
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
    with pytest.raises(TypeError, match="unexpected keyword argument 'heat'"):
        lm().generate(TEXT, heat=1)  # type: ignore
    assert "max_tokens" in str(inspect.signature(lm().generate))
