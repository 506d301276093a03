"""Do models get the same scores here as in Hugging Face's transformers?

    build/peers/bin/python -m benchmarks.parity reference
    build/peers/bin/python -m benchmarks.parity tokens
    .venv/bin/python -m benchmarks.parity files
    build/peers/bin/python -m benchmarks.parity family
    .venv/bin/python -m benchmarks.parity compare

The first, in the peers' environment, reads the same GGUF file of SmolLM2, works the
same float32 weights out of it, and keeps its scores: all of them in build/parity, and a
part in tests/parity/reference.npz, against which every test run measures. The second
has llama.cpp, whose tokenizer is another program, cut a thousand texts, and keeps the
token ids in tests/parity/tokens.npz. The third writes GGUF files of tiny models of the
Llama family with random weights (tests/family.py). The fourth has llama.cpp read these
files and transformers the same weights, prints how far the two differ, and keeps the
scores of transformers in tests/parity/family.npz. The last compares with all scores of
SmolLM2. The texts stand in tests/parity/prompts.py and texts.py.
"""

import json
import sys
from pathlib import Path

import numpy as np

from tests.parity.prompts import CHAT, CONTINUED, PROMPTS
from tests.parity.texts import texts

ROOT = Path(__file__).resolve().parents[1]
ALL = ROOT / "build" / "parity"
KEPT = ROOT / "tests" / "parity" / "reference.npz"
TOKENS = KEPT.with_name("tokens.npz")
FAMILY = KEPT.with_name("family.npz")
COLUMNS = 24  # scores kept a position, of tokens spread over the vocabulary
LENGTH = 100  # tokens of a continuation

# Llamas of every kind, too small for anything but this.
TINY = {
    "mha": {"num_attention_heads": 4, "num_key_value_heads": 4},
    "gqa": {"num_attention_heads": 4, "num_key_value_heads": 2},
    "mqa": {"num_attention_heads": 3, "num_key_value_heads": 1, "rope_theta": 500.0},
    "untied": {"tie_word_embeddings": False, "rms_norm_eps": 1e-3},
    "wide": {"head_dim": 24, "num_hidden_layers": 3},
}
TINY_BASE = {
    "vocab_size": 40,
    "hidden_size": 36,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "head_dim": 12,
    "intermediate_size": 50,
    "rope_theta": 10_000.0,
    "rms_norm_eps": 1e-5,
    "tie_word_embeddings": True,
    "max_position_embeddings": 64,
}


def columns(vocab_size: int) -> np.ndarray:
    """The tokens whose scores are kept."""
    return np.random.default_rng(0).choice(vocab_size, COLUMNS, replace=False)


def log_sum(scores: np.ndarray) -> np.ndarray:
    """The logarithm of the sum of exp(scores), which no wrong score leaves as it is."""
    highest = scores.max(axis=-1)
    return highest + np.log(np.exp(scores - highest[..., None]).sum(axis=-1))


def reference() -> None:
    """Let transformers read and continue the prompts; keep what it says."""
    from benchmarks.parity_peers import SmolLM2, tiny_scores

    peer, kept = SmolLM2(), {}
    ALL.mkdir(parents=True, exist_ok=True)
    for i, prompt in enumerate(PROMPTS):
        ids = peer.encode(prompt)
        scores = peer.scores(ids)
        np.save(ALL / f"scores_{i}.npy", scores)
        kept[f"ids_{i}"] = np.array(ids, np.uint16)
        kept[f"scores_{i}"] = scores[:, columns(scores.shape[1])]
        kept[f"log_sum_{i}"] = log_sum(scores).astype(np.float32)
        kept[f"likeliest_{i}"] = scores.argmax(axis=1).astype(np.uint16)
        print(f"{i}: {len(ids)} tokens", flush=True)
    for i, prompt in enumerate(CONTINUED):
        ids = peer.greedy(peer.encode(prompt), LENGTH)
        kept[f"greedy_{i}"] = np.array(ids, np.uint16)
        print(f"{i}: continued", flush=True)
    kept["chat"] = np.array(peer.chat_text(CHAT))
    for name, differences in TINY.items():
        config = TINY_BASE | differences
        weights, tokens, scores = tiny_scores(config)
        kept[f"tiny {name} config"] = np.array(json.dumps(config))
        kept[f"tiny {name} tokens"], kept[f"tiny {name} scores"] = tokens, scores
        for key, value in weights.items():
            kept[f"tiny {name} weight {key}"] = value
    np.savez_compressed(KEPT, **kept)


def tokens() -> None:
    """Let llama.cpp cut the thousand texts; keep their token ids, end to end."""
    from benchmarks.parity_peers import llama_cpp_tokens

    rows = llama_cpp_tokens(texts())
    lengths = np.array([len(row) for row in rows], np.uint16)
    np.savez_compressed(TOKENS, ids=np.concatenate(rows).astype(np.uint16), n=lengths)
    print(f"{len(rows):,} texts, {lengths.sum():,} tokens")


def files() -> None:
    """Write a tiny model of each kind as a GGUF file."""
    from tests import family
    from tests.family_files import write_gguf

    for name in family.MODELS:
        record = family.record(name)
        write_gguf(ALL / f"{name}.gguf", record, family.tensors(record))


def family() -> None:
    """Let transformers and llama.cpp read a tiny model of each kind; keep scores."""
    from benchmarks.parity_peers import family_scores, llama_cpp_scores
    from tests import family

    rows, kept = family.TOKENS, {}
    for name in family.MODELS:
        record = family.record(name)
        weights = family.tensors(record)
        kept[name] = family_scores(record, weights, rows)
        theirs = llama_cpp_scores(ALL / f"{name}.gguf", rows.tolist())
        far = np.abs(kept[name] - theirs).max()
        print(f"{name}: transformers and llama.cpp differ by {far:.1e}")
    np.savez_compressed(FAMILY, **kept)


def compare() -> None:
    """Print the largest difference of any score at any position of any prompt."""
    import jax.numpy as jnp

    import llm_lessons as ll

    lm, worst, positions = ll.load("smollm2"), 0.0, 0
    for i, prompt in enumerate(PROMPTS):
        tokens = jnp.array([lm.encode(prompt)])
        scores = np.asarray(ll.forward(lm.params, tokens, lm.config)[0])
        expected = np.load(ALL / f"scores_{i}.npy")
        worst = max(worst, float(np.abs(scores - expected).max()))
        positions += tokens.size
    print(
        f"{len(PROMPTS)} prompts, {positions:,} positions, {lm.config.vocab_size:,} "
        f"scores each: the largest difference is {worst:.1e}."
    )


if __name__ == "__main__":
    {
        "reference": reference,
        "tokens": tokens,
        "files": files,
        "family": family,
        "compare": compare,
    }[sys.argv[1]]()
