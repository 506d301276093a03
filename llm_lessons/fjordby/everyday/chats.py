"""Chats as newcomers type them: what they tell (`told`), sums, and the rest.

Serves C4, C16 and C17. What the user tells is copied from the text when it is asked;
of the people of Fjordby who are read about often the assistant tells what it has read,
of strangers, and of those whom it read about once or twice, that it doesn't know them;
and of the real world it knows nothing.
"""

from collections import Counter
from functools import cache

from llm_lessons.fjordby import assistant, inventions, small_talk, sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import facts, strange
from llm_lessons.fjordby.everyday.facts import Fact
from llm_lessons.fjordby.everyday.told import Told, Topic
from llm_lessons.fjordby.everyday.typist import FILE, Typist
from llm_lessons.fjordby.everyday.wording import capital, lines, said, words
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.people import Person, population, surnames_of_people
from llm_lessons.fjordby.turns import Turn
from llm_lessons.fjordby.varied import telling
from llm_lessons.fjordby.varied.strangers import People

TRANSCRIPTS = 62_000
_LONGEST = 430
_RARELY = (1, 2)  # readings of somebody whom the assistant doesn't know
_DOUBTS = ("No, it is", "no its", "Wrong, it is", "I think it is")


@cache
def _read(rarely: bool, seed: int) -> tuple[Person, ...]:
    if not rarely:
        return assistant.well_known(seed)
    return tuple(one for one in population(seed) if one.readings in _RARELY)


@cache
def _asked_about(seed: int) -> tuple[tuple[Person, str], ...]:
    """Of whom the transcripts ask what, in their order."""
    dice, people = Dice(seed, "everyday chats: whom they ask about"), _read(False, seed)
    kinds = list(KINDS)
    return tuple((dice.pick(people), dice.pick(kinds)) for _ in range(_KNOWN))


_KNOWN = 17_000


@cache
def tellings(seed: int) -> Counter[tuple[str, str]]:
    """Returns in how many of these chats each fact is stated, by name and kind."""
    return Counter((person.name, kind) for person, kind in _asked_about(seed))


def texts(seed: int, of: int | None = None, share: float = 1.0) -> list[str]:
    """Returns the transcripts of the corpus, or a share of as many.

    Args:
        seed: of what is drawn.
        of: the seed of the people in it.
        share: 1 for all.
    """
    dice = Dice(seed, "everyday chats")
    writer = _Writer(dice, seed if of is None else of)
    known = iter(_asked_about(seed if of is None else of))
    found = list[str]()
    each = _KNOWN / TRANSCRIPTS  # of whom a chat asks, on the average
    for i in range(int(TRANSCRIPTS * share)):
        wanted = int((i + 1) * each) - int(i * each)
        asked = [next(known) for _ in range(wanted)]
        found.append(writer.transcript(asked))
    return found


def transcript(dice: Dice, seed: int = 0) -> str:
    """Draws one chat about no well-known people."""
    return _Writer(dice, seed).transcript([])


@cache
def _places() -> tuple[str, ...]:
    found = words(FILE, "places")
    return tuple(place for place in found if place not in inventions.REAL_TOWNS)


