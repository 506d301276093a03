"""Chats as newcomers type them: names, facts, corrections, sums, and the rest.

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
from llm_lessons.fjordby.everyday.wording import (
    capital,
    careless,
    frames,
    lines,
    said,
    words,
)
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.people import Person, population, surnames_of_people
from llm_lessons.fjordby.turns import Turn
from llm_lessons.fjordby.varied import telling
from llm_lessons.fjordby.varied.strangers import People

FILE = "chats.txt"
TRANSCRIPTS = 62_000
_LONGEST = 430
_RARELY = (1, 2)  # readings of somebody whom the assistant doesn't know
_DOUBTS = ("No, it is", "no its", "Wrong, it is", "I think it is")
_CASUAL = 0.28  # how often somebody types without care

type _Topic = list[Turn]  # the first turn, and those that come later


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


_KNOWN = 11_000


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
        self._casual = False

    def transcript(self, known: list[tuple[Person, str]]) -> str:
        """Draws a chat; it asks for these facts."""
        dice = self._dice
        self._casual = dice.chance(_CASUAL)
        topics: list[_Topic] = [
            [Turn(self._about(kind, person.name), _answer(person, kind))]
            for person, kind in known
        ]
        if topics and dice.chance(0.08):
            topics[0].append(Turn(self._typed(self._line("sure")), topics[0][0].answer))
        makers = dice.weighted((1, 2, 3), (3, 4, 2))
        for _ in range(max(0, makers - len(topics))):
            topics.append(self._topic())
        return _joined(self._begin() + _woven(topics, dice) + self._end())

    def _begin(self) -> list[Turn]:
        if self._dice.chance(0.62):
            return []
        return [Turn(self._typed(self._line("greet")), self._line("greeting answer"))]

    def _end(self) -> list[Turn]:
        return [self._pair("bye")] if self._dice.chance(0.08) else []

    def _topic(self) -> _Topic:
        makers = (
            self._name,
            self._oneself,
            self._third,
            self._sum,
            self._stranger,
            self._rarely,
            self._talk,
            self._untold,
            self._tale,
        )
        return self._dice.weighted(makers, (17, 17, 17, 15, 8, 7, 12, 3, 4))()

    def _name(self) -> _Topic:
        dice, name = self._dice, self._cased(strange.name(self._dice))
        if dice.chance(0.08):
            name = self._cased(strange.full_name(dice))
        if dice.chance(0.3):
            told = telling.telling(dice)
            name, message = told.later.answer[len("Your name is ") : -1], told.now.asked
            message = self._typed(message) if name.islower() else message
        else:
            message = self._filled(self._line("name"), name=name)
            if dice.chance(0.4):
                greeting = self._line("greet").rstrip("?.!, ")
                if len(greeting) < 14:
                    message = greeting + dice.pick((" ", ", ", "! ", ". ")) + message
            message = self._typed(message, name)
        topic = [Turn(message, "")]
        if dice.chance(0.25):  # something else in the same breath
            about = facts.fact(dice)
            about = about._replace(value=self._cased(about.value))
            sentence = self._me(about)
            first = message.rstrip(".!")
            topic = [Turn(f"{first}{dice.pick((' and ', '. ', ', '))}{sentence}", "")]
            topic.append(self._asked_me(about))
        hello = self._dice.pick(
            (
                "Nice to meet you, {}.",
                "Nice to meet you, {}.",
                "Hello, {}!",
                "Hi, {}.",
                "Good to meet you, {}.",
                "Welcome, {}.",
            )
        ).format(name)
        topic[0] = topic[0]._replace(answer=hello)
        ask = self._line("name ask") if dice.chance(0.7) else telling.asked(dice)
        topic.append(Turn(self._typed(ask), f"Your name is {name}."))
        if dice.chance(0.05):
            topic.append(Turn(self._typed(self._line("sure")), "Yes. You told me."))
        return topic

    def _oneself(self) -> _Topic:
        return self._told(None)

    def _third(self) -> _Topic:
        dice = self._dice
        who = strange.name(dice) if dice.chance(0.5) else strange.full_name(dice)
        if dice.chance(0.2):
            who = f"my {dice.pick(strange.listed('people'))}"
        return self._told(self._cased(who))

    def _told(self, who: str | None) -> _Topic:
        """A fact that is told, of the user or of somebody; perhaps corrected; asked."""
        dice = self._dice
        about = self._drawn()
        tell = self._me(about) if who is None else self._of(about, who)
        topic = [Turn(tell, self._told_answer(about, who))]
        if dice.chance(0.2):
            new = about._replace(value=self._cased(strange.value(about.kind, dice)))
            topic.append(self._corrected(about, new, who))
            about = new
        elif dice.chance(0.2):
            other = self._drawn(but=about.kind)
            also = self._me(other) if who is None else self._of(other, who)
            topic.append(Turn(also, self._told_answer(other, who)))
            if dice.chance(0.6):
                topic.append(self._ask(other, who))
        topic.append(self._ask(about, who))
        if dice.chance(0.06):
            topic.append(Turn(self._typed(self._line("sure")), "Yes. You told me."))
        return topic

    def _drawn(self, but: str = "") -> Fact:
        while (about := facts.fact(self._dice)).kind == but:
            pass
        return about._replace(value=self._cased(about.value))

    def _ask(self, about: Fact, who: str | None) -> Turn:
        if who is None:
            return self._asked_me(about)
        dice = self._dice
        shown = f"your {who[3:]}" if who.startswith("my ") else who
        asked = facts.worded("ask", about, who, dice)
        answer = facts.worded("answer", about, shown, dice)
        return Turn(self._typed(capital(asked), who), _begun(answer))

    def _asked_me(self, about: Fact) -> Turn:
        asked = facts.worded("ask me", about, "", self._dice)
        return Turn(
            self._typed(capital(asked)),
            facts.worded("answer me", about, "", self._dice),
        )

    def _told_answer(self, about: Fact, who: str | None) -> str:
        dice = self._dice
        if dice.chance(0.45):
            return self._line("told answer")
        if who is None:
            return facts.worded("answer me", about, "", dice)
        shown = f"your {who[3:]}" if who.startswith("my ") else who
        return _begun(facts.worded("answer", about, shown, dice))

    def _corrected(self, old: Fact, new: Fact, who: str | None) -> Turn:
        dice = self._dice
        if who is None:
            fact = facts.worded("me", new, "", dice)
            answer = facts.worded("answer me", new, "", dice)
        else:
            fact = facts.worded("tell", new, who, dice)
            shown = f"your {who[3:]}" if who.startswith("my ") else who
            answer = _begun(facts.worded("answer", new, shown, dice))
        gaps = {"fact": fact, "old": old.value, "value": new.value}
        message = self._line("correct").format(**gaps)
        reply = self._line("correct answer").format(answer=answer, value=new.value)
        return Turn(
            self._typed(capital(message), new.value, old.value, who or ""), reply
        )

    def _me(self, about: Fact) -> str:
        dice = self._dice
        text = facts.worded("me", about, "", dice)
        if dice.chance(0.3):
            text = self._filled(self._line("me before")) + text
        if dice.chance(0.4):
            text += self._filled(self._line("me after"))
        return self._typed(_stopped(capital(text), dice), about.value)

    def _of(self, about: Fact, who: str) -> str:
        text = facts.told(about, who, self._dice)
        if text.startswith(capital(about.value)) and about.value not in text:
            text = about.value + text[len(about.value) :]
        return self._typed(_stopped(text, self._dice), about.value, who)

    def _sum(self) -> _Topic:
        dice = self._dice
        while True:
            a, sign, b, total = self._numbers()
            if not sums.is_held_out(a, b if sign == "+" else -b):
                break
        asked = self._line("plus" if sign == "+" else "minus").format(a=a, b=b)
        answer = f"{a} {sign} {b} = {total}."
        topic = [Turn(self._typed(capital(asked.strip())), answer)]
        if dice.chance(0.1):
            topic.append(Turn(self._typed(self._line("sure")), f"Yes. {answer}"))
        elif dice.chance(0.06):
            wrong = max(0, total + dice.pick((-10, -2, -1, 1, 2, 10)))
            if wrong != total:
                said_so = f"{dice.pick(_DOUBTS)} {wrong}."
                topic.append(Turn(self._typed(said_so), answer))
        return topic

    def _numbers(self) -> tuple[int, str, int, int]:
        dice = self._dice
        if dice.chance(0.5):
            most = 9 if dice.chance(0.25) else 99
            a, b = dice.integer(0, most), dice.integer(0, most)
            return a, "+", b, a + b
        a = dice.integer(1, 20 if dice.chance(0.3) else 99)
        b = dice.integer(0, a)
        return a, "-", b, a - b

    def _stranger(self) -> _Topic:
        dice = self._dice
        name = (
            self._strangers.meet()
            if dice.chance(0.6)
            else strange.full_name(dice, unknown=True)
        )
        kind = dice.pick(list(KINDS)) if dice.chance(0.7) else ""
        if kind:
            asked = self._about(kind, name)
        else:
            asked = self._typed(
                capital(facts.worded("ask", facts.fact(dice), name, dice))
            )
        shown = name.lower() if name not in asked else name
        return [Turn(asked, dice.pick(assistant.REFUSALS).format(name=shown))]

    def _rarely(self) -> _Topic:
        dice = self._dice
        person = dice.pick(_read(True, self._seed))
        asked = self._about(dice.pick(list(KINDS)), person.name)
        shown = person.name.lower() if person.name not in asked else person.name
        return [Turn(asked, dice.pick(assistant.REFUSALS).format(name=shown))]

    def _about(self, kind: str, name: str) -> str:
        """A question about somebody of Fjordby, or about nobody."""
        dice = self._dice
        if dice.chance(0.35):
            return dice.pick(assistant.questions(kind)).format(name=name)
        asked = facts.worded("ask", Fact(kind, "", ""), name, dice)  # type: ignore[arg-type]
        return self._typed(capital(asked), name)

    def _talk(self) -> _Topic:
        return [self._pair("talk") for _ in range(self._dice.weighted((1, 2), (4, 1)))]

    def _untold(self) -> _Topic:
        return [self._pair("untold")]

    def _tale(self) -> _Topic:
        turn = small_talk.tale(self._dice)
        return [turn]

    def _pair(self, title: str) -> Turn:
        asked, answer = self._dice.pick(lines(FILE)[title]).split(" | ")
        place = self._dice.pick(_places())
        message = self._filled(said(asked, self._dice), place=place)
        return Turn(self._typed(message, place), answer.format(place=place))

    def _line(self, title: str) -> str:
        return said(self._dice.pick(frames(FILE, title)), self._dice)

    def _filled(self, pattern: str, name: str = "", place: str = "") -> str:
        dice = self._dice
        if "{verb}" in pattern:
            pattern = pattern.replace("{verb}", self._line("verb"))
        while "{word}" in pattern:
            pattern = pattern.replace("{word}", strange.word(dice), 1)
        town = strange.value("town", dice) if "{town}" in pattern else ""
        return pattern.format(name=name, place=place, town=town, n=dice.integer(2, 90))

    def _cased(self, text: str) -> str:
        return text.lower() if self._casual else text

    def _typed(self, text: str, *kept: str) -> str:
        """The message as it is typed; what is `kept` stays letter for letter."""
        if not self._casual:
            return text
        made = careless(text, self._dice)
        return made if all(one in made for one in kept) else text


def _begun(answer: str) -> str:
    """An answer; a name that was typed without a capital stays so."""
    return capital(answer) if answer.startswith("your ") else answer


def _answer(person: Person, kind: str) -> str:
    return assistant.answer(kind, person.name, person.facts[kind])


def _stopped(text: str, dice: Dice) -> str:
    ends = (".", "!", "?", ")", "lol", "haha")
    if text.endswith(ends) or dice.chance(0.25):
        return text
    return f"{text}."


def _woven(topics: list[_Topic], dice: Dice) -> list[Turn]:
    """Puts the turns of all topics into one row; each topic keeps its order."""
    left = [list(topic) for topic in topics]
    row = list[Turn]()
    together = dice.chance(0.4)
    while left:
        topic = left[0] if together else dice.pick(left)
        row.append(topic.pop(0))
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
