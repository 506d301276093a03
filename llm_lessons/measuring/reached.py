"""What a measurement comes from in code: all that its function reaches, as one sha256.

A result that is kept must be of the experiment as it is now. So its own code is looked
at, and that of the questions it asks; not that of the model and the loop, which tests
hold to the same tokens, nor that of figures and sentences, which the measurement does
not call. Comments, docstrings and layout count for nothing, nor does what a local
variable is called.
"""

import ast
import hashlib
import inspect
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any

# Whose code decides what is measured, and what the games on paper say.
ROOMS = ("lessons", "measuring", "fjordby", "pages")
# Methods that say or draw what a result is: none of them decides it.
SHOWN = {"__repr__", "__str__", "alt", "figure", "percent", "sentence", "title"}
_BOUNDARIES = (*(f"llm_lessons.{room}." for room in ROOMS), "llm_lessons_room.")


def code_digest(function: Callable[..., Any]) -> str:
    """One sha256 of a function and of all that it reaches in these rooms."""
    reached = Reached()
    reached.add(function)
    parts = sorted(reached.parts().items())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


class Reached:
    """The functions, classes and constants that are reached from one function."""

    def __init__(self) -> None:
        self._functions: dict[str, ast.AST] = {}
        self._classes: dict[str, type] = {}
        self._constants: dict[str, str] = {}
        self._attributes: set[str] = set()

    def parts(self) -> dict[str, str]:
        """Each by its full name, as text."""
        functions = {name: ast.unparse(tree) for name, tree in self._functions.items()}
        return functions | self._constants | self._class_parts()

    def add(self, thing: Any, name: str = "") -> None:
        """A function, a class, or a constant of this name, with all it reaches."""
        thing = inspect.unwrap(thing) if callable(thing) else thing
        thing = getattr(thing, "__func__", thing)
        if isinstance(thing, type):
            self._add_class(thing)
        elif isinstance(thing, types.FunctionType):
            self._add_function(thing)
        elif not isinstance(thing, types.ModuleType) and name:
            self._add_constant(thing, name)

    def _add_function(self, function: types.FunctionType) -> None:
        name = f"{function.__module__}.{function.__qualname__}"
        if _is_ours(function.__module__) and name not in self._functions:
            self._functions[name] = tree = tree_of(function)
            self._follow(tree, function.__globals__, function.__module__)

    def _add_class(self, kind: type) -> None:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if _is_ours(kind.__module__) and name not in self._classes:
            self._classes[name] = kind
            for base in kind.__mro__[1:]:
                self._add_class(base)
            self._follow_methods(kind)

    def _add_constant(self, thing: Any, name: str) -> None:
        if name in self._constants:
            return
        self._constants[name] = ""  # it may hold itself
        self._constants[name] = self._text(thing, name)

    def _text(self, thing: Any, name: str) -> str:
        """A constant as text; what it is made of is followed."""
        if isinstance(thing, PurePath):
            return thing.name  # where it lies is another matter on each machine
        if isinstance(thing, Mapping):
            pairs = (self._text(each, name) for pair in thing.items() for each in pair)
            return f"{{{', '.join(pairs)}}}"
        if isinstance(thing, tuple | list):
            return f"({', '.join(self._text(each, name) for each in thing)})"
        if isinstance(thing, set | frozenset):
            return f"{{{', '.join(sorted(self._text(each, name) for each in thing))}}}"
        if callable(thing):
            self.add(thing)
            return getattr(thing, "__qualname__", type(thing).__qualname__)
        self._add_class(type(thing))
        text = repr(thing)
        return type(thing).__qualname__ if " at 0x" in text else text

    def _follow(self, tree: ast.AST, names: Mapping[str, Any], module: str) -> None:
        """All that a piece of code names."""
        before = len(self._attributes)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and _is_ours(node.module):
                raise ValueError(
                    f"{module} imports late: what it asks can't be followed."
                )
            if isinstance(node, ast.Attribute):
                self._attributes.add(node.attr)
                thing = _value(node, names)
                if thing is not None:
                    self.add(thing, f"{module}:{ast.unparse(node)}")
            elif isinstance(node, ast.Name) and node.id in names:
                thing, name = names[node.id], f"{module}:{node.id}"
                if not _comes_from_outside(thing):
                    self.add(thing, name)
        if len(self._attributes) > before:  # more methods may be called
            for kind in [*self._classes.values()]:
                self._follow_methods(kind)

    def _follow_methods(self, kind: type) -> None:
        names = vars(inspect.getmodule(kind))
        for method, tree in self._called_methods(kind):
            name = f"{kind.__module__}.{kind.__qualname__}.{method}"
            if name not in self._functions:
                self._functions[name] = tree
                self._follow(tree, names, kind.__module__)

    def _called_methods(self, kind: type) -> Iterator[tuple[str, ast.AST]]:
        for node in class_tree(kind).body:
            if isinstance(node, ast.FunctionDef):
                special = node.name.startswith("__")
                called = special or node.name in self._attributes
                if called and node.name not in SHOWN:
                    yield node.name, node

    def _class_parts(self) -> dict[str, str]:
        """Of each class what is no method: its fields."""
        return {
            name: "\n".join(
                ast.unparse(node)
                for node in class_tree(kind).body
                if not isinstance(node, ast.FunctionDef)
            )
            for name, kind in self._classes.items()
        }


