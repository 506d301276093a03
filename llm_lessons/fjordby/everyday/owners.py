"""Whom a text is about, and everybody else in it.

Serves C15: people write about "I", "my gran", "Mr Hill", "Ann and Bo" and "the
library" as well as about Ned. And some texts belong to nobody: a bus, a pond, a queue
(`Scene`).
"""

from functools import cache
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import lines, said, words
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied.subjects import Subject, subject
from llm_lessons.fjordby.varied.things import Thing

FILE = "scenes.txt"
_WOMEN = ("gran", "aunt", "sister", "mum", "daughter", "niece", "wife", "mother")
_MEN = ("grandpa", "uncle", "brother", "dad", "son", "nephew", "husband")
_TITLES = (("Mrs", "she"), ("Mr", "he"), ("Ms", "she"), ("Dr", "she"), ("Miss", "she"))
_BEFORE_NAMES = ("Auntie", "Uncle", "Old", "Big", "Little", "Grandma", "Captain")
_WHOM = {"she": "her", "he": "him", "they": "them", "we": "us", "I": "me", "you": "you"}
_PAIRS = ("the twins", "the girls", "the boys", "my parents", "the neighbours")
_ENDINGS = (("ies", "y"), ("ves", "f"), ("ches", "ch"), ("sses", "ss"), ("s", ""))
_SEVERAL = ("some kids", "two boys", "the guests", "my cousins", "friends", "thieves")


class Other(NamedTuple):
    """Somebody else in a text."""

    name: str
    plural: bool = False


class Scene(NamedTuple):
    """A place whose things come and go, with how that is said there."""

    thing: Thing
    begin: str
    at: tuple[str, ...]
    come: tuple[str, ...]
    go: tuple[str, ...]
    where: tuple[str, ...]


def whom(who: Subject) -> str:
    """Returns how somebody is called to whom something is done: "her", "us"."""
    return _WHOM.get(who.pronoun, who.whom)


def self_of(who: Subject) -> str:
    """Returns "herself", "ourselves"."""
    ones = {"I": "myself", "you": "yourself", "we": "ourselves", "they": "themselves"}
    return ones.get(who.pronoun) or f"{_WHOM[who.pronoun]}self"


def owner(dice: Dice, aside: bool = False) -> Subject:
    """Draws whose things they are."""
    how = dice.fraction()
    if aside or how < 0.66:
        return subject(dice, aside, known=True)
    if how < 0.78:
        return _relative(dice)
    if how < 0.86:
        (title, he), name = dice.pick(_TITLES), strange.name(dice)
        return _single(f"{title} {name}", he)
    if how < 0.94:
        return _several(dice)
    place = dice.pick(words("clauses.txt", "institution"))
    whose = f"the {place}'s"
    return Subject(
        f"the {place}", f"the {place}", "they", "them", f"the {place}", whose, they=True
    )


def _relative(dice: Dice) -> Subject:
    women = dice.chance(0.5)
    who = dice.pick(_WOMEN if women else _MEN)
    if dice.chance(0.25):
        who = f"{who} {strange.name(dice)}"
    return _single(f"{dice.pick(('my', 'my', 'our'))} {who}", "she" if women else "he")


def _single(name: str, he: str) -> Subject:
    return Subject(name, name, he, _WHOM[he], name, f"{name}'s")


def _several(dice: Dice) -> Subject:
    if dice.chance(0.3):
        pair = dice.pick(_PAIRS)
    else:
        pair = f"{strange.name(dice)} and {strange.name(dice)}"
    return Subject(pair, pair, "they", "them", pair, f"{pair}'s", True, True)


def other(dice: Dice, who: Subject | None, aside: bool = False) -> Other:
    """Draws somebody else: "Mia", "her aunt", "two boys"."""
    how = dice.fraction()
    if aside or how < 0.42:
        return Other(strange.name(dice, aside))
    if how < 0.5:
        before = dice.pick((*_BEFORE_NAMES, *(title for title, _ in _TITLES)))
        return Other(f"{before} {strange.name(dice)}")
    if how < 0.58:
        return Other(dice.pick((*_SEVERAL, *_PAIRS)), plural=True)
    person = dice.pick(strange.listed("people", aside))
    own = who.whose_again if who else "my"
    whose = dice.pick((own, own, "the", "a"))
    if whose == "a":
        return Other(strange.a(person))
    name = f" {strange.name(dice)}" if dice.chance(0.08) else ""
    return Other(f"{whose} {person}{name}")


@cache
def _scenes(aside: bool) -> tuple[dict[str, str], ...]:
    found = [
        {"title": title} | dict(line.split(": ", 1) for line in block)
        for title, block in lines(FILE).items()
    ]
    return tuple(
        one for one in found if kept.is_aside("frame", one["title"]) == aside
    ) or tuple(found)


def scene(dice: Dice, aside: bool = False) -> Scene:
    """Draws a place, and what is counted there."""
    drawn = dice.pick(_scenes(aside))
    many = dice.pick(drawn["things"].split(", "))
    ways = {title: tuple(drawn[title].split(", ")) for title in ("at", "come", "go")}
    begin = said(dice.pick(drawn["begin"].split(" | ")), dice)
    where = tuple(drawn["where"].split(", "))
    return Scene(Thing(singular(many), many), begin, **ways, where=where)


@cache
def singular(many: str) -> str:
    """Returns the noun as it stands behind "1"."""
    odd = dict(pair.split(" ") for pair in words(strange.FILE, "odd plurals"))
    odd |= {"man": "men", "woman": "women", "cherry": "cherries", "swan": "swans"}
    back = {plurals: one for one, plurals in odd.items()}
    if many in back:
        return back[many]
    for ending, one in (
        ("ies", "y"),
        ("ves", "f"),
        ("ches", "ch"),
        ("sses", "ss"),
        ("s", ""),
    ):
        if many.endswith(ending):
            return many[: -len(ending)] + one
    return many
