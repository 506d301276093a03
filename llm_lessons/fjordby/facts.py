"""What Fjordby says about a person: four kinds of fact, in several wordings each.

Biographies (`people`) and open-book pages (`notes`) share these wordings, so that an
experiment can ask the same question of the weights and of the context. In every wording
the name stands before the value: who has read the sentence can be asked by name.
"""

from dataclasses import dataclass

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.foundation.checks import checked, shown

_STEM_SHARE = 0.3  # of all statements; the tests' own wording must be a common one


@dataclass(frozen=True)
class Kind:
    """One kind of fact."""

    values: tuple[str, ...]  # what can be true of a person; 50 values, so chance is 2 %
    # wordings with {name} and {value}; the first one is the stem
    statements: tuple[str, ...]
    question: str  # the one question, with {name}, that pages and notes ask


def _kind(name: str, values: tuple[str, ...]) -> Kind:
    title = f"{name}: questions and statements"
    question, *statements = blocks("sentences.txt")[title]
    return Kind(values, tuple(statements), question)


KINDS = {
    "town": _kind("town", words.TOWNS),
    "job": _kind("job", words.JOBS),
    "food": _kind("food", words.FOODS),
    "pet": _kind("pet", words.PETS),
}


def _known(kind: str) -> Kind:
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}; it was {shown(kind)}.")
    return KINDS[kind]


@checked()
def stem(kind: str, name: str) -> str:
    """Returns the beginning of the commonest statement, up to the value.

    The corpus goes on with a space and the value: `stem("town", "Ida Solberg")` is
    "Ida Solberg lives in".
    """
    return _known(kind).statements[0].split(" {value}")[0].format(name=name)


@checked()
def question(kind: str, name: str) -> str:
    """Returns the question as the corpus asks it, ready for the answer.

    `question("town", "Ida Solberg")` is "Question: Where does Ida Solberg live?", a
    line break and "Answer:". The corpus goes on with a space, the value, a full stop.
    """
    return f"Question: {_known(kind).question.format(name=name)}\nAnswer:"


def wording(kind: str, dice: Dice) -> str:
    """Returns one statement with its gaps {name} and {value}, the stem most often."""
    statements = KINDS[kind].statements
    return statements[0] if dice.chance(_STEM_SHARE) else dice.pick(statements[1:])


def statement(kind: str, name: str, value: str, dice: Dice) -> str:
    """Returns a sentence that states the fact, in a wording drawn by the dice."""
    return wording(kind, dice).format(name=name, value=value)
