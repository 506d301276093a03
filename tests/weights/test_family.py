"""Others of the Llama family, from their GGUF files."""

from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest

import llm_lessons as ll
from llm_lessons.weights.gguf_file import GGUFFile
from llm_lessons.weights.gguf_header import GGUFHeader
from tests import family, family_files
from tests.refused import refused

TRANSFORMERS = np.load(Path(__file__).parents[1] / "parity" / "family.npz")
forward = jax.jit(ll.forward, static_argnames="config")


def gguf_file(path: Path, record: dict[str, Any], tensors: family.Tensors) -> GGUFFile:
    return GGUFFile(family_files.write_gguf(path / "model.gguf", record, tensors))


@pytest.mark.parametrize("name", family.MODELS)
def test_scores_are_those_of_transformers(name: str, tmp_path: Path):
    record = family.record(name)
    file = gguf_file(tmp_path, record, family.tensors(record))
    logits = forward(file.parameters(), family.TOKENS[None], file.config())
    assert np.abs(np.asarray(logits[0]) - TRANSFORMERS[name]).max() < 1e-5


def altered(path: Path, name: str, **changes: Any) -> GGUFFile:
    """A file whose metadata say something else than its weights."""
    record = family.record(name)
    return gguf_file(path, record | changes, family.tensors(record))


STRETCHED = family.LINEAR | {"factor": 0.0}
OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("mistral", {"sliding_window": 32}, "look back at 32 tokens of up to 64"),
    ("llama 3", {"rope_parameters": STRETCHED}, "rotary scaling's factor must"),
    ("llama 3", {"model_type": "qwen3moe"}, "a mixture of experts"),
    ("llama 3", {"model_type": "qwen2vl"}, "which looks at pictures"),
    ("llama 3", {"model_type": "gemma3"}, "'gemma3' architecture; it can't be run"),
    ("llama 3", {"model_type": "qwen2"}, "lacks the weights blk.0.attn_q.bias"),
    ("mistral", {"model_type": "qwen3"}, "lacks the weights blk.0.attn_q_norm"),
]


@pytest.mark.parametrize("case", range(len(OTHERS)))
def test_what_cannot_be_run_is_refused_by_name(case: int, tmp_path: Path):
    name, changes, words = OTHERS[case]
    said = refused(lambda: altered(tmp_path, name, **changes).parameters())
    assert words in said and "model.gguf" in said, said


def test_a_window_that_covers_the_text_and_layers_without_positions(tmp_path: Path):
    assert altered(tmp_path, "mistral", sliding_window=64).config()
    assert altered(tmp_path, "smollm3").config().nope_layers == (3,)


def test_a_gguf_file_with_what_its_architecture_has_not_or_of_parts(tmp_path: Path):
    scale, bias = np.ones(12, np.float32), np.ones(48, np.float32)
    yarn = {"rope_parameters": {"rope_type": "yarn", "rope_theta": 500.0}}
    for name, changes, extra, words in (
        ("mistral", {}, {"blk.0.attn_q_norm.weight": scale}, "normed queries and keys"),
        ("mistral", {}, {"rope_freqs.weight": scale}, "the shape (12,), not (6,)"),
        ("mistral", yarn, {}, "'yarn' rotary scaling"),
        ("qwen3", {}, {"blk.0.attn_output.bias": bias}, "other biases than Qwen2's"),
        ("qwen3", {}, {"blk.0.ffn_gate_exps.weight": scale}, "experts"),
    ):
        record, path = family.record(name) | changes, tmp_path / "model.gguf"
        family_files.write_gguf(path, record, family.tensors(record), more=extra)
        assert words in refused(lambda path=path: GGUFFile(path).config())
    record, path = family.record("qwen3"), tmp_path / "model-00001-of-00003.gguf"
    family_files.write_gguf(path, record, family.tensors(record), parts=3)
    for opened in (GGUFFile, lambda path: GGUFHeader(path).quick_config()):
        said = refused(lambda opened=opened: opened(path))
        assert "its weights in 3 files, which llama-gguf-split joins" in said


def test_a_text_begins_as_its_vocabulary_wants_it(tmp_path: Path):
    record = family.record("mistral")
    file = gguf_file(tmp_path, record, family.tensors(record))
    assert file.tokenizer().lead == " " and file.tokenizer().prefix == [1]
    speaking = family.record("qwen2") | family_files.SPEAKING
    file = gguf_file(tmp_path, speaking, family.tensors(speaking))
    assert file.tokenizer().lead == "" and file.tokenizer().prefix == []
    bare = family.tensors(speaking)
    del bare["model.layers.0.self_attn.q_proj.bias"]
    said = refused(lambda: gguf_file(tmp_path, speaking, bare).parameters())
    assert "lacks the weights blk.0.attn_q.bias" in said
