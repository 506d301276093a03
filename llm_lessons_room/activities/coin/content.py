"""What the coin wants to know: `prompt`, which Fjord goes on with."""

from llm_lessons_room.parts.plan import Kind, is_text, prompt

KINDS = {"coin": Kind(prompt, needs={"prompt": is_text})}
