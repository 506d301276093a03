"""Sentences with gaps: "{name} loses {n}." is one, and "Ida loses 4." follows it."""

import re

# Where a sentence may be broken off: behind a full stop, or before a mark that is no
# part of a number.
_BREAK = r"(?:(?<=[.!?])|(?=\s*(?:[.,;:!?](?!\d)|\())|$)"


def gaps(pattern: str, sentence: str, whole: bool = True) -> dict[str, str] | None:
    """What stands in a pattern's {gaps} where a sentence follows it; else None.

    Args:
        pattern: with gaps of different names.
        sentence: with a word or two in these places.
        whole: whether the sentence must end where the pattern does; else it may go on
            behind a mark.
    """
    parts = re.split(r"\{(\w+)\}", pattern)
    made = "".join(
        f"(?P<{part}>.{{1,30}}?)" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    found = re.match(made + ("$" if whole else _BREAK), sentence)
    return found.groupdict() if found else None


def names(sentence: str) -> set[str]:
    """The names of its gaps."""
    return set(re.findall(r"\{(\w+)\}", sentence))
