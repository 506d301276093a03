"""The tallies of what a room has drawn, thought of, written and set."""

from collections import Counter
from typing import Any

from llm_lessons_server.room.content import Step
from llm_lessons_server.room.hiding import Hidden
from llm_lessons_server.room.moments import OPEN, Moment
from llm_lessons_server.room.tally import TEXTS, Tally, Told


class _Texts(Tally):
    """One text from each phone, and how often each came."""

    KEY = ""  # of the text in an answer

    def __init__(self, step: Step):
        super().__init__(step)
        self._counts: Counter[str] = Counter()

    def _count(self, slot: int, seat: int, value: Any, by: int) -> None:
        text = value[self.KEY]
        self._counts[text] += by
        if not self._counts[text]:  # a phone may try thousands
            del self._counts[text]

    def _seen(self) -> tuple[dict[str, int], int]:
        paper = self.typed.get(1)
        return self.hidden.out_of(self._counts, self.of(1), self.KEY, paper)


class Coin(_Texts):
    """Tokens that were drawn."""

    KEY = "token"

    def _told(self, moment: Moment) -> Told:
        drawn, hidden = self._seen()
        return {"drawn": drawn, "hidden": hidden}


class NextWord(_Texts):
    """Words that a room would go on with."""

    KEY = "word"
    MOST = 200  # different words that are told

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True, waits=True)

    def _told(self, moment: Moment) -> Told:
        if moment.phase == OPEN:
            return {}
        seen, hidden = self._seen()
        words = sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))
        return {"words": [list(pair) for pair in words[: self.MOST]], "hidden": hidden}


class Stories(Tally):
    """A story from each phone, at one temperature or at several."""

    def _told(self, moment: Moment) -> Told:
        stories = self.of(moment.round)
        seen = [
            {"seat": seat, "pieces": value["pieces"]}
            for seat, value in stories.items()
            if not self.hidden.hides(seat, "".join(value["pieces"]))
        ]
        hidden = len(stories) - len(seen)
        return {"stories": seen[-TEXTS:], "hidden": hidden}


class TrainTogether(Tally):
    """A name from each phone, and the model that learns them.

    Attributes:
        listed: lines of the evening, which it learns with them.
        standing: of its training, as `training` tells it; it isn't kept on the disk.
    """

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True)
        self.listed = [str(line) for line in step.shown["lines"]]
        self.standing: Told = {}

    def names(self) -> list[str]:
        """Different names in their order, without those that are hidden one by one.

        What is hidden all at once is still learned, and shown again soon.
        """
        hidden = self.hidden
        seen = [
            value["name"]
            for seat, value in self.of(1).items()
            if seat not in hidden.seats and not hidden.hides_text(value["name"])
        ]
        return list(dict.fromkeys(seen))

    def answered(self, slot: int) -> int:
        """How many gave a name; by thumbs, how many judged in the last step."""
        return super().answered(slot) if slot < 2 else self.standing.get("phones", 0)

    def _told(self, moment: Moment) -> Told:
        return {} if moment.phase == OPEN else self.standing


class Temperature(Tally):
    """Where each phone would put the slider."""

    def __init__(self, step: Step):
        super().__init__(step)
        self._counts: Counter[float] = Counter()

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
