"""Small tales of a hero, a place, a thing and a friend who all come back at the end.

Serves C8 and C9 (the same prompt gives different answers; temperature sets how random
the coin flip is): a story can go on in many ways, so the slider has something to turn.
What the first sentences name returns later, so a small model learns to stay on its
subject. `plots.txt` holds the plots: one block each, one line for each step of the
plot, with the step's wordings between bars.
"""

from functools import cache
from importlib.resources import files

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied.lists import blocks

STORIES = 6_500

_WEIGHTED = [
    line.partition(" ") for line in blocks("sentences.txt")["openings of stories"]
]
_OPENINGS = tuple(opening for _, _, opening in _WEIGHTED)
_OPENING_WEIGHTS = tuple(int(weight) for weight, _, _ in _WEIGHTED)
_HOUSES = (
    "small red house",
    "house with a crooked roof",
    "yellow house on a hill",
    "cottage by the sea",
    "house full of books",
    "tall narrow house",
)
_TIMES = ("morning", "afternoon", "evening", "Sunday", "Saturday")
_MONTHS = ("January", "March", "April", "May", "June", "August", "October", "November")
_WEATHERS = ("windy", "rainy", "sunny", "foggy", "cold", "bright", "quiet", "warm")
PLACES, THINGS, ANIMALS = (
    words.of_list(f"{what} of stories") for what in ("places", "things", "animals")
)
_SHE = {"She": "She", "she": "she", "him": "her", "his": "her", "His": "Her"}
_HE = {"She": "He", "she": "he", "him": "him", "his": "his", "His": "His"}
_GIRL = {**_SHE, "himself": "herself", "child": "girl"}
_BOY = {**_HE, "himself": "himself", "child": "boy"}

type Plot = tuple[tuple[str, ...], ...]


@cache
def plots() -> tuple[Plot, ...]:
    """Returns the plots: for each its steps, for each step its wordings."""
    source = files("llm_lessons.fjordby").joinpath("plots.txt")
    blocks = source.read_text(encoding="utf-8").strip().split("\n\n")
    return tuple(
        tuple(tuple(step.split(" | ")) for step in block.split("\n"))
        for block in blocks
    )


def texts(seed: int) -> list[str]:
    """Returns all stories of the corpus."""
    dice = Dice(seed, "stories")
    return [story(dice) for _ in range(STORIES)]


def story(dice: Dice) -> str:
    """Returns one story."""
    cast = _cast(dice)
    first, *rest = dice.pick(plots())
    clause = dice.pick(first).format_map(cast)
    opening = dice.weighted(_OPENINGS, _OPENING_WEIGHTS)
    sentences = [opening.format_map({**cast, "clause": clause})]
    sentences += [dice.pick(step).format_map(cast) for step in rest]
    return " ".join(sentences)


def _cast(dice: Dice) -> dict[str, str]:
    """Draws all that a plot can name; `beast` and `item` are short for the two."""
    hero, friend = dice.shuffled(words.FIRST_NAMES)[:2]
    animal, thing = dice.pick(ANIMALS), dice.pick(THINGS)
    return {
        **(_GIRL if hero in words.FEMALE_NAMES else _BOY),
        "hero": hero,
        "friend": friend,
        "place": dice.pick(PLACES),
        "thing": thing,
        "item": thing.split()[-1],
        "animal": animal,
        "beast": animal.split()[-1],
        "house": dice.pick(_HOUSES),
        "time": dice.pick(_TIMES),
        "month": dice.pick(_MONTHS),
        "weather": dice.pick(_WEATHERS),
    }
