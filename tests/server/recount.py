"""What answers add up to, counted a second time, from a plain list, in a plain way."""

from typing import Any

import numpy as np

from tests.server.room_content import RIGHT, SUMS


class Paper:
    """Who answered what, written down.

    Attributes:
        answers: (step id, round) → seat → what counts, the latest last.
        hidden_seats: step id → seats.
        hidden_texts: step id → texts.
        covered: ids of steps of which everything is hidden.
        shown: step id → words that the leader has shown.
        at_once: ids of steps whose words don't wait for that.
    """

    def __init__(self) -> None:
        self.answers: dict[tuple[str, int], dict[int, Any]] = {}
        self.hidden_seats: dict[str, set[int]] = {}
        self.hidden_texts: dict[str, set[str]] = {}
        self.covered: set[str] = set()
        self.shown: dict[str, set[str]] = {}
        self.at_once: set[str] = set()

    def show_all(self, step: str) -> None:
        """Take away what covers all; without it, show one and all."""
        if step in self.covered:
            self.covered.remove(step)
            return
        self.hidden_seats.pop(step, None)
        self.hidden_texts.pop(step, None)
        words = {value["word"] for value in self.of("next-word", 1).values()}
        if step == "next-word":
            self.shown.setdefault(step, set()).update(word.lower() for word in words)

    def write(self, step: str, number: int, seat: int, value: Any) -> None:
        """An answer that was taken."""
        page = self.answers.setdefault((step, number), {})
        if page.get(seat) != value:
            page.pop(seat, None)
            page[seat] = value

    def of(self, step: str, number: int) -> dict[int, Any]:
        return self.answers.get((step, number), {})

    def seen(self, step: str, seat: int, text: str) -> bool:
        """Whether a text is on the screen."""
        text = text.lower().strip()
        if step in self.covered or seat in self.hidden_seats.get(step, ()):
            return False
        if text in self.shown.get(step, ()):
            return True
        waits = step == "next-word" and step not in self.at_once
        return not waits and text not in self.hidden_texts.get(step, ())

    def told(self, step: dict[str, Any], phase: str, number: int) -> dict[str, Any]:
        """The tally that the screen should have."""
        kind, given = step["kind"], self.of(step["id"], number)
        done = [one for one in given.values() if kind != "ten" or one[9] is not None]
        answered = {"answered": len(done)}
        quiet = phase == "open" and kind not in ("coin", "stories", "temperature")
        if quiet or (kind == "marbles" and phase != "reveal"):
            return answered
        return answered | getattr(self, kind)(step, phase, number)

    def guess(self, step: dict[str, Any], phase: str, number: int) -> dict[str, Any]:
        """Twice a choice of three."""
        first, second = self.of(step["id"], 1), self.of(step["id"], 2)
        if number == 1:
            second = {}
        both = first.keys() & second.keys()
        return {
            "before": [list(first.values()).count(n) for n in range(3)],
            "after": [list(second.values()).count(n) for n in range(3)],
            "both": len(both),
            "changed": sum(first[seat] != second[seat] for seat in both),
        }

    def coin(self, step: dict[str, Any], phase: str, number: int) -> dict[str, Any]:
        flips = self.of("coin", 1)
        seen = [
            value["token"]
            for seat, value in flips.items()
            if self.seen("coin", seat, value["token"])
        ]
        drawn = {token: seen.count(token) for token in seen}
        return {"drawn": drawn, "hidden": len(flips) - len(seen)}

    def next_word(self, step: dict[str, Any], phase: str, number: int) -> dict:
        """Words, the most frequent first."""
        answers = self.of("next-word", 1)
        seen = [
            value["word"]
            for seat, value in answers.items()
            if self.seen("next-word", seat, value["word"])
        ]
        words = [[word, seen.count(word)] for word in sorted(set(seen))]
        words.sort(key=lambda pair: -pair[1])
        return {"words": words, "hidden": len(answers) - len(seen)}

    def stories(self, step: dict[str, Any], phase: str, number: int) -> dict:
        """Stories, the latest last."""
        answers = self.of(step["id"], number)
        seen = [
            {"seat": seat, "pieces": value["pieces"]}
            for seat, value in answers.items()
            if self.seen(step["id"], seat, "".join(value["pieces"]))
        ]
        return {"stories": seen, "hidden": len(answers) - len(seen)}

    def train_together(self, step: dict[str, Any], phase: str, number: int) -> dict:
        """Names are told once a model learns them, which no evening alone does."""
        return {}

    def temperature(self, step: dict[str, Any], phase: str, number: int) -> dict:
        """Quartiles, by NumPy."""
        found = sorted(self.of("temperature", 1).values())
        q = (
            [round(float(one), 4) for one in np.quantile(found, (0.25, 0.5, 0.75))]
            if (found)
            else [None] * 3
        )
        return {"low": q[0], "median": q[1], "high": q[2], "values": found}

    def marbles(self, step: dict[str, Any], phase: str, number: int) -> dict:
        """Six sums, by halves of the room."""
        halves = []
        for half in (0, 1):
            rounds = [
                {s: v for s, v in self.of("marbles", n + 1).items() if s % 2 == half}
                for n in range(6)
            ]
            right = [
                sum(value["answer"] == SUMS[n] for value in one.values())
                for n, one in enumerate(rounds)
            ]
            halves.append({"right": right, "asked": list(map(len, rounds))})
        return {"halves": halves}

    def book(self, step: dict[str, Any], phase: str, number: int) -> dict[str, Any]:
        """Closed, and then open for the even seats."""
        closed, opened = self.of("book", 1), self.of("book", 2)
        counts = [list(closed.values()).count(n) for n in range(4)]
        if phase != "reveal":
            return {"counts": counts}
        found: dict[str, Any] = {
            "closed": {"right": counts[2], "asked": len(closed)},
            "before": counts,
            "counts": [list(opened.values()).count(n) for n in range(4)],
        }
        for rest, name in ((1, "without"), (0, "with")):
            mine = [value for seat, value in opened.items() if seat % 2 == rest]
            found[name] = {"right": mine.count(2), "asked": len(mine)}
        return found

    def ten(self, step: dict[str, Any], phase: str, number: int) -> dict[str, Any]:
        """Before and after, matched by seat."""
        before, after = self.of("ten-before", 1), self.of("ten-after", 1)

        def score(value: list) -> int:
            return sum(value[n] == RIGHT[n] for n in range(10))

        def side(answers: dict[int, list]) -> dict[str, Any]:
            scores = [score(value) for value in answers.values()]
            return {"n": len(scores), "scores": [scores.count(n) for n in range(11)]}

        gains = [score(after[s]) - score(before[s]) for s in before.keys() & after]
        gain = sum(gains) / len(gains) if gains else None

        def share(answers: dict[int, list], n: int) -> float | None:
            right = [value[n] == RIGHT[n] for value in answers.values()]
            return sum(right) / len(right) if right else None

        each = [
            {"before": share(before, n), "after": share(after, n)} for n in range(10)
        ]
        return {
            "before": side(before),
            "after": side(after),
            "paired": {"n": len(gains), "gain": gain},
            "each": each if phase == "reveal" else [],
        }
