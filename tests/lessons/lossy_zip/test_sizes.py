"""Bytes of what was read, packed and in weights: counted, kept, and told."""

from types import SimpleNamespace

import numpy as np
import pytest

from llm_lessons.lessons.lossy_zip import sizes
from llm_lessons.lessons.lossy_zip.sizes import Packed, Sizes
from llm_lessons.weights import checkpoints
from tests import tiny


@pytest.fixture
def little_fjordby(monkeypatch: pytest.MonkeyPatch) -> bytes:
    joined = "\0".join(tiny.TEXTS)
    documents = SimpleNamespace(joined=joined)
    corpus = SimpleNamespace(documents=documents, sha256="of the little one")
    monkeypatch.setattr(sizes.fjordby, "build", lambda: corpus)
    return (joined + "\0").encode()


def test_a_copy_costs_nearly_nothing_however_far_back_it_was_read():
    data = "".join(tiny.TEXTS).encode()
    noise = np.random.default_rng(0).integers(33, 127, 300_000, np.uint8).tobytes()
    once = sizes.xz_size(data)
    again = sizes.xz_size(data + noise + data) - sizes.xz_size(data + noise)
    assert again < once / 2 < once < len(data)


def test_what_is_kept_counts_for_the_same_corpus_alone(little_fjordby, tmp_path):
    path = tmp_path / "packed.json"
    found = sizes.known(path)
    size = sizes.xz_size(little_fjordby)
    assert found == Packed("of the little one", len(little_fjordby), size)
    kept = Packed("of the little one", 900, 300)
    kept.save(path)
    assert sizes.known(path) == sizes.load(path) == kept
    Packed("of another", 900, 300).save(path)
    assert sizes.known(path) == found


def test_all_three_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sizes, "known", lambda: Packed("", 59_000_000, 6_400_000))
    lm = tiny.model()
    tiny.save(tmp_path)
    found = sizes.of(lm)
    assert found.weights == (tmp_path / checkpoints.WEIGHTS).stat().st_size
    told = Sizes(59_000_000, 6_400_000, 5_700_000).sentence().replace("\u00a0", " ")
    assert told == (
        "All that Fjord read takes 59.0 MB. Its weights take 5.7 MB (10 %), and lose "
        "detail. The file of xz takes 6.4 MB (11 %), and has every letter."
    )


def test_xz_makes_fjordby_small_and_the_weights_are_smaller_still():
    """What the lesson on the lossy zip tells in words."""
    weights = (sizes.STORED.parent / checkpoints.WEIGHTS).stat().st_size
    assert weights < sizes.load().corpus_xz < sizes.load().corpus / 5
