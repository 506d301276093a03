"""Phrases of four words: how much of a text is new, and whether it goes in circles."""

from collections.abc import Sequence

from llm_lessons.measuring.intervals import Share, share

PHRASE = 4  # words
LEAST = 24  # words of a text that can be told to go in circles


def new_phrases(story: str, earlier: str) -> float:
    """Share of a story's four-word phrases that nothing before it has said.

    A phrase is old if it stands in the earlier story, or further up in the same one: so
    a text that goes round in circles counts as little as one that copies.
    """
    said = set(_phrases(earlier))
    phrases = _phrases(story)
    fresh = 0
    for phrase in phrases:
        fresh += phrase not in said
        said.add(phrase)
    return fresh / len(phrases) if phrases else 0.0


def _phrases(text: str) -> list[tuple[str, ...]]:
    words = text.split()
    return [tuple(words[i : i + PHRASE]) for i in range(len(words) - PHRASE + 1)]


def variety(stories: Sequence[str]) -> Share:
    """How much of a story is new to somebody who has heard another one.

    The second half of the stories is held against the first half, one against one, so
    that each pair is an independent case.
    """
    half = len(stories) // 2
    pairs = zip(stories[half:], stories[:half], strict=True)
    return share(new_phrases(second, first) for second, first in pairs)


def goes_in_circles(text: str) -> bool:
    """Whether most phrases in the second half of a text have been said in it before.

    A text that ended early, after fewer than `LEAST` words, doesn't.
    """
    words = text.split()
    half = len(words) // 2
    first, second = " ".join(words[:half]), " ".join(words[half:])
    return len(words) >= LEAST and new_phrases(second, first) < 0.5
