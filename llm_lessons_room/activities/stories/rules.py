"""The rules of the stories: each phone has one written, once or at temperatures."""

from collections.abc import Mapping
from typing import Any

from llm_lessons_room.parts.step import ONCE, OPEN, Moment
from llm_lessons_room.parts.tally import TEXTS, Payload, Tally
from llm_lessons_room.parts.values import Bad, clean, field, unpiled, whole

PIECES, STORY = 64, 600  # tokens of a story, and its letters
SEED = 2**53


class Stories(Tally):
    """A story from each phone, at one temperature or at several."""

    MOMENTS = ONCE
    LARGE = True
    LONG = ("stories",)  # 300 of them for 300 phones, which show their own

    @classmethod
    def moments(cls, shown: Mapping[str, Any], part: str | None) -> tuple[Moment, ...]:
        rounds = len(shown.get("temperatures", ()))
        if rounds < 2:
            return cls.MOMENTS
        return tuple(Moment(OPEN, number) for number in range(1, rounds + 1))

    def checked(self, value: Any) -> dict[str, Any]:
        pieces = field(value, "pieces")
        if not isinstance(pieces, list) or not 0 < len(pieces) <= PIECES:
            raise Bad("That is no story.")
        cleaned = [clean(one, STORY, breaks=True) for one in pieces]
        story = "".join(cleaned)
        if len(story) > STORY:
            raise Bad("That story is too long.")
        if unpiled(story) != story:  # marks from one piece to the next
            raise Bad("Nobody writes like that.")
        return {"pieces": cleaned, "seed": whole(field(value, "seed"), 0, SEED)}

    def written(self, value: Any) -> str:
        return "".join(value["pieces"])

    def _payload(self, moment: Moment, slot: int) -> Payload:
        stories = self.of(moment.round)
        seen = [
            {"seat": seat, "pieces": value["pieces"]}
            for seat, value in stories.items()
            if not self.hidden.hides(seat, self.written(value))
        ]
        hidden = len(stories) - len(seen)
        return {"stories": seen[-TEXTS:], "hidden": hidden}


KINDS = {"stories": Stories}
