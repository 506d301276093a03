"""What the slider wants to know: `prompt`, which Fjord goes on with."""

from llm_lessons_room.parts.plan import Kind, is_text, prompt

KINDS = {"temperature": Kind(prompt, needs={"prompt": is_text})}
