"""A small vocabulary is the beginning of a large one, which the slider relies on."""

import pytest

from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import GrowingVocabulary
from llm_lessons.widgets.growing_vocabulary import FIRST
from tests import tiny


def test_every_smaller_training_learns_the_same_pieces_first():
    large = train_sentencepiece(tiny.TEXTS, 380)
    widget = GrowingVocabulary(large, "The fox")
    assert widget.size == widget.fewest == FIRST + len(widget._letters)
    for size in range(widget.fewest, 380):
        small = train_sentencepiece(tiny.TEXTS, size)
        learned = size - widget.fewest
        assert small.pieces[FIRST:] == [*widget._pieces[:learned], *widget._letters]


@pytest.mark.parametrize("size", [0, 258, 10_000])
def test_a_size_that_was_not_learned_is_refused(size: int):
    with pytest.raises(ValueError, match="single letters"):
        GrowingVocabulary(tiny.tokenizer(), "The fox", size)
