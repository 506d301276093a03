"""The same scores, tokens and texts as Hugging Face's transformers, to the letter.

reference.npz was made by `benchmarks/parity.py`, which says how.
"""

import json
from functools import cache
from pathlib import Path

import jax
import numpy as np
import pytest

import llm_lessons as ll
from benchmarks.parity import columns, log_sum
from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.weights.gguf_file import GGUFFile
from tests.family_files import write_gguf
from tests.parity.prompts import CHAT, CONTINUED, LONG, PROMPTS
from tests.parity.texts import texts

pytestmark = pytest.mark.slow
REST = pytest.mark.rest  # the same at more length

REFERENCE = np.load(Path(__file__).with_name("reference.npz"))
TINY = sorted({n.split()[1] for n in REFERENCE.files if n.endswith("config")})
TEXTS = texts()
NEAR = 5e-4
forward = jax.jit(ll.forward, static_argnames="config")


@cache
def smollm2() -> ll.LanguageModel:
    try:
        return ll.load("smollm2")
    except NotInstalled as trouble:
        pytest.skip(str(trouble))


# The shorter of the long prompts add little to the longest.
ADDING = [i for i in range(len(PROMPTS)) if PROMPTS[i] not in LONG[:-1]]
BETWEEN = [pytest.param(PROMPTS.index(one), marks=REST) for one in LONG[:-1]]


@pytest.mark.parametrize("i", [*ADDING, *BETWEEN], ids=lambda i: PROMPTS[i][:20])
def test_tokens_and_scores_at_every_position(i: int):
    lm = smollm2()
    ids = lm.encode(PROMPTS[i])
    assert ids == REFERENCE[f"ids_{i}"].tolist()
    # Filled up to whole chunks: nothing looks at what comes later, and few sizes
    # are compiled.
    padded = np.array([ids + [0] * (-len(ids) % 64)], np.int32)
    scores = np.asarray(forward(lm.params, padded, lm.config)[0, : len(ids)])
    kept = scores[:, columns(lm.config.vocab_size)]
    assert np.abs(kept - REFERENCE[f"scores_{i}"]).max() < NEAR
    assert np.abs(log_sum(scores) - REFERENCE[f"log_sum_{i}"]).max() < NEAR
    best = np.take_along_axis(
        scores, REFERENCE[f"likeliest_{i}"].astype(int)[:, None], axis=1
    )
    assert (scores.max(axis=1) - best[:, 0] < NEAR).all()


def test_a_thousand_texts_are_cut_as_by_llama_cpp():
    expected = np.load(Path(__file__).with_name("tokens.npz"))
    *rows, rest = np.split(expected["ids"], expected["n"].cumsum(dtype=int))
    assert len(rows) == len(TEXTS) == 1000
    assert not rest.size
    for text, ids in zip(TEXTS, rows, strict=True):
        assert smollm2().tokenizer.encode(text) == ids.tolist(), text


@pytest.mark.parametrize(
    ("count", "length"), [(3, 25), pytest.param(len(CONTINUED), 100, marks=REST)]
)
def test_the_likeliest_texts(count: int, length: int):
    lm = smollm2()
    written = lm.batch(CONTINUED[:count], max_tokens=length, temperature=0)
    assert len(written) == count
    for i, text in enumerate(written):
        expected = REFERENCE[f"greedy_{i}"].tolist()[:length]
        ends = (n for n, token in enumerate(expected) if token in lm.tokenizer.stops)
        stop = next(ends, length)
        assert text == lm.tokenizer.decode(expected[:stop]), CONTINUED[i]


def test_the_chat_prompt():
    assert smollm2().chat_prompt(CHAT) == str(REFERENCE["chat"])


@pytest.mark.parametrize("name", TINY)
def test_tiny_llamas(name: str, tmp_path: Path):
    prefix = f"tiny {name} "
    config = json.loads(str(REFERENCE[f"{prefix}config"])) | {"model_type": "llama"}
    rope = {"rope_type": "default", "rope_theta": config["rope_theta"]}
    config |= {"rope_parameters": rope}
    start = f"{prefix}weight "
    weights = {
        n.removeprefix(start): REFERENCE[n]
        for n in REFERENCE.files
        if n.startswith(start)
    }
    if config["tie_word_embeddings"]:
        weights.pop("lm_head.weight", None)
    file = GGUFFile(write_gguf(tmp_path / "model.gguf", config, weights))
    tokens = REFERENCE[f"{prefix}tokens"].astype(np.int32)
    scores = np.asarray(forward(file.parameters(), tokens, file.config()))
    assert np.abs(scores - REFERENCE[f"{prefix}scores"]).max() < 1e-5
