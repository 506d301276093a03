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
from llm_lessons_starter import atomic
from tests import tiny

UNTIED = replace(tiny.CONFIG, tie_embeddings=False)
RICHER = replace(tiny.CONFIG, qkv_bias=True, qk_norm=True)
VOCABULARY = b"a SentencePiece model, as far as this module knows"
FILES = ("model.safetensors", "tokenizer.model")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    params = tiny.random_parameters(UNTIED)
    checkpoints.save(tmp_path / "model", params, UNTIED, VOCABULARY)
    return tmp_path / "model"


def rounded(params: Parameters) -> Parameters:
    """As float16 keeps them."""
    return jax.tree.map(lambda leaf: leaf.astype(np.float16).astype(np.float32), params)


@pytest.mark.parametrize(
    "config", [tiny.CONFIG, UNTIED, RICHER], ids=["tied", "untied", "richer"]
)
def test_weights_and_configuration_come_back(config, tmp_path: Path):
    params = tiny.random_parameters(config)
    checkpoints.save(tmp_path, params, config, VOCABULARY)
    loaded, loaded_config, vocabulary = checkpoints.load(tmp_path)
    assert (loaded_config, vocabulary) == (config, VOCABULARY)
    jax.tree.map(np.testing.assert_array_equal, loaded, rounded(params))
    assert {leaf.dtype for leaf in jax.tree.leaves(loaded)} == {np.dtype(np.float32)}


def test_names_on_disk_are_the_names_in_the_code(folder: Path):
    arrays = safetensors.numpy.load_file(folder / "model.safetensors")
    assert {"embedding", "final_norm", "output_head", "layers.1.query"} < set(arrays)
    query = tiny.random_parameters(UNTIED).layers[1].query
    np.testing.assert_array_equal(arrays["layers.1.query"], query.astype(np.float16))


def refusal(folder: Path) -> str:
    """The one sentence, or two, with which `load` refuses a folder."""
    with pytest.raises(ValueError) as caught:
        checkpoints.load(folder)
    sentence = str(caught.value)
    assert sentence.endswith(
        "Restore the folder model from the repository, or train it anew."
    )
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, 9, 0.5, -1], ids=str)
def test_one_altered_byte_is_noticed(folder: Path, place: float, name: str):
    path = folder / name
    data = bytearray(path.read_bytes())
    at = int(place * len(data)) if place == 0.5 else int(place)
    data[at] ^= 1
    path.write_bytes(data)
    sentence = refusal(folder)
    assert sentence.startswith(f"{name} in ")
    assert "is damaged: its sha256 is not the one in config.json" in sentence


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()
    assert refusal(folder).startswith(f"There is no {name} in ")


def test_a_missing_configuration_is_named(folder: Path):
    (folder / "config.json").unlink()
    assert refusal(folder).startswith("There is no config.json in ")


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00\x81",
        b'{"sha256": "0"}',
        b'{"sha256": {"model.safetensors": "0"}}',
        b"{}",
    ],
)
def test_a_damaged_configuration_is_noticed(folder: Path, damaged: bytes):
    (folder / "config.json").write_bytes(damaged)
    assert refusal(folder).startswith("config.json in ")


def alter(folder: Path, **changes) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    "changes",
    [{"n_kv_heads": 0}, {"d_head": 7}, {"n_heads": "4"}, {"colour": "red"}],
    ids=str,
)
def test_an_impossible_configuration_is_noticed(folder: Path, changes: dict):
    alter(folder, **changes)
    assert refusal(folder).startswith("config.json in ")


@pytest.mark.parametrize(
    "changes",
    [
        {"vocab_size": 351},
        {"d_model": 16},
        {"n_layers": 1},
        {"n_layers": 3},
        {"n_layers": 0},
        {"n_heads": 2},
        {"n_kv_heads": 1},
        {"d_head": 16},
        {"d_ff": 24},
        {"tie_embeddings": True},
    ],
    ids=str,
)
def test_weights_of_another_shape_are_noticed(folder: Path, changes: dict):
    alter(folder, **changes)
    assert "have other shapes than config.json says" in refusal(folder)


def test_another_kind_of_file_is_noticed(folder: Path):
    path = folder / "model.safetensors"
    path.write_bytes(b"no safetensors")
    alter(folder, sha256={name: checkpoints.sha256(folder / name) for name in FILES})
    assert "is no safetensors file" in refusal(folder)


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
