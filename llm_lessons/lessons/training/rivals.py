"""What the class model costs on unseen texts, and what counting pairs does.

Neither changes from one learner to the next, so both are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons import fjordby
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.training import fit
from llm_lessons.measuring import kept
from llm_lessons.measuring.intervals import Number
from llm_lessons.measuring.kept import Experiment, NotKept

WINDOW = 128  # tokens of a text that are read


@dataclass(frozen=True)
class Rivals:
    """Mean surprise at unseen texts, in bits a token.

    Attributes:
        pairs: of somebody who counted which token follows which in Fjordby.
        model: of the class model.
    """

    pairs: Number
    model: Number


def unseen(texts: int = fit.TEXTS) -> tuple[str, ...]:
    """Texts that no model has read; pages of notes, of lesson 9, are left out."""
    return fjordby.unseen(texts, notes=False)


def of_texts(lm: LanguageModel, texts: Sequence[str], window: int) -> Rivals:
    """Measure both on texts, each as far as a window reaches."""
    ids = fit.beginnings(lm, texts, window)
    return Rivals(
        fit.mean(fit.pair_surprise(lm, ids), ids),
        fit.mean(fit.surprise(lm.params, ids, lm.config), ids),
    )


def measure(lm: LanguageModel, texts: int) -> Rivals:
    """Measure both on so many texts that none has read."""
    return of_texts(lm, unseen(texts), WINDOW)


RIVALS = Experiment("05_rivals", measure, fit.TEXTS)


def known(lm: LanguageModel) -> Rivals:
    """The kept result where there is one; else it is measured."""
    try:
        return kept.find(RIVALS, [lm]).result
    except NotKept:
        return of_texts(lm, unseen(), WINDOW)
