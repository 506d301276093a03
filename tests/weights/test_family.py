"""Others of the Llama family, from both kinds of files."""

import json
from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest

import llm_lessons as ll
from llm_lessons.weights.gguf_file import GGUFFile
from llm_lessons.weights.gguf_header import GGUFHeader
from llm_lessons.weights.hugging_face import HuggingFaceFolder
from tests import family, family_files
from tests.refused import refused

TRANSFORMERS = np.load(Path(__file__).parents[1] / "parity" / "family.npz")
forward = jax.jit(ll.forward, static_argnames="config")


def gguf_file(path: Path, record: dict[str, Any], tensors: family.Tensors) -> GGUFFile:
    return GGUFFile(family_files.write_gguf(path / "model.gguf", record, tensors))


def hub_folder(path: Path, record: dict[str, Any], tensors: family.Tensors):
    return HuggingFaceFolder(
        family_files.write_folder(path / "folder", record, tensors)
    )


FORMS = {"GGUF": gguf_file, "safetensors": hub_folder}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", family.MODELS)
def test_scores_are_those_of_transformers(name: str, form: str, tmp_path: Path):
    record = family.record(name)
    found = FORMS[form](tmp_path, record, family.tensors(record))
    logits = forward(found.parameters(), family.TOKENS[None], found.config())
    assert np.abs(np.asarray(logits[0]) - TRANSFORMERS[name]).max() < 1e-5


def altered(tmp_path: Path, name: str, **changes: Any) -> Path:
    """A folder whose config.json says something else than its weights."""
    record = family.record(name)
    return family_files.write_folder(tmp_path, record | changes, family.tensors(record))


WINDOW = {"sliding_window": 32}
OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("mistral", WINDOW, "look back at 32 tokens of up to 64"),
    ("qwen2", WINDOW | {"use_sliding_window": True}, "a sliding window"),
    ("qwen3", WINDOW | {"layer_types": ["sliding_attention"] * 2}, "a sliding window"),
    ("qwen2", {"rope_parameters": {"rope_type": "yarn"}}, "'yarn' rotary scaling"),
    ("llama 3", {"rope_parameters": {"rope_type": "llama3"}}, "scaling's factor must"),
    ("llama 3", {"rope_parameters": family.LINEAR | {"factor": 0}}, "scaling's factor"),
    ("llama 3", {"attention_bias": True}, "biases"),
    ("smollm3", {"no_rope_layers": [1, 0]}, "tells of 2 layers, not of 5"),
    ("smollm3", {"no_rope_layer_interval": 0}, "no_rope_layer_interval"),
    ("llama 3", {"model_type": "mixtral"}, "a mixture of experts"),
    ("mistral", {"vision_config": {}}, "which looks at pictures"),
    ("llama 3", {"model_type": "gemma3_text"}, "'gemma3_text' architecture; it can't"),
    ("llama 3", {"model_type": "qwen2"}, "lack model.layers.0.self_attn.q_proj.bias"),
    ("qwen2", {"model_type": "qwen3"}, "lack model.layers.0.self_attn.q_norm"),
]


@pytest.mark.parametrize("case", range(len(OTHERS)))
def test_what_cannot_be_run_is_refused_by_name(case: int, tmp_path: Path):
    name, changes, words = OTHERS[case]
    folder = altered(tmp_path, name, **changes)
    said = refused(lambda: HuggingFaceFolder(folder).parameters())
    assert words in said and str(folder) in said, said


def test_a_window_that_covers_the_text_and_layers_without_positions(tmp_path: Path):
    for name, changes in (
        ("mistral", {"sliding_window": 64}),
        ("qwen2", {"sliding_window": 32, "use_sliding_window": False}),
    ):
        assert HuggingFaceFolder(altered(tmp_path, name, **changes)).config()
    for changes, expected in (
        ({"no_rope_layers": [0, 1, 1, 1, 0]}, (0, 4)),
        ({"no_rope_layer_interval": 2}, (1, 3)),
        ({"no_rope_layers": None}, (3,)),
    ):
        folder = altered(tmp_path, "smollm3", **changes)
        assert HuggingFaceFolder(folder).config().nope_layers == expected


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


def test_more_than_one_token_may_end_a_text(tmp_path: Path):
    record = family.record("qwen2") | family_files.SPEAKING
    folder = family_files.write_folder(tmp_path, record, family.tensors(record))
    generation = folder / "generation_config.json"
    generation.write_text(json.dumps({"eos_token_id": [7, 0]}))
    assert ll.load(folder).tokenizer.stops == (0, 7)


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
