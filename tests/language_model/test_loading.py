"""Models from other people's files: the same function, or a clear refusal."""

import _thread
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import gguf
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from gguf import GGMLQuantizationType as Type

import llm_lessons as ll
from llm_lessons.foundation import machine
from llm_lessons.foundation import packaged_files as carriers
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.language_model import loading
from llm_lessons.model.parameters import Parameters
from tests import tiny_bpe, tiny_files
from tests.tiny_files import CONFIG, write_gguf, write_hugging_face

PROMPT = "The fox found a red boat"
UNTIED = replace(CONFIG, tie_embeddings=False, n_kv_heads=1, d_head=32)
WRITERS: list[Callable] = [write_gguf, write_hugging_face]


def same(one: Parameters, other: Parameters) -> bool:
    equal = jax.tree.map(lambda x, y: bool(jnp.array_equal(x, y)), one, other)
    return all(jax.tree.leaves(equal))


@pytest.mark.slow
@pytest.mark.parametrize("config", [CONFIG, UNTIED], ids=["tied", "untied"])
@pytest.mark.parametrize("write", WRITERS)
def test_what_was_written_is_read(tmp_path: Path, write: Callable, config):
    params = tiny_files.parameters(config)
    write(tmp_path / "model", params, config)
    lm = ll.load(tmp_path / "model")
    assert lm.config == config and lm.name == "model"
    assert same(lm.params, params)
    assert lm.tokenizer.encode(PROMPT) == tiny_bpe.byte_level().encode(PROMPT)
    assert lm.tokenizer.stops == tiny_bpe.byte_level().stops
    expected = ll.LanguageModel("x", config, params, tiny_bpe.byte_level())
    assert (lm.logits(PROMPT) == expected.logits(PROMPT)).all()
    assert lm.chat_prompt([{"role": "user", "content": "Hi"}]) == "Hi" + tiny_bpe.END
    assert isinstance(lm.chat([{"role": "user", "content": "Hi"}], 5), str)


@pytest.mark.parametrize("kind", [Type.F16, Type.Q8_0, Type.Q4_0, Type.Q4_1])
def test_numbers_in_few_bits_are_worked_out(tmp_path: Path, kind: Type):
    params = tiny_files.parameters()
    write_gguf(tmp_path / "model.gguf", params, kind=kind)
    read = ll.load(tmp_path / "model.gguf").params

    def through(x: jax.Array) -> np.ndarray:
        """A matrix, stored as [out, in] in these few bits, and back."""
        rows = tiny_files.rows(x, CONFIG.d_ff)
        stored = gguf.quants.quantize(rows, kind)
        return gguf.quants.dequantize(stored, kind).T

    for ours, theirs in zip(read.layers, params.layers, strict=True):
        assert (np.asarray(ours.down) == through(theirs.down)).all()
        assert not (np.asarray(ours.down) == np.asarray(theirs.down)).all()
        assert (ours.mlp_norm == theirs.mlp_norm).all()


def test_a_folder_may_hold_bfloat16(tmp_path: Path):
    from safetensors.flax import load_file, save_file

    write_hugging_face(tmp_path, tiny_files.parameters())
    for path in tmp_path.glob("*.safetensors"):
        arrays = load_file(path)
        save_file({k: x.astype(jnp.bfloat16) for k, x in arrays.items()}, path)
    read = ll.load(tmp_path).params
    assert read.embedding.dtype == jnp.float32
    close = np.allclose(read.embedding, tiny_files.parameters().embedding, rtol=0.01)
    assert close


def test_ids_beyond_the_vocabulary_are_named_and_are_no_text(tmp_path: Path):
    wide = replace(CONFIG, vocab_size=416)
    write_gguf(tmp_path / "wide", tiny_files.parameters(wide), wide)
    lm = ll.load(tmp_path / "wide")
    assert lm.tokenizer.pieces[415] == "<unused>" and lm.tokenizer.decode([415]) == ""
    assert len(lm.next_token(PROMPT, top=416).rows) == 416
    narrow = replace(CONFIG, vocab_size=32)
    write_gguf(tmp_path / "narrow", tiny_files.parameters(narrow), narrow)
    tokens = len(tiny_bpe.learned().tokens)
    assert f"{tokens} tokens and the model gives scores to 32" in refusal(
        tmp_path / "narrow"
    )


