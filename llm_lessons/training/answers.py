"""Answers that are learned from: judged one by one, and packed for the gradient."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import (
    Refusal,
    WrongKind,
    number,
    one_of,
    several,
    shown,
)
from llm_lessons.foundation.waiting import Stopped, called_stoppably

# How the corpus begins an answer, and what that form is called.
FORMS = {
    "Answer at once:": "at once",
    "Answer after dots:": "after dots",
    "Step by step:": "step by step",
}
LARGEST = 1e100  # of a reward: farther apart than these, a float can't hold it
EXAMPLES = 3
ALIKE = (
    "All rewards within each group were the same: with no answer better than another, "
    "this step changed nothing."
)
# A gradient reads so many rows of so many places at a time, compiled once; where a text
# is longer, the rows are whole times as long.
ROWS, WIDTH = 4, 256


class Answer(NamedTuple):
    """What the model wrote behind a problem, and the reward for it."""

    problem: Problem | str
    text: str
    reward: float

    @property
    def form(self) -> str:
        """One of FORMS, by how it begins; else "otherwise"."""
        found = (name for begin, name in FORMS.items() if self.text.startswith(begin))
        return next(found, "otherwise")


class Step(NamedTuple):
    """What happened in a step.

    Attributes:
        number: of the step, from 1.
        answers: by the weights before it, group by group.
        seconds: that it took.
        learned: whether rewards differed within a group, so that the weights changed.
    """

    number: int
    answers: Sequence[Answer]
    seconds: float
    learned: bool

    @property
    def note(self) -> str:
        """A sentence where nothing was learned, else nothing."""
        return "" if self.learned else ALIKE

    @property
    def reward(self) -> float:
        """The mean of all rewards."""
        return sum(answer.reward for answer in self.answers) / len(self.answers)

    @property
    def forms(self) -> dict[str, float]:
        """For each of FORMS, and for "otherwise", its share of the answers."""
        forms = [answer.form for answer in self.answers]
        names = (*FORMS.values(), "otherwise")
        return {name: forms.count(name) / len(forms) for name in names}

    @property
    def examples(self) -> Sequence[Answer]:
        """Three of the answers, each from another group where there are so many."""
        apart = max(1, len(self.answers) // EXAMPLES)
        return self.answers[::apart][:EXAMPLES]


class Text(NamedTuple):
    """Tokens that are learned from; the first `given` are the prompt, never learned."""

    tokens: list[int]
    given: int

    @property
    def drawn(self) -> list[int]:
        """The tokens behind the prompt, with the stop if one was drawn."""
        return self.tokens[self.given :]


class Rows(NamedTuple):
    """Texts side by side. Where none stands, everything is 0.

    Attributes:
        read: tokens, int32.
        starts: where each token's text begins in its row, int32.
        drawn: the token that follows each, int32.
        weight: how much that token counts, float32; 0 within a prompt.
    """

    read: Int[Array, "rows width"]
    starts: Int[Array, "rows width"]
    drawn: Int[Array, "rows width"]
    weight: Float[Array, "rows width"]


class Prompt(NamedTuple):
    """Tokens that are gone on with, and how many an answer may have."""

    tokens: list[int]
    limit: int


def prompts_of(
    problems: Sequence[Problem | str],
    encode: Callable[[str], list[int]],
    window: int,
    longest: int,
) -> list[Prompt]:
    """What the model goes on with: a text itself, or a question and a line break.

    Args:
        encode: gives the tokens of a text.
        window: most tokens of a prompt and an answer together.
        longest: most tokens of an answer.

    Raises:
        ValueError: there are none, one is something else, or one leaves no room.
    """

    def prompt(name: str, problem: Any) -> Prompt:
        problem = one_of(
            name, problem, (Problem, str), "a problem, or a text to go on with"
        )
        tokens = encode(
            problem if isinstance(problem, str) else f"{problem.question}\n"
        )
        if len(tokens) >= window:
            raise Refusal(
                f"{name} fills the model's window: there is no room to answer."
            )
        return Prompt(tokens, min(longest, window - len(tokens)))

    found = several("problems", problems, prompt, "a list of problems or texts")
    if not found:
        raise Refusal("problems has nothing in it: give at least one problem or text.")
    return found


def judged(reward: Any, problem: Problem | str, text: str) -> Answer:
    """Ask a reward function for the reward of an answer.

    Args:
        reward: a function of the text, or of the problem and the text.

    Raises:
        ValueError: it failed, or what it gave is no number that can be learned from.
        Stopped: somebody has stopped it, as where it never ends.
    """
    if not callable(reward):
        raise WrongKind(f"reward must be a function of a text; it was {shown(reward)}.")
    asked = (problem, text) if _asks_for_two(reward) else (text,)
    try:
        found = called_stoppably(reward, *asked)
    except Stopped:
        raise
    except (Exception, SystemExit) as error:
        raise Refusal(
            f"The reward function failed at the answer {shown(text)}, so nothing was "
            f"learned in this round ({type(error).__name__}: {shown(str(error))})."
        ) from error
    if isinstance(found, bool | np.bool_):
        found = float(found)
    wanted = "a number, such as 1 or 0.5"
    name = f"What the reward function gives for {shown(text)}"
    given = number(name, found, lambda value: abs(value) <= LARGEST, wanted)
    return Answer(problem, text, given)


def _asks_for_two(function: Callable[..., Any]) -> bool:
    """Whether a function needs more than one value; `*more` and `**more` need none."""
    try:
        asked = inspect.signature(function).parameters.values()
    except ValueError:  # some that are Python's own don't tell
        return False
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return (
        sum(
            parameter.kind in kinds and parameter.default is parameter.empty
            for parameter in asked
        )
        > 1
    )


def packed(texts: Sequence[Text], weights: Sequence[float]) -> list[Rows]:
    """Put texts side by side, the longest first, each into the first row with room.

    A text's last token is only predicted, so it takes one place less than it has
    tokens. One that weighs nothing is left out: it would change no gradient.

    Args:
        weights: of each text: what every token drawn in it counts.

    Returns:
        Batches of ROWS rows, the last one filled up with empty ones.
    """
    pairs = [pair for pair in zip(texts, weights, strict=True) if pair[1]]
    pairs.sort(key=lambda pair: -len(pair[0].tokens))
    longest = max((len(text.tokens) - 1 for text, _ in pairs), default=0)
    width = -(-longest // WIDTH) * WIDTH
    count = -(-len(pairs) // ROWS) * ROWS  # as if no two shared a row
    used = np.zeros(count, int)
    read, starts, drawn = np.zeros((3, count, width), np.int32)
    weight = np.zeros((count, width), np.float32)
    for text, own in pairs:
        size = len(text.tokens) - 1
        row = int(np.argmax(used + size <= width))
        begin, end = used[row], used[row] + size
        read[row, begin:end], drawn[row, begin:end] = text.tokens[:-1], text.tokens[1:]
        starts[row, begin:end] = begin
        weight[row, begin + text.given - 1 : end] = own
        used[row] = end
    whole = (read, starts, drawn, weight)
    return [
        Rows(*(jnp.asarray(array[i : i + ROWS]) for array in whole))
        for i in range(0, np.count_nonzero(used), ROWS)
    ]
