"""Facts about somebody, as people tell them and ask for them: eight kinds.

Each is told with what people wrap around it: what they heard, asides, reasons, somebody
else. The value may stand anywhere, and what follows it is never read twice, so that
where a value ends can be told by what it is alone.
"""

from typing import Literal, NamedTuple, get_args

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import capital, frames, said

Kind = Literal["town", "job", "food", "pet", "pet name", "hobby", "instrument", "year"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = "facts.txt"
_WEIGHTS = (6, 5, 5, 3, 4, 4, 3, 3)


class Fact(NamedTuple):
    """What is so of somebody; of a pet's name, whose: "dog"."""

    kind: Kind
    value: str
    animal: str = ""


def fact(dice: Dice, aside: bool = False) -> Fact:
    """Draws a fact of any kind."""
    kind = dice.weighted(KINDS, _WEIGHTS)
    animal = dice.pick(strange.pets()) if kind == "pet name" else ""
    value = strange.value(kind, dice, aside)
    if kind in ("food", "hobby") and dice.chance(0.05):
        value = f"{value} and {strange.value(kind, dice, aside)}"
    return Fact(kind, value, animal)


def worded(how: str, about: Fact, name: str, dice: Dice, aside: bool = False) -> str:
    """Draws a wording: "tell", "ask", "answer"; "me", "ask me" of the speaker."""
    title = f"{about.kind}: {how}"
    pattern = said(dice.pick(frames(FILE, title, aside)), dice)
    return filled(pattern, about, name, dice)


def filled(pattern: str, about: Fact, name: str, dice: Dice) -> str:
    """Fills the gaps of a wording."""
    gaps = {
        "name": name,
        "value": about.value,
        "animal": about.animal,
        "a_value": strange.a(about.value),
        "a_animal": strange.a(about.animal),
    }
    if "{when}" in pattern:
        gaps["when"] = dice.pick(frames(FILE, "when"))
    return pattern.replace(
        "favou?rite", dice.pick(("favourite", "favorite"))
    ).format_map(gaps)


def told(
    about: Fact, name: str, dice: Dice, aside: bool = False, me: bool = False
) -> str:
    """Draws a sentence that tells the fact, with what people wrap around it."""
    text = worded("me" if me else "tell", about, name, dice, aside)
    if dice.chance(0.25):
        text = _aside("before", dice, aside) + text
    if not me and dice.chance(0.14) and f"{name} " in text:
        place = text.index(f"{name} ") + len(name)
        text = text[:place] + _aside("inside", dice, aside) + text[place:]
    if dice.chance(0.38):
        text += _aside("after", dice, aside)
    return capital(text)


def _aside(where: str, dice: Dice, aside: bool) -> str:
    found = frames("asides.txt", where, aside)
    pattern = said(dice.pick(found), dice)
    while "{word}" in pattern:
        pattern = pattern.replace("{word}", strange.word(dice, aside), 1)
    return pattern.format(
        friend=strange.name(dice, aside) if "{friend}" in pattern else "",
        person=dice.pick(strange.listed("people", aside)),
    )
