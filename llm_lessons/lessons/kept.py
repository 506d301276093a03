"""Every experiment whose large result is kept in `data/measured`."""

from llm_lessons.lessons.lossy_zip import (
    compression,
    famous,
    remix,
    shape_and_detail,
    twins,
)
from llm_lessons.lessons.per_token_compute import changes
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.training import news, rivals
from llm_lessons.measuring.kept import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (
    trade_off.TRADE_OFF,
    real_heat.HEATS,
    rivals.RIVALS,
    news.NEWS,
    shape_and_detail.RECALL,
    twins.TWINS,
    remix.REMIX,
    compression.ZIP,
    famous.FAMOUS_TEXTS,
    changes.BOTH_WAYS,
)
