"""What is played, as `llm_lessons_room.content` wrote it: a file a language."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llm_lessons_room.activities import load_kinds
from llm_lessons_room.parts.step import Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_server import real_model
from llm_lessons_starter.trouble import Trouble

TALLIES: dict[str, type[Tally]] = load_kinds("rules")  # by the kind of step
ENGLISH = "en"
LATER = ("real", "coming")  # of what an answered step shows
# what a browser calls a language that is played here under another name
RELATED = {"no": "nb", "nn": "nb"}


@dataclass(frozen=True)
class PlayedDeck:
    id: str
    title: str
    minutes: float
    steps: tuple[Step, ...]

    def index_of(self, step_id: object) -> int | None:
        return next(
            (i for i, step in enumerate(self.steps) if step.id == step_id), None
        )


@dataclass(frozen=True)
class Content:
    names: dict[str, str]  # of the languages, each under its own name
    # language → "phone", "screen" or "lead" → key → text
    words: dict[str, dict[str, dict[str, str]]]
    # language → deck id → deck; the same steps in every language
    decks: dict[str, dict[str, PlayedDeck]]
    rude: frozenset[str] = frozenset()  # words of which the leader is warned

    def match_language(self, language: object) -> str | None:
        """The language that is meant by a browser's "nb-NO"; None if it isn't here."""
        if not isinstance(language, str):
            return None
        short = language.lower().split("-")[0]
        candidates = (language, short, RELATED.get(short))
        return next((code for code in candidates if code in self.names), None)

    @property
    def default_language(self) -> str:
        return ENGLISH if ENGLISH in self.names else next(iter(self.names))


def read_content(folder: Path) -> Content:
    """The content of a room's folder.

    Raises:
        Trouble: there is none, or it is damaged.
    """
    paths = sorted((folder / "content").glob("*.json"))
    if not paths:
        raise Trouble(
            f"There is no evening in {folder}: start `room` again, which makes one."
        )
    tables = []
    for path in paths:
        try:
            tables.append(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError):
            raise damaged_content(path) from None
    try:
        for table in tables:
            _drop_unavailable(table, folder.resolve().parent)
        return parse_content(tables)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise damaged_content(folder) from None


def _drop_unavailable(table: dict[str, Any], served: Path) -> None:
    """Drop pages that can't be served, and steps of a real model that never comes."""
    for deck in table["decks"]:
        for step in deck["steps"]:
            if pages := step["shown"].get("pages"):
                step["shown"]["pages"] = [
                    page for page in pages if (served / page["address"][1:]).is_file()
                ]
        deck["steps"] = [
            step
            for step in deck["steps"]
            if step["shown"].get("real", True) or real_model.installed()
        ]


def damaged_content(path: Path) -> Trouble:
    return Trouble(
        f"{path} can't be played: remove the folder that it lies in and start `room` "
        "again, which makes it anew."
    )


def parse_content(tables: list[dict[str, Any]]) -> Content:
    """The content in tables as the files have them.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: they are none.
    """
    content = Content(
        {table["language"]: str(table["name"]) for table in tables},
        {table["language"]: table["words"] for table in tables},
        {
            table["language"]: {
                deck["id"]: _parse_deck(deck) for deck in table["decks"]
            }
            for table in tables
        },
        frozenset(
            word.casefold() for table in tables for word in table.get("rude", ())
        ),
    )
    first, *others = [outline(content, code) for code in content.names]
    if not first or any(other != first for other in others):
        raise ValueError("The languages play different evenings.")
    return content


def outline(played: Content, language: str | None = None) -> dict[str, list]:
    """What is played whatever the steps say and show, by deck."""
    decks = played.decks[language or played.default_language].values()
    return {
        deck.id: [(step.id, step.kind, step.moments) for step in deck.steps]
        for deck in decks
    }


def asked_texts(played: Content) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What all steps show and hide that are answered, in all languages.

    What may come while they are played is left out.
    """
    return [
        (
            {key: value for key, value in step.shown.items() if key not in LATER},
            step.hidden,
        )
        for decks in played.decks.values()
        for deck in decks.values()
        for step in deck.steps
        if step.moments[-1].round
    ]


def set_coming(played: Content, comes: bool) -> None:
    """Let each figure, and what a real model answers, say in `coming` whether it comes.

    What is there says nothing.
    """
    for decks in played.decks.values():
        for deck in decks.values():
            for step in deck.steps:
                if not all(step.shown.get(key, True) for key in ("svg", "real")):
                    step.shown["coming"] = comes


def slot_in(step: Step, number: int) -> int:
    """The slot of a round's answers in a step's tally."""
    return TALLIES[step.kind].slot(step, number)


def _parse_deck(table: dict[str, Any]) -> PlayedDeck:
    steps = tuple(map(_parse_step, table["steps"]))
    names = {step.id for step in steps}
    if not steps or len(names) < len(steps):
        raise ValueError("A deck has steps, each with a name of its own.")
    return PlayedDeck(
        str(table["id"]), str(table["title"]), float(table["minutes"]), steps
    )


def _parse_step(table: dict[str, Any]) -> Step:
    if table["kind"] not in TALLIES:
        raise ValueError(f"There is no kind {table['kind']!r}.")
    shown = table.get("shown") or {}
    return Step(
        id=str(table["id"]),
        kind=table["kind"],
        title=str(table["title"]),
        minutes=float(table["minutes"]),
        seconds=table.get("seconds"),
        lesson=table.get("lesson"),
        optional=bool(table.get("optional")),
        moments=TALLIES[table["kind"]].moments(shown, table.get("part")),
        of=table.get("of"),
        shown=shown,
        hidden=table.get("hidden") or {},
        note=(table.get("notes") or {}).get("half"),
        guide=table.get("guide") or {},
    )
