"""The rules of the slider: where each phone would put it."""

from collections import Counter
from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment, Step
from llm_lessons_room.parts.tally import Tally, Told
from llm_lessons_room.parts.values import Bad

GRAIN = 0.05  # of a temperature
HOTTEST = 2.0


class Temperature(Tally):
    """Where each phone would put the slider."""

    MOMENTS = ONCE

    def __init__(self, step: Step):
        super().__init__(step)
        self._counts: Counter[float] = Counter()

    def checked(self, value: Any) -> float:
        """A temperature, rounded to GRAIN."""
        if type(value) not in (int, float) or not 0 <= value <= HOTTEST:
            raise Bad("That is no such temperature.")
        return round(round(value / GRAIN) * GRAIN, 2)

    def checked_paper(self, number: int, value: Any) -> list[float]:
        if not isinstance(value, list) or len(value) > 1000:
            raise Bad("Those are no temperatures.")
        return [self.checked(one) for one in value]

    def on_paper(self, value: Any) -> int:
        return len(value)

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        self._counts[value] += by

    def _told(self, moment: Moment) -> Told:
        all_of_them = self._counts + Counter(self.typed.get(1, ()))
        found = [one for one, n in sorted(all_of_them.items()) for _ in range(n)]
        low, median, high = (quantile(found, q) for q in (0.25, 0.5, 0.75))
        return {"median": median, "low": low, "high": high, "values": found}


def quantile(ordered: list[float], q: float) -> float | None:
    """The value below which a share `q` lies, on a line between two neighbours."""
    if not ordered:
        return None
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (place - low) * (ordered[high] - ordered[low]), 4)


KINDS = {"temperature": Temperature}
