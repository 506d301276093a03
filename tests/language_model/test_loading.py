"""Models from other people's files: the same function, or a clear refusal."""

import _thread
import time
from functools import cache, partial
from pathlib import Path

import gguf
import numpy as np
import pytest
from gguf import GGMLQuantizationType as Type

import llm_lessons as ll
from llm_lessons.foundation import machine
from llm_lessons.foundation import packaged_files as carriers
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.language_model import loading
from tests import family, tiny_bpe
from tests.family_files import PLAIN, write_gguf
from tests.refused import refused

PROMPT = "The fox found a red boat"


def test_all_that_a_file_brings_along_is_used(tmp_path: Path):
    tensors = family.tensors(PLAIN)
    lm = ll.load(write_gguf(tmp_path / "model", PLAIN, tensors))
    assert lm.name == "model" and not lm.config.qkv_bias
    assert (lm.params.embedding == tensors["model.embed_tokens.weight"]).all()
    expected = tiny_bpe.byte_level("qwen2")
    assert lm.tokenizer.encode(PROMPT) == expected.encode(PROMPT)
    assert lm.tokenizer.stops == expected.stops
    assert lm.chat_prompt([{"role": "user", "content": "Hi"}]) == "Hi" + tiny_bpe.END
    assert isinstance(lm.chat([{"role": "user", "content": "Hi"}], 5), str)


@pytest.mark.parametrize("kind", [Type.F16, Type.Q8_0, Type.Q4_0, Type.Q4_1])
def test_numbers_in_few_bits_are_worked_out(tmp_path: Path, kind: Type):
    tensors = family.tensors(PLAIN)
    read = ll.load(
        write_gguf(tmp_path / "model.gguf", PLAIN, tensors, kind=kind)
    ).params
    for i, layer in enumerate(read.layers):
        rows = tensors[f"model.layers.{i}.mlp.down_proj.weight"]
        stored = gguf.quants.dequantize(gguf.quants.quantize(rows, kind), kind)
        assert (np.asarray(layer.down) == stored.T).all() and (stored != rows).any()
        norm = tensors[f"model.layers.{i}.post_attention_layernorm.weight"]
        assert (layer.mlp_norm == norm).all()


@pytest.mark.parametrize(
    "name", ["tokenizer.json", "generation_config.json", "snapshots"]
)
def test_hugging_faces_form_is_refused_with_what_is_needed(tmp_path: Path, name: str):
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / name).write_text("{}")
    for path in (tmp_path, tmp_path / "model.safetensors"):
        said = refused(lambda path=path: ll.load(path))
        assert str(path) in said and "is a GGUF file" in said and "Ollama" in said
    (tmp_path / name).unlink()


def test_ids_beyond_the_vocabulary_are_named_and_are_no_text(tmp_path: Path):
    wide = PLAIN | {"vocab_size": 416}
    path = write_gguf(tmp_path / "model.gguf", PLAIN, family.tensors(wide))
    lm = ll.load(path)
    assert lm.tokenizer.pieces[415] == "<unused>" and lm.tokenizer.decode([415]) == ""
    assert len(lm.next_token(PROMPT, top=416).rows) == 416
    with pytest.raises(ValueError, match="tokens and the model gives scores to 32"):
        tiny_bpe.byte_level().fill_up(32)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_loading_can_be_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    deep = PLAIN | {"num_hidden_layers": 40}
    write_gguf(tmp_path / "model", deep, family.tensors(deep))
    read, real = [], Waiting.done

    def interrupted(bar: Waiting, parts: int = 1) -> None:
        read.append(1)
        if len(read) == 5:
            _thread.interrupt_main()  # as Ctrl-C, whichever thread reads
        real(bar, parts)
        time.sleep(0.01)

    monkeypatch.setattr(Waiting, "done", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ll.load(tmp_path / "model")
    assert len(read) < 25  # of 40 layers: what was begun is ended
    monkeypatch.undo()
    assert ll.load(tmp_path / "model").config.n_layers == 40


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real model as if no test had loaded it."""
    monkeypatch.setattr(loading, "_smollm2", cache(loading._smollm2.__wrapped__))


@pytest.mark.usefixtures("unloaded")
def test_without_the_real_model_a_lesson_goes_on(monkeypatch, tmp_path: Path):
    monkeypatch.setitem(carriers.VERSIONS, "no-such-package", "1.0")
    missing = partial(carriers.packaged, "no-such-package", "x")
    monkeypatch.setattr(loading, "packaged", lambda *_: missing())
    assert ll.real_model() is None
    with pytest.raises(carriers.NotInstalled, match=r"python3 start\.py"):
        ll.load("smollm2")
    (tmp_path / "file").write_bytes(b"not it")
    monkeypatch.setattr(loading, "packaged", lambda *_: tmp_path / "file")
    with pytest.raises(ValueError, match="sha256"):
        ll.load("smollm2")


@pytest.mark.usefixtures("unloaded")
def test_a_limit_on_memory_keeps_the_real_model_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "free_memory", lambda: 999_999_999)
    with pytest.raises(loading.NoRoom, match=r"needs 1\.00 GB .* 0\.99 GB: shut"):
        ll.load("smollm2")
    assert ll.real_model() is None
    for free in (None, loading.SMOLLM2_NEEDS):
        monkeypatch.setattr(machine, "free_memory", lambda free=free: free)
        loading.check_room()
