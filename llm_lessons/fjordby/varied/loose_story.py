"""Sentences of problems in thrown words: what happens, and much beside it.

Serves C15. Who meets every change in one of some hundred practised sentences learns
those sentences by heart, and does not find the change in another one. So on pages many
of them are thrown together from common words, and nearly none comes twice: all that
helps is to find who does what, and how many it is.

Problems that lessons and tests ask have only the sentences of the lists.
"""

from collections.abc import Mapping

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import loose
from llm_lessons.fjordby.varied.lists import blocks

_SHARE = 0.2  # of a page's sentences, as far as they are not the plainest one

# For each block of `marble_frames.txt` and of `shop_frames.txt`, what may stand in the
# place of its sentences.
MARBLES, SHOP = (
    {
        title.partition(": ")[2]: shapes
        for title, shapes in blocks("loose_frames.txt").items()
        if title.startswith(problem)
    }
    for problem in ("marbles", "shop")
)
SHOP["scene"] = MARBLES["scene"]


def frame(shapes: Mapping[str, tuple[str, ...]], block: str, dice: Dice) -> str | None:
    """Draws whether a sentence is a thrown one, and which."""
    if block not in shapes or not dice.chance(_SHARE):
        return None
    return loose.filled(dice.pick(shapes[block]), dice)
