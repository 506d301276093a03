"""Every experiment whose large result is kept in `data/measured`."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import partial
from io import StringIO

from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.build_it import base_and_assistant, orders
from llm_lessons.lessons.chain_of_thought import dots, steering
from llm_lessons.lessons.columns import done
from llm_lessons.lessons.lossy_zip import famous, remix, shape_and_detail
from llm_lessons.lessons.per_token_compute import at_once, changes, estimates
from llm_lessons.lessons.reward import learned, others, sometimes
from llm_lessons.lessons.sampling import closed, commitment
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.training import news, rivals
from llm_lessons.lessons.working_memory import (
    forms,
    how_often_read,
    pasting,
)
from llm_lessons.measuring import kept
from llm_lessons.measuring.kept import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    closed.PARTING,
    commitment.ENDS,
    trade_off.TRADE_OFF,
    real_heat.HEATS,
    rivals.RIVALS,
    news.NEWS,
    shape_and_detail.RECALL,
    remix.REMIX,
    famous.FAMOUS_TEXTS,
    at_once.AT_ONCE,
    estimates.HOW_FAR_OFF,
    changes.BOTH_WAYS,
    dots.THREE_WAYS,
    steering.STEERED,
    forms.HABITS,
    how_often_read.BY_READINGS,
    pasting.PASTED,
    base_and_assistant.TWO_FORMS,
    orders.TOOL,
    learned.REWARDED,
    others.OTHER_REWARDS,
    sometimes.SOMETIMES_RIGHT,
)
NAMES = tuple(one.name for one in EXPERIMENTS)


def keep(names: Sequence[str] = NAMES, processes: int | None = None) -> list[str]:
    """Measure these anew and write their files, side by side.

    Returns:
        A line for each: how long it took, or why it was left out.
    """
    chosen = [one for one in EXPERIMENTS if one.name in names]
    ordered = sorted(chosen, key=kept.taken, reverse=True)
    jobs = [partial(_keep, one.name) for one in ordered]
    return [*done(jobs, "measuring what is kept", processes)]


def _keep(name: str) -> str:
    """One experiment, on all of its models: they share a file."""
    one = EXPERIMENTS[NAMES.index(name)]
    taken = 0.0
    for group in one.models:
        try:
            with redirect_stdout(StringIO()):  # the experiments' own bars
                models = [load(model) for model in group]
                taken += kept.measure_and_keep(one, models).seconds
        except NotInstalled as missing:
            return f"{name} is left as it was. {missing}"
    return f"{name}: {taken:.0f} s"
