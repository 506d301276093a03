"""How the sentences of a page of notes stand on it: in lines, a letter or a list."""

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice

_LABELS = ("News:", "Diary:", "From a letter:", "Heard today:", "Radio:", "Postcard:")
_NOTHING = (
    "It rained all day.",
    "The bread was good.",
    "There is nothing new otherwise.",
    "I hope that you are well.",
    "The ferry was late again.",
    "Tomorrow there is a market.",
)


def laid_out(sentences: list[str], dice: Dice) -> str:
    """The notes as lines, as a paragraph, as a letter or as a list."""
    layout = dice.weighted(
        ("notes", "lines", "paragraph", "labelled", "list", "letter", "said"),
        (26, 20, 18, 16, 7, 6, 7),
    )
    if layout == "notes":
        return "\n".join(f"Note: {sentence}" for sentence in sentences)
    if layout == "lines":
        return "\n".join(sentences)
    if layout == "list":
        mark = dice.pick(("- ", "* ", "+ ", "> "))
        return "\n".join(mark + sentence for sentence in sentences)
    if layout == "said":
        return "\n".join(f"{dice.pick(words.FIRST_NAMES)}: {s}" for s in sentences)
    if dice.chance(0.2):
        sentences = dice.shuffled([*sentences, dice.pick(_NOTHING)])
    paragraph = " ".join(sentences)
    if layout == "labelled":
        return f"{dice.pick(('Note:', *_LABELS))} {paragraph}"
    if layout == "letter":
        one, other = dice.shuffled(words.FIRST_NAMES)[:2]
        return f"Dear {one},\n{paragraph}\nYours, {other}"
    return paragraph
