"""The tiny model in the file formats of others, written as their tools write them."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import gguf
import jax
import numpy as np
import safetensors.numpy
from gguf import GGMLQuantizationType as Type

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from tests import tiny, tiny_bpe

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


def interleaved(matrix: np.ndarray, heads: int) -> np.ndarray:
    """The order of rows that llama.cpp's converter gives queries and keys."""
    halves = matrix.reshape(heads, 2, -1, matrix.shape[1])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(matrix.shape))


def gguf_tensors(params: Parameters, config: ModelConfig) -> dict[str, np.ndarray]:
    """All weights under llama.cpp's names."""
    c, tensors = config, {}
    for i, layer in enumerate(params.layers):
        query, key = (rows(x, c.d_model) for x in (layer.query, layer.key))
        of_layer = {
            "attn_norm": np.asarray(layer.attention_norm),
            "attn_q": interleaved(query, c.n_heads),
            "attn_k": interleaved(key, c.n_kv_heads),
            "attn_v": rows(layer.value, c.d_model),
            "attn_output": rows(layer.output, c.n_heads * c.d_head),
            "ffn_norm": np.asarray(layer.mlp_norm),
            "ffn_gate": rows(layer.gate, c.d_model),
            "ffn_up": rows(layer.up, c.d_model),
            "ffn_down": rows(layer.down, c.d_ff),
        }
        tensors |= {f"blk.{i}.{name}.weight": x for name, x in of_layer.items()}
    tensors["token_embd.weight"] = np.asarray(params.embedding)
    tensors["output_norm.weight"] = np.asarray(params.final_norm)
    if params.output_head is not None:
        tensors["output.weight"] = rows(params.output_head, c.d_model)
    return tensors


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
    writer, c = gguf.GGUFWriter(path, "llama"), config
    writer.add_context_length(c.max_seq_len)
    writer.add_embedding_length(c.d_model)
    writer.add_block_count(c.n_layers)
    writer.add_feed_forward_length(c.d_ff)
    writer.add_head_count(c.n_heads)
    writer.add_head_count_kv(c.n_kv_heads)
    writer.add_key_length(c.d_head)
    writer.add_rope_freq_base(c.rope_theta)
    writer.add_layer_norm_rms_eps(c.norm_eps)
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
    for name, x in (gguf_tensors(params, config) | (extra or {})).items():
        stored = kind if x.ndim > 1 else Type.F32
        writer.add_tensor(name, gguf.quants.quantize(x, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


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
    c = config
    folder.mkdir(exist_ok=True)
    record = {
        "model_type": "llama",
        "vocab_size": c.vocab_size,
        "hidden_size": c.d_model,
        "num_hidden_layers": c.n_layers,
        "num_attention_heads": c.n_heads,
        "num_key_value_heads": c.n_kv_heads,
        "head_dim": c.d_head,
        "intermediate_size": c.d_ff,
        "rope_theta": c.rope_theta,
        "rms_norm_eps": c.norm_eps,
        "tie_word_embeddings": c.tie_embeddings,
        "max_position_embeddings": c.max_seq_len,
        "eos_token_id": tiny_bpe.learned().tokens.index(tiny_bpe.END),
    }
    (folder / "config.json").write_text(json.dumps(record | more))
    (folder / "tokenizer.json").write_text(tiny_bpe.learned().record)
    usage = {"chat_template": TEMPLATE, "eos_token": {"content": tiny_bpe.END}}
    (folder / "tokenizer_config.json").write_text(json.dumps(usage))
    tensors = hugging_face_tensors(params, config)
    half = len(tensors) // 2  # in two files, as large models come
    for number, names in enumerate((list(tensors)[:half], list(tensors)[half:])):
        part = {name: np.ascontiguousarray(tensors[name]) for name in names}
        safetensors.numpy.save_file(part, folder / f"model-{number}.safetensors")
