"""Problems and notes worded by somebody who had seen no page of Fjordby.

Serves C15 and C16. What is kept aside is made by the same grammar as what is read. In
`outside.txt`, everything is another's: which sentences there are, and how they go on.
Only the names, the things and the values are of the kinds that pages have, so that a
figure is about the sentences alone.
"""

from typing import Literal, get_args

from llm_lessons.fjordby import inventions
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.notes import Note, OpenBook
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.fjordby.varied.strangers import People
from llm_lessons.foundation.checks import checked

Shape = Literal["name first", "value first", "table", "list"]

SHAPES: tuple[Shape, ...] = get_args(Shape)
"""How notes are written here."""
_FILE = "outside.txt"


def marble_problems(n: int, seed: int = 0) -> list[Problem]:
    """Returns n problems of four changes, each wording in its turn.

    Their numbers are held out. What somebody would write as steps is not known.
    """
    dice = Dice(seed, "marbles from outside")
    return [_of_marbles(dice, line) for line in _in_turn("marbles", n)]


def shop_problems(n: int, seed: int = 0) -> list[Problem]:
    """Returns n problems of the essay's kind, each wording in its turn."""
    dice = Dice(seed, "a shop from outside")
    problems = list[Problem]()
    for line in _in_turn("shop", n):
        drawn = fruit.draw_numbers(dice, held_out=True)
        counts = {"apples": drawn.n_asked, "oranges": drawn.n_known}
        text = line.format(all=drawn.total, each=drawn.p_known, **counts)
        problems.append(Problem(text, (), f"${drawn.p_asked}"))
    return problems


@checked(n=range(100_001))
def notes(n: int, shape: Shape, seed: int = 0, absent: bool = False) -> list[OpenBook]:
    """Returns n prompts with one note each, each wording in its turn.

    Half of the values stand nowhere in Fjordby.

    Args:
        shape: of the notes.
        absent: whether another person is asked about than the one in the note.
    """
    dice = Dice(seed, f"notes from outside, {shape}")
    people, label = People(dice, held_out=True), "Note: " if " " in shape else ""
    lines = [
        (kind, line) for kind in KINDS for line in blocks(_FILE)[f"{kind} {shape}"]
    ]
    prompts = list[OpenBook]()
    for i in range(n):
        kind, line = lines[i % len(lines)]
        known = dice.pick(KINDS[kind].values)
        value = inventions.value(kind, dice, held_out=True) if i % 2 else known
        name = people.meet()
        told = label + line.replace("\\n", "\n").replace("\\t", "\t")
        sentence = told.format(name=name, value=value)
        asked = people.meet() if absent else name
        note = Note(asked, kind, value, sentence)
        prompts.append(OpenBook(f"{sentence}\n{question(kind, asked)}", note))
    return prompts


def wordings(title: str) -> int:
    """How many wordings there are: "marbles", "shop", or a shape of notes."""
    return sum(
        len(lines)
        for heading, lines in blocks(_FILE).items()
        if heading.endswith(title)
    )


def _in_turn(title: str, n: int) -> list[str]:
    lines = blocks(_FILE)[title]
    return [lines[i % len(lines)] for i in range(n)]


def _of_marbles(dice: Dice, line: str) -> Problem:
    """With numbers whose changes go the ways that the wording says."""
    signs, told = line.split(" ", 1)
    while True:
        start, changes = marbles.draw_numbers(dice, len(signs), held_out=True)
        if signs == "".join("+" if change > 0 else "-" for change in changes):
            break
    a, b, c, d = map(abs, changes)
    text = told.format(start=start, a=a, b=b, c=c, d=d)
    return Problem(text, (), str(start + sum(changes)))
