"""The figures of skills in other words, with their bounds.

The part of `bounds` that asks in what no training reads (`fjordby/varied`): a tenth of
the names, nouns, verbs, sentences and orders was kept aside for it. Beside it stands
what an outsider's sentences do (`outside`), for which no goal was set: what was kept
aside is of the same grammar as what was read. An interval counts no more cases than
there are such forms.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from llm_lessons.fjordby import Ledger
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import (
    aside,
    asked_notes,
    fruit,
    marbles,
    names,
    outside,
    things,
    told,
    verbs,
)
from llm_lessons.fjordby.varied.aside import Part
from llm_lessons.fjordby.varied.asked_notes import Shape
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_stepwise
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.measuring.begins import begins
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Share, over_forms, share

QUESTIONS = 100  # more would tell no more: there are fewer forms
CHANGES = 4
BETWEEN = 2  # turns between a name that is told and the question for it

# Goals, written down before any model had read pages in many words.
_MARBLES: dict[Part, float] = {
    "name": 0.95,
    "thing": 0.85,
    "verb": 0.80,
    "frame": 0.75,
}
_FRUIT: dict[Part, float] = {"thing": 0.80, "frame": 0.80, "order": 0.80}
_SHAPES: dict[Shape, float] = {
    "name first": 0.90,
    "value first": 0.70,
    "table": 0.70,
    "list": 0.70,
}
_NEW_VALUES, _ONE_OF_TWO, _ABSENT, _TOLD_NAME = 0.85, 0.80, 0.90, 0.90
_PARTS_TOLD = {"name": "names", "thing": "things", "verb": "verbs"}


def otherwise(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15: the steps are a procedure as far as they hold in other words."""
    for part, least in _MARBLES.items():
        problems = marbles.held_out(QUESTIONS, CHANGES, aside=(part,))
        found = over_forms(right_stepwise(lm, problems), _forms("marble", part))
        what = f"{CHANGES} changes, step by step, {_told(part)} never read"
        yield Figure("C15", what, found, least)
    for part, least in _FRUIT.items():
        problems = fruit.held_out(QUESTIONS, aside=(part,))
        found = over_forms(right_stepwise(lm, problems), _forms("shop", part))
        what = f"the essay's kind of problem, step by step, {_told(part)} never read"
        yield Figure("C15", what, found, least)


def noted(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: the context is read as far as it is read in sentences never met."""
    for shape, least in _SHAPES.items():
        pages = asked_notes.held_out(QUESTIONS, shape=shape, aside=("frame",))
        found = over_forms(open_book.with_note(lm, pages), _frames_of(shape))
        yield Figure("C16", f"one note, {shape}, worded as none was", found, least)
    forms = _frames_of("name first")
    pages = asked_notes.held_out(QUESTIONS, values="new", aside=("frame",))
    found = over_forms(open_book.with_note(lm, pages), forms)
    what = "one note, a value never read, worded as none was"
    yield Figure("C16", what, found, _NEW_VALUES)
    pages = asked_notes.held_out(QUESTIONS, 1, aside=("frame",))
    found = over_forms(open_book.with_note(lm, pages), forms)
    yield Figure("C16", "two notes, worded as none was", found, _ONE_OF_TWO)
    pages = asked_notes.held_out(QUESTIONS, 1, aside=("frame",), absent=True)
    silent = over_forms(open_book.says_nothing(lm, pages), forms)
    what = "a note about somebody else, worded as none was: says that it doesn't say"
    yield Figure("C16", what, silent, _ABSENT)


def named(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C4, C16: a name that stands in the chat is told, whatever the name."""
    right = told_names(lm, QUESTIONS, aside=("name",))
    what = f"a name never read, told in a chat, asked for {BETWEEN} turns later"
    yield Figure("C16", what, over_forms(right, len(names.listed(True))), _TOLD_NAME)


def outsiders(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15, C16: in the sentences of somebody who had seen no page; without goals."""
    whose = "in an outsider's sentences"
    problems = {
        "marbles": (f"{CHANGES} changes", outside.marble_problems),
        "shop": ("the essay's kind of problem", outside.shop_problems),
    }
    for story, (what, draw) in problems.items():
        right = over_forms(right_stepwise(lm, draw(QUESTIONS)), outside.wordings(story))
        yield Figure("C15", f"{what}, step by step, {whose}", right)
    for shape in outside.SHAPES:
        found = open_book.with_note(lm, outside.notes(QUESTIONS, shape))
        right = over_forms(found, outside.wordings(shape))
        yield Figure("C16", f"one note, {shape}, {whose}", right)
    pages = outside.notes(QUESTIONS, "name first", absent=True)
    silent = open_book.says_nothing(lm, pages)
    silent = over_forms(silent, outside.wordings("name first"))
    what = f"a note about somebody else, {whose}: says that it doesn't say"
    yield Figure("C16", what, silent)


def told_names(lm: LanguageModel, chats: int, aside: Sequence[Part] = ()) -> Share:
    """Share of chats at whose end the model says the name that it was told; greedy.

    Args:
        aside: what is drawn from that which no page uses: "name", "frame".
    """
    dice = Dice(0, "names that are told")
    prompts, answers = list[str](), list[str]()
    for _ in range(chats):
        *turns, asked = told.turns(dice, BETWEEN, aside)
        said = [f"User: {turn.asked}\nFjord: {turn.answer}" for turn in turns]
        prompts.append("\n".join([*said, f"User: {asked.asked}\nFjord:"]))
        answers.append(f" {asked.answer}")
    return share(begins(lm, prompts, answers))


def _told(part: Part) -> str:
    return _PARTS_TOLD.get(part, f"{part}s")


def _forms(story: str, part: Part) -> int:
    """How many of such a part were kept aside for marbles or for the shop."""
    if part == "name":
        return len(names.listed(aside=True))
    if part == "thing":
        return len(things.listed(aside=True))
    if part == "verb":
        ways = ((more, doer) for more in (True, False) for doer in ("owner", "things"))
        return sum(len(verbs.listed(more, doer, True)) for more, doer in ways)
    lines = blocks(f"{story}_frames.txt")
    own = [lines[one] for one in lines if (one == "order") == (part == "order")]
    return len(aside.choices(part, chain(*own), True))


def _frames_of(shape: Shape) -> int:
    """How many sentences or rows of a shape were kept aside."""
    lines = blocks("note_words.txt")
    own = (lines[one] for one in lines if one.endswith((shape, f"{shape} line")))
    others = (lines[one] for one in lines if one.endswith("doing"))
    found = chain(*own) if " " not in shape else chain(*own, *others)
    return len(aside.choices("frame", found, True))


PARTS = (otherwise, noted, named, outsiders)
