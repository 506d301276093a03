"""Export all that a room plays, in one language: a file in build/room/content.

The room's server knows nothing of the lessons: it reads this, and shows no part of
`hidden` before a step's moment "reveal". Steps are the same in every language.
"""

from collections.abc import Mapping
from typing import Any

from llm_lessons.foundation.languages import Translate, languages, translator
from llm_lessons_room.content.decks import (
    Deck,
    decks,
    every_question,
    survey_later,
)
from llm_lessons_room.content.kinds import Figures, show
from llm_lessons_room.content.real_coins import Answers
from llm_lessons_room.content.texts import rude_words, words
from llm_lessons_room.parts.plan import GUIDE, Planned


def all_decks() -> tuple[Deck, ...]:
    """The evenings that a leader chooses among, and at last two decks of questions."""
    return (*decks(), survey_later(), every_question())


def export(
    code: str,
    figures: Figures | None = None,
    real: Mapping[str, Answers] | None = None,
) -> dict[str, Any]:
    """What a room plays in a language.

    Args:
        code: of the language, such as "nb".
        figures: of the steps that show one, by lesson and cell; a step without one
            shows its sentence alone.
        real: what a real model answers, by prompt; the room's server leaves out a step
            without it where there is no real model to wait for.

    Raises:
        ValueError: there is no such language, a deck is none, or a step asks for what
            there is not; says which.
    """
    translate = translator(code)
    figures = {key: figure.on_the_wall(code) for key, figure in (figures or {}).items()}
    return {
        "language": code,
        "name": languages()[code],
        "words": words(translate),
        "rude": rude_words().get(code, []),
        "decks": [
            {
                "id": deck.id,
                "title": translate(deck.title),
                "minutes": deck.minutes,
                "steps": [
                    _export_step(step, deck, translate, figures, real or {})
                    for step in deck.steps
                ],
            }
            for deck in all_decks()
        ],
    }


def _export_step(
    step: Planned,
    deck: Deck,
    translate: Translate,
    figures: Figures,
    real: Mapping[str, Answers],
) -> dict[str, Any]:
    texts = show(step, translate, figures)
    if "real" in step.own:
        texts.shown["real"] = real.get(step.own["prompt"])
    again = step.own.get("of")
    is_first = any(other.own.get("of") == step.id for other in deck.steps)
    part = "again" if again else "first" if is_first else None
    return {
        "id": step.id,
        "kind": step.kind,
        "title": translate(step.title),
        "minutes": step.minutes,
        "seconds": step.countdown,
        "lesson": step.lesson,
        "optional": step.optional,
        "part": part,
        "of": again,
        "shown": texts.shown,
        "hidden": texts.hidden,
        "notes": texts.notes,
        "guide": {key: translate(getattr(step.guide, key)) for key in GUIDE},
    }
