"""The rules of the coin: each phone draws a token, once."""

from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Texts
from llm_lessons_room.parts.values import BadAnswer, clean, clean_word

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

    def validate(self, value: Any) -> dict[str, str]:
        """A token, and the word with which it likely goes on, as the phone shows it."""
        answer = super().validate(value)
        return answer | ({"word": clean_word(value["word"])} if "word" in value else {})

    def _payload(self, moment: Moment, slot: int) -> Payload:
        drawn, hidden = self._count_texts()
        answers = self.answers_in(1).values()
        words = {answer[self.KEY]: answer.get("word", "") for answer in answers}
        names = {token: words[token] for token in drawn if words[token]}
        return {"drawn": drawn, "names": names, "hidden": hidden}


KINDS = {"coin": Coin}
