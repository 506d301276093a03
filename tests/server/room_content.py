"""An evening with a step of each kind, in two languages; all that is secret says so."""

import json
from pathlib import Path
from typing import Any

SECRET = "SECRET"  # stands in whatever no phone may see too early
NAMES = ["Akira", "Ajax", "Balder", "Bamse", "Bella", "Benji", "Bingo", "Bobo"]
TOWNS = ["Bergen", "Narvik", "Molde", "Voss"]
QUESTIONS: list[dict[str, Any]] = [
    {"name": "source", "question": "Where from?"},
    {
        "name": "trust",
        "question": "Which?",
        "answers": [{"asked": f"{n}?", "answer": str(n)} for n in range(4)],
    },
    *(
        {"name": name, "question": f"{name}?", "choices": ["a", "b", "c"]}
        for name in ("learns", "coin", "steps", "context")
    ),
]
RIGHT: dict[str, Any] = {"trust": [True, False, True, False]} | {
    question["name"]: n % 3 for n, question in enumerate(QUESTIONS[2:])
}
ANSWERS = [{"person": name, "answer": "Voss"} for name in NAMES]
TRUSTED = [True, False, False, True, False, False, True, False]  # which are right
CODE = "lamp-river-oak"
HEATS = [0, 2, 0.7]
RUDE = "damn"
SUMS = [6, 9, 12, 15, 18, 21]


def step(kind: str, shown: dict, hidden: dict | None = None, **more: Any) -> dict:
    """A step as a content file has it."""
    guide = {name: f"GUIDE {SECRET} {kind}" for name in ("say", "do", "phones", "late")}
    return {
        "id": more.pop("id", kind.replace("_", "-")),
        "kind": kind,
        "title": kind,
        "minutes": 3,
        "seconds": None,
        "lesson": None,
        "optional": False,
        "shown": shown,
        "hidden": {"why": [SECRET]} | (hidden or {}),
        "guide": guide,
    } | more


def steps() -> list[dict]:
    """A step of each kind; the survey comes three times."""
    survey, right = {"questions": QUESTIONS}, {"right": RIGHT}
    note = {"half": {"note": "A note."}}
    choices = {"question": "Which?", "choices": ["x", "y", "z"]}
    problems = [{"question": f"{n} and {n}?"} for n in SUMS]
    marbles = {"problems": problems, "seconds": {"once": 8, "steps": 60}}
    book = {"question": "Where?", "choices": TOWNS}
    return [
        step("say", {"text": "Hello."}),
        step("chat", {"told": "I am {name}.", "asked": "Who am I?"}),
        step("survey", survey | {"when": "before"}, right, id="survey-before"),
        step("guess", choices, {"right": [1]}),
        step("coin", {"prompt": "Once"}),
        step("next_word", {"prompt": "Once"}, seconds=30),
        step("stories", {"prompt": "Once", "tokens": 60, "temperatures": [1]}),
        step("temperature", {"prompt": "Once"}),
        step("break", {}),
        step("marbles", marbles, {"answers": SUMS}),
        step("book", book, {"right": [2], "town": SECRET}, notes=note),
        step(
            "trust",
            {"question": "Where?", "answers": ANSWERS},
            {"right": TRUSTED, "counted": SECRET},
            notes={"half": {"again": [TOWNS] * len(ANSWERS)}},
        ),
        step("figure", {"svg": "<svg/>", "alt": "A figure.", "said": "It says."}),
        step("remember", {"text": "Remember."}),
        step("game", {"text": "Play."}),
        step(
            "stories",
            {"prompt": "Once", "tokens": 60, "temperatures": HEATS},
            id="stories-again",
        ),
        step("survey", survey | {"when": "after"}, right, id="survey-after"),
        step("survey", survey | {"when": "later"}, right, id="survey-later"),
        step("train_together", {"lines": NAMES}),
    ]


def tables() -> list[dict[str, Any]]:
    """The content in English and Norwegian."""
    made = []
    for language, name in (("en", "English"), ("nb", "norsk bokmål")):
        words = {
            role: {"hello": f"{role} {language}"}
            for role in ("phone", "screen", "lead")
        }
        decks: list[dict[str, Any]] = [
            {"id": "long", "title": f"Long {language}", "minutes": 50},
            {"id": "short", "title": "Short", "minutes": 10},
        ]
        for deck, count in zip(decks, (None, 3), strict=True):
            deck["steps"] = steps()[:count]
        table = {"language": language, "name": name, "words": words}
        made.append(table | {"rude": [RUDE], "decks": decks})
    return made


def write(folder: Path, svg: str = "<svg/>") -> Path:
    """A room's folder with this evening, and its figure; returns it."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    for table in tables():
        for step in table["decks"][0]["steps"]:
            if step["kind"] == "figure":
                step["shown"]["svg"] = svg
        path = folder / "content" / f"{table['language']}.json"
        path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    for page in ("phone", "screen", "lead"):
        text = f"<!doctype html><title>{page}</title><script>start()</script>"
        (folder / f"{page}.html").write_text(text)
    (folder / "fjord.js").write_text("offerModel()")
    return folder
