"""The browser's modules, put together without a build step.

A widget's script, and that of a page, must be one ES module that loads nothing else.
The files in `web` import each other as ES modules do; here their imports are followed,
and the files joined, each behind those that it imports. All of them share one scope
then, so no two may declare the same name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(
    r"^import (?:\{(?P<names>\s*\w+(?:,\s*\w+)*,?\s*)\} from )?"
    r'"(?P<target>\.{1,2}/[^"]+)"(?: with \{ type: "text" \})?;\n',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const|let) )", re.MULTILINE
)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
# Whole lines of them: a third of all letters, which a browser has no use for.
_REMARKS = re.compile(r"^ *(?://.*|/\*(?:(?!\*/)[\s\S])*\*/)\n", re.MULTILINE)
_FOREIGN = re.compile(r"^(?:import|export)\b(?! default ).*", re.MULTILINE)
_DECLARED = re.compile(
    r"^(?P<export>export )?(?:async )?(?:function\*?|class|const|let|var) "
    r"(?P<names>\w+|[\[{][^=]+?[\]}](?= =))",
    re.MULTILINE,
)


@dataclass(frozen=True)
class _Module:
    """A file of JavaScript: what it declares, and its text to be joined."""

    label: str
    declared: frozenset[str]
    exported: frozenset[str]
    text: str


def bundle(entry: Path, before: Iterable[Path] = ()) -> tuple[str, str]:
    """One ES module and one stylesheet, of a module and all that it imports.

    Lines that only remark something are left out of the script.

    Args:
        entry: the file to start from; it alone may have a default export.
        before: modules that are to have run before it, though it doesn't import them.

    Returns:
        The script and the styles, both in the order of the imports.

    Raises:
        ValueError: in one sentence: a file or an export is missing, modules import each
            other in a circle, a name is declared twice, or an import or export has a
            form that is not followed.
    """
    modules: dict[Path, _Module] = {}
    styles: dict[Path, str] = {}
    for path in (*before, entry):
        _follow(path.resolve(), (), modules, styles)
    *others, _ = modules.values()
    for module in others:
        if _DEFAULT.search(module.text):
            raise ValueError(
                f"{module.label} has a default export, which only the module that "
                "starts a bundle may have."
            )
    _refuse_twins(list(modules.values()))
    return "\n".join(module.text for module in modules.values()), "\n".join(
        styles.values()
    )


def _follow(
    path: Path,
    way: tuple[Path, ...],
    modules: dict[Path, _Module],
    styles: dict[Path, str],
) -> None:
    """Add a module, behind those that it imports; `way` leads from the entry to it."""
    if path in way:
        circle = " -> ".join(map(_label, [*way[way.index(path) :], path]))
        raise ValueError(f"These modules import each other in a circle: {circle}.")
    if path in modules:
        return
    source = path.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(source):
        target = (path.parent / found["target"]).resolve()
        if not target.is_file():
            raise ValueError(
                f"{_label(path)} imports {found['target']}, and there is no such file."
            )
        if target.suffix == ".css":
            styles.setdefault(target, target.read_text(encoding="utf-8"))
            continue
        _follow(target, (*way, path), modules, styles)
        missing = set(_names(found["names"])) - modules[target].exported
        if missing:
            raise ValueError(
                f"{_label(path)} imports {', '.join(sorted(missing))} from "
                f"{found['target']}, which exports no such name."
            )
    modules[path] = _module(path, source)


def _module(path: Path, source: str) -> _Module:
    declared = list(_DECLARED.finditer(source))
    text = _REMARKS.sub("", _EXPORT.sub("", _IMPORT.sub("", source)))
    foreign = _FOREIGN.search(text)
    if foreign:
        raise ValueError(
            f"{_label(path)} says {foreign[0]!r}: the bundle follows only imports like "
            'import { a, b } from "./c.js" or import "./c.css" with { type: "text" }, '
            "and takes export only before a function, class, const or let."
        )
    return _Module(
        label=_label(path),
        declared=frozenset(
            name for declaration in declared for name in _names(declaration["names"])
        ),
        exported=frozenset(
            name
            for declaration in declared
            if declaration["export"]
            for name in _names(declaration["names"])
        ),
        text=text.strip("\n") + "\n",
    )


def _refuse_twins(modules: list[_Module]) -> None:
    owners: dict[str, str] = {}
    for module in modules:
        for name in sorted(module.declared):
            if name in owners:
                raise ValueError(
                    f"{name} is declared in {owners[name]} and in {module.label}: all "
                    "modules of a bundle share one scope, so rename one of the two."
                )
            owners[name] = module.label


def _names(text: str | None) -> list[str]:
    """The names in `{ a, b }` or `[a, b]`, or the one name."""
    return re.findall(r"\w+(?!\w|\s*:)", text or "")


def _label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
