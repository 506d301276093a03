"""Model files that say of themselves what isn't so: told in time, in a sentence.

The bounds, written down before the first run: whatever a file says, it is loaded or
refused within 2 seconds, and what Python holds meanwhile stays below 100 MB. (The whole
files have half a megabyte.)
"""

import contextlib
import json
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
from llm_lessons.weights.gguf_header import GGUFHeader
from llm_lessons.weights.reading import finite
from tests import family, family_files
from tests.each import failing
from tests.refused import refused

RECORD = family_files.PLAIN
WRITERS = [family_files.write_gguf, family_files.write_folder]
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return family_files.write_folder(tmp_path / "model", RECORD, family.tensors(RECORD))


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


@pytest.mark.parametrize("write", WRITERS)
def test_weights_that_are_no_numbers(write: Callable, tmp_path: Path):
    for name, value in (
        ("model.layers.1.mlp.up_proj.weight", np.nan),
        ("model.norm.weight", -np.inf),
    ):
        tensors = family.tensors(RECORD)
        tensors[name].flat[-1] = value
        path = write(tmp_path / "model.gguf", RECORD, tensors)
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


def altered(folder: Path, name: str, **changes: Any) -> None:
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


CONFIGS: list[tuple[str, Any, str]] = [
    ("vocab_size", 399, "399 tokens"),
    ("num_hidden_layers", 2**31 - 1, "n_layers must be"),
    ("num_hidden_layers", 1, "1 layers, and the weights are those of 2"),
    ("num_attention_heads", 0, "num_attention_heads"),
    ("hidden_size", None, "does not say its hidden_size"),
    ("hidden_size", 10**9, "a width of 1,000,000,000"),
    ("intermediate_size", 64, "does not explain"),
    ("rope_parameters", {"rope_theta": "a"}, "rope_theta"),
    ("rope_parameters", "yarn", "rope_parameters"),
    ("tie_word_embeddings", "no", "tie_embeddings"),
    ("eos_token_id", [], "names no token that ends"),
    ("eos_token_id", [0, 400], "a token that it names"),
    ("hidden_act", 5, "5 in its MLP"),
]


def test_a_config_that_lies_or_is_none(folder: Path):
    record = (folder / "config.json").read_text()
    for name, value, words in CONFIGS:
        (folder / "config.json").write_text(record)
        altered(folder, "config.json", **{name: value})
        said = in_time(lambda: refused(lambda: ll.load(folder)))
        assert said.count(str(folder)) == 1 and words in said, said
    (folder / "config.json").write_text(record)
    for name in ("tokenizer.json", "config.json"):  # which is read first
        for text in (b"", b"[]", b"null", b"[" * 100_000, b"\xff\xfe\0"):
            (folder / name).write_bytes(text)
            assert name in in_time(lambda: refused(lambda: ll.load(folder)))


HEADERS = [
    b"{}",
    b"[" * 100_000,
    b'{"a":{"dtype":"F32","shape":[1000000000000,1000000000000],"data_offsets":[0,4]}}',
    b'{"model.norm.weight":{"dtype":"I64","shape":[0],"data_offsets":[0,0]}}',
]


def test_safetensors_that_lie(folder: Path):
    path = folder / "model.safetensors"
    for header in HEADERS:
        path.write_bytes(struct.pack("<Q", len(header)) + header)
        assert str(folder) in in_time(lambda: refused(lambda: ll.load(folder)))
    path.write_bytes(struct.pack("<Q", 2**60) + b"{}")
    assert "its header would have" in in_time(lambda: refused(lambda: ll.load(folder)))


