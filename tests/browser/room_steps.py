"""Steps of an evening for the tests of its pages, and what a room has answered in them.

They are made up as the server would tell them, with any number of answers.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from llm_lessons.fjordby import notes
from llm_lessons.fjordby.facts import KINDS
from llm_lessons.fjordby.facts import question as asked_closed
from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.questions import QUESTIONS, Question, question

PROMPT = "Once upon a time there was a girl called Ida who lived in a"
LIKELY = ("house", "village", "castle", "Village", "forest", "cottage", "cave")
ODD = ("spaceship", "tiny flat", "tree", "jungle", "nice town", "shoe", "hut")


def step(kind: str, shown: dict[str, Any], title: str = "") -> dict[str, Any]:
    """A step of a kind."""
    title = title or f"What a room does, such as {kind}"
    return {"id": kind, "kind": kind, "title": title, "shown": shown}


def longer(text: str) -> str:
    """The text as another language may have it: a third longer."""
    return f"{text} {text[: len(text) // 3]}".strip()


def guess(
    one: Question | str = "04.zero", said: Callable[[str], str] = str
) -> dict[str, Any]:
    """The step of a quiz, in whose texts all is `said`."""
    one = question(one) if isinstance(one, str) else one
    choices = [said(choice.text) for choice in one.choices]
    shown = {"question": said(one.text), "choices": choices}
    return step("guess", shown, "Your guess")


def hidden(one: Question | str = "04.zero") -> dict[str, Any]:
    """What a quiz reveals."""
    one = question(one) if isinstance(one, str) else one
    return {
        "right": [i for i, choice in enumerate(one.choices) if choice.right],
        "why": [choice.why for choice in one.choices],
    }


def ten(when: str) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Ten questions, and what they reveal."""
    asked = QUESTIONS[:10]
    questions = [guess(one)["shown"] for one in asked]
    reveals = [hidden(one) for one in asked]
    rights = [one["right"][0] for one in reveals]
    whys = [one["why"][right] for one, right in zip(reveals, rights, strict=True)]
    one = step("ten", {"when": when, "questions": questions}, "Ten questions")
    return one | {"id": f"ten-{when}"}, {"right": rights, "why": whys}


GUESS_TALLY = {"before": [9, 11, 5], "after": [3, 20, 2], "both": 25, "changed": 12}
SCORES = [0, 1, 2, 4, 6, 5, 3, 2, 1, 1, 0]
LATER = [0, 0, 0, 1, 1, 2, 3, 5, 6, 4, 2]
TEN_TALLY = {
    "before": {"n": sum(SCORES), "scores": SCORES},
    "after": {"n": sum(LATER), "scores": LATER},
    "paired": {"n": 23, "gain": 2.43},
    "each": [{"before": 0.2 + 0.05 * i, "after": 0.5 + 0.04 * i} for i in range(10)],
}
HEAT = step("temperature", {"prompt": "Once upon a time there was a", "gloss": "Det"})
VALUES = [0.35, 0.4, 0.5, 0.6, 0.75, 0.85, 0.9, 0.9, 0.9, 0.95, 0.95, 1.0, 1.2, 1.75]
HEAT_TALLY = {"answered": 14, "median": 0.9, "low": 0.6, "high": 0.95, "values": VALUES}
SHOWN = {"prompt": PROMPT}
COIN, WORD = step("coin", SHOWN), step("next_word", SHOWN)
STORY = SHOWN | {"least": 10, "tokens": 24}
STORIES = step("stories", STORY | {"temperatures": [1]})
PROBLEMS = [marbles.held_out(1, k, seed=9)[0] for k in range(1, 7)]
ANSWERS = [int(one.answer) for one in PROBLEMS]
SECONDS = {"once": 3, "steps": 60}
ASKED = [{"question": one.question} for one in PROBLEMS]
MARBLES = step("marbles", {"problems": ASKED, "seconds": SECONDS})
SAY = step("say", {"text": "Three guesses."}, "Why?")


def coin_tally(people: int) -> dict[str, Any]:
    """Flips that fell on likely tokens and on one that is no word."""
    pieces = [" house", " house", " house", " village", " castle", " small", "\n"]
    drawn = Counter(random.Random(people).choices(pieces, k=people))
    return {"answered": people, "drawn": dict(drawn)}


def word_tally(people: int) -> dict[str, Any]:
    """Words that a room could write, the most frequent first."""
    written = random.Random(people).choices([*LIKELY * 4, *ODD], k=people)
    words = [list(pair) for pair in Counter(written).most_common()]
    return {"answered": people, "words": words}


def stories_tally(people: int, choices: int = 3) -> dict[str, Any]:
    """Stories of twenty words, each one of so many."""
    dice = random.Random(people)
    stories = [
        {
            "seat": seat,
            "pieces": dice.choices([" hut", " ship", " cave"][:choices], k=20),
        }
        for seat in range(1, people + 1)
    ]
    return {"answered": people, "stories": stories}


def marble_problems() -> list[dict[str, Any]]:
    """What the content of a marbles step asks the model alone."""
    problems = [(k, marbles.held_out(1, k, seed=5)[0]) for k in (1, 2)]
    return [
        {
            "changes": k,
            "at_once": one.at_once_prompt,
            "steps": one.step_prompt,
            "answer": int(one.answer),
        }
        for k, one in problems
    ]


def marbles_tally(people: int) -> dict[str, Any]:
    """A room that is good at steps and fails at once."""
    half = people // 2
    at_once = [half - half * k // 7 for k in range(1, 7)]
    asked = [half] * 6
    halves = [{"right": at_once, "asked": asked}, {"right": asked, "asked": asked}]
    return {"answered": people, "halves": halves}


def book_parts() -> tuple[dict[str, Any], dict[str, Any], str]:
    """Shown, hidden and the note of a step about somebody whom no page names."""
    pages = notes.held_out(40, form="note", seed=1)
    page = next(page for page in pages if page.asked.kind == "town")
    name, answer = page.asked.name, page.asked.value
    note = page.asked.sentence.removeprefix("Note: ")
    towns = [town for town in KINDS["town"].values if town != answer][:3]
    towns.insert(2, answer)
    prompts = {"closed": asked_closed("town", name), "open": page.prompt}
    shown = {"question": f"Where does {name} live?", "choices": towns}
    hidden = {"right": [2], "why": [note] * 4, "town": answer, "prompts": prompts}
    return shown, hidden, note


def book_tally(people: int) -> dict[str, Any]:
    """A room that guesses without the note and reads it with the note."""
    half, quarter = people // 2, people // 4
    return {
        "answered": people,
        "counts": [quarter] * 4,
        "closed": {"right": quarter, "asked": people},
        "without": {"right": half // 3, "asked": half},
        "with": {"right": half - half // 12, "asked": half},
    }
