"""The rules of the stories: each phone has one written, once or at temperatures."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, Moment
from llm_lessons_room.parts.tally import TEXTS, Payload, Tally
from llm_lessons_room.parts.values import (
    BadAnswer,
    clean,
    field_of,
    integer,
    limit_marks,
)

PIECES, STORY = 64, 600  # tokens of a story, and its letters
SEED = 2**53


class Stories(Tally):
    MOMENTS = ONCE
    LARGE = True
    LONG = ("stories",)  # 300 of them for 300 phones, which show their own

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        rounds = len(shown.get("temperatures", ()))
        if rounds < 2:
            return cls.MOMENTS
        return tuple(Moment(OPEN, number) for number in range(1, rounds + 1))

    def validate(self, value: Any) -> dict[str, Any]:
        pieces = field_of(value, "pieces")
        if not isinstance(pieces, list) or not 0 < len(pieces) <= PIECES:
            raise BadAnswer("That is no story.")
        cleaned = [clean(piece, STORY, breaks=True) for piece in pieces]
        story = "".join(cleaned)
        if len(story) > STORY:
            raise BadAnswer("That story is too long.")
        if limit_marks(story) != story:  # marks from one piece to the next
            raise BadAnswer("Nobody writes like that.")
        return {"pieces": cleaned, "seed": integer(field_of(value, "seed"), 0, SEED)}

    def text_of(self, value: Any) -> str:
        return "".join(value["pieces"])

    def _payload(self, moment: Moment, slot: int) -> Payload:
        stories = self.answers_in(moment.round)
        visible = [
            {"seat": seat, "pieces": value["pieces"]}
            for seat, value in stories.items()
            if not self.hidden.hides(seat, self.text_of(value))
        ]
        hidden = len(stories) - len(visible)
        return {"stories": visible[-TEXTS:], "hidden": hidden}


KINDS = {"stories": Stories}
