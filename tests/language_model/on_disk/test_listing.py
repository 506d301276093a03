"""Fake homes of Ollama, LM Studio and llama.cpp, and what is said of their models."""

import json
import math
import os
import time
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import pytest

import llm_lessons as ll
from llm_lessons.foundation import machine
from llm_lessons.language_model.on_disk import memory, programs
from llm_lessons.language_model.on_disk.listing import FoundModel, FoundModels, models
from llm_lessons.measuring import surprise
from llm_lessons.model.config import LLAMA3_405B, SMOLLM2_135M
from llm_lessons.model.parameters import count_parameters
from llm_lessons.weights import gguf_file
from llm_lessons.weights.gguf_file import GGUFFile
from llm_lessons.weights.gguf_header import GGUFHeader
from tests import fake_homes, family, family_files
from tests.refused import refused
from tests.tiny import FJORD

OURS = {"fjord", "fjord-twin", "smollm2"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return fake_homes.empty(tmp_path / "home", monkeypatch)


def others() -> dict[str, FoundModel]:
    """What is found beside the lessons' own models."""
    return {one.name: one for one in models() if one.name not in OURS}


def everything(folder: Path) -> dict[str, tuple[int, int]]:
    """All that lies in a folder, and when it was changed."""
    found = folder.rglob("*")
    return {
        str(one): (one.lstat().st_size, one.lstat().st_mtime_ns)
        for one in sorted(found)
    }


@pytest.mark.rest
@pytest.mark.slow
def test_what_other_programs_fetched_is_listed_and_runs(home: Path):
    fake_homes.ollama(home, "llama3.2", "1b", "llama 3")
    fake_homes.ollama(home, "mine", "latest", "qwen2", place="registry.ollama.ai/me")
    fake_homes.ollama(home, "x-GGUF", "Q8_0", "qwen3", place="hf.co/someone")
    fake_homes.lm_studio(home, "someone/Qwen3-GGUF/qwen3.gguf", "qwen3, untied")
    fake_homes.hub(home, "someone/SmolLM3-GGUF", "smollm3.gguf")
    fake_homes.llama_cpp(home, "someone_Mistral.gguf", "mistral")
    before = everything(home)
    found = others()
    kinds = {name: one.architecture for name, one in found.items()}
    assert kinds == {
        "ollama:llama3.2:1b": "llama",
        "ollama:me/mine:latest": "qwen2",
        "ollama:hf.co/someone/x-GGUF:Q8_0": "qwen3",
        "lmstudio:someone/Qwen3-GGUF/qwen3.gguf": "qwen3",
        "llama.cpp:someone/SmolLM3-GGUF/smollm3.gguf": "smollm3",
        "llama.cpp:someone_Mistral.gguf": "llama",
    }
    problems = ["The fox", "Anna paid $12", "A boat"]
    for name, one in found.items():
        assert one.runs and one.room and one.room.form == "float32", one.trouble
        lm = ll.load(name)
        assert lm.name == name
        assert one.parameters == count_parameters(lm.config)
        texts = lm.batch(problems, max_tokens=4, temperature=0)  # as lessons count
        assert [lm.generate(x, 4, temperature=0) for x in problems] == texts
        assert np.isfinite(surprise.of(lm, "The fox found a red boat").bits).all()
    assert everything(home) == before


def test_what_is_quickly_looked_at_is_what_the_whole_reader_finds(tmp_path: Path):
    for name in family.MODELS:
        path = fake_homes.gguf(tmp_path / "model.gguf", name)
        quick, whole = GGUFHeader(path).quick_config(), GGUFFile(path).config()
        if "rope_freqs.weight" in GGUFHeader(path).tensors:
            quick = replace(quick, rope_stretch=whole.rope_stretch)
        assert quick == whole


def test_places_can_be_moved(home: Path, monkeypatch: pytest.MonkeyPatch):
    assert others() == {}
    for name, words in (
        ("ollama:llama3.2:1b", "no folder of Ollama here"),
        ("llama.cpp:a/b", "no folder of llama.cpp here"),
    ):
        assert words in refused(lambda name=name: ll.load(name))
    fake_homes.hub(home, "someone/model", "a.gguf")
    for variable, moved in (
        ("LLAMA_CACHE", ".cache/huggingface/hub"),
        ("HF_HUB_CACHE", ".cache/huggingface/hub"),
        ("HF_HOME", ".cache/huggingface"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        if variable == "XDG_CACHE_HOME" and os.name == "nt":
            continue
        (home / moved).rename(home / "elsewhere")
        monkeypatch.setenv(variable, str(home / "elsewhere"))
        assert list(others()) == ["llama.cpp:someone/model/a.gguf"], variable
        monkeypatch.delenv(variable)
        (home / "elsewhere").rename(home / moved)
    fake_homes.lm_studio(home, "someone/a/a.gguf")
    (home / ".lmstudio/models").rename(home / "chosen")
    settings = {"downloadsFolder": str(home / "chosen")}
    (home / ".lmstudio/settings.json").write_text(json.dumps(settings))
    assert "lmstudio:someone/a/a.gguf" in others()
    for damaged in ("[]", "{", '{"downloadsFolder": 5}'):
        (home / ".lmstudio/settings.json").write_text(damaged)
        assert "lmstudio:someone/a/a.gguf" not in others()


def test_a_tag_may_be_left_out_where_it_is_clear(home: Path):
    fake_homes.ollama(home, "a", "0.6b")
    assert ll.load("ollama:a").name == "ollama:a"
    fake_homes.ollama(home, "a", "1b")
    said = refused(lambda: ll.load("ollama:a"))
    assert "Do you mean ollama:a:0.6b or ollama:a:1b?" in said
    fake_homes.ollama(home, "a", "latest")
    assert ll.load("ollama:a").config.qkv_bias
    assert "Do you mean" in refused(lambda: ll.load("ollama:a:06b"))


def test_half_downloaded_files(home: Path):
    blob = fake_homes.ollama(home, "a", "1b")
    path = fake_homes.lm_studio(home, "someone/a/a.gguf")
    for file in (blob, path):
        os.truncate(file, file.stat().st_size // 2)
    for name, words in (
        ("ollama:a:1b", "ask Ollama for it again: ollama pull a:1b"),
        ("lmstudio:someone/a/a.gguf", "only part of a file"),
    ):
        assert words in others()[name].trouble
        assert words in refused(lambda name=name: ll.load(name))
    blob.rename(blob.with_name(f"{blob.name}-partial"))
    assert "weights are not there; ask Ollama" in others()["ollama:a:1b"].trouble


DAMAGED = "Its manifest is damaged; ask Ollama for it again: ollama pull a:1b."
ZEROS = {"digest": f"sha256:{'0' * 64}"}
MANIFESTS = [
    ("[" * 100_000, DAMAGED),
    ('{"layers": [5]}', DAMAGED),
    ('{"layers": []}', "names no model"),
    ({"digest": "sha256:../../../etc/passwd", "size": 1}, DAMAGED),
    (ZEROS | {"size": 1}, "Its weights are not there"),
    (ZEROS | {"size": math.inf}, DAMAGED),
    (ZEROS | {"size": 10**4000}, DAMAGED),
]


@pytest.mark.parametrize("content, words", MANIFESTS)
def test_a_manifest_that_points_nowhere(content, words, home: Path):
    if isinstance(content, dict):
        layer = {"mediaType": fake_homes.MODEL} | content
        content = json.dumps({"layers": [layer]})
    path = home / ".ollama/models/manifests" / fake_homes.OLLAMA / "a/1b"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    trouble = others()["ollama:a:1b"].trouble
    assert words in trouble and trouble in refused(lambda: ll.load("ollama:a:1b"))


def test_what_cannot_be_run_is_named_as_people_know_it(home: Path):
    fake_homes.ollama(home, "sees", "1b", layers=("projector", "license"))
    fake_homes.ollama(home, "tuned", "1b", layers=("adapter", "template"))
    blob = fake_homes.ollama(home, "b", "1b", "qwen3")
    blob.write_bytes(blob.read_bytes().replace(b"qwen3", b"bert1", 1))
    path = home / ".lmstudio/models/someone/moe/moe.gguf"
    record, tensors = fake_homes.speaking("qwen3")
    family_files.write_gguf(path, record | {"model_type": "qwen3moe"}, tensors)
    fake_homes.lm_studio(home, "someone/moe/mmproj-moe.gguf")
    part = fake_homes.lm_studio(home, "someone/cut/cut-00001-of-00002.gguf")
    part.with_name("cut-00002-of-00002.gguf").write_bytes(b"GGUF")
    found = others()
    for name, words in (
        ("ollama:sees:1b", "a part that looks at pictures beside its weights"),
        ("ollama:tuned:1b", "an adapter (LoRA) beside its weights"),
        ("ollama:b:1b", "ollama:b:1b holds a model of 'bert1' architecture; it can't"),
        ("lmstudio:someone/moe/moe.gguf", "a mixture of experts"),
    ):
        one = found.pop(name)
        assert words in one.trouble and not one.runs
        assert words in refused(lambda name=name: ll.load(name))
    assert set(found) == {"lmstudio:someone/cut/cut-00001-of-00002.gguf"}


def test_two_hundred_models_are_listed_within_a_second(home: Path):
    blob = fake_homes.ollama(home, "a", "0")
    manifest = home / ".ollama/models/manifests" / fake_homes.OLLAMA / "a/0"
    for i in range(1, 100):
        manifest.with_name(str(i)).write_bytes(manifest.read_bytes())
    file = home / ".lmstudio/models/someone/a/0.gguf"
    file.parent.mkdir(parents=True)
    for i in range(60):
        file.with_name(f"{i}.gguf").write_bytes(blob.read_bytes())
    for i in range(40):
        fake_homes.hub(home, f"someone/{i}", "a.gguf")
    began = time.process_time()
    found = others()
    assert time.process_time() - began < 1
    assert len(found) == 200 and all(one.runs for one in found.values())


def test_a_folder_full_of_folders_comes_to_an_end(home: Path, monkeypatch):
    monkeypatch.setattr(programs, "MOST", 20)
    for i in range(30):
        (home / f".lmstudio/models/{i:03d}").mkdir(parents=True)
    fake_homes.lm_studio(home, "z/z/z.gguf")
    assert others() == {}


def test_memory_decides_in_which_form(home: Path, monkeypatch: pytest.MonkeyPatch):
    fake_homes.ollama(home, "a", "1b")
    config = ll.load("ollama:a:1b").config
    whole, half = (memory.room_for(config, free).needs for free in (None, 10**6))
    assert whole > half > memory.SPARE
    forms = ((whole, "float32"), (whole - 1, "bfloat16"), (half, "bfloat16"))
    for free, form in forms:
        monkeypatch.setattr(machine, "available_memory", lambda free=free: free)
        one = others()["ollama:a:1b"]
        assert one.runs and one.room and one.room.form == form
        assert ("slowly" in one.cells()[-1]) == (form == "bfloat16")
        assert ll.load("ollama:a:1b").params.layers[0].up.dtype == form
    monkeypatch.setattr(machine, "available_memory", lambda: half - 1)
    assert "are free: close other programs" in others()["ollama:a:1b"].trouble
    said = refused(lambda: ll.load("ollama:a:1b"))
    assert "needs 0.5 GB of memory" in said and "0.5 GB are free" in said
    for config in (
        *(FJORD, SMOLLM2_135M, LLAMA3_405B),
        replace(FJORD, qkv_bias=True, n_kv_heads=1),
        replace(FJORD, qk_norm=True, tie_embeddings=False),
    ):
        assert memory.parameters(config) == count_parameters(config)


def test_weights_in_bfloat16_are_the_files_rounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(gguf_file, "AT_ONCE", 100)  # a few rows at a time
    path = fake_homes.gguf(tmp_path / "model.gguf", "qwen2")
    file = GGUFFile(path)
    whole, half = file.parameters(), file.parameters("bfloat16")
    first = half.layers[0]
    assert first.query.dtype == first.up.dtype == half.embedding.dtype == "bfloat16"
    assert first.query_bias is not None
    assert first.query_bias.dtype == half.final_norm.dtype == "float32"
    jax.tree.map(
        lambda x, y: np.testing.assert_array_equal(x.astype(y.dtype), y), whole, half
    )


def test_a_list_says_the_same_in_a_notebook_and_a_terminal():
    room = memory.Room("bfloat16", 3 * 10**9, 4 * 10**9)
    rows = (
        FoundModel("lmstudio:a/<b>", "llama", 1_240_000_000, 2 * 10**9, room, ""),
        FoundModel("ollama:c:1b", "", None, 5_700_000, None, "It is <not> there."),
    )
    found = FoundModels(rows, 4 * 10**9)
    page, text = found._repr_html_(), repr(found)
    assert "lmstudio:a/&lt;b&gt;" in page and "<b>" not in page and "<not>" not in page
    for words in ("1.24 billion", "2.00 GB", "5.7 MB", "3.0 GB", "yes, slowly"):
        assert words in page.replace("\u00a0", " ") and words in text
    assert "2 models, of which 1 can run here; 4.0 GB of memory free" in text
