"""Write the folder that a room is served from: only what is missing or has changed.

Each part of the folder has its own stamp: a fingerprint of all that it is made from. A
second start finds the same fingerprints, writes nothing and loads no model. What an
evening can't do without comes first, for a server may wait for it. Then come figures,
each as soon as it is drawn, and last what a real model answers.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from llm_lessons.foundation.languages import CATALOGS, languages
from llm_lessons.foundation.paths import DATA, NOTEBOOKS, PACKAGE, TEXTS, WEB
from llm_lessons_room.activities import FOLDER
from llm_lessons_room.content.texts import home_name
from llm_lessons_starter.atomic import write_changed, write_text
from llm_lessons_starter.fresh import (
    fingerprint,
    is_fresh,
    read_stamps,
    source_names,
    write_stamp,
)

if TYPE_CHECKING:
    from llm_lessons_room.content.kinds import Figures

PAGES = ("phone.html", "screen.html", "lead.html")
MODEL = "fjord.js"
REAL = "real.json"
Say = Callable[[str], object]


@dataclass(frozen=True)
class Part:
    """Files of the folder that are made together.

    `write` makes them; False where the next start is to try again.
    """

    name: str  # in the file of stamps
    files: tuple[str, ...]  # by their names in the folder
    sources: tuple[Path, ...]  # files and folders that it is made from
    write: Callable[[Path, Say], bool]
    waiting: str = ""  # what to say before that, if it takes more than two seconds


ROOM = FOLDER.parent
CONTENT = ROOM / "content"
# What each part is made from.
_WEB = (PACKAGE / "foundation" / "js_bundle.py", WEB)
_OF_PAGES = (
    *(CONTENT / name for name in ("screens.py", "texts.py", "words.toml")),
    *(ROOM / name for name in ("activities", "web")),
    PACKAGE / "foundation" / "languages.py",
    CATALOGS,
    *_WEB,
)
_OF_THE_MODEL = (
    PACKAGE / "pages" / "model_script.py",
    *_WEB,
    *(PACKAGE / name for name in ("model", "text", "weights", "language_model")),
    DATA / "fjord",
)

_OF_HOMES = (
    *_OF_THE_MODEL,
    *(PACKAGE / name for name in ("widgets", "pages")),
    CONTENT / "home.py",
    CATALOGS,
)


def parts() -> tuple[Part, ...]:
    """The parts of the folder, in the order in which they are made."""
    contents = tuple(f"content/{code}.json" for code in languages())
    homes = tuple(map(home_name, languages()))
    evenings = TEXTS / "evenings"
    everything = (PACKAGE, ROOM, CATALOGS, NOTEBOOKS, DATA, evenings)
    playing, packing = "writing what the evening plays ...", "packing the model ..."
    return (
        Part("pages", PAGES, _OF_PAGES, _write_pages),
        Part("content", contents, everything, _write_content, playing),
        Part("model", (MODEL,), _OF_THE_MODEL, _write_model, packing),
        Part("home", homes, _OF_HOMES, _write_homes, "packing a chat to keep ..."),
        # a figure that none of it changes is kept all the same
        Part("figures", (), everything, _write_figures),
        Part("real", (REAL,), (CONTENT / "real_coins.py", evenings), _write_real),
    )


def write_room(folder: Path, say: Say = print) -> list[str]:
    """Bring the folder up to date; the names of the parts that were written.

    It is made if need be; what else lies in it stays. What takes long is said before.

    Raises:
        ValueError: a deck is none, or asks for what there is not; says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts():  # whoever stops this leaves a folder that is known to lack it
        if part.name not in read_stamps(folder):
            write_stamp(folder, part.name, part.files, part.sources, "")
    written = []
    for part in parts():
        if is_current(folder, part):
            continue
        stamp = fingerprint(part.sources)
        if part.waiting:
            say(part.waiting)
        is_whole = part.write(folder, say)
        stamp = stamp if is_whole else ""  # else the next start finds nothing to do
        write_stamp(folder, part.name, part.files, part.sources, stamp)
        written.append(part.name)
    return written


def is_current(folder: Path, part: Part) -> bool:
    """Whether a part is there as it would be made now."""
    match read_stamps(folder).get(part.name):
        case {"files": files, "sources": sources}:
            now = ([*part.files], source_names(folder, part.sources))
            return (files, sources) == now and is_fresh(folder, part.name)
    return False


def _write_pages(folder: Path, say: Say) -> bool:
    from llm_lessons_room.content.screens import write_screens

    write_screens(folder)
    return True


def _write_model(folder: Path, say: Say) -> bool:
    from llm_lessons.language_model.loading import load
    from llm_lessons.pages.model_script import model_script

    write_text(folder / MODEL, model_script(load("fjord")))
    return True


def _write_homes(folder: Path, say: Say) -> bool:
    from llm_lessons.language_model.loading import load
    from llm_lessons_room.content.home import home_page

    for code in languages():
        write_text(folder / home_name(code), home_page(load("fjord"), code))
    return True


def _write_content(folder: Path, say: Say) -> bool:
    from llm_lessons_room.content.export import all_decks
    from llm_lessons_room.content.figure_steps import load_all

    _write_languages(folder, load_all(folder, all_decks()))
    for path in (folder / "content").glob("*.json"):
        if path.stem not in languages():
            path.unlink()
    return True


def _write_figures(folder: Path, say: Say) -> bool:
    """Draw the figures that are missing; each is played as soon as it is there."""
    from llm_lessons_room.content.export import all_decks
    from llm_lessons_room.content.figure_steps import draw_missing, figures_by_lesson

    decks, drawn = all_decks(), {}
    for drawn in draw_missing(folder, decks, say):
        _write_languages(folder, drawn)
    return all(
        (lesson, step.own["cell"]) in drawn
        for lesson, steps in figures_by_lesson(decks).items()
        for step in steps
    )


def _write_real(folder: Path, say: Say) -> bool:
    """Ask a real model; a running evening has its answers as soon as they are there."""
    from llm_lessons_room.content import real_coins
    from llm_lessons_room.content.export import all_decks
    from llm_lessons_room.content.figure_steps import load_all

    decks = all_decks()
    is_whole = real_coins.ask(folder / REAL, decks, say)
    if is_whole:
        _write_languages(folder, load_all(folder, decks))
    return is_whole


def _write_languages(folder: Path, drawn: "Figures") -> None:
    from llm_lessons_room.content.export import all_decks, export
    from llm_lessons_room.content.real_coins import load_answers

    real = load_answers(folder / REAL, all_decks())
    (folder / "content").mkdir(exist_ok=True)
    for code in languages():
        path = folder / "content" / f"{code}.json"
        text = json.dumps(export(code, drawn, real), ensure_ascii=False, indent=1)
        write_changed(path, text)
