"""Three sizes read the same tokens with the same recipe, and are told as measured."""

import json
from pathlib import Path

import pytest

from llm_lessons.lessons.lossy_zip.sizes import STORED
from llm_lessons.lessons.training import three_sizes
from llm_lessons.lessons.training.three_sizes import Sized, Sizes
from llm_lessons_starter.command_line import carry_out

FOUND = Sizes(
    "of the corpus",
    2_040_000,
    256,
    (
        Sized(105_000, 1.5, 1.4, 1.6),
        Sized(541_000, 1.0, 0.9, 1.1),
        Sized(2_851_000, 0.75, 0.7, 0.8),
    ),
)


def test_the_command_trains_every_size_and_writes_what_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    trained = []

    def train(config, stream, recipe, tokenizer, texts, checkpoint):
        trained.append((config.d_model, len(texts), checkpoint.parent))
        return FOUND.models[len(trained) - 1]

    # devices can't be set any more where JAX is at work already
    monkeypatch.setattr(three_sizes.jax.config, "update", lambda *_: None)
    monkeypatch.setattr(three_sizes, "train", train)
    monkeypatch.setattr(three_sizes, "DOCUMENTS", 200)
    monkeypatch.setattr(three_sizes.fjordby, "unseen", lambda n: ["a text"] * n)
    log, work = tmp_path / "new" / "sizes.json", tmp_path / "work"
    arguments = ["--log", str(log), "--work", str(work), "--devices", "1"]
    assert carry_out(lambda: three_sizes.run(arguments)) == 0
    assert trained == [(width, 256, work) for width in (48, 96, 192)]
    found = three_sizes.read_log(log)
    assert found.models == FOUND.models and found.tokens > 5_000
    assert carry_out(lambda: three_sizes.run([*arguments[:-1], "99"])) == 1
    # the log of this repository is of this Fjordby
    stored = json.loads(STORED.read_text(encoding="utf-8"))["corpus_sha256"]
    assert three_sizes.read_log().corpus_sha256 == stored, (
        "Fjordby is another one now: run `python3 start.py sizes`."
    )