def refusal(path: Path) -> str:
    """The one sentence that stands instead of a model."""
    with pytest.raises(ValueError) as caught:
        ll.load(path)
    return str(caught.value)


def test_a_gguf_file_of_a_llama_with_more_than_a_llama_has_is_refused(tmp_path: Path):
    params, path = tiny_files.parameters(), tmp_path / "file"
    write_gguf(path, params, strings={"llama.rope.scaling.type": "yarn"})
    assert "'yarn' rotary scaling" in refusal(path)
    write_gguf(path, params, extra={"rope_freqs.weight": np.ones(32, np.float32)})
    assert "have the shape (32,), not (8,)" in refusal(path)


@pytest.mark.usefixtures("hears_ctrl_c")
@pytest.mark.parametrize("write", WRITERS)
def test_loading_can_be_interrupted(
    tmp_path: Path, write: Callable, monkeypatch: pytest.MonkeyPatch
):
    config = replace(CONFIG, n_layers=40)
    write(tmp_path / "model", tiny_files.parameters(config), config)
    read, real = [], Waiting.done

    def interrupted(bar: Waiting, parts: int = 1) -> None:
        read.append(1)
        if len(read) == 20:
            _thread.interrupt_main()  # as Ctrl-C, whichever thread reads
        real(bar, parts)
        time.sleep(0.002)

    monkeypatch.setattr(Waiting, "done", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ll.load(tmp_path / "model")
    assert len(read) < 200  # of 362 matrices: what was begun is ended
    monkeypatch.undo()
    assert ll.load(tmp_path / "model").config == config


@pytest.mark.slow
def test_without_the_real_model_a_lesson_goes_on(monkeypatch, capsys):
    loading._smollm2.cache_clear()
    monkeypatch.setitem(carriers.VERSIONS, "no-such-package", "1.0")
    monkeypatch.setattr(
        loading, "packaged", lambda *_: carriers.packaged("no-such-package", "x")
    )
    assert ll.real_model() is None
    with pytest.raises(carriers.NotInstalled, match=r"python3 start\.py"):
        ll.load("smollm2")


def test_a_damaged_real_model_is_refused(monkeypatch, tmp_path: Path):
    loading._smollm2.cache_clear()
    (tmp_path / "file").write_bytes(b"not it")
    monkeypatch.setattr(loading, "packaged", lambda *_: tmp_path / "file")
    with pytest.raises(ValueError, match="sha256"):
        ll.load("smollm2")


def test_a_limit_on_memory_keeps_the_real_model_out(monkeypatch: pytest.MonkeyPatch):
    unloaded = cache(loading._smollm2.__wrapped__)  # whatever other tests have loaded
    monkeypatch.setattr(loading, "_smollm2", unloaded)
    monkeypatch.setattr(machine, "free_memory", lambda: 999_999_999)
    with pytest.raises(loading.NoRoom, match=r"needs 1\.00 GB .* 0\.99 GB: shut"):
        ll.load("smollm2")
    assert ll.real_model() is None
    for free in (None, loading.SMOLLM2_NEEDS):
        monkeypatch.setattr(machine, "free_memory", lambda free=free: free)
        loading.check_room()


def test_a_real_model_that_is_there_needs_no_room(monkeypatch: pytest.MonkeyPatch):
    loaded = cache(lambda: "a model")
    loaded()
    monkeypatch.setattr(loading, "_smollm2", loaded)
    monkeypatch.setattr(machine, "free_memory", lambda: 0)
    loading.check_room()
    assert ll.load("smollm2") == "a model"
