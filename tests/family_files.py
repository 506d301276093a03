"""The tiny models of `family` as GGUF files, as llama.cpp's converter makes them.

(convert_hf_to_gguf.py)
"""

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from tests import tiny_bpe
from tests.family import BASE, Tensors, frequencies

# With a vocabulary of its own, to be talked to.
SPEAKING = {"vocab_size": 400, "max_position_embeddings": 256}
# A plain Llama with rows of whole blocks of 32 numbers, as Q8_0 and Q4_0 want them.
WIDTHS = {"hidden_size": 64, "head_dim": 16, "intermediate_size": 96}
PLAIN = BASE | {"model_type": "llama"} | WIDTHS | SPEAKING
TEMPLATE = "{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}"


GGUF_NAMES = {  # by their names in transformers
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
    # in each layer
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def gguf_tensors(record: dict[str, Any], tensors: Tensors) -> Tensors:
    """The weights as llama.cpp's converter names and turns them."""
    found = {}
    for name, x in tensors.items():
        stem, end = name.rsplit(".", 1)
        if stem.startswith("model.layers."):
            _, _, i, stem = stem.split(".", 3)
            ours = f"blk.{i}.{GGUF_NAMES[stem]}.{end}"
        else:
            ours = f"{GGUF_NAMES[stem]}.{end}"
        # `permute`, in the converters of models whose neighbours turn together
        if record["model_type"] not in ("qwen2", "qwen3"):
            heads = {
                "self_attn.q_proj": record["num_attention_heads"],
                "self_attn.k_proj": record["num_key_value_heads"],
            }
            if stem in heads:
                halves = x.reshape(heads[stem], 2, -1, *x.shape[1:])
                x = halves.swapaxes(1, 2).reshape(x.shape)
        found[ours] = np.ascontiguousarray(x)
    rope = record["rope_parameters"]
    if rope["rope_type"] == "llama3":
        plain = record | {"rope_parameters": rope | {"rope_type": "default"}}
        factors = frequencies(plain) / frequencies(record)
        found["rope_freqs.weight"] = factors.astype(np.float32)
    return found


def begun(path: Path, record: dict[str, Any]) -> gguf.GGUFWriter:
    """A GGUF file, of which the sizes are written so far."""
    c, rope = record, record["rope_parameters"]
    kind = "llama" if c["model_type"] == "mistral" else c["model_type"]
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, kind)
    writer.add_context_length(c["max_position_embeddings"])
    writer.add_embedding_length(c["hidden_size"])
    writer.add_block_count(c["num_hidden_layers"])
    writer.add_feed_forward_length(c["intermediate_size"])
    writer.add_head_count(c["num_attention_heads"])
    writer.add_head_count_kv(c["num_key_value_heads"])
    writer.add_key_length(c["head_dim"])
    writer.add_value_length(c["head_dim"])
    writer.add_rope_freq_base(rope["rope_theta"])
    writer.add_layer_norm_rms_eps(c["rms_norm_eps"])
    if c.get("sliding_window"):
        writer.add_sliding_window(c["sliding_window"])
    if rope["rope_type"] == "yarn":
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
    if rope["rope_type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(rope["factor"])
    return writer


def ended(writer: gguf.GGUFWriter) -> None:
    """Write what the file holds."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_gguf(
    path: Path,
    record: dict[str, Any],
    tensors: Tensors,
    parts: int = 1,
    more: Tensors | None = None,
    kind: gguf.GGMLQuantizationType | None = None,
) -> Path:
    """A GGUF file, with a vocabulary, or the least of one.

    Args:
        parts: how many files it says that it is cut into.
        more: further weights, by their names there.
        kind: how matrices are stored, if in few bits.
    """
    writer, c = begun(path, record), record
    if parts > 1:
        writer.add_uint16("split.count", parts)
    if c["vocab_size"] >= len(tiny_bpe.learned().tokens):
        _add_vocabulary(writer, c["vocab_size"])
    else:
        marked = ["<0xE2>", "<0x96>", "<0x81>"]
        letters = map(chr, range(97, 97 + c["vocab_size"] - 6))
        pieces = ["<unk>", "<s>", "</s>", *marked, *letters]
        writer.add_tokenizer_model("llama")
        writer.add_token_list(pieces)
        writer.add_token_scores([0.0] * len(pieces))
        writer.add_token_types([2, 3, 3, 6, 6, 6, *[1] * (len(pieces) - 6)])
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
    for name, x in (gguf_tensors(record, tensors) | (more or {})).items():
        if kind is None or x.ndim == 1:
            writer.add_tensor(name, x)
        else:
            writer.add_tensor(name, gguf.quants.quantize(x, kind), raw_dtype=kind)
    ended(writer)
    return path


def _add_vocabulary(writer: Any, size: int) -> None:
    """The tiny vocabulary, filled up to so many tokens, as the converter does it."""
    it = tiny_bpe.learned()
    spare = range(size - len(it.tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([*it.tokens, *(f"[PAD{i}]" for i in spare)])
    writer.add_token_types([*map(int, it.types), *[gguf.TokenType.UNUSED] * len(spare)])
    writer.add_token_merges(it.merges)
    writer.add_eos_token_id(it.tokens.index(tiny_bpe.END))
    writer.add_chat_template(TEMPLATE)
