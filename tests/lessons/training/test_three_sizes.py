"""What came of three sizes that read the same tokens."""

import json

from llm_lessons.lessons.lossy_zip.sizes import STORED
from llm_lessons.lessons.training import three_sizes
from llm_lessons.lessons.training.three_sizes import Sized, Sizes
from tests.titled import plain


def of_bits(*intervals: tuple[float, float]) -> str:
    models = (Sized(n, low, low, high) for n, (low, high) in enumerate(intervals, 1))
    return plain(Sizes("of the corpus", 2_040_000, 256, tuple(models)).sentence())


def test_sizes_are_told_apart_only_where_each_is_clearly_better():
    assert "2.0 million tokens" in of_bits((2, 2.1))
    assert "2.00 with 1 knobs, 1.00 with 2 knobs" in of_bits((2, 2.1), (1, 1.2))
    assert "each size the loss is clearly lower" in of_bits((2, 2.1), (1, 1.2))
    assert "Not each size is clearly better" in of_bits((2, 2.1), (1, 2.05))


def test_what_is_kept_is_of_this_fjordby():
    stored = json.loads(STORED.read_text(encoding="utf-8"))["corpus_sha256"]
    kept = three_sizes.read_log()
    assert kept.corpus_sha256 == stored and len(kept.models) == 3
