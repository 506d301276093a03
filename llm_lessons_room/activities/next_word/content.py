"""What the next word wants to know: `prompt`, which the room goes on with."""

from llm_lessons_room.parts.plan import Kind, is_text, prompt

KINDS = {"next_word": Kind(prompt, needs={"prompt": is_text})}
