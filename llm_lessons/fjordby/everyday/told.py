"""What somebody tells in a chat and asks for later: names, facts, corrections.

Serves C4 and C16. All answers of one kind have one frame, "You told me: {value}.", so
that nothing but the value has to be found; it is the one that was told last. What
wasn't told of oneself, or of somebody told about, is not known: "You have not told me
that." Nobody is told two things that one question could mean.
"""

from collections.abc import Collection
from typing import Literal, NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import facts, strange
from llm_lessons.fjordby.everyday.facts import Fact
from llm_lessons.fjordby.everyday.typist import Typist
from llm_lessons.fjordby.everyday.wording import capital
from llm_lessons.fjordby.turns import Turn
from llm_lessons.fjordby.varied import telling

type Topic = list[list[Turn]]  # turns that belong together, and those that come later
How = Literal["once", "corrected", "doubted", "more", "untold"]
_HOW: tuple[How, ...] = ("once", "corrected", "doubted", "more", "untold")
_HOW_OFTEN = (42, 20, 10, 18, 10)
UNTOLD = "You have not told me that."
_NAME_CORRECTED = 0.12
_HELLOS = (
    "Nice to meet you, {}.",
    "Nice to meet you, {}.",
    "Hello, {}!",
    "Hi, {}.",
    "Good to meet you, {}.",
    "Welcome, {}.",
)
_ARTICLES = ("job", "pet", "vehicle")  # kinds of what one is, or has, one of


class Who(NamedTuple):
    """Somebody who is told about; the user themselves if there is no name."""

    whole: str = ""  # "my friend Sara"
    short: str = ""  # "Sara"


ONESELF = Who()


