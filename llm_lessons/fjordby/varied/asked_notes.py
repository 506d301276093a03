"""Open-book questions for experiments, in shapes and words that pages have or not.

Serves C16. The pages that are asked here are about strangers whom no page names. Each
of their shapes stands for itself: a sentence with the name first, one with the value
first, a table, a list, a form, a dialogue. What is kept aside of the sentences, of the
shapes and of the first names can be asked for as well.
"""

from collections.abc import Collection
from functools import cache
from itertools import chain
from typing import Literal

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.notes import Note, OpenBook, Values
from llm_lessons.fjordby.varied import note_frames
from llm_lessons.fjordby.varied.aside import Part, choices, parts
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.varied.note_layouts import SHAPES, Told
from llm_lessons.fjordby.varied.strangers import People
from llm_lessons.foundation.checks import checked

Shape = Literal["name first", "value first", "table", "list", "form", "dialogue"]


@checked(n=range(100_001), others=range(100))
def held_out(
    n: int,
    others: int = 0,
    seed: int = 0,
    shape: Shape = "name first",
    values: Values = "known",
    aside: Collection[Part] = (),
    absent: bool = False,
) -> list[OpenBook]:
    """Returns open-book prompts about people whom the corpus never names.

    Args:
        n: number of prompts.
        others: notes on each page besides the one that is asked for, all of the same
            kind of fact.
        seed: another seed gives other prompts.
        shape: of all notes on the page.
        values: "known" ones are true of somebody in Fjordby; "new" ones stand nowhere.
        aside: what is drawn from that which no page uses: "frame", "name".
        absent: whether the page is about the others alone, so that it doesn't answer.

    Raises:
        ValueError: nobody is on an absent page.
    """
    if absent and others == 0:
        raise ValueError("A page about nobody tells nothing: take others from 1 on.")
    kept = parts(aside)
    dice = Dice(seed, f"held-out notes, {shape}, with {others}")
    people = People(dice, held_out=True, aside="name" in kept)
    prompts: list[OpenBook] = []
    for _ in range(n):
        kind, facts = dice.pick(list(KINDS)), list[Told]()
        while len(facts) <= others:
            value = _value(kind, values, dice)
            if all(value != other for _, _, other in facts):
                name = people.meet(facts[-1][0] if facts else None)
                facts.append((name, kind, value))
        asked = dice.pick(facts)
        noted = [fact for fact in facts if not absent or fact is not asked]
        opening = _opening(noted, shape, dice, "frame" in kept)
        note = Note(*asked, sentence=opening)
        prompts.append(OpenBook(f"{opening}\n{question(kind, asked[0])}", note))
    return prompts


@cache
def kept_aside(shape: Shape) -> int:
    """How many of the sentences, rows and words of a shape no page uses."""
    lines = blocks("note_words.txt")
    ends = (shape, f"{shape} line")
    own = [lines[line] for line in lines if line.endswith(ends)]
    if " " in shape:  # a sentence: what is done in it counts as well
        own += [lines[line] for line in lines if line.endswith("doing")]
    return len(choices("frame", chain(*own), True))


def _opening(facts: list[Told], shape: Shape, dice: Dice, aside: bool) -> str:
    if shape != "name first" and shape != "value first":
        return SHAPES[shape](facts, dice, aside)
    sentences = (
        note_frames.sentence(kind, dice, shape, aside).format(name=name, value=value)
        for name, kind, value in facts
    )
    return "\n".join(f"Note: {sentence}" for sentence in sentences)


def _value(kind: str, values: Values, dice: Dice) -> str:
    if values == "known":
        return dice.pick(KINDS[kind].values)
    if kind == "town" and dice.chance(0.5):
        return dice.pick(inventions.REAL_TOWNS)
    return inventions.value(kind, dice, held_out=True)
