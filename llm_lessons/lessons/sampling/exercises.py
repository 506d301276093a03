"""Exercises of the lesson on sampling."""

from itertools import islice
from typing import Any

import numpy as np

from llm_lessons.exercises.answers import Wrong, as_letter, as_number, call
from llm_lessons.exercises.checker import Exercise
from llm_lessons.lessons.sampling.loops import (
    START,
    TOKENS,
    right,
    seeds,
    usual_mistakes,
)

_PACKAGED = {"generate", "batch", "stream"}
_CHANCES = (0.5, 0.4, 0.9)
_EACH, _LENGTH = 0.9, 50
_ASKED = 3


def _examine_write(write: Any) -> str:
    names = getattr(getattr(write, "__code__", None), "co_names", ())
    if borrowed := _PACKAGED.intersection(names):
        raise Wrong(f"`{borrowed.pop()}` is the packaged loop; write one of your own.")
    for seed in islice(seeds(), 2):
        given = call(write, "write", START, TOKENS, seed)
        if not isinstance(given, str):
            raise Wrong("`write` should return a text, with the new tokens at its end.")
        _compare_texts(given, seed)
    return (
        "Token for token what `lm.generate` writes for the same seed. This loop is all "
        "there is to generation; the packaged one only saves arithmetic, and stops "
        "where the text ends."
    )


def _compare_texts(given: str, seed: int) -> None:
    """Raise what most likely went wrong, if this is not the right text."""
    expected = right(seed)
    if given == expected:
        return
    if START + given == expected:
        raise Wrong("Give back the whole text, not only what is new.")
    if given == START:
        raise Wrong("The text comes back as it was: add each new token to it.")
    if expected.startswith(given) or given.startswith(expected):
        raise Wrong(
            f"It begins right, but it is not {TOKENS} tokens long. How often does your "
            "loop go round?"
        )
    for text, sentence in usual_mistakes(seed):
        if given == text:
            raise Wrong(sentence)
    raise Wrong(
        f"For {TOKENS} tokens with seed {seed} it should read “{expected}”; yours "
        f"reads “{given[:200]}”."
    )


def _examine_product(whole: Any, fifty: Any) -> str:
    three = as_number(whole, "whole")
    text = as_number(fifty, "fifty")
    product = float(np.prod(_CHANCES))
    for value, name in ((three, "whole"), (text, "fifty")):
        if not 0 < value < 1:
            raise Wrong(
                f"A chance lies between 0 and 1; `{name}` is {value:g}. Chances in a "
                "row are multiplied, not added."
            )
    if np.isclose(three, np.mean(_CHANCES)):
        raise Wrong(
            "`whole`: that is the mean of the three. But all three flips have to fall "
            "just so, and each makes it rarer: multiply."
        )
    if np.isclose(three, min(_CHANCES)):
        raise Wrong(
            "`whole`: the rarest token sets a limit, but the others have to come, too."
        )
    if not np.isclose(three, product, atol=1e-4):
        raise Wrong(
            "`whole`: of 100 runs, 50 draw the first token; 0.4 of these draw the "
            "second as well; and 0.9 of those the third. How many are left?"
        )
    if np.isclose(text, _EACH):
        raise Wrong("`fifty`: 0.9 is the chance of one token. All 50 have to come.")
    if np.isclose(text, 1 - _EACH**_LENGTH):
        raise Wrong("`fifty`: that is the chance of any other text.")
    if not np.isclose(text, _EACH**_LENGTH, rtol=0.05):
        raise Wrong("`fifty`: 0.9 times 0.9 times 0.9 ..., 50 factors in all.")
    return (
        "Every token was a safe bet, and still this text comes only about once in "
        f"{1 / _EACH**_LENGTH:.0f} runs. That is why the same long answer "
        "seldom comes twice."
    )


