"""A coin step: a deck gives `prompt`, which the model continues."""

from llm_lessons_room.activities.next_word.kind import next_word_slides
from llm_lessons_room.parts.plan import Kind, is_text, show_prompt

KINDS = {"coin": Kind(show_prompt, next_word_slides, needs={"prompt": is_text})}
