"""What nobody should give, at every public entry: one sentence that names it."""

import functools
import math
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np

import llm_lessons as ll
from llm_lessons import fjordby
from llm_lessons.fjordby import fruit, marbles, notes, places
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.chain_of_thought import votes
from llm_lessons.lessons.forward_pass import heads, influence, knobs, lens, tail
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.lessons.per_token_compute import budget, changes
from llm_lessons.lessons.sampling import coin, commitment, divergence, runs
from llm_lessons.lessons.temperature import trade_off
from llm_lessons.measuring import intervals, replies, surprise
from llm_lessons.text.templates import FJORD
from llm_lessons.text.tokenizers import train_sentencepiece
from tests import tiny

type Call = Callable[[Any], object]

TEXT = "The fox"
HELLO = [{"role": "user", "content": "Hello"}]
WEIGHT = Weight("layers[0].down", 0, 0)


class Word(str):
    """A text of a kind of its own, as some libraries have."""


class Shy:
    """What can't even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("not for your eyes")


@functools.cache
def lm() -> LanguageModel:
    """The tiny model, taught to chat."""
    own = tiny.model()
    return LanguageModel(own.name, own.config, own.params, own.tokenizer, FJORD)


@functools.cache
def problems() -> list:
    return fruit.held_out(1)


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
    "TokenStrip text": lambda x: ll.TokenStrip(x, {"tiny": lm().tokenizer}),
    "GrowingVocabulary text": lambda x: ll.GrowingVocabulary(tiny.tokenizer(), x),
    "TrainingCurve prompt": lambda x: ll.TrainingCurve(tiny.tokenizer(), prompt=x),
    "predict name": lambda x: ll.predict(x),
    "exercise name": lambda x: ll.exercise(x),
    "search text": lambda x: fjordby.search(x),
    "question kind": lambda x: fjordby.question(x, "Ida"),
    "question name": lambda x: fjordby.question("town", x),
    "places.question town": lambda x: places.question(x),
    "heads.look prompt": lambda x: heads.look(lm(), x),
    "heads.silence piece": lambda x: heads.silence(lm(), TEXT, x),
    "lens.look prompt": lambda x: lens.look(lm(), x),
    "tail.count prompt": lambda x: tail.count(lm(), x),
    "influence text": lambda x: influence.influence(lm(), x),
    "influence.strongest kind": lambda x: influence.strongest(lm(), TEXT, x),
    "paper.next_words text": lambda x: paper.next_words(lm(), x, 2),
    "paper.sheets beginning": lambda x: paper.sheets(lm(), x),
    "coin.flips prompt": lambda x: coin.flips(lm(), x, 2),
    "runs prompt": lambda x: runs.runs(lm(), x, 1, 1),
    "per_token easy": lambda x: budget.per_token(lm(), x, TEXT),
    "show alt": lambda x: ll.show(plt.figure(), alt=x),
    "Weight matrix": lambda x: knobs.with_weight(lm(), Weight(x, 0, 0), 1.0),
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
    "TrainingCurve steps": (1, lambda x: ll.TrainingCurve(tiny.tokenizer(), steps=x)),
    "Race each": (1, lambda x: ll.Race(lm(), each=x)),
    "Race changes": (1, lambda x: ll.Race(lm(), changes=[x])),
    "coin_at seed": (None, lambda x: ll.sampling.coin_at(x, 1)),
    "coin_at position": (0, lambda x: ll.sampling.coin_at(1, x)),
    "marbles.held_out n": (0, lambda x: marbles.held_out(x, 1)),
    "marbles.held_out k": (0, lambda x: marbles.held_out(1, x)),
    "fruit.held_out n": (0, lambda x: fruit.held_out(x)),
    "notes.held_out n": (0, lambda x: notes.held_out(x, 1)),
    "unseen n": (0, lambda x: fjordby.unseen(x)),
    "build seed": (None, lambda x: fjordby.build(x)),
    "towns seed": (None, lambda x: places.towns(x)),
    "search limit": (0, lambda x: fjordby.search("a", x)),
    "coin.flips n": (1, lambda x: coin.flips(lm(), TEXT, x)),
    "coin.flips seed": (None, lambda x: coin.flips(lm(), TEXT, 2, x)),
    "coin.flips top": (1, lambda x: coin.flips(lm(), TEXT, 2, 0, x)),
    "runs count": (1, lambda x: runs.runs(lm(), TEXT, x, 1)),
    "runs length": (1, lambda x: runs.runs(lm(), TEXT, 1, x)),
    "next_words count": (1, lambda x: paper.next_words(lm(), TEXT, x)),
    "sheets rolls": (1, lambda x: paper.sheets(lm(), TEXT, x)),
    "sheets choices": (1, lambda x: paper.sheets(lm(), TEXT, 1, x)),
    "majority_vote votes": (1, lambda x: votes.majority_vote(lm(), problems(), [x])),
    "wall_time repeats": (1, lambda x: budget.wall_time(lm(), TEXT, TEXT, repeats=x)),
    "operations_by_shape context": (
        1,
        lambda x: budget.operations_by_shape(tiny.CONFIG, context=x),
    ),
    "both_ways questions": (1, lambda x: changes.both_ways(lm(), questions=x)),
    "train_sentencepiece vocab_size": (
        1,
        lambda x: train_sentencepiece(tiny.TEXTS, x),
    ),
    "with_weight row": (0, lambda x: knobs.with_weight(lm(), row_of(x), 1.0)),
    "silenced heads": (0, lambda x: knobs.silenced(lm(), [(0, x)])),
    "bootstrap cases": (1, lambda x: intervals.bootstrap(np.sum, x, "bits")),
}
NUMBERS: dict[str, Call] = {
    "generate temperature": lambda x: lm().generate(TEXT, 2, x),
    "generate top_p": lambda x: lm().generate(TEXT, 2, top_p=x),
    "batch temperature": lambda x: lm().batch([TEXT], 2, x),
    "stream top_p": lambda x: lm().stream(TEXT, 2, top_p=x),
    "chat temperature": lambda x: lm().chat(HELLO, 2, x),
    "NextToken temperature": lambda x: ll.NextToken(lm(), TEXT, x),
    "NextToken top_p": lambda x: ll.NextToken(lm(), TEXT, top_p=x),
    "scale temperature": lambda x: ll.sampling.scale(jnp.ones(3), x),
    "with_weight value": lambda x: knobs.with_weight(lm(), WEIGHT, x),
    "TwoKnobs shares": lambda x: ll.TwoKnobs({"a": x, "b": 0.5, "c": 0.25}),
    "right_facts temperature": lambda x: trade_off.right_facts(
        lm(), trade_off.well_read()[:1], x
    ),
    "finish seconds": lambda x: ll.TrainingCurve(tiny.tokenizer()).finish(x),
}
MODELS: dict[str, Call] = {
    "BranchTree": lambda x: ll.BranchTree(x, TEXT),
    "ChatBox": lambda x: ll.ChatBox(x, ["hi"]),
    "Continuations": lambda x: ll.Continuations(x, ll.NextToken(lm(), TEXT)),
    "Knob": lambda x: ll.Knob(x, TEXT),
    "MemoryExplorer": lambda x: ll.MemoryExplorer(x),
    "NextToken": lambda x: ll.NextToken(x, TEXT),
    "OpenBook": lambda x: ll.OpenBook(x),
    "Race": lambda x: ll.Race(x),
    "TwoRuns": lambda x: ll.TwoRuns(x, TEXT),
    "surprise.of": lambda x: surprise.of(x, TEXT),
    "surprise.chances": lambda x: surprise.chances(x, [TEXT], [" a"]),
    "replies": lambda x: replies.replies(x, [TEXT]),
    "heads.look": lambda x: heads.look(x, TEXT),
    "lens.look": lambda x: lens.look(x, TEXT),
    "tail.count": lambda x: tail.count(x, TEXT),
    "coin.flips": lambda x: coin.flips(x, TEXT),
    "divergence": lambda x: divergence.divergence(x),
    "commitment": lambda x: commitment.commitment(x),
    "trade_off.measure": lambda x: trade_off.measure(x),
    "paper.sheets": lambda x: paper.sheets(x, TEXT),
    "knobs.silenced": lambda x: knobs.silenced(x, []),
    "majority_vote": lambda x: votes.majority_vote(x, problems()),
    "changes.at_once": lambda x: changes.at_once(x),
}
LISTS: dict[str, Call] = {
    "batch prompts": lambda x: lm().batch(x, 2),
    "chances prompts": lambda x: surprise.chances(lm(), x, [" a"]),
    "chances endings": lambda x: surprise.chances(lm(), [TEXT], x),
    "replies prompts": lambda x: replies.replies(lm(), x),
    "ChatBox said": lambda x: ll.ChatBox(lm(), x),
    "train_sentencepiece texts": lambda x: train_sentencepiece(x, 300),
}


def row_of(row: Any) -> Weight:
    return Weight("layers[0].down", row, 0)
