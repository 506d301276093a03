"""Write the folder that a room is served from: only what is missing or has changed.

Each part of the folder has its own stamp: a fingerprint of all that it is made from. A
second start finds the same fingerprints, writes nothing and loads no model.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from llm_lessons.languages import CATALOGS, languages
from llm_lessons.paths import DATA, NOTEBOOKS, PACKAGE, TEXTS, WEB
from llm_lessons_starter.atomic import write_text

STAMPS = "stamps.json"
PAGES = ("phone.html", "screen.html", "lead.html")
MODEL = "fjord.js"
_SUFFIXES = {".py", ".js", ".css", ".html", ".toml", ".txt", ".po", ".ipynb", ".md"}
_SUFFIXES |= {".safetensors", ".model", ".json"}
Say = Callable[[str], object]


@dataclass(frozen=True)
class Part:
    """Files of the folder that are made together.

    Attributes:
        name: of the part, in the file of stamps.
        files: that it writes, by their names in the folder.
        sources: the files and folders that it is made from.
        write: makes it in a folder; is given what to say things with.
        waiting: what to say before that, if it takes more than two seconds.
    """

    name: str
    files: tuple[str, ...]
    sources: tuple[Path, ...]
    write: Callable[[Path, Say], None]
    waiting: str = ""

    def fingerprint(self) -> str:
        """One sha256 of all that it is made from."""
        digest = hashlib.sha256()
        for path in self._files():
            digest.update(f"{path.name} ".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _files(self) -> Iterator[Path]:
        for source in self.sources:
            if source.is_file():
                yield source
                continue
            for path in sorted(source.rglob("*")):
                hidden = any(one[0] == "." for one in path.relative_to(source).parts)
                if path.suffix in _SUFFIXES and path.is_file() and not hidden:
                    yield path


def parts() -> tuple[Part, ...]:
    """The parts of the folder, in the order in which they are made."""
    code = [
        PACKAGE / name for name in ("model", "text", "weights", "language_model.py")
    ]
    web = (PACKAGE / "js_bundle.py", WEB)
    told = (PACKAGE / "languages.py", CATALOGS)
    room = PACKAGE / "room"
    return (
        Part(
            "pages",
            PAGES,
            (room / "screens.py", room / "words.toml", *told, *web),
            _write_pages,
        ),
        Part(
            "model",
            (MODEL,),
            (PACKAGE / "pages" / "model_script.py", *web, *code, DATA / "fjord"),
            _write_model,
            "packing the model ...",
        ),
        Part(
            "content",
            tuple(f"content/{code}.json" for code in languages()),
            (
                room,
                *told,
                PACKAGE / "fjordby",
                PACKAGE / "lessons",
                PACKAGE / "figures.py",
                NOTEBOOKS,
                TEXTS / "evenings",
            ),
            _write_content,
        ),
    )


def write_room(folder: Path, say: Say = print) -> list[str]:
    """Bring the folder up to date.

    Args:
        folder: is made if need be; what else lies in it stays.
        say: is told what takes long, before it does.

    Returns:
        The names of the parts that were written.

    Raises:
        ValueError: a deck is none, or asks for what there is not; says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamps = _stamps(folder)
    written = []
    for part in parts():
        fresh = part.fingerprint()
        there = all((folder / name).is_file() for name in part.files)
        if there and stamps.get(part.name) == fresh:
            continue
        if part.waiting:
            say(part.waiting)
        part.write(folder, say)
        stamps[part.name] = fresh
        write_text(folder / STAMPS, json.dumps(stamps, indent=1))
        written.append(part.name)
    return written


def _stamps(folder: Path) -> dict[str, str]:
    try:
        stamps = json.loads((folder / STAMPS).read_text(encoding="utf-8"))
        return stamps if isinstance(stamps, dict) else {}
    except (OSError, ValueError):
        return {}


def _write_pages(folder: Path, say: Say) -> None:
    from llm_lessons.room.screens import write_screens

    write_screens(folder)


def _write_model(folder: Path, say: Say) -> None:
    from llm_lessons.loading import load
    from llm_lessons.pages.model_script import model_script

    write_text(folder / MODEL, model_script(load("fjord")))


def _write_content(folder: Path, say: Say) -> None:
    from llm_lessons.room.content import all_decks, content
    from llm_lessons.room.figure_steps import figures

    drawn = figures(folder, all_decks(), say)
    (folder / "content").mkdir(exist_ok=True)
    for code in languages():
        made = json.dumps(content(code, drawn), ensure_ascii=False, indent=1)
        write_text(folder / "content" / f"{code}.json", made)
    for path in (folder / "content").glob("*.json"):
        if path.stem not in languages():
            path.unlink()
