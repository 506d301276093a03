"""What a measurement comes from in code: a change that decides is seen, no other."""

import linecache
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from llm_lessons.measuring import reached
from llm_lessons.measuring.reached import code_digest

BEFORE = '''
"""A module."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOW_MANY = 3
PLACE = Path("/a") / "data"
WORDS = {"one": (1, 2), "two": frozenset({"b", "a"})}


@dataclass(frozen=True)
class Found:
    """What was found."""

    right: int

    @property
    def doubled(self) -> int:
        return 2 * self.right

    def title(self) -> str:
        return f"{self.right} are right"


def helper(x: int) -> int:
    """Helps."""
    return x + 1  # by one


def times(count: int, many: int) -> int:
    product = count * many
    return product


def measure(n: int) -> int:
    found = Found(helper(n) * HOW_MANY + len(WORDS) + len(PLACE.name))
    return found.doubled + times(count=n, many=1)


def unused() -> None: ...
'''
LOCAL = BEFORE[BEFORE.index("def measure") : BEFORE.index("def unused")]
CHANGES = {  # what is replaced, by what, and whether it decides what is measured
    "a docstring": ('"""Helps."""', '"""Helps much."""', False),
    "a comment": ("# by one", "# by one more", False),
    "layout": ("return x + 1", "return (x + 1)", False),
    "an annotation": ("helper(x: int)", "helper(x: float)", False),
    "a local name": (LOCAL, LOCAL.replace("found", "right"), False),
    "a title": ("are right", "were right", False),
    "what nothing reaches": ("unused() -> None: ...", "unused() -> int: ...", False),
    "the function": ("len(WORDS)", "2 * len(WORDS)", True),
    "what a local name stands for": ("return product", "return many", True),
    "a parameter's name": ("times(count: int, many", "times(many: int, count", True),
    "a name that a module has": ("product = count", "HOW_MANY = count", True),
    "a function that it calls": ("x + 1", "x + 2", True),
    "a constant": ("HOW_MANY = 3", "HOW_MANY = 4", True),
    "within a constant": ("(1, 2)", "(1, 3)", True),
    "a method that it uses": ("2 * self.right", "3 * self.right", True),
    "where the project lies": ('PLACE = Path("/a")', 'PLACE = Path("/b/a")', False),
    "a field": ("right: int\n", "right: int\n    wrong: int = 0\n", True),
}


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """The digest of `measure` in a module of this source, as if it were a lesson's."""
    monkeypatch.setattr(reached, "_BOUNDARIES", ("an_experiment.",))

    def of(source: str) -> str:
        path = tmp_path / "an_experiment.py"
        path.write_text(source)
        module = types.ModuleType("an_experiment")
        module.__file__ = str(path)
        monkeypatch.setitem(sys.modules, "an_experiment", module)
        exec(compile(source, str(path), "exec"), vars(module))
        linecache.clearcache()
        reached.tree_of.cache_clear()
        return code_digest(module.measure)

    return of


def test_only_what_decides_a_result_changes_its_digest(digest: Callable[[str], str]):
    before, wrong = digest(BEFORE), []
    for what, (old, new, decides) in CHANGES.items():
        assert old in BEFORE, what
        if (digest(BEFORE.replace(old, new)) != before) != decides:
            wrong.append(what)
    assert not wrong
