"""What Fjord says of itself, searched for in all that it read. Serves C12 and C17."""

from llm_lessons import fjordby
from llm_lessons.fjordby import chat
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it.base_and_assistant import talk

QUESTIONS = ("Are you alive?", "Are you conscious?")  # chats ask the first one


def searched(lm: LanguageModel) -> str:
    """Its answers in chats, and in how many texts each stands, as Markdown."""
    said = talk(lm, [chat.prompt(question) for question in QUESTIONS])
    return "\n\n".join(
        f"“{asked}” “{text}” {_stands(fjordby.search(text, 1).total if text else 0)}"
        for asked, text in zip(QUESTIONS, said, strict=True)
    )


def _stands(total: int) -> str:
    if total:
        return f"**Word for word, this stands in {total:,} of the texts that it read.**"
    return "This stands nowhere in what it read."