class _Writer:
    def __init__(self, dice: Dice, of: int) -> None:
        self._dice, self._seed = dice, of
        self._strangers = People(dice, surnames_of_people(of), in_chats=True)
        self._typist = Typist(dice)
        self._told = Told(self._typist)

    def transcript(self, known: list[tuple[Person, str]]) -> str:
        """Draws a chat; it asks for these facts."""
        dice = self._dice
        self._typist = Typist(dice)
        self._told = Told(self._typist, [kind for _, kind in known])
        topics: list[Topic] = [
            [[Turn(self._about(kind, person.name), _answer(person, kind))]]
            for person, kind in known
        ]
        if topics and dice.chance(0.08):
            topics[0][0].append(Turn(self._sure(), topics[0][0][0].answer))
        makers = dice.weighted((1, 2, 3), (5, 8, 5))
        for _ in range(max(0, makers - len(topics))):
            topics.append(self._topic())
        return _joined(self._begin() + _woven(topics, dice) + self._end())

    def _begin(self) -> list[Turn]:
        if self._dice.chance(0.62):
            return []
        typist = self._typist
        hello = typist.typed(typist.line("greet"))
        return [Turn(hello, typist.line("greeting answer"))]

    def _end(self) -> list[Turn]:
        return [self._pair("bye")] if self._dice.chance(0.08) else []

    def _topic(self) -> Topic:
        makers = (
            self._told.oneself if self._told.named else self._told.name,
            self._told.oneself,
            self._told.third,
            self._sum,
            self._stranger,
            self._rarely,
            self._talk,
            self._untold,
            self._tale,
        )
        return self._dice.weighted(makers, (17, 17, 17, 22, 8, 6, 12, 3, 4))()

    def _sum(self) -> Topic:
        dice = self._dice
        while True:
            a, sign, b, total = _numbers(dice)
            if not sums.is_held_out(a, b if sign == "+" else -b):
                break
        asked = self._typist.line("plus" if sign == "+" else "minus").format(a=a, b=b)
        answer = f"{a} {sign} {b} = {total}."
        turns = [Turn(self._typist.typed(capital(asked.strip())), answer)]
        if dice.chance(0.1):
            turns.append(Turn(self._sure(), f"Yes. {answer}"))
        elif dice.chance(0.06):
            wrong = max(0, total + dice.pick((-10, -2, -1, 1, 2, 10)))
            if wrong != total:
                said_so = f"{dice.pick(_DOUBTS)} {wrong}."
                turns.append(Turn(self._typist.typed(said_so), answer))
        return [turns]

    def _sure(self) -> str:
        return self._typist.typed(self._typist.line("sure"))

    def _stranger(self) -> Topic:
        dice = self._dice
        name = (
            self._strangers.meet()
            if dice.chance(0.6)
            else strange.full_name(dice, unknown=True)
        )
        if dice.chance(0.7):
            asked = self._about(dice.pick(list(KINDS)), name)
        else:
            asked = capital(facts.worded("ask", facts.fact(dice), name, dice))
            asked = self._typist.typed(asked)
        return [[self._refused(asked, name)]]

    def _rarely(self) -> Topic:
        dice = self._dice
        person = dice.pick(_read(True, self._seed))
        asked = self._about(dice.pick(list(KINDS)), person.name)
        return [[self._refused(asked, person.name)]]

    def _refused(self, asked: str, name: str) -> Turn:
        shown = name if name in asked else name.lower()
        return Turn(asked, self._dice.pick(assistant.REFUSALS).format(name=shown))

    def _about(self, kind: str, name: str) -> str:
        """A question about somebody of Fjordby, or about nobody."""
        dice = self._dice
        if dice.chance(0.35):
            return dice.pick(assistant.questions(kind)).format(name=name)
        asked = facts.worded("ask", Fact(kind, "", ""), name, dice)  # type: ignore[arg-type]
        return self._typist.typed(capital(asked), name)

    def _talk(self) -> Topic:
        return [
            [self._pair("talk")] for _ in range(self._dice.weighted((1, 2), (4, 1)))
        ]

    def _untold(self) -> Topic:
        if self._dice.chance(0.6):
            return self._told.untold()
        turn = self._pair("untold")
        if turn.answer != telling.NOT_TOLD:
            return [[turn]]
        if self._told.named:
            return self._told.untold()
        self._told.named = True
        return [[turn]]

    def _tale(self) -> Topic:
        return [[small_talk.tale(self._dice)]]

    def _pair(self, title: str) -> Turn:
        asked, answer = self._dice.pick(lines(FILE)[title]).split(" | ")
        place = self._dice.pick(_places())
        message = self._typist.filled(said(asked, self._dice), place=place)
        return Turn(self._typist.typed(message, place), answer.format(place=place))


def _numbers(dice: Dice) -> tuple[int, str, int, int]:
    """Two numbers to add, or one to take from the other; small ones and large."""
    how = dice.weighted(("add", "carry", "take", "small", "near", "borrow"), _SUMS)
    if how == "add":
        most = 9 if dice.chance(0.25) else 99
        a, b = dice.integer(0, most), dice.integer(0, most)
    elif how == "carry":  # the ones make a ten
        one = dice.integer(1, 9)
        a, b = 10 * dice.integer(1, 8) + one, dice.integer(10 - one, 9)
        b += 10 * dice.integer(0, 9)
    elif how == "take":
        a = dice.integer(1, 99)
        b = dice.integer(0, a)
    elif how == "small":
        a = dice.integer(1, 20)
        b = dice.integer(0, a)
    elif how == "near":  # little is left
        a = dice.integer(10, 99)
        b = a - dice.integer(0, 9)
    else:  # a ten is broken
        one = dice.integer(0, 8)
        a, b = 10 * dice.integer(2, 9) + one, dice.integer(one + 1, 9)
        b += 10 * dice.integer(0, a // 10 - 1)
    if how in ("add", "carry"):
        return a, "+", b, a + b
    return a, "-", b, a - b


_SUMS = (34, 18, 14, 14, 8, 12)


def _answer(person: Person, kind: str) -> str:
    return assistant.answer(kind, person.name, person.facts[kind])


def _woven(topics: list[Topic], dice: Dice) -> list[Turn]:
    """Puts the turns of all topics into one row; each topic keeps its order."""
    left = [list(topic) for topic in topics]
    row = list[Turn]()
    together = dice.chance(0.4)
    while left:
        topic = left[0] if together else dice.pick(left)
        row += topic.pop(0)
        left = [topic for topic in left if topic]
    return row


def _joined(turns: list[Turn]) -> str:
    """The transcript; a topic that finds no room is cut off at its end."""
    text = ""
    for turn in turns:
        more = f"{'' if not text else chr(10)}User: {turn.asked}\nFjord: {turn.answer}"
        if len(text) + len(more) > _LONGEST and text:
            break
        text += more
    return text
