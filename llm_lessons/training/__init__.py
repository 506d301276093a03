"""How the knobs were set: the recipe that trains the class model from random numbers.

`python3 start.py train` runs it, on Fjordby or on a text of one's own.
"""

from llm_lessons.training.data import TokenStream, encode, pack, prepare
from llm_lessons.training.loop import Recipe, Trainer

__all__ = ["Recipe", "TokenStream", "Trainer", "encode", "pack", "prepare"]
