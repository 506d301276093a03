"""Model files that say of themselves what isn't so: told in time, in a sentence.

The bounds, written down before the first run: whatever a file says, it is loaded or
refused within 2 seconds, and what Python holds meanwhile stays below 100 MB. (The whole
files have half a megabyte.)
"""

import contextlib
import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import llm_lessons as ll
from llm_lessons.foundation.checks import Refusal
from llm_lessons.weights.conversion import finite
from llm_lessons.weights.gguf_header import GGUFHeader
from tests import family, family_files
from tests.each import failing
from tests.refused import refused

RECORD = family_files.PLAIN
SECONDS, BYTES = 2, 100 * 10**6
EXAMPLES = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

type Change = Callable[[bytearray], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "model.gguf"
    family_files.write_gguf(path, RECORD, family.tensors(RECORD))
    return path.read_bytes()


def in_time(call: Callable[[], Any]) -> Any:
    """What a call returns, within the bounds."""
    tracemalloc.start()
    began = time.perf_counter()
    try:
        found = call()
        assert tracemalloc.get_traced_memory()[1] < BYTES
        assert time.perf_counter() - began < 4 * SECONDS  # traced, all takes longer
        return found
    finally:
        tracemalloc.stop()


def after(name: str, far: int, form: str, *values: Any) -> Change:
    """Other numbers, so many bytes behind the last place of a name."""

    def change(file: bytearray) -> None:
        place = file.rindex(name.encode()) + len(name) + far
        struct.pack_into(form, file, place, *values)

    return change


def head(tensors: int, settings: int, *parts: bytes) -> Change:
    """Another file: so many tensors and settings, and what follows."""

    def change(file: bytearray) -> None:
        file[:] = b"GGUF" + struct.pack("<IQQ", 3, tensors, settings) + b"".join(parts)

    return change


EPSILON = "llama.attention.layer_norm_rms_epsilon"
TOKENS, MATRIX = "tokenizer.ggml.tokens", "blk.0.ffn_up.weight"
NORM = "blk.0.attn_norm.weight"  # a vector, of 64 numbers in a line
F64 = gguf.GGMLQuantizationType.F64
LIES: dict[str, tuple[Change, str]] = {
    "layers": (after("llama.block_count", 4, "<I", 2**31 - 1), "2,147,483,647 layers"),
    "wide": (after("llama.feed_forward_length", 4, "<I", 2**31 - 1), "have the shape"),
    "eps": (after(EPSILON, 4, "<f", float("nan")), "epsilon must be a number"),
    "end": (after("ggml.eos_token_id", 4, "<I", 10**9), "eos_token_id"),
    "tokens": (after(TOKENS, 8, "<Q", 1_000_001), "lists more than 1,000,000 texts"),
    "numbers": (after(TOKENS, 4, "<IQ", 0, 2**40), "ends before"),
    "merges": (after("tokenizer.ggml.merges", 8, "<Q", 1), "damaged"),
    "dimension": (after(MATRIX, 4, "<Q", 2**60), "ends before"),
    "place": (after(MATRIX, 24, "<Q", 2**62), "only part of a file"),
    "kind": (after(NORM, 12, "<I", F64), "it is stored as F64"),
    "settings": (head(0, 2**60), "1,152,921,504,606,846,976 settings"),
    "text": (head(0, 1, struct.pack("<Q", 2**63)), "damaged"),
    "empty": (bytearray.clear, "empty"),
}


def quick_look(path: Path) -> None:
    """What a list of models reads may pass, or is refused in a sentence."""
    with contextlib.suppress(Refusal):
        GGUFHeader(path).quick_config()


def test_a_gguf_file_that_lies(whole: bytes, tmp_path: Path):
    path = tmp_path / "model.gguf"

    def check(name: str) -> None:
        change, words = LIES[name]
        file = bytearray(whole)
        change(file)
        path.write_bytes(file)
        said = in_time(lambda: refused(lambda: ll.load(path)))
        assert said.count("model.gguf") == 1 and words in said, said
        in_time(lambda: quick_look(path))

    assert failing(LIES, check) == []


def test_weights_that_are_no_numbers(tmp_path: Path):
    for name, value in (
        ("model.layers.1.mlp.up_proj.weight", np.nan),
        ("model.norm.weight", -np.inf),
    ):
        tensors = family.tensors(RECORD)
        tensors[name].flat[-1] = value
        path = family_files.write_gguf(tmp_path / "model.gguf", RECORD, tensors)
        said = in_time(lambda path=path: refused(lambda: ll.load(path)))
        assert "infinite or no numbers" in said
    large = np.full(100, 3e38, np.float32)  # their sum is none, and they are
    assert finite(large) is large


@EXAMPLES
@given(st.data())
def test_any_altered_byte_of_a_gguf_file(whole: bytes, tmp_path: Path, data):
    header = whole.index(b"blk.0") + 3_000
    file, path = bytearray(whole), tmp_path / "model.gguf"
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, header))
        numbers = [0, 1, 9, 255, 2**31 - 1, 2**31, 2**32 - 1, 2**60, 2**64 - 1]
        new = data.draw(st.sampled_from(numbers) | st.integers(0, 2**64 - 1))
        size = data.draw(st.sampled_from([1, 4, 8]))
        file[place : place + size] = struct.pack("<Q", new)[:size]
    if data.draw(st.booleans()):
        del file[data.draw(st.integers(0, len(file))) :]
    path.write_bytes(file)
    loads_or_says_why(path)


def loads_or_says_why(path: Path) -> None:
    began = time.perf_counter()
    try:
        lm = ll.load(path)
        assert lm.config.vocab_size == lm.params.embedding.shape[0]
        assert lm.config.vocab_size == lm.tokenizer.vocab_size
        assert lm.config.n_layers == len(lm.params.layers)
        assert all(0 <= stop < lm.config.vocab_size for stop in lm.tokenizer.stops)
    except ValueError as refusal:
        said = str(refusal)
        assert said.endswith(".") and "\n" not in said and len(said) > 25, said
    assert time.perf_counter() - began < SECONDS
