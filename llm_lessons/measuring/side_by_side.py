"""The same counts on several models: Fjord, SmolLM2, and one that a learner has.

What is counted comes in small parts, so that one sees how long the rest will take, and
so that whoever stops it keeps what was counted by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.on_disk.listing import OURS
from llm_lessons.measuring.beside import Beside
from llm_lessons.measuring.intervals import Share, pooled

LETTERS = 4  # of a token, about
_SHORT = 20  # letters of a model's name in a figure


class Part(NamedTuple):
    """A few cases of a count.

    Attributes:
        cost: how long it takes beside the other parts; about its tokens.
        count: asks a model, and gives shares by the rows of the figure.
    """

    cost: float
    count: Callable[[LanguageModel], Mapping[str, Share]]


@dataclass(frozen=True)
class Plan:
    """What a lesson counts.

    Attributes:
        rows: of the figure, from the top.
        ours: what the class model is asked, in its own little world.
        theirs: what a model of the real world is asked; it gets the model, since not
            every one can chat.
        compared: the two rows of which the title speaks.
        note: what the class model is asked instead, in a sentence.
    """

    rows: tuple[str, ...]
    ours: tuple[Part, ...]
    theirs: Callable[[LanguageModel], Sequence[Part]]
    compared: tuple[str, str]
    note: str


@checked()
def measure(plan: Plan, models: Sequence[LanguageModel | None]) -> Beside:
    """Count it all on each model; whoever interrupts it keeps what was counted.

    A model that would first write thoughts is asked for none: an answer at once has to
    be one.

    Args:
        models: those that there are; None is passed over, and so is one that comes
            again.

    Raises:
        ValueError: there is no model.
        KeyboardInterrupt: it was stopped before anything was counted.
    """
    there = list({lm.name: lm for lm in models if lm is not None}.values())
    if not there:
        raise Refusal("There is no model to count on: give one, such as Fjord.")
    beside = Beside(plan.rows, plan.compared, {})
    try:
        for i, lm in enumerate(there):
            _count(lm, plan, beside, (i + 1, len(there)))
    except KeyboardInterrupt:
        if not any(beside.models.values()):
            raise
        beside = replace(beside, stopped=True)
    counted = {name: shares for name, shares in beside.models.items() if shares}
    return replace(beside, models=counted)


def _count(
    lm: LanguageModel, plan: Plan, beside: Beside, place: tuple[int, int]
) -> None:
    """All parts on one model; each is there as soon as it is counted.

    Args:
        place: which of how many models it is. Only the bar of the last one says how
            long the rest takes: how fast the others are, nobody knows yet.
    """
    name = short(lm.name)
    if name in beside.models:  # of two makers, say
        name = lm.name
    parts = plan.ours if lm.name in OURS else plan.theirs(lm)
    shares = beside.models.setdefault(name, {})
    asked = _without_thinking(lm)
    if not parts:
        beside.left_out[name] = f"{name} was not asked."
    total, failed = round(sum(part.cost for part in parts)), 0
    number, of = place
    what = f"counting with {name} (model {number} of {of})"
    with Waiting(what, total, in_percent=True, is_all=number == of) as bar:
        for part in parts:
            try:
                for row, new in part.count(asked).items():
                    shares[row] = pooled(shares[row], new) if row in shares else new
            except ValueError as trouble:  # a small window, a template that refuses
                failed += 1
                beside.left_out[name] = (
                    f"With {name}, {failed} of {len(parts)} parts could not be "
                    f"counted. {str(trouble).removesuffix(' Shorten it.')}"
                )
            bar.done(round(part.cost))


def _without_thinking(lm: LanguageModel) -> LanguageModel:
    if lm.template is None or lm.name in OURS:
        return lm
    own = lm.config, lm.params, lm.tokenizer
    return LanguageModel(lm.name, *own, lm.template.without_thinking)


def short(name: str) -> str:
    """A model's name as it fits beside others: what is left of it is its end."""
    ours = {"fjord": "Fjord", "fjord-twin": "its twin", "smollm2": "SmolLM2"}
    if name in ours:
        return ours[name]
    program, colon, rest = name.partition(":")
    known = program in ("ollama", "lmstudio", "llama.cpp") and colon
    last = (rest if known else name).rsplit("/", 1)[-1].removesuffix(".gguf")
    if len(last) <= _SHORT:
        return last
    half = _SHORT // 2
    return f"{last[:half]}…{last[-half + 1 :]}"


def cost(prompts: Sequence[str], longest: int) -> float:
    """About how many tokens are read and written for these prompts."""
    return sum(len(prompt) / LETTERS + longest for prompt in prompts)
