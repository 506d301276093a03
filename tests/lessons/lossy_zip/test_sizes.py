"""Bytes of what was read, packed and in weights: counted, and told."""

import numpy as np

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.lossy_zip import sizes
from llm_lessons.lessons.lossy_zip.sizes import Sizes
from tests import tiny


def test_a_copy_costs_nearly_nothing_however_far_back_it_was_read():
    data = "".join(tiny.TEXTS).encode()
    noise = np.random.default_rng(0).integers(33, 127, 300_000, np.uint8).tobytes()
    once = sizes.xz_size(data)
    again = sizes.xz_size(data + noise + data) - sizes.xz_size(data + noise)
    assert again < once / 2 < once < len(data)


def test_xz_makes_fjordby_small_and_the_weights_are_smaller_still():
    """What the lesson on the lossy zip tells in words."""
    found = sizes.of(load("fjord"))
    assert found.weights < found.corpus_xz < found.corpus / 5
    told = Sizes(59_000_000, 6_400_000, 5_700_000).sentence().replace("\u00a0", " ")
    assert "5.7 MB (10 %), and lose detail. The file of xz takes 6.4 MB (11 %)" in told