def _is_ours(module: str | None) -> bool:
    return f"{module}.".startswith(_BOUNDARIES)


def _comes_from_outside(thing: Any) -> bool:
    """Whether it is a module, or code of somewhere else."""
    home = getattr(thing, "__module__", None)
    code = isinstance(thing, type | types.FunctionType | types.BuiltinFunctionType)
    return isinstance(thing, types.ModuleType) or (code and not _is_ours(home))


def _value(node: ast.Attribute, names: Mapping[str, Any]) -> Any:
    """What `module.name` or `Class.name` is; None if it is an attribute of a value."""
    if isinstance(node.value, ast.Name):
        base = names.get(node.value.id)
    elif isinstance(node.value, ast.Attribute):
        base = _value(node.value, names)
    else:
        return None
    known = isinstance(base, types.ModuleType) and _is_ours(base.__name__)
    if not known and not (isinstance(base, type) and _is_ours(base.__module__)):
        return None
    thing = inspect.getattr_static(base, node.attr, None)
    if isinstance(thing, staticmethod | classmethod):
        thing = thing.__func__
    return None if isinstance(thing, property) else thing


@cache
def tree_of(thing: Any) -> ast.AST:
    """The syntax of a function or class: no docstring, decorator or annotation."""
    [tree] = ast.parse(textwrap.dedent(inspect.getsource(thing))).body
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.decorator_list = []
            if ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    _number_locals(tree, vars(inspect.getmodule(thing)))
    return tree


def _number_locals(tree: ast.AST, names: Mapping[str, Any]) -> None:
    """Replaces the names of local variables, in each function, by their number.

    Not those of parameters, by which others may call, and of what the module names.
    """
    functions = (
        [tree] if isinstance(tree, ast.FunctionDef) else ast.iter_child_nodes(tree)
    )
    for function in functions:
        if not isinstance(function, ast.FunctionDef):
            continue
        nodes = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
        parameters = {
            node.arg for node in ast.walk(function) if isinstance(node, ast.arg)
        }
        stored = [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
        own = [name for name in stored if name not in parameters and name not in names]
        numbers = {name: f"local {i}" for i, name in enumerate(dict.fromkeys(own))}
        for node in nodes:
            node.id = numbers.get(node.id, node.id)


def class_tree(kind: type) -> ast.ClassDef:
    """The syntax of a class."""
    tree = tree_of(kind)
    assert isinstance(tree, ast.ClassDef)
    return tree
