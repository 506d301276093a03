"""The files that lie there now: of a folder, and the package's modules by name."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from llm_lessons.paths import PACKAGE

NAME = PACKAGE.name


class Package:
    """The files of the package in a folder, as they lie there now.

    Attributes:
        modules: where each lies, by its name.
        texts: files that a module may read, by the folder that they lie in.
    """

    def __init__(self, folder: Path) -> None:
        self.modules: dict[str, Path] = {}
        self.texts: dict[Path, list[Path]] = {}
        for path in sorted(all_in(folder)):
            if path.suffix == ".py":
                parts = path.relative_to(folder).with_suffix("").parts
                module = ".".join((NAME, *parts)).removesuffix(".__init__")
                self.modules[module] = path
            elif path.suffix in (".txt", ".json", ".csv"):
                self.texts.setdefault(path.parent, []).append(path)

    def like(self, pattern: str) -> Iterator[str]:
        """The modules whose names are like this."""
        return (one for one in self.modules if fnmatch(one, pattern))


def all_in(folder: Path) -> Iterable[Path]:
    """The files of a folder and those below it; not what Python or JupyterLab keeps."""
    hidden = ("__pycache__", ".ipynb_checkpoints")
    found = [one for one in folder.rglob("*") if one.is_file()]
    return [one for one in found if not any(part in hidden for part in one.parts)]
