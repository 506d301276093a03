"""What was saved comes back; what was harmed is refused in a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import pytest
import safetensors.numpy

from llm_lessons.model.parameters import Parameters
from llm_lessons.weights import checkpoints
from llm_lessons.weights.checkpoints import TOKENIZER, WEIGHTS
from llm_lessons_starter import atomic
from tests import tiny
from tests.refused import refused

VOCABULARY = b"a SentencePiece model, as far as this module knows"


def rounded(params: Parameters) -> Parameters:
    """As float16 keeps them."""
    return jax.tree.map(lambda leaf: leaf.astype(np.float16).astype(np.float32), params)


CONFIGS = [
    tiny.CONFIG,
    replace(tiny.CONFIG, tie_embeddings=False),
    replace(tiny.CONFIG, qkv_bias=True, qk_norm=True),
]


@pytest.mark.parametrize("config", CONFIGS)
def test_weights_and_configuration_come_back(config, tmp_path: Path):
    params = tiny.random_parameters(config)
    checkpoints.save(tmp_path, params, config, VOCABULARY)
    names = set(safetensors.numpy.load_file(tmp_path / WEIGHTS))
    assert {"embedding", "final_norm", "layers.1.query"} < names
    loaded, loaded_config, vocabulary = checkpoints.load(tmp_path)
    assert (loaded_config, vocabulary) == (config, VOCABULARY)
    jax.tree.map(np.testing.assert_array_equal, loaded, rounded(params))
    assert {leaf.dtype for leaf in jax.tree.leaves(loaded)} == {np.dtype(np.float32)}


def config_with(folder: Path, **changes) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_what_was_harmed_is_refused_in_a_sentence(tmp_path: Path):
    folder = tmp_path / "model"
    checkpoints.save(folder, tiny.model().params, tiny.CONFIG, VOCABULARY)
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refusal() -> str:
        said = refused(lambda: checkpoints.load(folder))
        assert said.endswith(
            "Restore the folder model from the repository, or train it anew."
        ), said
        for name, content in whole.items():
            (folder / name).write_bytes(content)
        return said

    for name in (WEIGHTS, TOKENIZER):
        for place in (0, 9, 40, -1):
            flipped = bytearray(whole[name])
            flipped[place] ^= 1
            (folder / name).write_bytes(flipped)
            assert refusal().startswith(f"{name} in {folder} is damaged: its sha256")
    for name in whole:
        (folder / name).unlink()
        assert refusal().startswith(f"There is no {name} in ")
    for content in (b"", b"[]", b"\xff\xfe\x00\x81", b'{"sha256": "0"}', b"{}"):
        (folder / "config.json").write_bytes(content)
        assert refusal().startswith("config.json in ")
    for name, value in (("n_kv_heads", 0), ("n_heads", "4"), ("colour", "red")):
        config_with(folder, **{name: value})
        assert refusal().startswith("config.json in ")
    for name, value in SIZES.items():
        config_with(folder, **{name: value})
        assert "have other shapes than config.json says" in refusal(), name
    (folder / WEIGHTS).write_bytes(b"no safetensors")
    names = (WEIGHTS, TOKENIZER)
    config_with(folder, sha256={one: checkpoints.sha256(folder / one) for one in names})
    assert "is no safetensors file" in refusal()


SIZES = {"vocab_size": 351, "d_model": 16, "n_layers": 3, "n_heads": 2, "n_kv_heads": 1}
SIZES |= {"d_head": 16, "d_ff": 24, "tie_embeddings": False}


@pytest.mark.parametrize("files", [0, 1, 2])
@pytest.mark.parametrize("over", [True, False])
def test_a_folder_that_was_half_written_is_never_taken_for_whole(
    files: int, over: bool, tmp_path: Path, monkeypatch
):
    """Killed after so many files, in a new folder and over an older model."""
    old = tiny.model().params
    new = tiny.random_parameters(tiny.CONFIG, seed=1)
    if over:
        checkpoints.save(tmp_path, old, tiny.CONFIG, b"old")
    written, write = [], atomic.write_bytes

    def killed(path: Path, content: bytes) -> None:
        if len(written) == files:
            raise KeyboardInterrupt
        written.append(path)
        write(path, content)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(atomic, "write_bytes", killed)
        checkpoints.save(tmp_path, new, tiny.CONFIG, b"new")
    if over and not files:
        assert checkpoints.load(tmp_path)[2] == b"old"
    else:
        with pytest.raises(ValueError, match=r"is damaged|There is no config\.json"):
            checkpoints.load(tmp_path)
    checkpoints.save(tmp_path, new, tiny.CONFIG, b"new")
    assert checkpoints.load(tmp_path)[2] == b"new"
