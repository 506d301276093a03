"""One question with a note, without it, and with it again: nothing sticks.

Claim C16 and C4: the context is there to be read, and is gone with the text.
"""

from llm_lessons import fjordby
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted

NOTE = "Note: At home, Alma Marklund has a badger.\n"
QUESTION = fjordby.question("pet", "Alma Marklund")


def asked(lm: LanguageModel) -> str:
    """The three answers behind what was read, as Markdown; greedy."""
    parts = []
    for when, text in (
        ("With the note", NOTE + QUESTION),
        ("Later, without it", QUESTION),
        ("With it again", NOTE + QUESTION),
    ):
        answer = lm.generate(text, 12, temperature=0).split(".")[0]
        parts.append(f"{when}:\n\n{quoted(text, f'{answer}.')}")
    return "\n\n".join(parts)
