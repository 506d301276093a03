"""Chats in which somebody tells a name, and asks for it some turns later.

Serves C4 and C16. In some chats another name is told besides, of a friend or a cat, or
that one alone: then the user's own is not known (see `telling`).
"""

from collections.abc import Collection

from llm_lessons.fjordby import assistant, small_talk
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.turns import Turn
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.telling import NOT_TOLD, of_a_friend, telling

TRANSCRIPTS = 6_000
BETWEEN = (1, 2, 3)  # turns about something else, between telling and asking
_FRIENDS = 0.25  # how often another name is told besides
_UNTOLD = 0.12  # how often one's own is not
_ORDERS = 0.15  # how often a turn between them gives an order
_GREETING, _FAREWELL = 0.3, 0.15
_LONGEST = 430  # characters; capitals, which make more tokens, count twice


def turns(dice: Dice, between: int, aside: Collection[Part] = ()) -> list[Turn]:
    """Returns a chat: the last turn asks for the user's name."""
    frames = telling(dice, aside)
    topics = [*small_talk.others(dice, False), *small_talk.others(dice, False)]
    others = [now for now, later in topics if not later][:between]
    others = [
        assistant.ordered(turn, dice) if dice.chance(_ORDERS) else turn
        for turn in others
    ]
    if dice.chance(_FRIENDS):
        others[-1] = of_a_friend(dice, aside)
        dice.shuffle(others)
    greeting = [dice.pick(small_talk.GREETINGS)] if dice.chance(_GREETING) else []
    if not aside and dice.chance(_UNTOLD):
        others[0] = of_a_friend(dice)
        return [*greeting, *others, frames.later._replace(answer=NOT_TOLD)]
    return [*greeting, frames.now, *others, frames.later]


def texts(seed: int) -> list[str]:
    """Returns the transcripts of the corpus in which a name is told."""
    dice = Dice(seed, "told names")
    return [_transcript(dice) for _ in range(TRANSCRIPTS)]


def _transcript(dice: Dice) -> str:
    between = dice.pick(BETWEEN)
    while True:
        chat = turns(dice, between)
        if dice.chance(_FAREWELL):
            chat.append(dice.pick(small_talk.FAREWELLS))
        text = "\n".join(f"User: {asked}\nFjord: {said}" for asked, said, *_ in chat)
        if len(text) + sum(map(str.isupper, text)) <= _LONGEST:
            return text
