"""Sentences with gaps, and how their words agree.

A frame has gaps for what differs, {who} or {n}, and forms of words. "[have has had]"
agrees with the subject: of several or of "I", of one, in the past. "<go goes went
went>" agrees with the things: several, one, and both in the past.
"""

import re
from functools import cache, lru_cache

from llm_lessons.fjordby.varied import aside as kept
from llm_lessons.fjordby.varied.lists import blocks

_FORMS = re.compile(r"\[([^\]]+)\]|<([^>]+)>")
_NOW = re.compile(r"\b[Nn]ow\b")
_AFTER_STOP = re.compile(r"[.?] [a-z]")


@cache
def frames(
    file: str, block: str, aside: bool = False, past: bool = False
) -> tuple[str, ...]:
    """Returns the frames of a block that pages use, or those that are kept aside.

    Those that tell what is over (`past`) have no word "now".
    """
    found = kept.choices("frame", blocks(file)[block], aside)
    return tuple(frame for frame in found if not (past and says_now(frame)))


def says_now(frame: str) -> bool:
    """Tells whether a frame has the word "now", so that it can't tell what is over."""
    return bool(_NOW.search(frame))


@lru_cache(maxsize=4_096)  # all that are listed; thrown ones come once
def agreed(frame: str, past: bool, subject: bool = False, things: bool = True) -> str:
    """Returns the frame with its gaps, and of each form the one that fits.

    Of the subject, whether it takes the plural form, as "I" and "you" do; of things,
    whether there are several.
    """

    def fitting(match: re.Match[str]) -> str:
        if match[1]:
            several, one, over = match[1].split()
            return over if past else several if subject else one
        return match[2].split()[2 * past + (not things)]

    return _FORMS.sub(fitting, frame)


def sentence(text: str) -> str:
    """Returns the text with a capital at the beginning of each sentence."""
    if ". " in text or "? " in text:  # most are one sentence
        text = _AFTER_STOP.sub(lambda match: match[0].upper(), text)
    return text[0].upper() + text[1:]
