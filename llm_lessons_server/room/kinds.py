"""Which tally a step has."""

from llm_lessons_server.room.choices import Book, Guess, Marbles, Ten
from llm_lessons_server.room.content import Step
from llm_lessons_server.room.gathered import (
    Coin,
    NextWord,
    Stories,
    Temperature,
    TrainTogether,
)
from llm_lessons_server.room.tally import Tally

KINDS: dict[str, type[Tally]] = {
    "guess": Guess,
    "book": Book,
    "coin": Coin,
    "next_word": NextWord,
    "stories": Stories,
    "temperature": Temperature,
    "train_together": TrainTogether,
    "marbles": Marbles,
    "ten": Ten,
}


def tally(step: Step) -> Tally:
    """An empty tally of a step; of one that asks nothing, one that stays empty."""
    return KINDS.get(step.kind, Tally)(step)
