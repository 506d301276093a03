"""Steps of an evening for the tests of its pages, with the lessons' own questions."""

from typing import Any

from llm_lessons.lessons.questions import QUESTIONS, Question, question

GUESS_TALLY = {"before": [9, 11, 5], "after": [3, 20, 2], "both": 25, "changed": 12}
SCORES = [0, 1, 2, 4, 6, 5, 3, 2, 1, 1, 0]
LATER = [0, 0, 0, 1, 1, 2, 3, 5, 6, 4, 2]
SVG = (
    '<svg class="ll-figure" style="width: 5in" xmlns="http://www.w3.org/2000/svg" '
    'viewBox="0 0 400 200" fill="currentColor"><rect width="400" height="200" '
    'fill="none" stroke="currentColor"/><rect x="40" y="60" width="80" height="140"/>'
    "</svg>"
)


def longer(text: str) -> str:
    """The text as another language may have it: a third longer."""
    return f"{text} {text[: len(text) // 3]}".strip()


def guess(one: Question | str = "04.zero", as_it_is: bool = True) -> dict[str, Any]:
    """The step of a quiz, and what is revealed at its end."""
    one = question(one) if isinstance(one, str) else one
    said = (lambda text: text) if as_it_is else longer
    choices = [said(choice.text) for choice in one.choices]
    return {
        "id": "guess",
        "kind": "guess",
        "title": "Your guess",
        "shown": {"question": said(one.text), "choices": choices},
    }


def hidden(one: Question | str = "04.zero", as_it_is: bool = True) -> dict[str, Any]:
    """What a quiz reveals."""
    one = question(one) if isinstance(one, str) else one
    said = (lambda text: text) if as_it_is else longer
    return {
        "right": [i for i, choice in enumerate(one.choices) if choice.right],
        "why": [said(choice.why) for choice in one.choices],
    }


def ten(when: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ten questions, and what they reveal."""
    asked = QUESTIONS[:10]
    shown = [guess(one)["shown"] for one in asked]
    step = {"id": f"ten-{when}", "kind": "ten", "title": "Ten questions"}
    reveals = [hidden(one) for one in asked]
    rights = [one["right"][0] for one in reveals]
    whys = [one["why"][right] for one, right in zip(reveals, rights, strict=True)]
    return step | {"shown": {"when": when, "questions": shown}}, {
        "right": rights,
        "why": whys,
    }


TEN_TALLY = {
    "before": {"n": sum(SCORES), "scores": SCORES},
    "after": {"n": sum(LATER), "scores": LATER},
    "paired": {"n": 23, "gain": 2.43},
    "each": [{"before": 0.2 + 0.05 * i, "after": 0.5 + 0.04 * i} for i in range(10)],
}
VALUES = [0.35, 0.4, 0.5, 0.6, 0.75, 0.85, 0.9, 0.9, 0.9, 0.95, 0.95, 1.0, 1.2, 1.75]
HEAT = {
    "id": "slider",
    "kind": "temperature",
    "title": "The slider together",
    "shown": {"prompt": "Once upon a time there was a", "gloss": "Det var en gang en"},
}
HEAT_TALLY = {"answered": 14, "median": 0.9, "low": 0.6, "high": 0.95, "values": VALUES}
SAY = {"id": "s", "kind": "say", "title": "Why?", "shown": {"text": "Three guesses."}}
FIGURE = {
    "id": "f",
    "kind": "figure",
    "title": "A figure",
    "shown": {"svg": SVG, "alt": "Two bars", "said": "One bar is longer."},
}
BREAK = {"id": "b", "kind": "break", "title": "Break", "shown": {}}
