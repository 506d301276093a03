"""Tiny models of the Llama family, one of each kind.

A model is a config.json (`record`) and its weights under the names of Hugging Face's
transformers. What transformers itself makes of them `benchmarks/parity.py family` has
kept in tests/parity/family.npz.
"""

from typing import Any

import numpy as np

BASE = {
    "vocab_size": 40,
    "hidden_size": 36,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 12,
    "intermediate_size": 50,
    "rms_norm_eps": 1e-5,
    "hidden_act": "silu",
    "tie_word_embeddings": True,
    "max_position_embeddings": 64,
    "rope_parameters": {"rope_type": "default", "rope_theta": 10_000.0},
}
LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 500.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
LINEAR = {"rope_type": "linear", "rope_theta": 10_000.0, "factor": 4.0}
MODELS: dict[str, dict[str, Any]] = {
    "llama 3": {"model_type": "llama", "rope_parameters": LLAMA3},
    "llama, stretched": {"model_type": "llama", "rope_parameters": LINEAR},
    "mistral": {
        "model_type": "mistral",
        "tie_word_embeddings": False,
        "sliding_window": None,
    },
    # llama.cpp wants heads of Qwen2 that are as wide as the stream together
    "qwen2": {"model_type": "qwen2", "hidden_size": 48, "rms_norm_eps": 1e-6},
    "qwen2, untied": {
        "model_type": "qwen2",
        "hidden_size": 48,
        "tie_word_embeddings": False,
    },
    "qwen3": {"model_type": "qwen3", "rms_norm_eps": 1e-6, "head_dim": 16},
    "qwen3, untied": {"model_type": "qwen3", "tie_word_embeddings": False},
    "smollm3": {"model_type": "smollm3", "num_hidden_layers": 5, "pad_token_id": 0},
    "smollm3, untied": {
        "model_type": "smollm3",
        "num_hidden_layers": 4,
        "tie_word_embeddings": False,
        "pad_token_id": 0,
    },
}
# The text that all of them read.
TOKENS = np.random.default_rng(3).integers(BASE["vocab_size"], size=23)
type Tensors = dict[str, np.ndarray]


def record(name: str) -> dict[str, Any]:
    """A model's config.json."""
    return BASE | MODELS[name]


def tensors(record: dict[str, Any], seed: int = 0) -> Tensors:
    """Random weights, uneven enough that every part of the model counts."""
    rng, c = np.random.default_rng(seed), record
    d, h, f = c["hidden_size"], c["head_dim"], c["intermediate_size"]
    n, k = c["num_attention_heads"], c["num_key_value_heads"]

    def matrix(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.2, shape).astype(np.float32)

    def scale(size: int) -> np.ndarray:
        return rng.uniform(0.5, 1.5, size).astype(np.float32)

    found = {"model.embed_tokens.weight": matrix(c["vocab_size"], d)}
    for i in range(c["num_hidden_layers"]):
        layer = {
            "input_layernorm.weight": scale(d),
            "self_attn.q_proj.weight": matrix(n * h, d),
            "self_attn.k_proj.weight": matrix(k * h, d),
            "self_attn.v_proj.weight": matrix(k * h, d),
            "self_attn.o_proj.weight": matrix(d, n * h),
            "post_attention_layernorm.weight": scale(d),
            "mlp.gate_proj.weight": matrix(f, d),
            "mlp.up_proj.weight": matrix(f, d),
            "mlp.down_proj.weight": matrix(d, f),
        }
        if c["model_type"] == "qwen2":
            for letter, heads in (("q", n), ("k", k), ("v", k)):
                layer[f"self_attn.{letter}_proj.bias"] = matrix(heads * h)
        if c["model_type"] == "qwen3":
            layer["self_attn.q_norm.weight"] = scale(h)
            layer["self_attn.k_norm.weight"] = scale(h)
        found |= {f"model.layers.{i}.{name}": x for name, x in layer.items()}
    found["model.norm.weight"] = scale(d)
    if not c["tie_word_embeddings"]:
        found["lm_head.weight"] = matrix(c["vocab_size"], d)
    return found


def frequencies(record: dict[str, Any]) -> np.ndarray:
    """By what angle each pair turns from token to token."""
    rope, half = record["rope_parameters"], record["head_dim"] // 2
    plain = rope["rope_theta"] ** -(np.arange(half) / half)
    if rope["rope_type"] == "linear":
        return plain / rope["factor"]
    if rope["rope_type"] == "llama3":
        # `apply_scaling` in llama-models, in three cases as there.
        length, low = rope["original_max_position_embeddings"], rope["low_freq_factor"]
        high, found = rope["high_freq_factor"], []
        for frequency in plain:
            wavelength = 2 * np.pi / frequency
            if wavelength < length / high:
                found.append(frequency)
            elif wavelength > length / low:
                found.append(frequency / rope["factor"])
            else:
                smooth = (length / wavelength - low) / (high - low)
                found.append(
                    (1 - smooth) * frequency / rope["factor"] + smooth * frequency
                )
        return np.array(found)
    return plain
