"""What people give, checked where it comes in: one sentence says what would be right.

An entry needs one line, `@checked()`, which reads its annotations. What these can't say
is checked by hand, in the same words.
"""

from llm_lessons.foundation.checks.annotations import checked
from llm_lessons.foundation.checks.files import NO_FILE, blamed_on, small_text, why
from llm_lessons.foundation.checks.values import (
    SETTINGS,
    Refusal,
    WrongKind,
    number,
    one_of,
    printable,
    several,
    shown,
    text,
    whole_number,
)

__all__ = [
    "NO_FILE",
    "SETTINGS",
    "Refusal",
    "WrongKind",
    "blamed_on",
    "checked",
    "number",
    "one_of",
    "printable",
    "several",
    "shown",
    "small_text",
    "text",
    "whole_number",
    "why",
]
