"""Exercises of the lesson on the computation for each token."""

import math
from functools import cache
from typing import Any

from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong, as_number
from llm_lessons.lessons.checking.boxes import Box, Number
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.per_token_compute import alike, budget
from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M, ModelConfig
from llm_lessons.weights.checkpoints import read_config

_SHORT, _LONG = 3, 75  # tokens of the two answers
_CLOSE = 1e-2  # what a length may differ by, as a share of itself


@cache
def _fjord() -> LanguageModel:
    return load("fjord")


def _examine_cheaper(question: str) -> str:
    asked = question.strip()
    if not asked.endswith(("?", "=")):
        raise Wrong("End your question with a question mark, or with =.")
    easy = alike.pairs(2)[-1].easy  # as at the top of the lesson
    if asked in easy.question:
        raise Wrong("That is a part of the easy one. Ask a harder thing.")
    try:
        own = len(_fjord().encode(Problem(asked, (), "").at_once_prompt))
    except ValueError as refusal:
        raise Wrong(str(refusal)) from None
    most = len(_fjord().encode(easy.at_once_prompt))
    if own >= most:
        raise Wrong(
            f"Your question has {own} tokens, the easy one {most}: so yours does not "
            "cost less. What does the cost depend on?"
        )
    costs = [budget.operations_by_shape(read_config(), n).total for n in (own, most)]
    return (
        f"Yours costs {costs[0]:,} operations, the easy one {costs[1]:,}. Whether "
        "yours is hard, only you can judge: nothing in the count asks for it."
    )


def _examine_times(factor: float) -> str:
    if factor == _LONG - _SHORT:
        raise Wrong("That is how many tokens more; divide instead.")
    if math.isclose(factor, _SHORT / _LONG):
        raise Wrong("It is the other way round: the long one by the short one.")
    if factor == 1:
        raise Wrong("A token costs the same, but there are more of them.")
    if factor != _LONG / _SHORT:
        raise Wrong(
            f"One answer has {_SHORT} tokens, the other {_LONG}, and each "
            "token costs about the same."
        )
    return (
        "More tokens bring more computation, and nothing else does. The next lesson "
        "makes use of it."
    )


def _crossing(config: ModelConfig) -> float:
    """Tokens of a text at which looking back costs as much as the matrices."""
    for_a_token = budget.operations_by_shape(config, 1)
    return for_a_token.matrices / for_a_token.attention


def _examine_crossing(tokens: Any) -> str:
    given = as_number(tokens, "tokens")
    found = _crossing(LLAMA3_405B)
    if math.isclose(given, found, rel_tol=_CLOSE):
        return (
            f"From about {found:,.0f} tokens on, a book of some length, more than half "
            "of the work is looking back: at an easy text as at a hard one."
        )
    if math.isclose(given, 1 / found, rel_tol=_CLOSE):
        raise Wrong("`tokens`: the other way round. How often does `attention` fit?")
    for name, config in (("Fjord", read_config()), ("SmolLM2", SMOLLM2_135M)):
        if math.isclose(given, _crossing(config), rel_tol=_CLOSE):
            raise Wrong(f"`tokens`: so it is for {name}; take `ll.LLAMA3_405B`.")
    if given == LLAMA3_405B.max_seq_len:
        raise Wrong("`tokens`: that is the longest text. In it, looking back has won.")
    less = given < found
    raise Wrong(
        f"`tokens`: at {given:,.0f} tokens, looking back still costs "
        f"{'less' if less else 'more'} than the matrices. Try a "
        f"{'longer' if less else 'shorter'} text."
        if given >= 1
        else "`tokens`: a text has one token or more."
    )


EXERCISES = (
    Exercise(
        "07.1",
        "07.cheaper",
        aim="Ask a hard question that costs less than an easy one",
        task=(
            "Write a question that is too hard for your head, and for which Fjord "
            "computes less than for the easy one at the top. Try it up there first. "
            "Then type it here."
        ),
        answers={"question": Box("Your question", "What is 738 x 694?")},
        examine=_examine_cheaper,
        hints=[
            "What makes the needle move? Take away as much of it as you can.",
            "A sum of two large numbers is short, and hard enough.",
        ],
    ),
    Exercise(
        "07.2",
        "07.same",
        aim="Compare the work of a short answer and of a long one",
        task=(
            f"A model answers a question at once, in {_SHORT} tokens. Asked to write "
            f"the steps too, it answers in {_LONG}. Leave out what a longer text "
            "costs: how many times the computation does the long answer get?"
        ),
        answers={"times": Number("So many times", f"{_LONG // _SHORT}")},
        examine=_examine_times,
        hints=[
            "If each token costs the same, only their number counts.",
            f"Divide {_LONG} by {_SHORT}.",
        ],
    ),
    Exercise(
        "07.3",
        "07.crossing",
        aim="Find where looking back costs as much as all else",
        task=(
            "In a long text, looking back costs Llama 3 405B more than its matrices. "
            "From which length on? Find the `tokens` of a text at which both cost the "
            "same. `budget.operations_by_shape(ll.LLAMA3_405B, 100)` counts them for a "
            "text of 100 tokens: its `.matrices`, and for looking back its "
            "`.attention`."
        ),
        answers=["tokens"],
        examine=_examine_crossing,
        hints=[
            "Call it with 1 token, and look at both numbers.",
            "`attention` grows evenly: twice the tokens, twice the operations.",
            "Divide `matrices` by the `attention` of 1 token.",
        ],
        code="""\
import llm_lessons as ll
from llm_lessons.lessons.per_token_compute import budget

one = budget.operations_by_shape(ll.LLAMA3_405B, 1)
tokens = one.matrices / one.attention
""",
    ),
)
