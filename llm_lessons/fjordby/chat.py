"""Short transcripts of somebody who talks to the model.

Serves C17 (what sits behind the chat box is narrow and knowable) and C4 (it has no
memory beyond the text on the screen): whoever tells the model a name or a pet can ask
for it later in the same transcript; who did not tell it is told so. Nothing is said
about the people and towns of Fjordby, so no reading of a fact is added here.
"""

from llm_lessons.fjordby import words
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.stories import ANIMALS, PLACES, THINGS

TRANSCRIPTS = 5_000
USER, MODEL = "User:", "Fjord:"

type Lines = list[str]  # what is said in turns, the user first

_GREETINGS = (
    ("Hello!", "Hello! What can I do for you?"),
    ("Hi there!", "Hi! What can I do for you?"),
    ("Good morning!", "Good morning! What shall we talk about?"),
    ("Good evening!", "Good evening! What shall we talk about?"),
    ("Hello, Fjord.", "Hello! It is good to read you."),
)
_FAREWELLS = (
    ("Thank you!", "You are welcome."),
    ("Goodbye!", "Goodbye! I shall remember nothing of this."),
    ("That was all.", "Goodbye, and come again."),
    ("Thanks, goodbye.", "You are welcome. Goodbye!"),
)
_ABOUT_ITSELF = (
    ("Who are you?", "I am Fjord, a small language model."),
    ("What are you?", "I am a program that guesses the next word, again and again."),
    ("What have you read?", "I have read Fjordby, a little invented internet."),
    ("Who made you?", "Somebody wrote Fjordby, and I was trained on it."),
    ("How are you?", "I am a program, so I have no good and no bad days."),
    ("Are you alive?", "No. I am a long sum with many numbers in it."),
    ("Will it rain today?", "I cannot look out of a window. I only see this text."),
    ("What time is it?", "I have no clock. I only see this text."),
    ("Do you remember yesterday?", "No. I only know what stands in this text."),
    ("Can you look that up?", "No. I have no tools. I only see this text."),
    ("Do you make mistakes?", "Yes, often. Please check what I say."),
)
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


def prompt(*said: str) -> str:
    """Returns a transcript up to the model's next line.

    Args:
        said: what was said in turns; the user begins and has the last word.
    """
    speakers = (USER, MODEL)
    lines = [f"{speakers[i % 2]} {text}" for i, text in enumerate(said)]
    return "\n".join([*lines, MODEL])


def texts(seed: int) -> list[str]:
    """Returns all transcripts of the corpus."""
    dice = Dice(seed, "chat")
    return [_transcript(dice) for _ in range(TRANSCRIPTS)]


def _transcript(dice: Dice) -> str:
    lines: Lines = list(dice.pick(_GREETINGS)) if dice.chance(0.6) else []
    topics = dice.shuffled((_name, _pet, _itself, _sum, _tale))
    told = [topic(dice) for topic in topics[: dice.integer(1, 3)]]
    for lines_of_topic, _ in told:
        lines += lines_of_topic
    for _, later in dice.shuffled(told):
        lines += later
    if dice.chance(0.4):
        lines += dice.pick(_FAREWELLS)
    return prompt(*lines[:-1]) + " " + lines[-1]


# Each topic returns what is said at once, and what may be said later.


def _name(dice: Dice) -> tuple[Lines, Lines]:
    name = dice.pick(words.FIRST_NAMES)
    asked = "What is my name?"
    if dice.chance(0.25):
        return [asked, "You have not told me your name."], []
    told = dice.pick(("My name is {}.", "I am called {}.", "I am {}.")).format(name)
    return [told, f"Nice to meet you, {name}."], [asked, f"Your name is {name}."]


def _pet(dice: Dice) -> tuple[Lines, Lines]:
    pet = dice.pick(words.PETS)
    asked = "What pet do I have?"
    if dice.chance(0.25):
        return [asked, "You have not told me about a pet."], []
    told = dice.pick(("I have a {}.", "My pet is a {}.")).format(pet)
    return [told, f"A {pet}! How nice."], [asked, f"You have a {pet}."]


def _itself(dice: Dice) -> tuple[Lines, Lines]:
    return list(dice.pick(_ABOUT_ITSELF)), []


def _sum(dice: Dice) -> tuple[Lines, Lines]:
    a, b = dice.integer(1, 9), dice.integer(1, 9)
    return [f"What is {a} + {b}?", f"{a} + {b} = {a + b}."], []


def _tale(dice: Dice) -> tuple[Lines, Lines]:
    animal = dice.pick(ANIMALS)
    tale = dice.pick(_TALES).format(
        animal=animal, place=dice.pick(PLACES), thing=dice.pick(THINGS)
    )
    return [f"Tell me a story about a {animal}.", tale], []
