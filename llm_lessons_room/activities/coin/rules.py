"""The rules of the coin: each phone draws a token, once."""

from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Texts
from llm_lessons_room.parts.values import Bad, clean

TOKEN = 24  # letters


class Coin(Texts):
    """Tokens that were drawn."""

    MOMENTS = ONCE
    FINAL = True
    KEY = "token"

    def checked_text(self, text: Any) -> str:
        """A token as a tokenizer has it, spaces and all."""
        found = clean(text, TOKEN, breaks=True)
        if not found:
            raise Bad("There is no token.")
        return found

    def _payload(self, moment: Moment, slot: int) -> Payload:
        drawn, hidden = self._seen()
        return {"drawn": drawn, "hidden": hidden}


KINDS = {"coin": Coin}
