"""What a piece of Python takes from other modules, read from its syntax, never run.

An import alone says too little: `import llm_lessons as ll` reaches everything, and a
lesson that says `ll.Race` and nothing else of the kind needs the race alone. So each
import comes with the names that are asked of it.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

ALL = ("*",)  # asked of a module: whatever it has
_DYNAMIC = ("import_module", "__import__")

type Chain = tuple[str, ...]  # the names behind dots


@dataclass(frozen=True)
class Code:
    """A piece of Python as its syntax tells it.

    Attributes:
        plain: its syntax without docstrings, comments and layout, as text.
        bound: each name that an import binds, with the module it is from and the names
            that lead on from there; "" for an import that binds none.
        asked: by name: the names asked of it behind dots; () where it stands alone.
        dynamic: what is imported by a name that is worked out; * for what is not known.
        bundles: the widgets' scripts that it puts together; None for one not known.
        texts: its texts that are no docstrings.
        later: by name: the module from which it hands that on when asked.
    """

    plain: str
    bound: tuple[tuple[str, str, Chain], ...]
    asked: dict[str, frozenset[Chain]]
    dynamic: tuple[str, ...]
    bundles: tuple[str | None, ...]
    texts: frozenset[str]
    later: dict[str, str | None]


@lru_cache(1024)
def code_of(source: str, package: Chain = ()) -> Code:
    """Read a piece of Python.

    Args:
        package: the names of the package it is in, for imports that begin with a dot.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(source)
    _Plain().visit(tree)
    nodes = list(ast.walk(tree))
    chains = _Chains()
    chains.visit(tree)
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    return Code(
        ast.dump(tree),
        tuple(one for node in nodes for one in _bound(node, package)),
        {name: frozenset(found) for name, found in chains.found.items()},
        tuple(_pattern(one.args[0]) for one in calls if _called(one) in _DYNAMIC),
        tuple(_text(one.args[0]) for one in calls if _called(one) == "assets"),
        frozenset(filter(None, map(_text, nodes))),
        _later(tree.body),
    )


def lessons_asked(source: str, name: str) -> set[str] | None:
    """The numbers of lessons in calls like `ll.exercise("06.1")`, such as "06".

    Args:
        name: of the function.

    Returns:
        None if it is used in a way that doesn't tell the lesson.
    """
    nodes = list(ast.walk(ast.parse(source)))
    told = {
        id(node.func): text[:2]
        for node in nodes
        if isinstance(node, ast.Call) and node.args
        if (text := _text(node.args[0])) and text[:2].isdigit()
    }
    used = [
        id(node)
        for node in nodes
        if (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.Name) and node.id == name)
    ]
    return {told[one] for one in used} if all(one in told for one in used) else None


class _Plain(ast.NodeTransformer):
    """Takes out texts that stand alone, and what only a checker of types imports."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if _text(node.value) is not None else node

    def visit_If(self, node: ast.If) -> ast.AST | None:
        match node.test:
            case ast.Name(id="TYPE_CHECKING") if not node.orelse:
                return None
        return self.generic_visit(node)


class _Chains(ast.NodeVisitor):
    """By name: the names asked of it behind dots, () where it stands alone."""

    def __init__(self) -> None:
        self.found: dict[str, set[Chain]] = {}

    def visit_Attribute(self, node: ast.Attribute) -> None:
        names, base = [node.attr], node.value
        while isinstance(base, ast.Attribute):
            names.append(base.attr)
            base = base.value
        if isinstance(base, ast.Name):
            self.found.setdefault(base.id, set()).add(tuple(reversed(names)))
        else:
            self.visit(base)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.found.setdefault(node.id, set()).add(())


def _bound(node: ast.AST, package: Chain) -> Iterator[tuple[str, str, Chain]]:
    if isinstance(node, ast.Import):
        for one in node.names:
            if one.asname:
                yield one.asname, one.name, ()
            else:
                yield one.name.split(".")[0], one.name.split(".")[0], ()
                yield "", one.name, ()  # it is run, whoever uses it
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) - node.level + 1] if node.level else ()
        module = ".".join([*above, *filter(None, [node.module])])
        for one in node.names:
            yield (one.asname or one.name).replace("*", ""), module, (one.name,)


def _called(node: ast.Call) -> str:
    name = node.func
    return getattr(name, "attr", getattr(name, "id", ""))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _pattern(node: ast.AST) -> str:
    """The name of a module, with a star for each part that is worked out."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "*" for part in node.values)
    return _text(node) or "*"


def _later(body: Sequence[ast.stmt]) -> dict[str, str | None]:
    """What a module's `__getattr__` looks up: its table `_LATER`."""
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id="_LATER")]):
                return ast.literal_eval(node.value)
    return {}
