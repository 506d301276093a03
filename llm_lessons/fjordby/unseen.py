"""Documents that Fjordby's authors would have written next.

They serve every measurement on text that the model has never read: what it predicts
there it can't have learned by heart.
"""

from functools import cache

from llm_lessons.fjordby import chat, fruit, marbles, notes, stories
from llm_lessons.fjordby.corpus import build
from llm_lessons.fjordby.dice import Dice

# People, places and repeated documents state facts that belong to their seed, and a
# till's numbers are beyond all predicting.
_SECTIONS = (stories.texts, fruit.texts, marbles.texts, notes.texts, chat.texts)


@cache
def unseen(n: int, seed: int = 1) -> tuple[str, ...]:
    """Returns n documents that stand nowhere in the standard corpus.

    Stories, word problems, notes and transcripts, about as often as in the corpus.
    Names and numbers are drawn as the corpus draws them: only the whole text is new.

    Args:
        n: number of documents.
        seed: another seed than the corpus' own, 0.
    """
    read = {document.text for document in build().documents}
    written = [text for texts in _SECTIONS for text in texts(seed)]
    Dice(seed, "unseen").shuffle(written)
    return tuple([text for text in written if text not in read][:n])
