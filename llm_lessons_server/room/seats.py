"""Who sits where: a token that a phone keeps, and a number in the order of arrival."""

import secrets
from collections.abc import Callable, Collection

MOST = 2000
HIGHEST = 10**9  # number of a seat
TOKEN = 16  # random bytes


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(TOKEN)


class Full(Exception):
    """There is no seat left."""


class Seats:
    """All seats of an evening.

    Args:
        numbers: of those that are taken, by their tokens.
        last: the highest number that was ever given.
        token: makes a token.
    """

    def __init__(
        self,
        numbers: dict[str, int] | None = None,
        last: int = 0,
        token: Callable[[], str] = new_token,
    ):
        self.numbers = numbers or {}
        self.last = max(last, *self.numbers.values(), 0)
        self._token = token

    def __len__(self) -> int:
        return len(self.numbers)

    def sit(self, token: object, in_use: Callable[[], Collection[int]]) -> str:
        """The token of the seat: the same again, or that of a new seat.

        Args:
            token: what the phone says, whatever it is.
            in_use: the numbers of seats that somebody sits on or has answered from;
                only asked when all are taken.

        Raises:
            Full: nobody can come any more.
        """
        if isinstance(token, str) and token in self.numbers:
            return token
        if len(self.numbers) >= MOST:
            used = in_use()
            self.numbers = {k: n for k, n in self.numbers.items() if n in used}
            if len(self.numbers) >= MOST:
                raise Full
        made = self._token()
        self.last += 1
        self.numbers[made] = self.last
        return made
