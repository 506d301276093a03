"""Who may load a large file now, and who waits: a weak access point serves few at once.

Nothing here waits or asks for the time: `now` is seconds of a clock that never goes
back.
"""

from dataclasses import dataclass

AT_ONCE = 3  # so that a phone has its file in a minute or two, and not all in an hour
PATIENCE = 15.0  # seconds without a word, then somebody has gone away


@dataclass
class _Turn:
    """Somebody who was let in."""

    at_work: int  # requests that are being answered
    heard: float  # when the last one came or ended


class Downloads:
    """Those who load the file, and those who wait in the order in which they came."""

    def __init__(self) -> None:
        self._loading: dict[str, _Turn] = {}
        self._waiting: dict[str, float] = {}  # when they asked last

    def begin(self, who: str, now: float) -> int:
        """Let somebody load a part, which `end` ends; or tell how many come before.

        Args:
            who: one device; who was let in stays so until the file is whole, or
                nothing was heard for a while.

        Returns:
            0 where they may; else their place in the queue, from 1.
        """
        self._forget(now)
        if who not in self._loading:
            self._waiting[who] = now
            place = 1 + list(self._waiting).index(who)
            if place > AT_ONCE - len(self._loading):
                return place
            del self._waiting[who]
        turn = self._loading.setdefault(who, _Turn(0, now))
        turn.at_work, turn.heard = turn.at_work + 1, now
        return 0

    def end(self, who: str, now: float, is_whole: bool) -> None:
        """A part has been sent, or its connection broke; the last one frees a place."""
        turn = self._loading.get(who)
        if turn is None:
            return
        turn.at_work, turn.heard = turn.at_work - 1, now
        if is_whole and turn.at_work < 1:
            del self._loading[who]

    def _forget(self, now: float) -> None:
        """Those who have gone away give their places to others."""
        gone = now - PATIENCE
        self._waiting = {w: heard for w, heard in self._waiting.items() if heard > gone}
        self._loading = {
            who: turn
            for who, turn in self._loading.items()
            if turn.at_work or turn.heard > gone
        }
