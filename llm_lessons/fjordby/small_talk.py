"""Small talk: what somebody says to the model, and what it may say to that.

The topics of `chat` that need no knowledge of Fjordby. Whoever tells the model a name
or a pet can ask for it later in the same transcript; who did not tell it is told so.
"""

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.stories import ANIMALS, PLACES, THINGS
from llm_lessons.fjordby.turns import Topic, Turn
from llm_lessons.fjordby.varied import telling
from llm_lessons.fjordby.varied.lists import blocks


def _turns(title: str) -> tuple[Turn, ...]:
    return tuple(Turn(*line.split(" | ")) for line in blocks("sentences.txt")[title])


GREETINGS, FAREWELLS, _ABOUT_ITSELF = map(
    _turns, ("greetings", "farewells", "about itself")
)
_LOOK_UP = "Can you look that up?"
_CANNOT_SEARCH = Turn(_LOOK_UP, "No. I have no tools. I only see this text.")
_CAN_SEARCH = Turn(_LOOK_UP, "Yes. I write search: and a name.")
_TALES, _SHORT_TALES = (
    blocks("sentences.txt")[f"{size} told in chats"]
    for size in ("stories", "short stories")
)


def topics(dice: Dice, search: bool) -> list[Topic]:
    """Returns one turn about each topic, in random order."""
    return dice.shuffled([telling.topic(dice), *others(dice, search)])


def others(dice: Dice, search: bool) -> list[Topic]:
    """Returns one turn about each topic but the user's name, in random order."""
    drawn = [_pet(dice), _itself(dice, search), _sum(dice), (tale(dice), None)]
    return dice.shuffled(drawn)


def _pet(dice: Dice) -> Topic:
    pet = dice.pick(words.PETS)
    asked = "What pet do I have?"
    if dice.chance(0.25):
        return Turn(asked, "You have not told me about a pet."), None
    said = dice.pick(("I have a {}.", "My pet is a {}.")).format(pet)
    return Turn(said, f"A {pet}! How nice."), Turn(asked, f"You have a {pet}.")


def _itself(dice: Dice, search: bool) -> Topic:
    look_up = _CAN_SEARCH if search else _CANNOT_SEARCH
    return dice.pick((*_ABOUT_ITSELF, look_up)), None


def _sum(dice: Dice) -> Topic:
    a, b = dice.integer(1, 9), dice.integer(1, 9)
    return Turn(f"What is {a} + {b}?", f"{a} + {b} = {a + b}."), None


def tale(dice: Dice) -> Turn:
    """Returns a wish for a story, and a story."""
    animal = dice.pick(ANIMALS)
    size, tales = dice.pick((("story", _TALES), ("short story", _SHORT_TALES)))
    told = dice.pick(tales).format(
        animal=animal, place=dice.pick(PLACES), thing=dice.pick(THINGS)
    )
    return Turn(f"Tell me a {size} about a {animal}.", told)
