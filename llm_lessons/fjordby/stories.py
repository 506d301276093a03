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
from llm_lessons.fjordby.words import listed

STORIES = 6_500

_OPENINGS = (
    "Once upon a time there was a {child} called {hero}. One day {clause}.",
    "Once upon a time there was a {child} called {hero} who lived in a {house}. "
    "One {time}, {clause}.",
    "Once upon a time, {clause}.",
    "One morning, {clause}.",
    "One morning in {month}, {clause}.",
    "One fine {time} in {month}, {clause}.",
    "It was a {weather} day in {month}. That was when {clause}.",
    "On a {weather} {time}, {clause}.",
    "Long ago, when the trees were still small, {clause}.",
    "This is the story of {hero}, a {child} from a {house}. One {time}, {clause}.",
    "It all began on a {weather} {time}: {clause}.",
    "Last {month}, {clause}.",
)
_OPENING_WEIGHTS = (4, 3, 2, 4, 2, 2, 2, 2, 1, 2, 1, 1)
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
PLACES = listed(
    "the old mill, the harbour, the stone bridge, the birch forest, the lighthouse, "
    "the frozen lake, the market square, the castle, the apple garden, the railway "
    "station, the windmill, the deep well, the bell tower, the waterfall, the empty "
    "barn, the long beach, the town hall, the school, the ferry landing, the chapel "
    "on the hill, the blue pond, the mountain pass, the bakery, the baker's garden, "
    "the fishing hut, the river bank, the fairground, the quarry"
)
THINGS = listed(
    "silver key, wooden boat, blue ribbon, brass bell, green lantern, little drum, "
    "tin whistle, glass marble, paper crown, woollen scarf, yellow umbrella, straw "
    "hat, golden button, clay pot, round mirror, ship's compass, painted box, leather "
    "purse, white feather, copper coin, wicker basket, striped ball, picture book, "
    "velvet cap, pocket watch, china cup, toy horse, red kite, music box, long rope"
)
ANIMALS = listed(
    "brown dog, grey cat, shy fox, young goat, white goose, tired pony, small owl, "
    "black raven, spotted cow, lost duck, clever crow, thin donkey, baby seal, quick "
    "squirrel, sleepy bear, round hedgehog, green frog, wild rabbit, tame magpie, "
    "proud swan, polite mouse, young badger, red hen, woolly sheep"
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
