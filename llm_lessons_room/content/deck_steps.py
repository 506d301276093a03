"""A step of an evening, read from a table of its deck."""

import re

from llm_lessons.lessons import LESSONS
from llm_lessons_room.content.kinds import KINDS
from llm_lessons_room.parts.plan import GUIDE, Guide, Planned, is_text

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COMMON: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "title": str,
    "minutes": (int, float),
    "seconds": int,
    "lesson": int,
    "optional": bool,
    "laptops": bool,
}


def step_of(table: object) -> Planned:
    """The step that a table of a deck describes.

    Raises:
        ValueError: it is none; names it and what is wrong.
    """
    if not isinstance(table, dict):
        raise ValueError("each step is a table, [[steps]].")
    kind, name = table.get("kind", ""), table.get("id", "")
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise ValueError(f"the step {name!r} is of no kind: choose among {known}.")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id: small letters, digits and dashes.")
    own = {k: v for k, v in table.items() if k not in _COMMON and k not in GUIDE}
    guide = {key: table[key] for key in GUIDE if key in table}
    common = {key: table[key] for key in _COMMON if key in table}
    keys = {**KINDS[kind].needs, **KINDS[kind].may}
    needed = {"title", "minutes"} - common.keys() | KINDS[
        kind
    ].needs.keys() - own.keys()
    if needed:
        raise ValueError(f"the step {name!r} lacks {', '.join(sorted(needed))}.")
    if extra := own.keys() - keys:
        raise ValueError(f"the step {name!r} has no use for {min(extra)!r}.")
    for key, value in common.items():
        if not isinstance(value, _COMMON[key]) or (
            isinstance(value, bool) and key not in ("optional", "laptops")
        ):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    for key, value in (guide | own).items():
        if not keys.get(key, is_text)(value):
            raise ValueError(f"{key} of the step {name!r} can't be {value!r}.")
    made = Planned(**common, guide=Guide(**guide), own=own)
    _fits(made)
    return made


def _fits(step: Planned) -> None:
    """Raise ValueError where a value is of its type, and still makes no sense."""
    place = f"the step {step.id!r}"
    if step.minutes < 0 or (step.seconds is not None and step.seconds < 1):
        raise ValueError(f"{place} takes less than no time.")
    if step.lesson is not None and not 0 <= step.lesson < len(LESSONS):
        raise ValueError(f"{place}: lessons go from 0 to {len(LESSONS) - 1}.")
    try:
        KINDS[step.kind].fits(step)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