class Told:
    """The topics of one chat in which something is told."""

    def __init__(self, typist: Typist, asked: Collection[str] = ()) -> None:
        """Begins a chat.

        Args:
            typist: who types the messages.
            asked: kinds of fact that the chat asks for of well-known people.
        """
        self._typist, self._dice = typist, typist.dice
        self._used = {("somebody", facts.group(kind)) for kind in asked}
        self._bare = set[str]()  # groups asked for without anybody's name
        self._people = set[str]()
        self.named = False  # whether the user's name is told, or asked for in vain

    def oneself(self) -> Topic:
        """Draws a topic about the user."""
        return self.about(ONESELF, self._dice.weighted(_HOW, _HOW_OFTEN))

    def third(self) -> Topic:
        """Draws a topic about somebody else."""
        return self.about(self.person(), self._dice.weighted(_HOW, _HOW_OFTEN))

    def about(self, who: Who, how: How) -> Topic:
        """Draws a topic in which a fact is told of somebody, and asked for."""
        tell, about = self._tell(self._drawn(who), who)
        topic = [[Turn(tell, self._noted(about))]]
        if how == "doubted":
            topic.append([self._ask(about, who)])
        if how in ("corrected", "doubted"):
            old = about.value
            turn, about = self._corrected(about, who)
            alone = old in turn.asked and self._dice.chance(0.5)
            topic.append([turn]) if alone else topic[-1].append(turn)
        if how == "more":
            tell, more = self._tell(self._drawn(who), who)
            topic.append([Turn(tell, self._noted(more))])
            if self._dice.chance(0.6):
                topic.append([self._ask(more, who)])
        topic.append([self._ask(about, who)])
        if how == "untold":
            turn = self._ask(self._drawn(who), who, bare=False)
            asked = [turn._replace(answer=UNTOLD)]
            topic.insert(self._dice.integer(1, 2), asked)
        elif self._dice.chance(0.06):
            topic[-1].append(self._sure())
        return topic

    def untold(self) -> Topic:
        """Draws a question for what the user has not told."""
        turn = self._ask(self._drawn(ONESELF), ONESELF, bare=False)
        return [[turn._replace(answer=UNTOLD)]]

    def name(self) -> Topic:
        """Draws a topic in which the user tells a name, and asks for it."""
        self.named, dice = True, self._dice
        name, message = self._introduced()
        self._people.update(name.lower().split(" "))
        topic = [[Turn(message, dice.pick(_HELLOS).format(name))]]
        if dice.chance(0.25):  # something else in the same breath
            tell, about = self._tell(self._drawn(ONESELF), ONESELF)
            first = topic[0][0]._replace(asked=_together(message, tell, dice))
            topic = [[first], [self._ask(about, ONESELF)]]
        if dice.chance(_NAME_CORRECTED):
            if dice.chance(0.3):
                topic.append([self._ask_name(name)])
            turn, new = self._renamed(name)
            last = -1 if name in topic[-1][-1].answer else 0  # where the name stands
            topic[last].append(turn)
            name = new
        topic.append([self._ask_name(name)])
        if dice.chance(0.05):
            topic[-1].append(self._sure())
        return topic

    def _renamed(self, old: str) -> tuple[Turn, str]:
        """A correction of the user's name, and the name that is right."""
        typist, dice, new = self._typist, self._dice, old
        while new.lower() in old.lower():
            new = typist.cased(strange.name(dice))
        message = typist.line("name correct").format(name=new, old=old)
        message = typist.typed(typist.stopped(capital(message)), new, old)
        new = new if new in message else capital(new)
        return Turn(message, dice.pick(_HELLOS).format(new)), new

    def person(self) -> Who:
        """Draws somebody whom this chat has not named."""
        while True:
            who = self._somebody()
            key = who.short.lower().split(" ")
            if self._people.isdisjoint(key):
                self._people.update(key)
                return who

    def _somebody(self) -> Who:
        typist, dice = self._typist, self._dice
        how, cased = dice.fraction(), typist.cased
        if how < 0.3:
            first = cased(strange.name(dice))
            return Who(first, first)
        if how < 0.52:
            full = cased(strange.full_name(dice))
            return Who(full, full.split(" ")[0] if dice.chance(0.4) else full)
        if how < 0.62:
            whole = f"my {dice.pick(strange.listed('people'))}"
            return Who(whole, whole)
        last = strange.full_name(dice).split(" ")[-1]
        first, pattern = strange.name(dice), typist.line("persons")
        whole = pattern.format(first=first, last=last)
        called = "{last}" in pattern or pattern[0].isupper() or pattern[0] == "o"
        short = whole if called or dice.chance(0.3) else first
        return Who(cased(whole), cased(short.replace(",", "")))

    def _introduced(self) -> tuple[str, str]:
        """A name, and the message that tells it."""
        typist, dice = self._typist, self._dice
        if dice.chance(0.3):
            told = telling.telling(dice)
            name, message = told.later.answer[len("Your name is ") : -1], told.now.asked
            return name, typist.typed(message) if name.islower() else message
        full = dice.chance(0.08)
        name = typist.cased(strange.full_name(dice) if full else strange.name(dice))
        message = typist.filled(self._introduction(), name=name)
        if dice.chance(0.4):
            greeting = typist.line("greet").rstrip("?.!, ")
            if len(greeting) < 14:
                message = greeting + dice.pick((" ", ", ", "! ", ". ")) + message
        return name, typist.typed(message, name)

    def _introduction(self) -> str:
        """A wording that tells a name, and nothing that is told or asked elsewhere."""
        gaps = {("", "town"): "{town}", ("", "year"): "{n}"}
        while True:
            pattern = self._typist.line("name")
            pattern = pattern.replace("{verb}", self._typist.line("verb"))
            also = {told for told, gap in gaps.items() if gap in pattern}
            if self._used.isdisjoint(also):
                self._used |= also
                return pattern

    def _ask_name(self, name: str) -> Turn:
        line, dice = self._typist.line("name ask"), self._dice
        asked = line if dice.chance(0.7) else telling.asked(dice)
        return Turn(self._typist.typed(asked), f"Your name is {name}.")

    def _sure(self) -> Turn:
        return Turn(self._typist.typed(self._typist.line("sure")), "Yes. You told me.")

    def _drawn(self, who: Who) -> Fact:
        """A fact that this chat has neither told of them nor asked for."""
        owner = who.short.lower()
        but = {group for one, group in self._used if one == owner} | self._bare
        about = facts.fact(self._dice, but=but)
        self._used.add((owner, facts.group(about.kind)))
        return about._replace(value=self._typist.cased(about.value))

    def _noted(self, about: Fact) -> str:
        if self._dice.chance(0.4):
            return f"Noted: {about.value}."
        return self._typist.line("told answer")

    def _tell(self, about: Fact, who: Who) -> tuple[str, Fact]:
        """A message that tells a fact, and the fact as it stands there."""
        text = self._me(about) if who == ONESELF else self._of(about, who)
        value = about.value
        text = self._typist.typed(self._typist.stopped(text), value, who.short)
        return text, about._replace(value=value if value in text else capital(value))

    def _me(self, about: Fact) -> str:
        dice, typist = self._dice, self._typist
        if dice.chance(facts.PLAINLY):
            return facts.plainly(about, "", dice)
        text = facts.worded("me", about, "", dice)
        if dice.chance(0.3):
            text = typist.filled(typist.line("me before")) + text
        if dice.chance(0.5):
            text += typist.filled(typist.line("me after"))
        return capital(text)

    def _of(self, about: Fact, who: Who) -> str:
        dice, whole = self._dice, who.whole.replace(",", "")
        if facts.changes(about.kind) and dice.chance(0.04):
            text = facts.changed(about, whole, dice)
        else:
            text = facts.told(about, whole, dice)
        for one in (whole, capital(whole)):
            if who.whole != whole and text.startswith(f"{one} "):
                shown = one[0] + who.whole[1:]
                return f"{shown},{text[len(one) :]}"
        return text

    def _ask(self, about: Fact, who: Who, bare: bool = True) -> Turn:
        dice, group = self._dice, facts.group(about.kind)
        alone = sum(one == group for _, one in self._used) == 1
        if bare and alone and about.kind != "pet name" and dice.chance(0.06):
            self._bare.add(group)
            asked = facts.generally("bare", about, "-", dice)
        elif dice.chance(0.2):
            asked = facts.generally("remind", about, who.short, dice)
        else:
            how = "ask" if who.short else "ask me"
            asked = facts.worded(how, about, who.short, dice)
        asked = capital(asked) if dice.chance(0.8) else asked
        typed = self._typist.typed(asked, who.short)
        return Turn(typed, f"You told me: {about.value}.")

    def _corrected(self, old: Fact, who: Who) -> tuple[Turn, Fact]:
        dice, typist = self._dice, self._typist
        new = old._replace(value=typist.cased(facts.other(old, dice)))
        fact = facts.plainly(new, who.short, dice)
        if not dice.chance(0.6):
            how = "tell" if who.short else "me"
            fact = facts.worded(how, new, who.short, dice)
        if fact.startswith(("My ", "The ", "Our ")):
            fact = fact[0].lower() + fact[1:]
        both = strange.a if old.kind in _ARTICLES and dice.chance(0.5) else str
        gaps = {"fact": fact, "old": both(old.value), "value": both(new.value)}
        message = capital(typist.line("correct").format(**gaps))
        message = typist.typed(typist.stopped(message), new.value, old.value)
        value = new.value if new.value in message else capital(new.value)
        reply = typist.line("correct answer").format(value=value)
        return Turn(message, reply), new._replace(value=value)


def _together(first: str, then: str, dice: Dice) -> str:
    """Two messages as one."""
    first = first.rstrip(".!")
    if then.startswith(("My ", "We ", "I ", "I'm ")) and dice.chance(0.6):
        then = then if then[0] == "I" else then[0].lower() + then[1:]
        return f"{first}{dice.pick((' and ', ', '))}{then}"
    return f"{first}. {then}"
