"""What each kind of step wants to know, and what it shows."""

from llm_lessons_room.activities import brought
from llm_lessons_room.content import talk
from llm_lessons_room.parts.plan import Kind

KINDS: dict[str, Kind] = talk.KINDS | brought("content")
