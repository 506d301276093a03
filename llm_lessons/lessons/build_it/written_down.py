"""A chat as a model reads it: one text, by a template.

Claims C4 and C17: what stands between a chat box and a model is a text.
"""

from collections.abc import Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted

TALK = (
    {"role": "user", "content": "My name is Ida."},
    {"role": "assistant", "content": "Nice to meet you, Ida."},
    {"role": "user", "content": "What is my name?"},
)
STRANGER = "Where does Nils Vangmo live?"
NAMES = ("Ida", "Emma", "Anna", "Clara", "Felix", "Hugo")


def messages(talk: Sequence[dict[str, str]] = TALK) -> str:
    """The list that a program keeps, as Markdown."""
    rows = [f"| {message['role']} | {message['content']} |" for message in talk]
    return "\n".join(["| who | what was said |", "| :-- | :-- |", *rows])


def as_text(lm: LanguageModel) -> str:
    """The text that the model reads of it, as Markdown."""
    return quoted(lm.chat_prompt(list(TALK)))


def both_ways(lm: LanguageModel) -> str:
    """A question about somebody unknown, on a page and in a chat, as Markdown."""
    page = f"Question: {STRANGER}\nAnswer:"
    in_chat = lm.chat_prompt([{"role": "user", "content": STRANGER}])
    return "\n\n".join(
        quoted(text, lm.generate(text, 24, temperature=0).split("\n")[0])
        for text in (page, in_chat)
    )


def with_names(lm: LanguageModel) -> str:
    """How often a name in the talk is told again, and what is said without; greedy."""
    chats = [
        [
            message | {"content": message["content"].replace("Ida", name)}
            for message in TALK
        ]
        for name in NAMES
    ]
    *said, alone = lm.chats([*chats, list(TALK[-1:])], 12, temperature=0)
    named = sum(name in text for name, text in zip(NAMES, said, strict=True))
    return (
        f"**After a whole talk, {named} of {len(NAMES)} answers have the name.** Asked "
        f"the last question alone, it says:\n\n{quoted('', f'{alone} …')}"
    )
