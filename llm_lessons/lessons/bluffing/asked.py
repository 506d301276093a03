"""Questions by how often their answer was read, and how sure the model is of its own.

Claim B4: what was read rarely is answered as fluently as what is known; inside, the
odds tell the two apart. Asked is on a question page, which goes on with an answer. How
sure the model is: the chance that it gives to the first token of its answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from llm_lessons.fjordby import KINDS, Fact
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it.base_and_assistant import refuses
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.lessons.sampling.runs import odds_along
from llm_lessons.measuring.intervals import Number, bootstrap
from llm_lessons.measuring.replies import LONGEST_VALUE

PEOPLE = 40  # for each number of readings; each is asked about four facts
HEDGES = ("don't know", "not sure", "perhaps", "maybe", "i think", "probably")


class Said(NamedTuple):
    """An answer.

    Attributes:
        fact: that was asked for.
        text: the answer, without the space before it and the full stop behind it.
        sure: the chance of its first token, when the question had been read.
    """

    fact: Fact
    text: str
    sure: float

    @property
    def right(self) -> bool:
        """Whether it is what the pages say; nothing is that no page says."""
        return self.fact.readings > 0 and self.text == self.fact.value

    @property
    def silent(self) -> bool:
        """Whether it says that it doesn't know."""
        return refuses(self.text)

    @property
    def wrong(self) -> bool:
        """Whether it names something that is not true."""
        return not self.right and not self.silent

    @property
    def fits(self) -> bool:
        """Whether it is of the kind that was asked for: a town for a town."""
        return self.text in KINDS[self.fact.kind].values

    @property
    def hedged(self) -> bool:
        """Whether any of its words says that it may be wrong."""
        return any(hedge in self.text.lower() for hedge in HEDGES)


def questions(people: int = PEOPLE) -> list[Fact]:
    """Every kind of fact about so many people for each number of readings."""
    return recall.of_people(people, tuple(KINDS))


def sentence_of(text: str) -> str:
    """The first sentence of what was written, bare."""
    return text.split("\n")[0].partition(".")[0].strip()


def answered(lm: LanguageModel, facts: Sequence[Fact]) -> list[Said]:
    """The likeliest answer to each question, on a page of its own."""
    prompts = recall.prompts(facts, ask=True)
    texts = lm.batch(prompts, LONGEST_VALUE, temperature=0, stop="\n")
    odds = odds_along(lm, [lm.encode(prompt) for prompt in prompts])
    return [
        Said(fact, sentence_of(text), float(row[-1].max()))
        for fact, text, row in zip(facts, texts, odds, strict=True)
    ]


def outcome(one: Said, least: float) -> str:
    """What becomes of an answer that is said only from this sureness on."""
    if one.silent or one.sure < least:
        return "silent"
    return "right" if one.right else "wrong"


@dataclass(frozen=True)
class Sign:
    """How well a sign parts right answers from others.

    Of a right and another answer, drawn by chance, the share of pairs in which the
    right one has more of the sign (AUC; where both have as much, half a pair): 0.5 is
    no better than a coin, 1 never errs.

    Attributes:
        all_: over all answers.
        alike: only of pairs of answers that were read equally often.
    """

    all_: Number
    alike: Number


def sign(said: Sequence[Said], signs: Sequence[float]) -> Sign:
    """How well this sign of each answer parts right from others; by person."""
    people = defaultdict[tuple[int, str], list[int]](list)
    for i, one in enumerate(said):
        people[one.fact.readings, one.fact.person].append(i)
    groups = [np.array(each) for each in people.values()]
    right = np.array([one.right for one in said])
    readings = np.array([one.fact.readings for one in said])
    values = np.array(signs, float)

    def over(alike: bool) -> Number:
        def drawn(chosen: np.ndarray) -> float:
            rows = np.concatenate([groups[i] for i in chosen])
            strata = readings[rows] if alike else np.zeros(len(rows), int)
            return _auc(right[rows], values[rows], strata)

        return bootstrap(drawn, len(groups), "", DRAWS)

    return Sign(over(False), over(True))


DRAWS = 200  # of people, for an interval


def _auc(right: np.ndarray, values: np.ndarray, strata: np.ndarray) -> float:
    """Of pairs within a stratum, in how many the right answer has the higher value."""
    won = pairs = 0.0
    for stratum in np.unique(strata):
        own = strata == stratum
        good, bad = np.sort(values[own & right]), values[own & ~right]
        below = np.searchsorted(good, bad, "left")
        upto = np.searchsorted(good, bad, "right")
        won += float((2 * len(good) - below - upto).sum()) / 2
        pairs += len(good) * len(bad)
    return won / pairs if pairs else 0.5
