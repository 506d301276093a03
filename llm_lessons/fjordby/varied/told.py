"""Chats in which somebody tells a name, and asks for it some turns later.

Serves C4 and C16: what stands in the text is at hand, and nothing else is. The names
are of all kinds (`names`), some with a surname that is made up, and they are told and
asked for in many ways (`told_frames.txt`). In some chats another name is told besides,
of a friend or a cat, or that one alone: then the user's own is not known.
"""

from collections.abc import Collection
from typing import NamedTuple

from llm_lessons.fjordby import assistant, inventions, small_talk
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.small_talk import Topic, Turn
from llm_lessons.fjordby.varied import names
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.frames import frames

TRANSCRIPTS = 6_000
BETWEEN = (1, 2, 3)  # turns about something else, between telling and asking
ANSWER = "Your name is {name}."
NOT_TOLD = "You have not told me your name."
_FRAMES = "told_frames.txt"
_USUAL, _USUALLY = "What is my name?", 0.3
_NICE, _NICELY = "Nice to meet you, {name}.", 0.5
_SURNAMES = 0.12  # how often somebody tells a surname as well
_FRIENDS = 0.25  # how often another name is told besides
_UNTOLD_TOPIC = 0.25  # how often small talk asks for a name that nobody told
_UNTOLD = 0.12  # how often one's own is not
_ORDERS = 0.15  # how often a turn between them gives an order
_GREETING, _FAREWELL = 0.3, 0.15
_LONGEST = 430  # characters; capitals, which make more tokens, count twice


class Telling(NamedTuple):
    """A name that is told, and what is said when it is asked for.

    Attributes:
        now: the turn that tells it.
        later: the turn that asks for it.
    """

    now: Turn
    later: Turn


def telling(dice: Dice, aside: Collection[Part] = ()) -> Telling:
    """Draws a name that the user tells, and the question for it.

    Args:
        dice: to throw.
        aside: what is drawn from that which no page uses: "name", "frame".
    """
    name = names.first_name(dice, "name" in aside)
    if dice.chance(_SURNAMES):
        name = f"{name} {_surname(dice, 'name' in aside)}"
    said = _frame(dice, "tell", aside).format(name=name)
    nice = _NICE if dice.chance(_NICELY) else dice.pick(frames(_FRAMES, "welcome"))
    return Telling(
        Turn(said, nice.format(name=name)),
        Turn(asked(dice, aside), ANSWER.format(name=name)),
    )


def topic(dice: Dice) -> Topic:
    """Returns a name as a topic of small talk: told and asked for later, or untold."""
    if dice.chance(_UNTOLD_TOPIC):
        return Turn(asked(dice), NOT_TOLD), None
    told = telling(dice)
    return told.now, told.later


def asked(dice: Dice, aside: Collection[Part] = ()) -> str:
    """Returns a question for the user's own name."""
    usual = "frame" not in aside and dice.chance(_USUALLY)
    return _USUAL if usual else _frame(dice, "ask", aside)


def of_a_friend(dice: Dice, aside: Collection[Part] = ()) -> Turn:
    """Returns a turn that tells the name of somebody else."""
    name = names.first_name(dice, "name" in aside)
    said = _frame(dice, "tell of a friend", aside).format(name=name)
    answer = dice.pick(frames(_FRAMES, "friend's answer"))
    return Turn(said, answer.format(name=name))


def turns(dice: Dice, between: int, aside: Collection[Part] = ()) -> list[Turn]:
    """Returns a chat: the last turn asks for the user's name.

    Args:
        dice: to throw.
        between: how many turns come between telling and asking.
        aside: what is drawn from that which no page uses: "name", "frame".
    """
    told = telling(dice, aside)
    others = [now for now, later in _small_talk(dice) if not later][:between]
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
        return [*greeting, *others, told.later._replace(answer=NOT_TOLD)]
    return [*greeting, told.now, *others, told.later]


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


def _surname(dice: Dice, aside: bool) -> str:
    while True:
        name = inventions.name(dice, aside)
        if names.is_aside(name) == aside:
            return name


def _small_talk(dice: Dice) -> list[Topic]:
    """Turns that have nothing to do with the user's name."""
    drawn = [*small_talk.topics(dice, search=False)]
    drawn += small_talk.topics(dice, search=False)
    return [topic for topic in drawn if not _is_about_the_name(topic[0])]


def _is_about_the_name(turn: Turn) -> bool:
    return turn.answer.startswith("Nice to meet you") or turn.answer == NOT_TOLD


def _frame(dice: Dice, block: str, aside: Collection[Part]) -> str:
    return dice.pick(frames(_FRAMES, block, "frame" in aside))
