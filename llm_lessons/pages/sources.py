"""What a notebook's run comes from, so that it is kept while none of that changes.

Its own cells; the modules that they use, and those that these use in turn; the scripts
and styles of the widgets that it shows; texts that lie beside a module; the class
models, and what was measured. Where it can't be told, everything counts.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from llm_lessons.js_bundle import files_of
from llm_lessons.lessons import LESSONS
from llm_lessons.pages.files import NAME, Package, all_in
from llm_lessons.pages.imports import ALL, Chain, Code, code_of, lessons_asked
from llm_lessons.paths import DATA, NOTEBOOKS, PACKAGE, PYPROJECT, TEXTS, WEB


class _Gathered(NamedTuple):
    """What a module gathers from the folders of all lessons."""

    file: str  # which it takes from each
    whole: str  # the module's name for all of it
    asked: str  # the function by which a cell asks for "06.1", of lesson 6 alone


_GATHERED = {
    f"{NAME}.lessons.exercises": _Gathered("exercises.py", "EXERCISES", "exercise"),
    f"{NAME}.lessons.questions": _Gathered("questions.toml", "QUESTIONS", "predict"),
}
# What these read of a folder is asked for apart: scripts by who calls `assets`, and
# sentences in another language by who wants a page in it (`told`).
_ASKED_APART = (f"{NAME}.widgets.assets", f"{NAME}.languages")
_MEASURED = DATA / "measured"  # a file an experiment


def fingerprint(
    notebook: Path, also: str = "", told: Mapping[str, str] | None = None
) -> str:
    """One sha256 of all that the outputs of a notebook come from.

    Args:
        also: code that runs with it.
        told: what its sentences are in another language, if it is told in one.
    """
    found = Sources(notebook, also)
    parts = [_cells(notebook), also, sorted(found.digests()), *([told] if told else [])]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Sources:
    """The files, beside the notebook, that a run of it comes from.

    Attributes:
        python: modules, by their names.
        others: files that count as they are, to the last byte.
    """

    def __init__(self, notebook: Path, also: str = ""):
        self.python: dict[str, Path] = {}
        self.others: set[Path] = set()
        self._package = Package(PACKAGE)
        self._code: dict[str, Code | None] = {}
        self._done: set[tuple[str, Chain]] = set()
        cells = [cell["source"] for cell in _cells(notebook) if cell["type"] == "code"]
        try:
            self._follow("", code_of("\n".join([*cells, also])))
            for cell in cells:
                self._add_what_it_asks(cell)
        except SyntaxError:  # a command of IPython's, which may do anything
            self._add_everything()
        self._add_data()

    def digests(self) -> Iterator[tuple[str, str]]:
        """Each file, as the project names it, with what counts of it as one sha256."""
        for path in self.python.values():
            yield _label(path), _digest_of(_code_in(path).plain)
        for path in self.others:
            content = path.read_bytes()
            if path.suffix == ".ipynb":  # of another lesson, whose sentences are read
                told = [one for one in _cells(path) if one["type"] == "markdown"]
                content = repr(told).encode()
            yield _label(path), hashlib.sha256(content).hexdigest()

    def _add_what_it_asks(self, cell: str) -> None:
        """What a cell takes of files by itself, and not by what it imports."""
        for gathered in _GATHERED.values():
            self._add_gathered(gathered, lessons_asked(cell, gathered.asked))
        code = code_of(cell)
        dotted = [
            name for chains in code.asked.values() for one in chains for name in one
        ]
        if any(name.startswith("__") for name in dotted):  # such as where a file lies
            # it may look at the package's files, as they are written
            rooms = [PACKAGE / one for one in code.texts if one.isidentifier()]
            folders = [one for one in rooms if one.is_dir()] or [PACKAGE]
            self.others.update(one for f in folders for one in f.rglob("*.py"))

    def _add_gathered(self, gathered: _Gathered, numbers: set[str] | None) -> None:
        """What is gathered of these lessons, by their numbers; of all, if None."""
        for number, lesson in enumerate(LESSONS):
            if numbers is None or f"{number:02}" in numbers:
                path = PACKAGE / "lessons" / lesson / gathered.file
                if path.suffix == ".py":
                    self._add(f"{NAME}.lessons.{lesson}.{path.stem}", ALL)
                elif path.is_file():
                    self.others.add(path)

    def _add(self, module: str, chain: Chain) -> None:
        """A module, and what of it is asked for behind dots; () for the module."""
        if module.split(".")[0] != NAME or (module, chain) in self._done:
            return
        self._done.add((module, chain))
        parts = module.split(".")
        for count in range(1, len(parts)):  # each package above it is run, too
            self._add_file(".".join(parts[:count]))
        gathered = _GATHERED.get(module)
        if gathered and (chain or ALL)[0] in (*ALL, gathered.whole):
            self._add_gathered(gathered, None)
        code = self._add_file(module)
        if code and self.python[module].name == "__init__.py":
            self._hand_on(module, code, chain or ALL)

    def _hand_on(self, package: str, code: Code, chain: Chain) -> None:
        """What a package hands on to who asks for it."""
        wanted, *rest = chain
        for name, source, names in code.bound:
            if wanted in (*ALL, name):
                self._add(source, (*names, *rest))
        for name, room in code.later.items():
            if room and wanted in (*ALL, name):
                self._add(f"{package}.{room}", (name, *rest))
        if chain == ALL:  # it is passed on, and who has it may ask for anything
            for module in self._package.like(f"{package}.*"):
                self._add(module, ALL)
        elif f"{package}.{wanted}" in self._package.modules:
            self._add(f"{package}.{wanted}", tuple(rest) or ALL)

    def _add_file(self, module: str) -> Code | None:
        """A module with all that its own code uses; None if there is none."""
        if module in self._code:
            return self._code[module]
        path = self._package.modules.get(module)
        self._code[module] = code = _code_in(path) if path else None
        if path and code:
            self.python[module] = path
            self.others.update(self._package.texts.get(path.parent, ()))
            self._follow(module, code)
        return code

    def _follow(self, module: str, code: Code) -> None:
        """All that a piece of code uses of other modules and files."""
        path = self.python.get(module)
        hands_on = path is not None and path.name == "__init__.py"
        for bound, source, names in code.bound:
            chains = code.asked.get(bound, set()) if bound else {()}
            for chain in chains or (set() if hands_on else {()}):
                self._add(source, (*names, *chain))
            if source == f"{NAME}.paths" and module not in _ASKED_APART:
                self._add_folder(names[0], code)
        if not code.later and module not in _GATHERED:
            for pattern in code.dynamic:
                self._add_dynamic(pattern)
        for widget in code.bundles:
            entry = WEB / "widgets" / f"{widget}.js"
            self.others.update(files_of(entry) if widget else all_in(WEB))

    def _add_folder(self, name: str, code: Code) -> None:
        """Files of a folder that a piece of code knows: those that it names, or all."""
        folders = {"NOTEBOOKS": NOTEBOOKS, "TEXTS": TEXTS, "WEB": WEB}
        if name == "PYPROJECT" and PYPROJECT.is_file():
            self.others.add(PYPROJECT)
        if folder := folders.get(name):
            files = all_in(folder)
            named = [one for one in files if one.name in code.texts]
            self.others.update(named or files)

    def _add_dynamic(self, pattern: str) -> None:
        """What is imported by a name that is worked out; what can't be told is all."""
        if "*" in pattern.split(".")[0]:
            self._add_everything()
        for module in self._package.like(pattern):
            self._add(module, ALL)

    def _add_everything(self) -> None:
        self._add_dynamic(f"{NAME}.*")
        self.others.update(all_in(WEB))

    def _add_data(self) -> None:
        """The class models, and of what was measured that of the lessons it uses."""
        whole = [one for one in all_in(DATA) if not one.is_relative_to(_MEASURED)]
        self.others.update(one for one in whole if one.suffix != ".md")
        texts = {text for code in self._code.values() if code for text in code.texts}
        for path in all_in(_MEASURED):
            if path.stem in texts:  # the experiment's name
                self.others.add(path)


def _code_in(path: Path) -> Code:
    package = (NAME, *path.parent.relative_to(PACKAGE).parts)
    return code_of(path.read_text(encoding="utf-8"), package)


@lru_cache(1024)
def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _label(path: Path) -> str:
    for folder in (PACKAGE, DATA, NOTEBOOKS, TEXTS):
        if path.is_relative_to(folder):
            return f"{folder.name}/{path.relative_to(folder).as_posix()}"
    return path.name


def _cells(notebook: Path) -> list[dict[str, str]]:
    """A notebook's cells without what they last showed."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        {
            "id": cell.get("id", ""),
            "type": cell["cell_type"],
            "source": "".join(cell["source"]),
            "metadata": json.dumps(cell.get("metadata", {}), sort_keys=True),
        }
        for cell in cells
    ]
