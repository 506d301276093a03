"""Words that are read hardly anywhere else: what stands for them has to be copied.

Serves C15 and C16. A model that has met every noun and value a hundred times fills
them in from memory. So most nouns, names and values here are one of very many, or made
up for a single page.
"""

from functools import cache

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby import words as fjordby_words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday.wording import words
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied import coined, names, things
from llm_lessons.fjordby.varied.things import Thing

FILE = "strange.txt"
_LOOKS = fjordby_words.listed(
    "red, blue, green, old, new, big, small, tiny, shiny, wooden, plastic, paper, "
    "glass, golden, pink, purple, spare, broken, fresh, ripe, lucky, rare, striped"
)


@cache
def listed(title: str, aside: bool = False) -> tuple[str, ...]:
    """Returns the words of a list that pages use, or those that are kept aside.

    None is a first name that no page may use, nor a real town that only tests name.
    """
    every = words(FILE, title)
    free = [word for word in every if _parts(word).isdisjoint(_taken())]
    return kept.choices("thing", free, aside)


def _parts(word: str) -> set[str]:
    return {word.lower(), *word.lower().split(" ")}


@cache
def _taken() -> frozenset[str]:
    """Names and nouns that no page may use, and real towns."""
    nouns = (one for both in things.listed(aside=True) for one in both[:2])
    taken = (*nouns, *names.listed(aside=True), *inventions.REAL_TOWNS)
    return frozenset(map(str.lower, taken))


@cache
def _things(aside: bool) -> tuple[Thing, ...]:
    odd = dict(pair.split(" ") for pair in words(FILE, "odd plurals"))
    found = list[Thing]()
    for one in listed("things", aside):
        *before, last = one.split(" ")
        many = " ".join([*before, odd.get(last) or things.plural(last)])
        found.append(Thing(one, many))
    return tuple(found)


def thing(dice: Dice, aside: bool = False) -> Thing:
    """Returns something that can be counted: listed, or with a made-up name."""
    how = dice.fraction()
    if how < 0.3:
        drawn = things.thing(dice, aside)
    elif how < 0.8:
        drawn = dice.pick(_things(aside))
    else:
        drawn = dice.pick(_made_up(aside))
    if not aside and dice.chance(0.12):
        look = dice.pick(_LOOKS)
        drawn = Thing(f"{look} {drawn.one}", f"{look} {drawn.many}", drawn.places)
    return drawn


@cache
def _made_up(aside: bool) -> tuple[Thing, ...]:
    nouns = coined.pool("noun", aside)
    return tuple(Thing(one, things.plural(one)) for one in nouns)


def word(dice: Dice, aside: bool = False) -> str:
    """Returns a word that means nothing in its place: listed, or made up."""
    if dice.chance(0.5):
        return dice.pick(listed("words", aside))
    return inventions.word(dice, aside)


def name(dice: Dice, aside: bool = False) -> str:
    """Returns a first name, mostly of a list; some are double, short or made up."""
    drawn = names.first_name(dice, aside)
    if aside or dice.chance(0.9):
        return drawn
    other = names.first_name(dice)
    return dice.pick(
        (
            f"{drawn}-{other}",
            f"O'{drawn}",
            f"Mc{drawn}",
            drawn.upper(),
            drawn.lower(),
            f"{drawn} {other}",
            f"{drawn}{dice.integer(1, 99)}",
            f"{dice.pick('ABCDEFGHIJKLMNOPRSTVWZ')}.{dice.pick('ABCDEJMPRST')}.",
        )
    )


def full_name(dice: Dice, aside: bool = False, unknown: bool = False) -> str:
    """Returns a first name with a surname that hardly anybody else has.

    Args:
        dice: for all that is drawn.
        aside: whether its parts are those that no page uses.
        unknown: whether it is one of those that chats ask about in vain.
    """
    while True:
        last = inventions.name(dice, aside)
        if dice.chance(0.25):
            last = names.first_name(dice, aside) + dice.pick(("", "son", "sen", "ova"))
        elif dice.chance(0.15):
            last = dice.pick(listed("words", aside)).capitalize()
        name = f"{names.first_name(dice, aside)} {last}"
        free = aside or not names.is_aside(last)
        if free and fjordby_words.is_for_chats(name) == unknown:
            return name


def _made(dice: Dice, aside: bool) -> str:
    if dice.chance(0.7):
        return inventions.word(dice, aside)
    return f"{word(dice, aside)} {word(dice, aside)}"


def value(kind: str, dice: Dice, aside: bool = False) -> str:
    """Returns a value of a kind of fact: known, of a list, or made up."""
    how = dice.fraction()
    if kind == "year":
        return str(dice.integer(1930, 2015))
    if kind == "town":
        if how < 0.25 and not aside:
            return dice.pick(KINDS["town"].values)
        if how < 0.65:
            return dice.pick(listed("towns", aside))
        return inventions.value("town", dice, aside)
    if kind == "pet name":
        if how < 0.55:
            return dice.pick(listed("pet names", aside))
        return inventions.name(dice, aside)
    if kind in KINDS and how < 0.25 and not aside:
        return dice.pick(KINDS[kind].values)
    if how < 0.75:
        title = {"hobby": "hobbies"}.get(kind, f"{kind}s")
        return dice.pick(listed(title, aside))
    return _made(dice, aside)


@cache
def pets(aside: bool = False) -> tuple[str, ...]:
    """Returns animals that somebody may have at home."""
    known = KINDS["pet"].values
    return (*listed("pets", aside), *(() if aside else known))


def a(word: str) -> str:
    """Returns the word behind its article."""
    return f"an {word}" if word[:1].lower() in "aeiou" else f"a {word}"
