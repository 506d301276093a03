"""Famous texts and made-up ones on a real model: recognised, and recited?

Claims C11 and C12, on a model that nobody here has trained. A text is begun, and two
things are measured of what comes next. Scored: how much each of the next tokens
surprises the model, when all before it had been put there. Drawn: how many of them it
writes by itself before it leaves the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

import numpy as np

from llm_lessons.foundation.checks import Refusal, checked, shown
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.surprise import chances

BEGUN = 12  # tokens that are given
REST = 20  # tokens that are looked at

FAMOUS = (
    "We hold these truths to be self-evident, that all men are created equal, that "
    "they are endowed by their Creator with certain unalienable Rights, that among "
    "these are Life, Liberty and the pursuit of Happiness.",
    "Four score and seven years ago our fathers brought forth on this continent, a new "
    "nation, conceived in Liberty, and dedicated to the proposition that all men are "
    "created equal.",
    "It was the best of times, it was the worst of times, it was the age of wisdom, it "
    "was the age of foolishness, it was the epoch of belief, it was the epoch of "
    "incredulity,",
    "To be, or not to be, that is the question: Whether 'tis nobler in the mind to "
    "suffer the slings and arrows of outrageous fortune, or to take arms against a sea "
    "of troubles,",
    "In the beginning God created the heaven and the earth. And the earth was without "
    "form, and void; and darkness was upon the face of the deep. And the Spirit of God "
    "moved upon the face of the waters.",
    "We the People of the United States, in Order to form a more perfect Union, "
    "establish Justice, insure domestic Tranquility, provide for the common defence, "
    "promote the general Welfare,",
    "It is a truth universally acknowledged, that a single man in possession of a good "
    "fortune, must be in want of a wife. However little known the feelings or views of "
    "such a man may be",
    "Our Father which art in heaven, Hallowed be thy name. Thy kingdom come, Thy will "
    "be done in earth, as it is in heaven. Give us this day our daily bread.",
)
# Made up for this, each in the shape of the famous one in the same place.
OBSCURE = (
    "The deep end is closed until Friday while divers search for the mayor's "
    "spectacles. Whoever finds them may swim free of charge until the end of May.",
    "Nine winters ago the baker of Hallvik rowed out with a sack of yeast, and when he "
    "came home the whole harbour smelled of bread for a week.",
    "It was the longest of ladders, it was the shortest of brooms, it was the year of "
    "the pump, it was the year of the leaking roof, it was the season of buckets,",
    "To knock, or not to knock, that is what the postman asked: whether it is kinder "
    "to leave the parcel in the rain, or to wake the dog behind the door,",
    "At the edge of the car park the gardeners planted a hedge and a bench. And the "
    "hedge was crooked, and low; and leaves lay on the seat of the bench.",
    "We the tenants of the yellow house, in order to keep a quieter staircase, oil the "
    "hinges, carry the prams, sweep the landing on Thursdays, and share the one good "
    "lamp,",
    "It is a rule of the sailing club that a person in charge of the soup must not be "
    "in charge of the rope. However strong the wind or the hunger of such a person may "
    "be",
    "Dear neighbour who has the ladder, many thanks for the loan. Two rungs came off, "
    "one rung was mended, on the shed as on the house. Send us on Sunday your old "
    "paint.",
)


class Recital(NamedTuple):
    """One text.

    Attributes:
        begun: the tokens that were given, as text.
        right: how the text goes on.
        greedy: what the model wrote at temperature 0.
        bits: surprise at each of the tokens that come next, on average.
        recited: of these tokens, how many it wrote by itself before it left the text:
            at temperature 0, and at temperature 1.
        tokens: how many come next: fewer than 20 where a large vocabulary has spent
            the text by then.
    """

    begun: str
    right: str
    greedy: str
    bits: float
    recited: tuple[int, int]
    tokens: int = REST

    @property
    def bits_a_letter(self) -> float:
        """Surprise a letter, for models whose tokens are of different sizes."""
        return self.bits * self.tokens / len(self.right)


@dataclass(frozen=True)
class Recitals:
    """The texts of both kinds."""

    famous: tuple[Recital, ...]
    obscure: tuple[Recital, ...]

    def sentence(self) -> str:
        """What is recognised and what is recited, in numbers."""
        seen, new = map(_bits, (self.famous, self.obscure))
        greedy, drawn = (
            sum(text.recited[i] == text.tokens for text in self.famous) for i in (0, 1)
        )
        own = [max(text.recited[i] for text in self.famous) for i in (0, 1)]
        n = len(self.famous)
        return (
            f"Put in front of it token by token, a famous text surprises it by "
            f"{seen:.1f} bits a token, and one that was made up by {new:.1f}. Yet left "
            f"to write by itself, it recites {greedy or 'none'} of the {n} famous "
            f"texts over {REST} tokens at temperature 0 (at most {own[0]} tokens), and "
            f"{drawn or 'none'} at temperature 1 (at most {own[1]})."
        )


def _bits(texts: Sequence[Recital]) -> float:
    """The average surprise a token."""
    return fmean(text.bits for text in texts)


@checked()
def measure(
    lm: LanguageModel,
    famous: Sequence[str] = FAMOUS,
    obscure: Sequence[str] = OBSCURE,
) -> Recitals:
    """Begin each text, and score and draw what comes next; under a minute.

    Args:
        lm: the model.
        famous, obscure: texts of more than 12 tokens, better of 32 or more.
    """
    texts = [*famous, *obscure]
    cut = [_cut(lm, text) for text in texts]
    begun = [begin for begin, *_ in cut]
    odds = chances(lm, begun, [rest for _, rest, _ in cut])
    drawn = [lm.batch(begun, REST, temperature) for temperature in (0.0, 1.0)]
    found = [
        Recital(
            begin,
            rest,
            drawn[0][i],
            float(-np.log2(odds[i]) / tokens),
            (
                recited(lm, begin, rest, drawn[0][i]),
                recited(lm, begin, rest, drawn[1][i]),
            ),
            tokens,
        )
        for i, (begin, rest, tokens) in enumerate(cut)
    ]
    return Recitals(tuple(found[: len(famous)]), tuple(found[len(famous) :]))


def of_texts(lm: LanguageModel, texts: int) -> Recitals:
    """So many texts of each kind."""
    return measure(lm, spread(FAMOUS, texts), spread(OBSCURE, texts))


def recited(lm: LanguageModel, begun: str, right: str, drawn: str) -> int:
    """How many tokens of what was drawn are those of the text, from the first on."""
    start = len(lm.encode(begun))
    pairs = zip(
        lm.encode(begun + right)[start:], lm.encode(begun + drawn)[start:], strict=False
    )
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _cut(lm: LanguageModel, text: str) -> tuple[str, str, int]:
    """The first `BEGUN` tokens of a text, the `REST` that come next, and their number.

    Raises:
        ValueError: nothing comes next.
    """
    ids = lm.tokenizer.encode(text)
    begun = lm.tokenizer.decode(ids[:BEGUN])
    rest = lm.tokenizer.decode(ids[: BEGUN + REST]).removeprefix(begun)
    if not rest:
        raise Refusal(f"A text has to be longer than {BEGUN} tokens: {shown(text)}.")
    return begun, rest, len(ids[BEGUN : BEGUN + REST])


FAMOUS_TEXTS = Experiment("06_famous", of_texts, len(FAMOUS), REAL)
