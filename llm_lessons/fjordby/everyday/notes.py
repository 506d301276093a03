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
_BARE, _NEAR, _SILENCE, _CARELESS = 0.45, 0.06, 0.28, 0.06
_TOLD_TOGETHER = (
    "{a} and {b}",
    "{a}. {b}",
    "{a}, and {b}",
    "{a}; {b}",
    "{a}, while {b}",
    "{a} but {b}",
)


def page(dice: Dice, aside: bool = False) -> str:
    """Draws a page of one to four facts and the questions to some of them."""
    told = list[tuple[str, Fact]]()
    names = list[str]()
    notes = list[str]()
    label = _label(dice)
    for _ in range(dice.weighted((1, 2, 3, 4), (5, 4, 2, 1))):
        again = names and dice.chance(0.3)
        name = dice.pick(names) if again else _name(names, dice, aside)
        about = facts.fact(dice, aside)
        if any(who == name and fact.kind == about.kind for who, fact in told):
            continue
        names += [] if again else [name]
        told.append((name, about))
        notes.append(_note(name, about, dice, aside))
        if dice.chance(0.12):  # two facts in one sentence
            other, more = _name(names, dice, aside), facts.fact(dice, aside)
            names.append(other)
            told.append((other, more))
            both = facts.worded("tell", more, other, dice, aside)
            notes[-1] = dice.pick(_TOLD_TOGETHER).format(a=notes[-1], b=both)
    text = _joined(notes, label, dice)
    asked = [
        (who, fact, fact.value if fact.value in text else capital(fact.value))
        for who, fact in dice.shuffled(told)
    ]
    if dice.chance(_SILENCE):
        who, fact = dice.pick(told)
        if dice.chance(0.75):
            who = _name(names, dice, aside)
        else:
            kinds = {about.kind for name, about in told if name == who}
            while (fact := facts.fact(dice)).kind in kinds:
                pass
        asked.insert(dice.integer(0, len(asked)), (who, fact, SILENT[:-1]))
    page = text
    for who, fact, answer in asked[: dice.integer(1, 3)]:
        question = facts.worded("ask", fact, who, dice, aside)
        if question[0].islower() and dice.chance(0.7):
            question = question[0].upper() + question[1:]
        more = f"\n{_asked(question, dice)} {answer}."
        if len(page) + len(more) > _LONGEST and page != text:
            break
        page += more
    return page


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
