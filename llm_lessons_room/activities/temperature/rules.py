"""The rules of the slider: where each phone would put it."""

from statistics import quantiles
from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import BadAnswer

GRAIN = 0.05  # of a temperature
HOTTEST = 2.0


class Temperature(Tally):
    MOMENTS = ONCE

    def validate(self, value: Any) -> float:
        if type(value) not in (int, float) or not 0 <= value <= HOTTEST:
            raise BadAnswer("That is no such temperature.")
        return round(round(value / GRAIN) * GRAIN, 2)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        temperatures = sorted(self.answers_in(1).values())
        low = median = high = None
        if temperatures:
            cuts = quantiles(
                temperatures * 2 if len(temperatures) < 2 else temperatures,
                method="inclusive",
            )
            low, median, high = (round(quartile, 4) for quartile in cuts)
        return {"median": median, "low": low, "high": high, "values": temperatures}


KINDS = {"temperature": Temperature}
