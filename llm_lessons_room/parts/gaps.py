"""Sentences with gaps: "{name} loses {n}." is one, and "Ida loses 4." follows it."""

import re

# A word or two: no mark stands in it, but within a number.
_GAP = r"(?:[^.,;:!?]|[.,](?=\d)){1,30}?"
# Where a sentence may be broken off that hasn't come to its full stop.
_BREAK = r"(?=\s*(?:[.,;:!?](?!\d)|\()|$)"


def gaps(pattern: str, sentence: str, whole: bool = True) -> dict[str, str] | None:
    """What stands in a pattern's {gaps} where a sentence follows it; else None.

    Args:
        pattern: with gaps of different names.
        sentence: with a word or two in these places.
        whole: whether the sentence must end where the pattern does; else it may go on
            behind a mark.
    """
    parts = re.split(r"\{(\w+)\}", pattern)
    regex = "".join(
        f"(?P<{part}>{_GAP})" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    end = r"\Z" if whole else "" if pattern[-1:] in ".!?" else _BREAK
    match = re.match(regex + end, sentence)
    return match.groupdict() if match else None


def names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))
