"""Sentences with gaps: "{name} loses {n}." is one, and "Ida loses 4." follows it."""

import re


def gaps(pattern: str, sentence: str, whole: bool = True) -> dict[str, str] | None:
    """What stands in a pattern's {gaps} where a sentence follows it; else None.

    Args:
        pattern: with gaps of different names.
        sentence: with anything in these places.
        whole: whether the sentence must end where the pattern does.
    """
    parts = re.split(r"\{(\w+)\}", pattern)
    made = [
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    ]
    match = re.fullmatch if whole else re.match
    found = match("".join(made), sentence)
    return found.groupdict() if found else None


def names(sentence: str) -> set[str]:
    """The names of its gaps."""
    return set(re.findall(r"\{(\w+)\}", sentence))
