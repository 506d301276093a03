"""The rules of the slider: where each phone would put it."""

from statistics import quantiles
from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import Bad

GRAIN = 0.05  # of a temperature
HOTTEST = 2.0


class Temperature(Tally):
    """Where each phone would put the slider."""

    MOMENTS = ONCE

    def checked(self, value: Any) -> float:
        """A temperature, rounded to GRAIN."""
        if type(value) not in (int, float) or not 0 <= value <= HOTTEST:
            raise Bad("That is no such temperature.")
        return round(round(value / GRAIN) * GRAIN, 2)

    def _payload(self, moment: Moment, slot: int) -> Payload:
        found = sorted(self.of(1).values())
        low = median = high = None
        if found:
            of = quantiles(found * 2 if len(found) < 2 else found, method="inclusive")
            low, median, high = (round(one, 4) for one in of)
        return {"median": median, "low": low, "high": high, "values": found}


KINDS = {"temperature": Temperature}
