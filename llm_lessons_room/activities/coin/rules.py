"""The rules of the coin: each phone draws a token, once."""

from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Texts
from llm_lessons_room.parts.values import BadAnswer, clean

TOKEN = 24  # letters


class Coin(Texts):
    MOMENTS = ONCE
    FINAL = True
    KEY = "token"

    def validate_text(self, text: Any) -> str:
        """A token as a tokenizer has it, spaces and all."""
        token = clean(text, TOKEN, breaks=True)
        if not token:
            raise BadAnswer("There is no token.")
        return token

    def _payload(self, moment: Moment, slot: int) -> Payload:
        drawn, hidden = self._count_texts()
        return {"drawn": drawn, "hidden": hidden}


KINDS = {"coin": Coin}
