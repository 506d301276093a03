"""The files of which each widget's one module is made."""

import re

import anywidget
import pytest

from llm_lessons.paths import WEB


def sources(room: str) -> dict[str, str]:
    """The scripts of a room of `web`, by their names."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in (WEB / room).glob("*.js")
    }


SOURCES = sources("lib") | sources("widgets")
SHARED = list(sources("lib").values())
CLOCK = "race.js"  # it ticks, and waits for nothing

KINDS = anywidget.AnyWidget.__subclasses__()

every_module = pytest.mark.parametrize(
    "module",
    [vars(kind)["_esm"] for kind in KINDS],
    ids=[kind.__name__ for kind in KINDS],
)


def declared(source: str) -> list[str]:
    """The functions and constants of the outermost level."""
    return re.findall(r"^(?:const|let|function) (\w+)", source, re.MULTILINE)


@every_module
def test_a_module_declares_each_name_once(module):
    names = declared(module)
    assert sorted(names) == sorted(set(names))


@every_module
def test_a_module_brings_along_what_it_calls(module):
    shared = {name for source in SHARED for name in declared(source)}
    called = {name for name in shared if re.search(rf"(?<![\w.]){name}\(", module)}
    missing = called - set(re.findall(r"(?:const|let|function) (\w+)", module))
    assert not missing


def test_whatever_waits_waits_in_one_way():
    own = {name for name, source in SOURCES.items() if "setTimeout" in source}
    assert own == {"timers.js", CLOCK}
