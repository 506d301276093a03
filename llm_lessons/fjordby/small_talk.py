"""Small talk: what somebody says to the model, and what it may say to that.

The topics of `chat` that need no knowledge of Fjordby. Whoever tells the model a name
or a pet can ask for it later in the same transcript; who did not tell it is told so.
"""

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.stories import ANIMALS, PLACES, THINGS
from llm_lessons.fjordby.turns import Topic, Turn
from llm_lessons.fjordby.varied import telling

GREETINGS = (
    Turn("Hello!", "Hello! What can I do for you?"),
    Turn("Hi there!", "Hi! What can I do for you?"),
    Turn("Good morning!", "Good morning! What shall we talk about?"),
    Turn("Good evening!", "Good evening! What shall we talk about?"),
    Turn("Hello, Fjord.", "Hello! It is good to read you."),
)
FAREWELLS = (
    Turn("Thank you!", "You are welcome."),
    Turn("Goodbye!", "Goodbye! I shall remember nothing of this."),
    Turn("That was all.", "Goodbye, and come again."),
    Turn("Thanks, goodbye.", "You are welcome. Goodbye!"),
)
_ABOUT_ITSELF = (
    Turn("Who are you?", "I am Fjord, a small language model."),
    Turn(
        "What are you?", "I am a program that guesses the next word, again and again."
    ),
    Turn("What have you read?", "I have read Fjordby, a little invented internet."),
    Turn("Who made you?", "Somebody wrote Fjordby, and I was trained on it."),
    Turn("How are you?", "I am a program, so I have no good and no bad days."),
    Turn("Are you alive?", "No. I am a long sum with many numbers in it."),
    Turn("Will it rain today?", "I cannot look out of a window. I only see this text."),
    Turn("What time is it?", "I have no clock. I only see this text."),
    Turn("Do you remember yesterday?", "No. I only know what stands in this text."),
    Turn("Do you make mistakes?", "Yes, often. Please check what I say."),
)
_LOOK_UP = "Can you look that up?"
_CANNOT_SEARCH = Turn(_LOOK_UP, "No. I have no tools. I only see this text.")
_CAN_SEARCH = Turn(_LOOK_UP, "Yes. I write search: and a name.")
_TALES = (
    "Once upon a time a {animal} lived near {place}. One day it found a {thing}, and "
    "from then on it was never bored.",
    "There was a {animal} that wanted a {thing} more than anything else. It found one "
    "at {place} and gave it away the next day.",
    "A {animal} walked to {place} with a {thing}. There it fell asleep, and that is "
    "all that happened.",
    "At {place} a {animal} kept a {thing} for a friend. The friend came back after "
    "ten years, and it was still there.",
)
_SHORT_TALES = (
    "A {animal} lost a {thing} and found it again.",
    "There was a {animal} with a {thing}. It was happy.",
    "Once a {animal} slept near {place}.",
)


def topics(dice: Dice, search: bool) -> list[Topic]:
    """Returns one turn about each topic, in random order.

    Args:
        dice: decides what is said.
        search: the model can search in this transcript, and says so if asked.
    """
    return dice.shuffled([telling.topic(dice), *others(dice, search)])


def others(dice: Dice, search: bool) -> list[Topic]:
    """Returns one turn about each topic but the user's name, in random order."""
    drawn = [_pet(dice), _itself(dice, search), _sum(dice), _tale(dice)]
    return dice.shuffled(drawn)


def _pet(dice: Dice) -> Topic:
    pet = dice.pick(words.PETS)
    asked = "What pet do I have?"
    if dice.chance(0.25):
        return Turn(asked, "You have not told me about a pet."), None
    told = dice.pick(("I have a {}.", "My pet is a {}.")).format(pet)
    return Turn(told, f"A {pet}! How nice."), Turn(asked, f"You have a {pet}.")


def _itself(dice: Dice, search: bool) -> Topic:
    look_up = _CAN_SEARCH if search else _CANNOT_SEARCH
    return dice.pick((*_ABOUT_ITSELF, look_up)), None


def _sum(dice: Dice) -> Topic:
    a, b = dice.integer(1, 9), dice.integer(1, 9)
    return Turn(f"What is {a} + {b}?", f"{a} + {b} = {a + b}."), None


def _tale(dice: Dice) -> Topic:
    animal = dice.pick(ANIMALS)
    size, tales = dice.pick((("story", _TALES), ("short story", _SHORT_TALES)))
    tale = dice.pick(tales).format(
        animal=animal, place=dice.pick(PLACES), thing=dice.pick(THINGS)
    )
    return Turn(f"Tell me a {size} about a {animal}.", tale), None
