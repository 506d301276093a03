"""Facts about somebody, as people tell them and ask for them: fourteen kinds.

Each is told with what people wrap around it: what they heard, asides, reasons, somebody
else. The value may stand anywhere, and what follows it is never read twice, so that
where a value ends can be told by what it is alone. One in three is told plainly.
"""

from collections.abc import Collection
from typing import Literal, NamedTuple, get_args

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import capital, frames, lines, said, words
from llm_lessons.fjordby.varied import aside as kept

Kind = Literal[
    "town",
    "job",
    "food",
    "pet",
    "pet name",
    "hobby",
    "instrument",
    "year",
    "age",
    "colour",
    "sport",
    "hates",
    "vehicle",
    "language",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = "facts.txt"
PLAINLY = 0.33  # of all tellings
_WEIGHTS = (6, 5, 5, 3, 4, 4, 3, 2, 3, 3, 3, 3, 2, 2)
_BRIEFLY = 0.25  # of all questions: those that any kind can be asked for with
_LONG = 0.08  # of all values: two or three words that nothing joins
_LISTS = {
    "colour": "colours",
    "sport": "sports",
    "hates": "hated foods",
    "vehicle": "vehicles",
    "language": "languages",
}
# Kinds of which one question may mean either: nobody is said to have both.
_GROUPS = {
    "pet name": "pet",
    "sport": "hobby",
    "instrument": "hobby",
    "age": "year",
}


class Fact(NamedTuple):
    """What is so of somebody; of a pet's name, whose: "dog"."""

    kind: Kind
    value: str
    animal: str = ""


def group(kind: str) -> str:
    """Returns what stands for all kinds that a question could mix up with this one."""
    return _GROUPS.get(kind, kind)


def fact(dice: Dice, aside: bool = False, but: Collection[str] = ()) -> Fact:
    """Draws a fact of any kind, of none of these groups."""
    while group(kind := dice.weighted(KINDS, _WEIGHTS)) in but:
        pass
    animal = dice.pick(strange.pets()) if kind == "pet name" else ""
    drawn = value(kind, dice, aside)
    if kind in ("food", "hobby") and dice.chance(0.05):
        drawn = f"{drawn} and {value(kind, dice, aside)}"
    return Fact(kind, drawn, animal)


def value(kind: Kind, dice: Dice, aside: bool = False) -> str:
    """Draws a value: of a list, or made up, now and then of two or three words."""
    if kind == "age":
        return str(dice.integer(4, 96))
    if kind != "year" and dice.chance(_LONG):
        made = [strange.word(dice, aside) for _ in range(dice.integer(2, 3))]
        is_name = kind in ("town", "pet name", "language")
        return " ".join(map(capital, made) if is_name else made)
    if kind not in _LISTS:
        return strange.value(kind, dice, aside)
    if dice.chance(0.75):
        every = words(FILE, _LISTS[kind])
        return dice.pick(kept.choices("thing", every, aside))
    made = strange.word(dice, aside)
    return capital(made) if kind == "language" else made


def other(about: Fact, dice: Dice, aside: bool = False) -> str:
    """Draws another value for the same fact."""
    while True:
        drawn = value(about.kind, dice, aside)
        if drawn.lower() not in about.value.lower():
            return drawn


def worded(how: str, about: Fact, name: str, dice: Dice, aside: bool = False) -> str:
    """Draws a wording: "tell", "plain", "ask"; "me", "plain me", "ask me"."""
    if how in ("ask", "ask me") and dice.chance(_BRIEFLY):
        return generally("ask", about, name, dice, aside)
    pattern = said(dice.pick(frames(FILE, f"{about.kind}: {how}", aside)), dice)
    return filled(pattern, about, name, dice)


def generally(how: str, about: Fact, name: str, dice: Dice, aside: bool = False) -> str:
    """Draws a question that any kind is asked for with, of somebody or the speaker.

    Args:
        how: "ask"; "remind" if it was told to the one who is asked; "now" after a
            change; "bare" if nobody need be named.
        about: the fact that is asked for.
        name: whose it is; empty for the speaker.
        dice: for all that is drawn.
        aside: whether the wording is one of those that no page uses.
    """
    pattern = said(dice.pick(frames(FILE, f"any: {how}", aside)), dice)
    clauses = f"{about.kind}: clauses" + ("" if name else " me")
    noun, clause = f"{about.kind}: nouns", clauses
    if "{noun}" in pattern:
        drawn = lines(FILE)[noun][0] if how == "bare" else _pick(noun, dice)
        pattern = pattern.replace("{noun}", drawn)
    if "{clause}" in pattern:
        pattern = pattern.replace("{clause}", _pick(clause, dice))
    if not name:
        pattern = pattern.replace("{name}'s", "my")
    return filled(pattern, about, name, dice)


def _pick(title: str, dice: Dice) -> str:
    return said(dice.pick(lines(FILE)[title]), dice)


def filled(pattern: str, about: Fact, name: str, dice: Dice, **more: str) -> str:
    """Fills the gaps of a wording; of those in `more`, also behind an article."""
    gaps = {"name": name, "animal": about.animal}
    for gap, text in (("value", about.value), *more.items()):
        gaps |= {gap: text, f"a_{gap}": strange.a(text)}
    gaps["a_animal"] = strange.a(about.animal)
    if "{when}" in pattern:
        gaps["when"] = dice.pick(frames(FILE, "when"))
    return pattern.replace(
        "favou?rite", dice.pick(("favourite", "favorite"))
    ).format_map(gaps)


def plainly(about: Fact, name: str, dice: Dice) -> str:
    """Tells the fact in the fewest words; of the speaker if there is no name."""
    pattern = _pick(f"{about.kind}: plain" + ("" if name else " me"), dice)
    return capital(filled(pattern, about, name, dice))


def told(about: Fact, name: str, dice: Dice, aside: bool = False) -> str:
    """Draws a sentence that tells the fact, mostly with what people wrap around it."""
    if not aside and dice.chance(PLAINLY):
        return plainly(about, name, dice)
    text = worded("tell", about, name, dice, aside)
    if dice.chance(0.25):
        text = _aside("before", dice, aside) + text
    if dice.chance(0.14) and f"{name} " in text:
        place = text.index(f"{name} ") + len(name)
        text = text[:place] + _aside("inside", dice, aside) + text[place:]
    if dice.chance(0.38):
        text += _aside("after", dice, aside)
    return capital(text)


def changes(kind: Kind) -> bool:
    """Tells whether there are sentences that say how such a fact changed."""
    return f"{kind}: change" in lines(FILE)


def changed(about: Fact, name: str, dice: Dice) -> str:
    """Draws a sentence that tells what was so before, and the fact that is so now."""
    older = other(about, dice)
    if about.kind == "age":
        older = str(dice.integer(2, int(about.value) - 1))
    pattern = _pick(f"{about.kind}: change", dice)
    return capital(filled(pattern, about, name, dice, old=older))


def of_both(about: Fact, name: str, also: Fact, whose: str, dice: Dice) -> str:
    """Draws a sentence that tells the same kind of fact of two people."""
    pattern = _pick(f"{about.kind}: both", dice)
    return capital(filled(pattern, about, name, dice, other=whose, more=also.value))


def _aside(where: str, dice: Dice, aside: bool) -> str:
    found = frames("asides.txt", where, aside)
    pattern = said(dice.pick(found), dice)
    while "{word}" in pattern:
        pattern = pattern.replace("{word}", strange.word(dice, aside), 1)
    return pattern.format(
        friend=strange.name(dice, aside) if "{friend}" in pattern else "",
        person=dice.pick(strange.listed("people", aside)),
    )