def _examine_again(why: Any, agree: Any) -> str:
    reason = as_letter(why, "why", "ABC")
    chance = as_number(agree, "agree")
    if reason == "A":
        raise Wrong(
            "`why`: a new chat has the same words in it as the first one had. Where "
            "would the model keep the thought that it was wrong?"
        )
    if reason == "C":
        raise Wrong(
            "`why`: the knobs are frozen. Nothing that the model writes makes it "
            "practise."
        )
    if not 0 <= chance <= 1:
        raise Wrong(f"A chance lies between 0 and 1; `agree` is {chance:g}.")
    if np.isclose(chance, _EACH):
        raise Wrong("`agree`: 0.9 is the chance of one answer. All three must agree.")
    if np.isclose(chance, 1 - _EACH**_ASKED):
        raise Wrong("`agree`: that is the chance that they do not all give it.")
    if not np.isclose(chance, _EACH**_ASKED, atol=0.002):
        raise Wrong("`agree`: three flips, and each falls on that answer with 0.9.")
    return (
        f"In {100 * _EACH**_ASKED:.0f} of 100 cases you hear the same wrong answer "
        "three times. Asking again shows where the odds lie, not whether they are "
        "right. To check an answer, look it up somewhere else."
    )


EXERCISES = (
    Exercise(
        "03.1",
        "03.loop",
        aim="Write the loop that writes a text",
        task=(
            "Write the loop. `write(text, count, seed)` adds `count` tokens to the "
            "text, one flip each, and returns the longer text. Use `softmax` and "
            "`flip` from above, and `ll.sampling.coin_at(seed, place)` for the coin, "
            "where `place` is `len(lm.encode(text))`. For the same seed it should "
            "write what `lm.generate` writes."
        ),
        answers=["write"],
        examine=_examine_write,
        hints=[
            "Each round does four things: probabilities, coin, flip, append. You have "
            "seen all four in one cell above.",
            "`for _ in range(count):` goes round; inside, everything starts from "
            "`lm.logits(text)`, with the text as it is by then.",
            "`text += lm.tokenizer.decode([token])` appends; `return text` comes "
            "behind the loop.",
        ],
        solution="""\
import numpy as np
import llm_lessons as ll

lm = ll.load("fjord")

def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()

def flip(p, coin):
    return int(np.searchsorted(np.cumsum(p), coin))

def write(text, count, seed):
    for _ in range(count):
        p = softmax(lm.logits(text))
        coin = ll.sampling.coin_at(seed, len(lm.encode(text)))
        text += lm.tokenizer.decode([flip(p, coin)])
    return text
""",
    ),
    Exercise(
        "03.2",
        "03.product",
        aim="Work out the chance of a whole text",
        task=(
            "Two chances:\n"
            "- `whole`: a run draws three tokens, with the chances 0.5, 0.4 and 0.9. "
            "What is the chance that a run begins with just these three?\n"
            "- `fifty`: what is the chance of one particular text of 50 tokens, if "
            "each of them has a chance of 0.9 at its place?"
        ),
        answers=["whole", "fifty"],
        examine=_examine_product,
        hints=[
            "Go down the tree: of all runs, half take the first branch. How many of "
            "these take the second one, too?",
            "Chances in a row are multiplied. For the same factor 50 times there is "
            "`**`.",
        ],
        solution="""\
whole = 0.5 * 0.4 * 0.9
fifty = 0.9**50
""",
    ),
    Exercise(
        "03.3",
        "03.again",
        aim="Tell a new coin from a new thought",
        task=(
            "You ask in which year a bridge was built. A chatbot says 1912, and in a "
            "new chat 1921.\n"
            '- `why`: "A" (it has found its mistake), "B" (the coin fell differently, '
            'on the same odds) or "C" (it has practised since).\n'
            "- `agree`: a model gives one wrong answer with a chance of 0.9. How "
            "likely is it that three new chats all give it?"
        ),
        answers=["why", "agree"],
        examine=_examine_again,
        hints=[
            "A new chat begins with the same text. What else goes into the machine?",
            "Three chats are three flips. Chances in a row are multiplied.",
        ],
        solution="""\
why = "B"
agree = 0.9**3
""",
    ),
)
