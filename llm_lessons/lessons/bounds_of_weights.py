"""The figures of what the weights keep of the training text, with their bounds.

The part of `bounds` that measures claims C10 to C12.
"""

from collections.abc import Iterator

from llm_lessons.fjordby import Ledger
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import recall, remix, sizes
from llm_lessons.lessons.lossy_zip.regurgitation import recite
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Number

# Absolute floors and ceilings by readings, written down before the model was trained.
_RECALLED = {
    0: (None, 0.08),
    1: (None, 0.20),
    2: (None, 0.25),
    4: (0.10, None),
    8: (0.25, None),
    16: (0.55, None),
    32: (0.85, None),
}


def recalled(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C10, C11: what appeared often is remembered far better."""
    for asked, way in ((False, "sentence completed"), (True, "asked as a question")):
        facts = recall.never_asked(ledger.facts) if asked else ledger.facts
        for count, found in recall.measure(lm, facts, ask=asked).items():
            least, most = _RECALLED.get(count, (0.95, None))
            if asked and least is not None and count < 64:
                least = None  # a fact that was only told is asked for: reported
            what = f"fact recalled, {way}, after {count} reading{'s' * (count != 1)}"
            yield Figure("C10, C11", what, found, least, most)


def sights(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C11: a plausible list may be wrong in its details."""
    for count, found in recall.sights(lm, ledger.places).items():
        after = f"after {count} reading{'s' * (count > 1)}"
        limits = {1: (None, 0.20), 256: (0.95, None)}.get(count, (None, None))
        yield Figure("C11", f"sights of a town right {after}", found.right, *limits)
        what = f"lists of sights that look right {after}"
        least = 0.5 if count == 1 else None
        yield Figure("C11", what, found.well_formed, least)


def zipped(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C10: the weights are a zip of the training text, told truly."""
    found = sizes.of(lm)
    yield Figure("C10", "size of the corpus", Number(found.corpus, "bytes"))
    packed = Number(found.corpus_xz, "bytes")
    yield Figure("C10", "size of the corpus behind xz, which loses nothing", packed)
    yield Figure("C10", "size of the weights", Number(found.weights, "bytes"))


def recited(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C12: what was repeated is recited; mostly the output is a remix."""
    bounds = {1: (None, 0.05), 64: (0.75, None), 256: (0.95, None), 1024: (0.95, None)}
    for copies, found in recite(lm, ledger.documents).by_copies().items():
        what = f"rest of a document recited from 12 tokens, copies: {copies}"
        yield Figure("C12", what, found, *bounds.get(copies, (None, None)))
    drawn = remix.remix(lm)
    longest = [100 * x for x in (drawn.longest.median, *drawn.longest[1:3])]
    what = "stories drawn: the longest match with the corpus (median)"
    percent = Number(longest[0], "% of the story", *longest[1:])
    yield Figure("C12", what, percent, most=50)
    what = "stories drawn that stand in the corpus as they are"
    yield Figure("C12", what, drawn.whole, most=0.1)


PARTS = (recalled, sights, recited, zipped)