def test_a_vocabulary_that_lies(folder: Path):
    path = folder / "tokenizer.json"
    record = json.loads(path.read_text())
    model, special = record["model"], record["added_tokens"][0]
    many = {"type": "Replace", "pattern": {"String": "a"}, "content": "a" * 50}
    for changes, words in (
        ({"model": model | {"merges": [["zz", "yy"]]}}, "out of vocabulary"),
        ({"model": model | {"vocab": model["vocab"] | {"a": 10**12}}}, "'a'"),
        ({"model": model | {"vocab": model["vocab"] | {"\u4e00": 400}}}, "KeyError"),
        ({"added_tokens": [special | {"id": 9}]}, "the same id, 9"),
        ({"model": [1]}, "is no tokenizer.json"),
        ({"model": model | {"type": "Unigram"}}, "called byte-level BPE"),
        ({"normalizer": many}, "'Replace'"),
        ({"normalizer": sequence(many)}, "tokenizer.json"),
        ({"normalizer": sequence(*[{"type": "NFC"}] * 5)}, "tokenizer.json"),
        ({"normalizer": sequence({"type": []})}, "tokenizer.json"),
        ({"normalizer": 5}, "tokenizer.json"),
        ({"post_processor": "x"}, "tokenizer.json"),
    ):
        path.write_text(json.dumps(record | changes))
        assert words in in_time(lambda: refused(lambda: ll.load(folder)))
    for known in (None, {"type": "NFKC"}, sequence({"type": "NFC"})):
        path.write_text(json.dumps(record | {"normalizer": known}))
        assert ll.load(folder).encode("a")


def sequence(*steps: object) -> dict[str, object]:
    return {"type": "Sequence", "normalizers": steps}


def frame(times: int, ids: list[int]) -> dict[str, Any]:
    """What puts so many times so many tokens in front of a text."""
    text, more = ({"Sequence": {"id": one, "type_id": 0}} for one in "AB")
    token = {"id": "x", "ids": ids, "tokens": ["x"] * len(ids)}
    front = [{"SpecialToken": {"id": "x", "type_id": 0}}] * times
    made = {"type": "TemplateProcessing", "special_tokens": {"x": token}}
    return made | {"single": [*front, text], "pair": [text, more]}


def test_what_is_put_in_front_of_a_text_and_what_it_is_brought_to(folder: Path):
    text = "We'll see what 12 of them say."
    expected = ll.load(folder).tokenizer.encode(text)
    cut = {"direction": "Right", "max_length": 2, "strategy": "LongestFirst"}
    filled = {"strategy": {"Fixed": 90}, "direction": "Left", "pad_to_multiple_of": 8}
    filled |= {"pad_id": 0, "pad_type_id": 0, "pad_token": "a"}
    lengths = {"truncation": cut | {"stride": 0}, "padding": filled}
    altered(folder, "tokenizer.json", post_processor=frame(2, [3]), **lengths)
    lm = ll.load(folder)
    assert lm.tokenizer.prefix == [3, 3] and lm.tokenizer.encode(text) == expected
    altered(folder, "tokenizer.json", post_processor=frame(1, [400]))
    assert "a token that it names" in refused(lambda: ll.load(folder))
    # of 81 million, at which Rust gives up
    altered(folder, "tokenizer.json", post_processor=frame(9_000, [1] * 9_000))
    said = in_time(lambda: refused(lambda: ll.load(folder)))
    assert "tokenizer.json: its post_processor takes more than 10,000" in said


def test_a_pattern_that_never_ends_is_given_up(folder: Path):
    record = json.loads((folder / "tokenizer.json").read_text())
    split = {"type": "Split", "behavior": "Isolated", "invert": False}
    endless = split | {"pattern": {"Regex": "(a+)+$"}}
    both = {"type": "Sequence", "pretokenizers": [endless, record["pre_tokenizer"]]}
    altered(folder, "tokenizer.json", pre_tokenizer=both)
    lm = ll.load(folder)
    assert "vocabulary" in refused(lambda: lm.encode("a" * 40 + "b"))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)


def keys_of(held: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(held) if isinstance(held, dict) else range(len(held)))


@pytest.mark.rest
@EXAMPLES
@given(st.data())
def test_any_altered_value_of_a_folder(folder: Path, data):
    family_files.write_folder(folder, RECORD, family.tensors(RECORD))
    names = ["config.json", "tokenizer.json", "tokenizer_config.json"]
    name = data.draw(st.sampled_from(names))
    record = json.loads((folder / name).read_text())
    held, key = record, data.draw(keys_of(record))
    while isinstance(held[key], dict | list) and held[key] and data.draw(st.booleans()):
        held = held[key]
        key = data.draw(keys_of(held))
    held[key] = data.draw(SCALARS | st.sampled_from([[], [0], {}, {"a": 1}, [[]]]))
    (folder / name).write_text(json.dumps(record))
    loads_or_says_why(folder)
