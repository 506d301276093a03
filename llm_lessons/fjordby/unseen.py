"""Documents that Fjordby's authors would have written next.

They serve every measurement on text that the model has never read: what it predicts
there it can't have learned by heart.
"""

from functools import cache, partial
from itertools import islice

from llm_lessons.fjordby import chat, stories
from llm_lessons.fjordby.corpus import build
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import beginnings, chats, counting, shopping
from llm_lessons.fjordby.everyday import notes as everyday_notes
from llm_lessons.fjordby.varied import fruit, marbles, note_pages, told
from llm_lessons.foundation.checks import checked

# People, places and repeated documents state facts that belong to their seed, and the
# numbers of a till or a list are beyond all predicting. Chats ask about people who were
# read about.
_CHATS = partial(chat.texts, of=0)
_NOTES = (note_pages.first_texts, note_pages.texts)
_MARBLES = (marbles.first_texts, marbles.texts)
_OTHERS = (stories.texts, fruit.texts, *_MARBLES, _CHATS, told.texts)
_EVERYDAY = (
    counting.texts,
    shopping.texts,
    partial(chats.texts, of=0),
    beginnings.texts,
    everyday_notes.texts,
)
_SHARE = 10  # one document in so many is enough


MOST = 4096  # documents that are kept of each seed


@checked(n=0)
def unseen(n: int, seed: int = 1, notes: bool = True) -> tuple[str, ...]:
    """Returns n documents that stand nowhere in the standard corpus.

    Stories, word problems, notes and transcripts, about as often as in the corpus.
    Names and numbers are drawn as the corpus draws them: only the whole text is new.
    The first call with a seed takes some seconds.

    Args:
        n: number of documents, at most 4,096.
        seed: another seed than the corpus' own, 0.
        notes: whether notes are among them, which Fjord read in the later part only.

    Raises:
        ValueError: more documents than are kept.
    """
    if n > MOST:
        raise ValueError(
            f"There are {MOST:,} unseen documents a seed, and {n:,} were asked for; "
            "take more seeds."
        )
    return _kept(seed, notes)[:n]


@cache
def _kept(seed: int, notes: bool) -> tuple[str, ...]:
    read = {document.text for document in build().documents}
    sections = (*_OTHERS, *_NOTES) if notes else _OTHERS
    everyday = _EVERYDAY if notes else _EVERYDAY[:-1]
    written = [text for texts in sections for text in texts(seed)[::_SHARE]]
    written += [text for texts in everyday for text in texts(seed, share=1 / _SHARE)]
    Dice(seed, "unseen").shuffle(written)
    fresh = (text for text in written if text not in read)
    # Copies, which lie together: the few that are kept would hold on to the memory
    # of all among which they were written.
    return tuple(text.encode().decode() for text in islice(fresh, MOST))
