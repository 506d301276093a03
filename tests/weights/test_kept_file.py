"""A model that was trained and kept in a page: the same one in Python, or a refusal."""

import base64
import json
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from llm_lessons.foundation.paths import WEB
from llm_lessons.language_model.loading import load
from llm_lessons.language_model.on_disk import memory
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.kept_file import FORMAT, GROUP, LARGEST
from tests.refused import refused
from tests.web.in_deno import evaluate

CLOSE = 1e-4  # what scores may differ by
MOVED = 0.01  # what a probability may change by, where a model is kept in eight bits
BYTES = 20 * 10**6  # of memory, more than a refusal takes
LINES = ["anna", "benno", "carla", "dario", "elena", "fabio", "greta", "hanno", "ilona"]
LINES += ["jakob", "karla", "rémy"]
PROMPTS = ["a", "ka", "ann", "i", "ré"]
# What the page's side is asked: JavaScript, with `data`, and `train_your_own_model.js`
# as `web`.
KEEP = """
const { keptFrom, keptText } = await import(`${data.own}_file.js`);
const { tokensOf } = await import(`${data.own}_text.js`);
const { prefill } = await import(`${data.engine}/kv_cache.js`);
const pupil = web.pupilOf(data.lines, 5, () => 0.01);
const { config, letters, trainer } = pupil;
for (let step = 0; step < 60; step += 1) trainer.step(web.batchAt(pupil, step));
const ask = (tokens) =>
  [...prefill(trainer.weights(), tokens, tokens.length, config).logits];
const read = data.prompts.map((prompt) => tokensOf(prompt, letters).slice(0, -1));
const before = read.map(ask);
const facts = { lines: data.lines, seed: 5, steps: 60, read: 5000, rate: 0.01 };
const model = { config, letters: letters.join(""), weights: trainer.values };
const text = keptText({ ...model, ...facts });
trainer.values.set(keptFrom(text).weights);
const ends = read.map((tokens) => {
  const all = [...tokens];
  do {
    const scores = ask(all);
    all.push(scores.indexOf(Math.max(...scores)));
  } while (all.at(-1) !== 0 && all.length < 60);
  return all.slice(tokens.length, -1).map((token) => letters[token - 1]).join("");
});
return { text, before, scores: read.map(ask), ends };
"""


def odds(scores: Any) -> np.ndarray:
    shares = np.exp(np.asarray(scores) - np.max(scores, axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


@pytest.mark.slow
def test_a_page_and_python_have_the_same_model(tmp_path: Path):
    places = {
        "own": (WEB / "widgets/train_your_own").as_uri(),
        "engine": (WEB / "engine").as_uri(),
    }
    data = {"lines": LINES, "prompts": PROMPTS, **places}
    page = evaluate("widgets/train_your_own_model.js", KEEP, data)
    (tmp_path / "mine.json").write_text(page["text"], encoding="utf-8")
    lm = load(tmp_path / "mine.json")
    assert lm.name == "mine" and set("".join(LINES)) < set(lm.tokenizer.pieces)
    for prompt, scores, end in zip(PROMPTS, page["scores"], page["ends"], strict=True):
        np.testing.assert_allclose(lm.logits(prompt), scores, rtol=0, atol=CLOSE)
        assert lm.generate(prompt, max_tokens=60, temperature=0) == end
    moved = np.abs(odds(page["scores"]) - odds(page["before"])).max()
    assert 0 < moved < MOVED
    assert lm.next_token("ann", top=1).rows[0][0] == "a"
    assert lm.batch(["a", "k"], seed=3) == lm.batch(["a", "k"], seed=3)
    (tmp_path / "mine.json").rename(tmp_path / "mine (1).txt")
    same = load(tmp_path / "mine (1).txt")
    assert (same.logits("a") == lm.logits("a")).all()


def kept() -> dict[str, Any]:
    """A small model as a file of this format holds it."""
    sizes = {"vocab_size": 4, "d_model": 8, "n_layers": 2, "n_heads": 4}
    sizes |= {"n_kv_heads": 2, "d_head": 4, "d_ff": 12, "max_seq_len": 16}
    config = {**sizes, "rope_theta": 10000, "norm_eps": 1e-5, "tie_embeddings": True}
    count = memory.parameters(ModelConfig(**config))
    rng = np.random.default_rng(1)
    numbers = rng.integers(-127, 128, count, np.int8)
    scales = rng.uniform(0.001, 0.01, -(-count // GROUP)).astype("<f4")
    return {
        "format": FORMAT,
        "config": config,
        "letters": "abc",
        "weights": in_base64(numbers),
        "scales": in_base64(scales),
    }


def in_base64(numbers: np.ndarray) -> str:
    return base64.b64encode(numbers.tobytes()).decode()


def scales_with(number: float) -> str:
    scales = np.frombuffer(base64.b64decode(kept()["scales"]), "<f4").copy()
    scales[3] = number
    return in_base64(scales)


GONE = object()  # an entry that is missing
ENTRIES: list[tuple[str, Any, str]] = [
    ("format", "llm-lessons-own-2", "its format is 'llm-lessons-own-2'"),
    ("format", GONE, "its format is None"),
    ("letters", ["a", "b", "c"], "letters must be a text"),
    ("letters", "ab\ud83d", "lone surrogate"),
    ("letters", "ab", "2 letters, and scores for 4 tokens"),
    ("config", [], "config must be a record"),
    ("weights", GONE, "weights must be a text"),
    ("weights", "????", "weights are no base64"),
    ("scales", "AAAA", "scales have 3 bytes"),
    ("scales", scales_with(np.nan), "infinite or no numbers"),
]
SIZES: list[tuple[str, Any, str]] = [
    ("qkv_bias", True, "has, or lacks, 'qkv_bias'"),
    ("d_ff", GONE, "has, or lacks, 'd_ff'"),
    ("d_ff", 13, "and a model of its sizes has"),
    ("d_model", 2**31 - 1, "and a model of its sizes has"),
    ("n_layers", 10**6, "n_layers must be a whole number from 1 to 16"),
    ("rope_theta", float("nan"), "rope_theta must be a number"),
    ("norm_eps", 10**400, "norm_eps must be a number"),
    ("tie_embeddings", 1, "tie_embeddings must be True"),
]
WHOLE = json.dumps(kept())
CONTENTS: list[tuple[bytes, str]] = [
    (b"", "no JSON"),
    (WHOLE[: len(WHOLE) // 2].encode(), "only a part of it"),
    (b"[1, 2]", "its format is None"),
    (b"[" * 200_000, "no JSON"),
    (WHOLE.encode() + b" " * LARGEST, "such files at most 1,000,000"),
]


def test_what_a_file_says_wrongly_is_told(tmp_path: Path):
    contents = list(CONTENTS)
    for inside, cases in ((False, ENTRIES), (True, SIZES)):
        for name, value, words in cases:
            record = kept()
            changed = record["config"] if inside else record
            changed[name] = value
            if value is GONE:
                del changed[name]
            contents.append((json.dumps(record).encode(), words))
    path = tmp_path / "mine.json"
    for content, words in contents:
        path.write_bytes(content)
        tracemalloc.start()
        said = refused(lambda: load(path))
        assert tracemalloc.get_traced_memory()[1] < BYTES
        tracemalloc.stop()
        assert said.startswith("mine.json can't be opened: ") and words in said, said
        assert said.endswith("once more, or give the path of another file.")
