"""What each kind of step shows, hides until the end, and gives to half of the room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from llm_lessons.languages import Tell
from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.lessons.questions import Question, question
from llm_lessons.lessons.training.lists import lists
from llm_lessons.room import book, problems, real_coins
from llm_lessons.room.deck_steps import Step
from llm_lessons.room.figure_steps import Drawn, notebook_of
from llm_lessons.room.gaps import gaps
from llm_lessons.room.ten import TEN
from llm_lessons.room.texts import ABOVE, remember

Figures = Mapping[tuple[int, str], Drawn]
_ROLLED = frozenset({"story", "tree", "auction"})  # games that a phone rolls for
STORY_TOKENS = 40, 60  # after so many a sentence may end a story; no more than these


@dataclass(frozen=True)
class Shown:
    """A step's texts."""

    shown: dict[str, Any] = field(default_factory=dict)  # to phones and screens
    hidden: dict[str, Any] = field(default_factory=dict)  # until the moment "reveal"
    notes: dict[str, Any] = field(default_factory=dict)  # what half of the room gets


def shown(step: Step, tell: Tell, figures: Figures) -> Shown:
    """What a step shows, in a language.

    Raises:
        ValueError: it asks for what there is not; names the step.
    """
    try:
        if step.kind == "figure":
            return _figure(step, tell, figures)
        return _BY_KIND[step.kind](step, tell)
    except ValueError as error:
        raise ValueError(f"The step {step.id!r}: {error}") from error


def _text(step: Step, tell: Tell) -> Shown:
    return Shown({"text": tell(step.own["text"])})


def _game(step: Step, tell: Tell) -> Shown:
    rolls = not _ROLLED.isdisjoint(step.own.get("cards", ()))
    return Shown(_text(step, tell).shown | {"rolls": rolls})


def _say(step: Step, tell: Tell) -> Shown:
    """A text, and addresses of lessons' pages, which the room itself serves."""
    pages = [
        {
            "address": f"/handouts/{notebook_of(number).stem}.html",
            "title": tell(TITLES[LESSONS[number]]),
        }
        for number in step.own.get("pages", ())
    ]
    return Shown(_text(step, tell).shown | ({"pages": pages} if pages else {}))


def _nothing(step: Step, tell: Tell) -> Shown:
    return Shown()


def _remember(step: Step, tell: Tell) -> Shown:
    return Shown({"text": tell(remember(step.lesson or 0))})


def _figure(step: Step, tell: Tell, figures: Figures) -> Shown:
    """A figure and its sentence; where it could not be made, a sentence alone."""
    drawn = figures.get((step.lesson or 0, step.own["cell"]))
    text = tell(step.own["text"])
    if drawn is None:
        return Shown({"svg": "", "alt": "", "said": text})
    said = (_in_numbers(step, tell, drawn.said) or text).replace(" %", "\u00a0%")
    in_english = tell(step.own["text"]) == step.own["text"]
    alt = drawn.alt if in_english else said
    return Shown({"svg": drawn.svg, "alt": alt, "said": said})


def _in_numbers(step: Step, tell: Tell, said: str) -> str:
    """The lesson's sentence, its numbers put into the step's own where they fit."""
    pattern = step.own.get("said", "")
    if pattern and (values := gaps(pattern, said, whole=False)):
        told = tell(pattern).format(**values)
        return told if told.endswith(".") else f"{told}."
    return said if tell(step.own["text"]) == step.own["text"] else ""


def _guess(step: Step, tell: Tell) -> Shown:
    asked = _asked(question(step.own["question"]), tell)
    if above := ABOVE.get(step.own["question"]):
        asked.shown["question"] = f"{tell(above)} {asked.shown['question']}"
    return asked


def _asked(one: Question, tell: Tell) -> Shown:
    rights = [place for place, choice in enumerate(one.choices) if choice.right]
    choices = [tell(choice.text) for choice in one.choices]
    whys = [tell(choice.why_alone) for choice in one.choices]
    return Shown(
        {"question": tell(one.text), "choices": choices},
        {"right": rights, "why": whys},
    )


def _ten(step: Step, tell: Tell) -> Shown:
    asked = [_asked(one, tell) for one in TEN]
    rights = [one.hidden["right"][0] for one in asked]
    return Shown(
        {"when": step.own["when"], "questions": [one.shown for one in asked]},
        {
            "right": rights,
            "why": [
                one.hidden["why"][right]
                for one, right in zip(asked, rights, strict=True)
            ],
            "whys": [one.hidden["why"] for one in asked],
        },
    )


def _prompt(step: Step, tell: Tell) -> Shown:
    return Shown({"prompt": step.own["prompt"]} | _gloss(step.own["prompt"], tell))


def _stories(step: Step, tell: Tell) -> Shown:
    least, most = STORY_TOKENS
    if "real" in step.own:
        most = real_coins.TOKENS
    heats = step.own.get("temperatures", [1])
    more = {"least": least, "tokens": most, "temperatures": heats}
    return Shown(_prompt(step, tell).shown | more)


def _train_together(step: Step, tell: Tell) -> Shown:
    return Shown({"lines": list(lists()[step.own["list"]])})


def _marbles(step: Step, tell: Tell) -> Shown:
    room = [first for first, *_ in problems.problems()]
    asked = []
    for one in room:
        told = problems.gloss(one.question, tell)
        other = {} if told == one.question else {"gloss": told}
        asked.append({"question": one.question} | other)
    return Shown(
        {"problems": asked, "seconds": problems.SECONDS},
        {
            "answers": [int(one.answer) for one in room],
            "fjord": problems.for_fjord(),
        },
    )


def _book(step: Step, tell: Tell) -> Shown:
    person = step.own.get("person", book.PERSON)
    towns = list(step.own.get("towns", book.TOWNS))
    return Shown(*book.shown(person, towns, tell))


def _gloss(text: str, tell: Tell) -> dict[str, str]:
    """What the model's text means, for those who read another language."""
    told = tell(text)
    return {} if told == text else {"gloss": told}


_BY_KIND: dict[str, Callable[[Step, Tell], Shown]] = {
    "say": _say,
    "game": _game,
    "break": _nothing,
    "remember": _remember,
    "guess": _guess,
    "coin": _prompt,
    "next_word": _prompt,
    "temperature": _prompt,
    "stories": _stories,
    "train_together": _train_together,
    "marbles": _marbles,
    "book": _book,
    "ten": _ten,
}
