"""What was saved comes back; what was harmed is refused in a sentence."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import jax
import numpy as np
import pytest
import safetensors.numpy

from llm_lessons.model.parameters import Parameters
from llm_lessons.weights import checkpoints
from llm_lessons_starter import atomic
from tests import tiny
from tests.each import failing
from tests.refused import refused

UNTIED = replace(tiny.CONFIG, tie_embeddings=False)
RICHER = replace(tiny.CONFIG, qkv_bias=True, qk_norm=True)
VOCABULARY = b"a SentencePiece model, as far as this module knows"
FILES = ("model.safetensors", "tokenizer.model")


def rounded(params: Parameters) -> Parameters:
    """As float16 keeps them."""
    return jax.tree.map(lambda leaf: leaf.astype(np.float16).astype(np.float32), params)


@pytest.mark.parametrize(
    "config", [tiny.CONFIG, UNTIED, RICHER], ids=["tied", "untied", "richer"]
)
def test_weights_and_configuration_come_back(config, tmp_path: Path):
    params = tiny.random_parameters(config)
    checkpoints.save(tmp_path, params, config, VOCABULARY)
    names = set(safetensors.numpy.load_file(tmp_path / FILES[0]))
    assert {"embedding", "final_norm", "layers.1.query"} < names
    loaded, loaded_config, vocabulary = checkpoints.load(tmp_path)
    assert (loaded_config, vocabulary) == (config, VOCABULARY)
    jax.tree.map(np.testing.assert_array_equal, loaded, rounded(params))
    assert {leaf.dtype for leaf in jax.tree.leaves(loaded)} == {np.dtype(np.float32)}


def alter(folder: Path, **changes) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def flip(folder: Path, name: str, place: int) -> None:
    data = bytearray((folder / name).read_bytes())
    data[place % len(data)] ^= 1
    (folder / name).write_bytes(data)


def foreign(folder: Path) -> None:
    (folder / FILES[0]).write_bytes(b"no safetensors")
    alter(folder, sha256={name: checkpoints.sha256(folder / name) for name in FILES})


SPOILT: list[tuple[Callable[[Path], object], str]] = [
    *(
        (partial(flip, name=name, place=place), f"^{name} in .* is damaged: its sha256")
        for name in FILES
        for place in (0, 9, 5000, -1)
    ),
    *(
        (lambda folder, name=name: (folder / name).unlink(), f"^There is no {name} in ")
        for name in (*FILES, "config.json")
    ),
    *(
        (
            lambda folder, own=own: (folder / "config.json").write_bytes(own),
            "^config.json in .* is damaged",
        )
        for own in (
            *(b"", b"{", b"[]", b"null", b"\xff\xfe\x00\x81", b'{"sha256": "0"}'),
            *(b'{"sha256": {"model.safetensors": "0"}}', b"{}"),
        )
    ),
    *(
        (partial(alter, **{name: value}), "^config.json in .* is damaged")
        for name, value in (
            *(("n_kv_heads", 0), ("d_head", 7), ("n_heads", "4"), ("colour", "red")),
        )
    ),
    *(
        (partial(alter, **{name: value}), "have other shapes than config.json says")
        for name, value in (
            *(("vocab_size", 351), ("d_model", 16), ("n_layers", 1), ("n_layers", 3)),
            *(("n_layers", 0), ("n_heads", 2), ("n_kv_heads", 1), ("d_head", 16)),
            *(("d_ff", 24), ("tie_embeddings", True)),
        )
    ),
    (foreign, "is no safetensors file"),
]


def test_what_was_harmed_is_refused_in_a_sentence(tmp_path: Path):
    def check(case: tuple[int, tuple[Callable[[Path], object], str]]) -> None:
        folder = tmp_path / str(case[0]) / "model"
        params = tiny.random_parameters(UNTIED)
        checkpoints.save(folder, params, UNTIED, VOCABULARY)
        spoil, words = case[1]
        spoil(folder)
        said = refused(lambda: checkpoints.load(folder))
        assert re.search(words, said) and said.endswith(
            "Restore the folder model from the repository, or train it anew."
        ), said

    assert failing(enumerate(SPOILT), check) == []


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
