"""Made-up moments of a room: what the server would tell, with any number of answers."""

import random
from collections import Counter
from typing import Any

import numpy as np

from llm_lessons.fjordby import notes
from llm_lessons.fjordby.facts import KINDS, question
from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel

PROMPT = "Once upon a time there was a girl called Ida who lived in a"


def step(kind: str, shown: dict[str, Any]) -> dict[str, Any]:
    """A step of a kind."""
    title = f"What a room does, such as {kind}"
    return {"id": kind, "kind": kind, "title": title, "shown": shown}


def odds_of(lm: LanguageModel) -> np.ndarray:
    """The chances of each token of its vocabulary behind the prompt."""
    chances = np.exp(lm.logits(PROMPT), dtype=np.float64)
    return chances / chances.sum()


def coin_tally(lm: LanguageModel, people: int) -> dict[str, Any]:
    """Flips with the model's odds."""
    dice, odds = np.random.default_rng(people), odds_of(lm)
    pieces = np.array(lm.tokenizer.pieces)
    drawn = Counter(dice.choice(pieces, people, p=odds).tolist())
    return {"answered": people, "drawn": dict(drawn)}


def word_tally(people: int) -> dict[str, Any]:
    """Words that a room could write."""
    likely = ["house", "village", "castle", "Village", "forest", "cottage", "cave"]
    odd = ["spaceship", "tiny flat", "tree", "jungle", "nice town", "shoe", "hut"]
    dice = random.Random(people)
    written = [
        dice.choice(likely[: 2 + place % 6] if place % 4 else odd)
        for place in range(people)
    ]
    counts = {word: written.count(word) for word in written}
    words = sorted(counts.items(), key=lambda item: -item[1])
    return {"answered": people, "words": [list(pair) for pair in words]}


def long_words(people: int) -> dict[str, Any]:
    """Long words, as many as people; nobody writes what another one does."""
    words = [[f"{number:02} {37 * 'm'}", 1] for number in range(people)]
    return {"answered": people, "words": words, "hidden": 0}


def stories_tally(
    lm: LanguageModel, people: int, temperature: float = 1.0
) -> dict[str, Any]:
    """Stories that the model itself has written, a seed each."""
    stories = [
        {"seat": seat, "pieces": [*lm.stream(PROMPT, 60, temperature, seed=seat)]}
        for seat in range(1, people + 1)
    ]
    return {"answered": people, "stories": stories}


def marble_problems(each: int) -> list[dict[str, Any]]:
    """What the content of a marbles step asks the model alone."""
    return [
        {
            "changes": k,
            "at_once": one.at_once_prompt,
            "steps": one.step_prompt,
            "answer": int(one.answer),
        }
        for k in range(1, 7)
        for one in marbles.held_out(each, k, seed=5)
    ]


def marbles_tally(people: int) -> dict[str, Any]:
    """A room that is good at steps and fails at once."""
    dice, half = random.Random(people), people // 2
    odds = [[0.95, 0.7, 0.4, 0.2, 0.1, 0.05], [1, 0.98, 0.95, 0.9, 0.85, 0.8]]
    halves = [
        {
            "right": [sum(dice.random() < odd for _ in range(half)) for odd in row],
            "asked": [half] * 6,
        }
        for row in odds
    ]
    return {"answered": people, "halves": halves}


def book_parts() -> tuple[dict[str, Any], dict[str, Any], str]:
    """Shown, hidden and the note of a step about somebody whom no page names."""
    pages = notes.held_out(40, form="note", seed=1)
    page = next(page for page in pages if page.asked.kind == "town")
    name, answer = page.asked.name, page.asked.value
    note = page.asked.sentence.removeprefix("Note: ")
    towns = [town for town in KINDS["town"].values if town != answer][:3]
    towns.insert(2, answer)
    prompts = {"closed": question("town", name), "open": page.prompt}
    shown = {"question": f"Where does {name} live?", "choices": towns}
    hidden = {"right": [2], "why": [note] * 4, "town": answer, "prompts": prompts}
    return shown, hidden, note


def book_tally(people: int) -> dict[str, Any]:
    """A room that guesses without the note and reads it with the note."""
    half = people // 2
    return {
        "answered": people,
        "counts": [people // 4, people - 3 * (people // 4), people // 4, people // 4],
        "closed": {"right": people // 4, "asked": people},
        "without": {"right": half // 3, "asked": half},
        "with": {"right": half - half // 12, "asked": half},
    }
