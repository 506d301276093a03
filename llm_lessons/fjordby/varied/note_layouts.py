"""Notes that are no sentences: tables, lists, forms and short dialogues.

Serves C16. Here a name and a value stand beside each other and the rest of the page
says what the value is: the head of a table, the title of a list, a word in a form, a
question that somebody asks. `note_words.txt` has the shapes; a tenth is kept aside.
"""

from collections.abc import Sequence
from functools import cache

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import names, note_frames
from llm_lessons.fjordby.varied.note_frames import words

type Told = tuple[str, str, str]  # name, kind, value

NOTHING = "-"  # in a table, where nothing is known
_HEADS = ("Name", "Who", "Person", "Called")
_LABELS = ("Note:", "News:", "Diary:", "List:", "From the office:", "Found today:")


def table(facts: Sequence[Told], dice: Dice, aside: bool = False) -> str:
    """Returns a table with a row for each name, and a head."""
    kinds = list(dict.fromkeys(kind for _, kind, _ in facts))
    shape = dice.pick(words("table", aside))
    if len(kinds) > 1:  # the second kind stands last, in a column of its own
        joint = shape[shape.index("}") + 1 : shape.rindex("{")]
        end = shape.rindex("}") + 1
        shape = f"{shape[:end]}{joint}{{other}}{shape[end:]}"
    values = {(name, kind): value for name, kind, value in facts}
    heads = [attribute(kind, dice, aside).capitalize() for kind in kinds]
    rows = [(dice.pick(_HEADS), heads)]
    for name in dict.fromkeys(name for name, _, _ in facts):
        rows.append((name, [values.get((name, kind), NOTHING) for kind in kinds]))
    lines = [
        shape.format(name=name, value=cells[0], other=cells[-1]) for name, cells in rows
    ]
    return "\n".join(lines)


def listed(facts: Sequence[Told], dice: Dice, aside: bool = False) -> str:
    """Returns a list of one kind of fact under its title."""
    shape, title = dice.pick(words("list", aside)), dice.pick(words("list title"))
    title = title.format(attribute=attribute(facts[0][1], dice, aside))
    lines = [title[0].upper() + title[1:]]
    for place, (name, _, value) in enumerate(facts, start=1):
        lines.append(shape.format(place=place, name=name, value=value))
    return "\n".join(lines)


def form(facts: Sequence[Told], dice: Dice, aside: bool = False) -> str:
    """Returns a form for each name, in lines or all in one."""
    head, line = dice.pick(words("form name")), dice.pick(words("form line", aside))
    together = "\n" if dice.chance(0.75) else dice.pick(("; ", ", ", " | "))
    name_last = dice.chance(0.3)
    forms: list[str] = []
    for name in dict.fromkeys(name for name, _, _ in facts):
        lines = [
            line.format(attribute=attribute(kind, dice, aside), value=value)
            for other, kind, value in facts
            if other == name
        ]
        lines = [line[0].upper() + line[1:] for line in lines]
        place = len(lines) if name_last else 0
        lines.insert(place, head.format(name=name))
        forms.append(together.join(lines))
    return "\n".join(forms)


def dialogue(facts: Sequence[Told], dice: Dice, aside: bool = False) -> str:
    """Returns a question and an answer for each fact, between two people."""
    shape = dice.pick(words("dialogue", aside)).replace("/", "\n")
    one, other = names.first_name(dice), names.first_name(dice)
    said: list[str] = []
    for name, kind, value in facts:
        # Mostly answered by the value alone; a whole sentence names the person again.
        short = dice.chance(0.7)
        answer = dice.pick(words(f"{kind} answer") if short else _whole(kind, aside))
        question = dice.pick(words(f"{kind} ?")).format(name=name)
        answer = answer.format(name=name, value=value)
        said.append(
            shape.format(one=one, other=other, question=question, answer=answer)
        )
    return "\n".join(said)


def attribute(kind: str, dice: Dice, aside: bool = False) -> str:
    """Returns what a kind of fact is called: "home town"."""
    block = f"{kind} attribute"
    return dice.pick(words(block, aside) or words(block))


def labelled(text: str, dice: Dice) -> str:
    """Returns a note, perhaps with a label in a line before it."""
    return f"{dice.pick(_LABELS)}\n{text}" if dice.chance(0.25) else text


@cache
def _whole(kind: str, aside: bool) -> tuple[str, ...]:
    found = note_frames.doings(kind, "name first", aside)
    return tuple(layout for layout in found if layout.startswith("{name} "))


SHAPES = {"table": table, "list": listed, "form": form, "dialogue": dialogue}
"""By which layout a note without sentences may be laid out."""
