"""The bits that Fjordby's pieces set: none is missing, and the error is as computed."""

import numpy as np
import pytest

from llm_lessons.fjordby import Document
from llm_lessons.measuring.reading import Reading
from llm_lessons.pages import origins_script as module
from llm_lessons.pages.origins_script import (
    BITS,
    errors,
    filled,
    origins_script,
    places_of,
)
from tests import tiny


def in_filter(bits: np.ndarray, prints: np.ndarray) -> np.ndarray:
    flags = np.unpackbits(bits, bitorder="little").astype(bool)
    first, second = places_of(prints, len(flags))
    return flags[first] & flags[second]


def test_every_piece_is_found_and_others_as_rarely_as_computed():
    random, tokenizer = np.random.default_rng(0), tiny.model().tokenizer
    words = " ".join(tiny.TEXTS).split()
    texts = (" ".join(random.choice(words, 200)) for _ in range(200))
    reading = Reading([Document("x", text) for text in texts], tokenizer)
    bits, prints = filled(reading), np.unique(reading.fingerprints())
    assert 8 * len(bits) == pytest.approx(BITS * len(prints), abs=8)
    assert in_filter(bits, prints).all()
    others = np.random.default_rng(1).integers(2**32, size=10**6, dtype=np.uint32)
    others = np.setdiff1d(others, prints)
    share = in_filter(bits, others).mean()
    assert share == pytest.approx(errors(bits).piece, rel=0.01)
    assert not in_filter(filled(Reading([], tokenizer)), others[:100]).any()


def test_it_is_made_once_for_a_vocabulary_and_fjordby(tmp_path, monkeypatch):
    lm, made = tiny.model(), []

    def counted(read: Reading) -> np.ndarray:
        made.append(len(read.tokens))
        return filled(read)

    class Small:
        documents, sha256 = [Document("x", tiny.TEXTS[0])], "0"

    monkeypatch.setattr(module, "filled", counted)
    monkeypatch.setattr(module.fjordby, "build", lambda: Small)
    script = origins_script(lm, tmp_path)
    assert script == origins_script(lm, tmp_path) and len(made) == 1
    assert script.isascii() and "</" not in script
    Small.sha256 = "1"
    assert origins_script(lm, tmp_path) == script and len(made) == 2
    assert len(list(tmp_path.iterdir())) == 1
    (file := tmp_path / "a_file").write_text("")
    assert origins_script(lm, file) == script  # nothing can be kept there
