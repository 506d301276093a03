"""The tiny model in the file formats of others, written as their tools write them."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import gguf
import jax
import numpy as np
import safetensors.numpy
from gguf import GGMLQuantizationType as Type

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from tests import family_files, tiny, tiny_bpe

# Rows of whole blocks of 32 numbers, as Q8_0 and Q4_0 want them.
CONFIG = replace(
    tiny.CONFIG, vocab_size=400, d_model=64, d_head=16, d_ff=96, max_seq_len=64
)
TEMPLATE = "{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}"


def parameters(config: ModelConfig = CONFIG) -> Parameters:
    """Random weights."""
    return tiny.random_parameters(config)


def rows(weight: jax.Array, inputs: int) -> np.ndarray:
    """A matrix as others store it: [out, in]."""
    return np.ascontiguousarray(np.asarray(weight).reshape(inputs, -1).T)


def sizes(config: ModelConfig) -> dict[str, Any]:
    """What a config.json says of the model."""
    return {
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.d_model,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "head_dim": config.d_head,
        "intermediate_size": config.d_ff,
        "rms_norm_eps": config.norm_eps,
        "tie_word_embeddings": config.tie_embeddings,
        "max_position_embeddings": config.max_seq_len,
    }


def write_gguf(
    path: Path,
    params: Parameters,
    config: ModelConfig = CONFIG,
    kind: Type = Type.F32,
    strings: dict[str, str] | None = None,
    extra: dict[str, np.ndarray] | None = None,
) -> None:
    """Write a GGUF file.

    Args:
        kind: how matrices are stored; norms stay F32, as everywhere.
        strings: further metadata, whole names.
        extra: further tensors.
    """
    rope = {"rope_type": "default", "rope_theta": config.rope_theta}
    record = sizes(config) | {"rope_parameters": rope}
    writer = family_files.begun(path, record)
    learned = tiny_bpe.learned()
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(learned.tokens)
    writer.add_token_types(list(map(int, learned.types)))
    writer.add_token_merges(learned.merges)
    writer.add_eos_token_id(learned.tokens.index(tiny_bpe.END))
    writer.add_chat_template(TEMPLATE)
    for name, text in (strings or {}).items():
        writer.add_string(name, text)
    tensors = family_files.gguf_tensors(record, hugging_face_tensors(params, config))
    for name, x in (tensors | (extra or {})).items():
        stored = kind if x.ndim > 1 else Type.F32
        writer.add_tensor(name, gguf.quants.quantize(x, stored), raw_dtype=stored)
    family_files.ended(writer)


def hugging_face_tensors(
    params: Parameters, config: ModelConfig
) -> dict[str, np.ndarray]:
    """All weights under the names of transformers."""
    c, tensors = config, {}
    for i, layer in enumerate(params.layers):
        turned = partial(rows, inputs=c.d_model)
        of_layer = {
            "input_layernorm": np.asarray(layer.attention_norm),
            "self_attn.q_proj": turned(layer.query),
            "self_attn.k_proj": turned(layer.key),
            "self_attn.v_proj": turned(layer.value),
            "self_attn.o_proj": rows(layer.output, c.n_heads * c.d_head),
            "post_attention_layernorm": np.asarray(layer.mlp_norm),
            "mlp.gate_proj": turned(layer.gate),
            "mlp.up_proj": turned(layer.up),
            "mlp.down_proj": rows(layer.down, c.d_ff),
        }
        of_layer = {f"model.layers.{i}.{k}.weight": x for k, x in of_layer.items()}
        tensors |= of_layer
    tensors["model.embed_tokens.weight"] = np.asarray(params.embedding)
    tensors["model.norm.weight"] = np.asarray(params.final_norm)
    if params.output_head is not None:
        tensors["lm_head.weight"] = rows(params.output_head, c.d_model)
    return tensors


def write_hugging_face(
    folder: Path, params: Parameters, config: ModelConfig = CONFIG, **more: object
) -> None:
    """Write a folder as it lies on the hub; `more` goes into its config.json."""
    folder.mkdir(exist_ok=True)
    end = tiny_bpe.learned().tokens.index(tiny_bpe.END)
    record = sizes(config) | {"rope_theta": config.rope_theta, "eos_token_id": end}
    (folder / "config.json").write_text(json.dumps(record | more))
    (folder / "tokenizer.json").write_text(tiny_bpe.learned().record)
    usage = {"chat_template": TEMPLATE, "eos_token": {"content": tiny_bpe.END}}
    (folder / "tokenizer_config.json").write_text(json.dumps(usage))
    tensors = hugging_face_tensors(params, config)
    half = len(tensors) // 2  # in two files, as large models come
    for number, names in enumerate((list(tensors)[:half], list(tensors)[half:])):
        part = {name: np.ascontiguousarray(tensors[name]) for name in names}
        safetensors.numpy.save_file(part, folder / f"model-{number}.safetensors")
