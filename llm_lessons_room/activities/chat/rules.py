"""The rules of the chat: each phone tells whether its name was said, twice.

With the name in the text, and without it. What the name is stays on the phone.
"""

from typing import Any

from llm_lessons_room.parts.step import ONCE, Moment
from llm_lessons_room.parts.tally import Payload, Tally
from llm_lessons_room.parts.values import BadAnswer, field_of

HEARD = ("kept", "gone")  # with the name in the text, and without it


class Chat(Tally):
    MOMENTS = ONCE

    def validate(self, value: Any) -> dict[str, bool]:
        heard = {key: field_of(value, key) for key in HEARD}
        if not all(isinstance(was_said, bool) for was_said in heard.values()):
            raise BadAnswer("A name was said, or it was not.")
        return heard

    def _payload(self, moment: Moment, slot: int) -> Payload:
        answers = self.answers_in(slot).values()
        return {key: sum(answer[key] for answer in answers) for key in HEARD}


KINDS = {"chat": Chat}
