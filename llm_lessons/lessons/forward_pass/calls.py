"""A chat in single calls: what one of them was told, the next does not know.

Claim C4: no memory beyond the text. A chat box sends the whole talk each time.
"""

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted

TOLD = "User: My name is Ida.\nFjord:"
ASKED = "User: What is my name?\nFjord:"


def apart(lm: LanguageModel) -> str:
    """A name is told in one call, and asked for in the next; as Markdown."""
    return "\n\n".join(quoted(text, _answer(lm, text)) for text in (TOLD, ASKED))


def together(lm: LanguageModel) -> str:
    """The same in one text, which is sent as a whole; as Markdown."""
    talk = f"{TOLD}{_answer(lm, TOLD)}\n{ASKED}"
    return quoted(talk, _answer(lm, talk))


def _answer(lm: LanguageModel, text: str) -> str:
    return lm.generate(text, 20, temperature=0).split("\n")[0]
