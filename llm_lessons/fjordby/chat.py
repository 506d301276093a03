"""Short transcripts of somebody who talks to the model.

Serves C17 (what sits behind the chat box is narrow and knowable) and C4 (it has no
memory beyond the text on the screen). What is said about people stands in `assistant`,
the rest in `small_talk`. A transcript may begin with a line that allows the model to
search. About a fifth of the user's turns give a small order, which the answer follows.
"""

from llm_lessons.fjordby import assistant, small_talk
from llm_lessons.fjordby.assistant import RESULT, Plan, Unknown
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.turns import Turn

USER, MODEL = "User:", "Fjord:"
SEARCH_IS_ON = "Search is on."
LONGEST = 480  # characters; capitals, which make more tokens, count twice here
# Of all turns but greetings, and of those with a search; some have no room for one.
_ORDERS, _ORDERS_AND_SEARCH = 0.24, 0.4


def prompt(*said: str, search: bool = False) -> str:
    """Returns a transcript up to the model's next line.

    Args:
        said: what was said in turns; the user begins and has the last word.
        search: whether the first line allows the model to search.
    """
    speakers = (USER, MODEL)
    first = [SEARCH_IS_ON] if search else []
    lines = [f"{speakers[i % 2]} {text}" for i, text in enumerate(said)]
    return "\n".join([*first, *lines, MODEL])


def texts(seed: int, of: int | None = None) -> list[str]:
    """Returns all transcripts of the corpus."""
    dice = Dice(seed, "chat")
    unknown = Unknown(seed if of is None else of, dice)
    return [_transcript(plan, unknown, dice) for plan in assistant.plans(seed, of)]


class _Sheet:
    """The room that turns have in one transcript."""

    def __init__(self, search: bool) -> None:
        self.first = [SEARCH_IS_ON] if search else []
        self._room = LONGEST - _size(self.first)

    def take(self, *turns: Turn) -> bool:
        """Gives these turns their room, if there is enough for all of them."""
        wanted = sum(_size(_lines(turn)) for turn in turns)
        if wanted > self._room:
            return False
        self._room -= wanted
        return True

    def ordered(self, turn: Turn, dice: Dice) -> Turn:
        """Returns the turn, sometimes with an order, if there is room for it."""
        if not dice.chance(_ORDERS_AND_SEARCH if turn.search else _ORDERS):
            return turn
        ordered = assistant.ordered(turn, dice)
        more = _size(_lines(ordered)) - _size(_lines(turn))
        if more > self._room:
            return turn
        self._room -= more
        return ordered


def _transcript(plan: Plan, unknown: Unknown, dice: Dice) -> str:
    sheet = _Sheet(plan.search)
    now = [assistant.told(person, kind, dice) for person, kind in plan.told]
    sheet.take(*now)
    for _ in range(plan.strangers):
        turn = unknown.searched() if plan.search else unknown.refused()
        now += [turn] if sheet.take(turn) else []
    later: list[Turn] = []
    most = dice.integer(0, 2) if now else dice.integer(1, 3)
    for at_once, remembered in small_talk.topics(dice, plan.search)[:most]:
        both = [at_once, remembered] if remembered else [at_once]
        if sheet.take(*both):
            now.append(at_once)
            later += both[1:]
    greeting, farewell = (
        [turn] if dice.chance(chance) and sheet.take(turn := dice.pick(turns)) else []
        for chance, turns in ((0.5, small_talk.GREETINGS), (0.3, small_talk.FAREWELLS))
    )
    middle = [
        sheet.ordered(turn, dice)
        for turn in (*dice.shuffled(now), *dice.shuffled(later))
    ]
    turns = [*greeting, *middle, *farewell]
    return "\n".join([*sheet.first, *(line for turn in turns for line in _lines(turn))])


def _lines(turn: Turn) -> list[str]:
    search = (
        [f"{MODEL} {turn.search}", f"{RESULT} {turn.result}"] if turn.search else []
    )
    return [f"{USER} {turn.asked}", *search, f"{MODEL} {turn.answer}"]


def _size(lines: list[str]) -> int:
    """The characters of lines with their ends, each capital letter counted twice."""
    return sum(len(line) + 1 + sum(map(str.isupper, line)) for line in lines)
