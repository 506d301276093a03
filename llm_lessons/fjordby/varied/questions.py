"""Questions for a fact, in several wordings and with several labels.

Serves C11 and C16. Whoever is always asked in one wording can be asked in that one
alone. So half of the people who are asked about have question pages in many wordings
(`page`); the other half is asked in one, and measures what that does.
"""

from collections.abc import Mapping

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.varied.note_frames import attributes, doings, wholes, words

_USUAL = 0.5  # how often a question has the usual wording and label
_LABELS = (
    "Question: {}\nAnswer:",
    "Question: {} Answer:",
    "Q: {}\nA:",
    "Q: {} A:",
    "{}\nAnswer:",
    "- {}\n-",
)
_LABELS_WEIGHTS = (12, 2, 2, 2, 1, 1)


def ask(kind: str, name: str, dice: Dice, aside: bool = False) -> str:
    """Returns a question, ready for the answer: a space, the value and a full stop."""
    asked_so = words(f"{kind} ?", aside) or words(f"{kind} ?")
    if not aside and dice.chance(_USUAL):
        return _LABELS[0].format(asked_so[0].format(name=name))
    wording = dice.pick(asked_so).format(name=name)
    return dice.weighted(_LABELS, _LABELS_WEIGHTS).format(wording)


def asked(kind: str, name: str, value: str, dice: Dice) -> str:
    """Returns a question with its answer."""
    return f"{ask(kind, name, dice)} {value}."


def page(name: str, facts: Mapping[str, str], several: bool, dice: Dice) -> str:
    """Returns a question page about somebody, asked once for each kind of fact.

    In `several` wordings, one may be an open sentence: "The home town of Ida is".
    """
    lines: list[str] = []
    for kind in dice.shuffled(list(KINDS)):
        value = facts[kind]
        if not several or dice.chance(0.3):
            lines.append(f"{question(kind, name)} {value}.")
        elif dice.chance(0.6):
            lines.append(asked(kind, name, value, dice))
        else:
            lines.append(_told(kind, dice).format(name=name, value=value))
    return "\n".join(lines)


def _told(kind: str, dice: Dice) -> str:
    """A sentence with the name first and the value last."""
    made = dice.weighted((doings, attributes, wholes), (5, 4, 2))
    frames = made(kind, "name first") or attributes(kind, "name first")
    while not (frame := dice.pick(frames)).endswith(("{value}", "{value}.")):
        pass
    return frame if frame.endswith(".") else f"{frame}."
