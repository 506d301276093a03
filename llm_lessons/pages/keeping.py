"""What takes seconds to make for the pages, kept until what it comes from changes."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from llm_lessons_starter.atomic import write_text


def kept[T](path: Path, told: Iterable[str], make: Callable[[], T]) -> T:
    """What `make` makes, or made when it last came from the same.

    Where nothing can be written, it is not kept.

    Args:
        path: where it is kept, as JSON: of dicts, lists, texts and numbers.
        told: all that it comes from.
    """
    source = hashlib.sha256(json.dumps([*told]).encode()).hexdigest()
    with suppress(OSError, ValueError, TypeError, LookupError):
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["from"] == source:
            return found["made"]
    made = make()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps({"from": source, "made": made}))
    return made
