"""Notes as somebody jots them down, with questions in any words below.

Serves C16. The section `notes` of the corpus drills how to look into a page; here are
the sentences that people write: bare or with a label, several facts in one, somebody
else beside, and what wasn't said: "It doesn't say."
"""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import facts, strange
from llm_lessons.fjordby.everyday.facts import Fact
from llm_lessons.fjordby.everyday.wording import capital, careless, lines, said
from llm_lessons.fjordby.notes import SILENT

PAGES = 40_000
_LONGEST = 430
_BARE, _NEAR, _SILENCE, _CARELESS = 0.55, 0.06, 0.42, 0.06
_CHANGED, _BOTH = 0.07, 0.1  # of the sentences
_TOLD_TOGETHER = (
    "{a} and {b}",
    "{a}. {b}",
    "{a}, and {b}",
    "{a}; {b}",
    "{a}, while {b}",
    "{a} but {b}",
)


type _Told = list[tuple[str, Fact]]


def page(dice: Dice, aside: bool = False) -> str:
    """Draws a page of one to four facts and the questions to some of them."""
    told, notes, changed = _written(dice, aside)
    text = _joined(notes, _label(dice), dice)
    asked = [
        (who, fact, fact.value if fact.value in text else capital(fact.value))
        for who, fact in dice.shuffled(told)
    ]
    if dice.chance(_SILENCE):
        who, fact = _unsaid(told, dice, aside)
        asked.insert(dice.integer(0, min(2, len(asked))), (who, fact, SILENT[:-1]))
    page = text
    for who, fact, answer in asked[: dice.integer(1, 3)]:
        question = _question(who, fact, (who, fact) in changed, dice, aside)
        more = f"\n{_asked(question, dice)} {answer}."
        if len(page) + len(more) > _LONGEST and page != text:
            break
        page += more
    return page


def _written(dice: Dice, aside: bool) -> tuple[_Told, list[str], _Told]:
    """The facts of a page, the sentences that tell them, and what changed in them."""
    told, notes, changed = (
        list[tuple[str, Fact]](),
        list[str](),
        list[tuple[str, Fact]](),
    )
    names = list[str]()
    for _ in range(dice.weighted((1, 2, 3, 4), (5, 4, 2, 1))):
        again = names and dice.chance(0.3)
        name = dice.pick(names) if again else _name(names, dice, aside)
        names += [] if again else [name]
        about = facts.fact(dice, aside, _groups(told, name))
        told.append((name, about))
        how = 1.0 if aside else dice.fraction()
        if how < _CHANGED and facts.changes(about.kind):
            notes.append(facts.changed(about, name, dice))
            changed.append((name, about))
            continue
        if _CHANGED < how < _CHANGED + _BOTH:
            other = _name(names, dice, aside)
            also = about._replace(value=facts.other(about, dice))
            notes.append(facts.of_both(about, name, also, other, dice))
            names.append(other)
            told.append((other, also))
            continue
        notes.append(_note(name, about, dice, aside))
        if dice.chance(0.1):  # two facts in one sentence
            other, more = _name(names, dice, aside), facts.fact(dice, aside)
            names.append(other)
            told.append((other, more))
            both = facts.worded("tell", more, other, dice, aside)
            notes[-1] = dice.pick(_TOLD_TOGETHER).format(a=notes[-1], b=both)
    return told, notes, changed


def _groups(told: _Told, name: str) -> set[str]:
    return {facts.group(about.kind) for who, about in told if who == name}


def _unsaid(told: _Told, dice: Dice, aside: bool) -> tuple[str, Fact]:
    """What nobody said: of somebody else, or something else of somebody told about."""
    who, fact = dice.pick(told)
    if dice.chance(0.6):
        return _name([name for name, _ in told], dice, aside), fact
    return who, facts.fact(dice, aside, _groups(told, who))


def _question(who: str, about: Fact, now: bool, dice: Dice, aside: bool) -> str:
    if now:
        question = facts.generally("now", about, who, dice)
    else:
        question = facts.worded("ask", about, who, dice, aside)
    return capital(question) if dice.chance(0.7) else question


def texts(seed: int, share: float = 1.0) -> list[str]:
    """Returns the pages of the corpus, or a share of as many."""
    dice, found = Dice(seed, "everyday notes"), list[str]()
    while len(found) < PAGES * share:
        drawn = page(dice)
        if len(drawn) <= _LONGEST + 40:
            found.append(drawn)
    return found


def _asked(question: str, dice: Dice) -> str:
    how = dice.fraction()
    if how < 0.8:
        return f"Question: {question}\nAnswer:"
    if how < 0.9:
        return f"{question}\nAnswer:"
    return f"Q: {question}\nA:"


def _name(others: list[str], dice: Dice, aside: bool) -> str:
    """Somebody new, now and then with a first name or a surname heard before."""
    while True:
        drawn = (
            strange.full_name(dice, aside)
            if dice.chance(0.8)
            else strange.name(dice, aside)
        )
        if others and dice.chance(0.15):
            first = dice.pick(others).split(" ")[0]
            drawn = f"{first} {drawn.split(' ')[-1]}"
        if drawn not in others:
            return drawn


def _label(dice: Dice) -> str:
    if dice.chance(_BARE):
        return ""
    label = said(dice.pick(lines("asides.txt")["labels"]), dice)
    return label.format(friend=strange.name(dice))


def _note(name: str, about: Fact, dice: Dice, aside: bool) -> str:
    if dice.chance(_NEAR):
        pattern = dice.pick(lines("asides.txt")["nearness"])
        return facts.filled(pattern, about, name, dice)
    note = facts.told(about, name, dice, aside)
    return careless(note, dice) if dice.chance(_CARELESS) and name.islower() else note


def _joined(notes: list[str], label: str, dice: Dice) -> str:
    ends = [note if note.endswith((".", "!")) else f"{note}." for note in notes]
    if dice.chance(0.5):
        return "\n".join(f"{label}{note}" for note in ends)
    return label + " ".join(ends)
