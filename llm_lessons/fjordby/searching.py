"""A search through Fjordby for people: whole words first.

`Corpus.search` finds the same texts in the corpus's own order. Measurements use it, so
that it stays as it is while this one may learn.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from llm_lessons.fjordby.corpus import Hit, build
from llm_lessons.foundation.checks import checked


class Found(NamedTuple):
    """How many documents hold a text, and the first few of them.

    Attributes:
        total: documents that hold it, within a longer word, too.
        hits: some of them, in the order of the corpus; first those that hold it whole.
        whole: documents in which it is no part of a longer word.
    """

    total: int
    hits: list[Hit]
    whole: int


@checked(limit=0)
def search(text: str, limit: int = 10) -> Found:
    """Finds the documents of the standard corpus (seed 0) that contain a text.

    The first call writes the corpus. First come documents in which the text is no part
    of a longer word: "Ida" before "Idar".

    Args:
        text: what to look for, letter for letter; upper and lower case differ.
        limit: at most this many hits are returned; the total counts all.

    Raises:
        ValueError: the text is empty.
    """
    corpus = build()
    if not corpus.search(text, 0).total:  # refuses what is empty
        return Found(0, [], 0)
    alone = re.compile(rf"(?!\B\w){re.escape(text)}(?<!\w\B)")
    joined, starts = corpus.documents.joined, corpus.documents.starts
    whole: list[int] = []
    parts: list[int] = []
    place = joined.find(text)
    while place >= 0:
        index = bisect_right(starts, place) - 1
        end = starts[index + 1]
        (whole if alone.search(joined, place, end) else parts).append(index)
        place = joined.find(text, end)
    first = [*whole, *parts][:limit]
    hits = [Hit(index, *corpus.documents[index]) for index in first]
    return Found(len(whole) + len(parts), hits, len(whole))
