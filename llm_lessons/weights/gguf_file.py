"""Read a model of the Llama family from a GGUF file, llama.cpp's format.

Quantized weights become float32, or bfloat16 where memory is short: the model then runs
through the same `forward` as the class model.
"""

import math
import mmap
from pathlib import Path
from typing import Any, NamedTuple

import gguf
import jax.numpy as jnp
import numpy as np
from gguf import GGMLQuantizationType

from llm_lessons.foundation.checks import Refusal, blamed_on, shown, whole_number
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.text.bpe import WHOLE_WORDS, BPETokenizer, byte_level_bpe, scored_bpe
from llm_lessons.text.templates import ChatTemplate
from llm_lessons.weights.conversion import Array, finite, parameters_of
from llm_lessons.weights.gguf_header import GGUFHeader
from llm_lessons.weights.gguf_metadata import Metadata

# What no model of the family has: a part of a tensor's name, and what it is.
_FOREIGN = (("_exps.", "experts"), ("_norm_", "further norms"))
_BIASES = {"attn_q.bias", "attn_k.bias", "attn_v.bias"}
_NORMS = {"attn_q_norm.weight", "attn_k_norm.weight"}
_STRETCH = "rope_freqs.weight"  # of Llama 3.1 and its successors

JOINED = 8  # rows of a matrix that are dequantized as one
AT_ONCE = 2**24  # numbers that stand in float32 while a matrix becomes bfloat16
_ENDS = ("<|endoftext|>", "<|end_of_text|>")  # of a text, in SmolLM2 and in Llama 3


class Quantized(NamedTuple):
    """Weights as a file holds them: bytes [rows, bytes of a row], and of which kind."""

    data: np.ndarray
    kind: GGMLQuantizationType


class GGUFFile:
    """An opened GGUF file, of which only what is asked for is read.

    Raises:
        ValueError: this is no GGUF file, or holds no model of the Llama family; says
            which.
    """

    def __init__(self, path: Path):
        self._header = GGUFHeader(path, whole=True)
        self.path, self.get = path, self._header.get
        with blamed_on(path.name):
            self._tensors = {n: self._quantized(n) for n in self._header.tensors}
        self.metadata = Metadata(path.name, self.get)
        self._check_architecture()

    def _quantized(self, name: str) -> Quantized:
        """The weights of this name as they lie in the file, none of which are read."""
        (*rows, width), kind, offset = self._header.tensors[name]
        form = GGMLQuantizationType(kind)
        numbers, size = gguf.GGML_QUANT_SIZES[form]  # of a block
        if width % numbers:
            raise Refusal(f"{name} has rows of {width:,} numbers. Fetch it anew.")
        shape = (*rows, width // numbers * size)
        start = self._header.weights + offset
        if math.prod(shape) > len(self._header.data) - start:
            raise Refusal(f"it ends before the end of its {name}. Fetch it anew.")
        data = np.frombuffer(self._header.data, np.uint8, math.prod(shape), start)
        return Quantized(data.reshape(shape), form)

    def _in_layers(self, end: str) -> set[str]:
        """The names of tensors, within their layer, that end so."""
        names = (name.split(".", 2) for name in self._tensors if name.endswith(end))
        return {parts[2] for parts in names if parts[0] == "blk" and len(parts) == 3}

    def _check_architecture(self) -> None:
        foreign = [
            what
            for part, what in _FOREIGN
            if any(part in name for name in self._tensors)
        ]
        if self._in_layers(".bias") not in (set(), _BIASES):
            foreign.append("other biases than Qwen2's")
        has_norms = bool(self._in_layers("_norm.weight") & _NORMS)
        if has_norms and not self.metadata.architecture.qk_norm:
            foreign.append("normed queries and keys")
        self.metadata.check(tuple(foreign))

    def config(self) -> ModelConfig:
        """The sizes of the model, compared with those of its weights.

        Raises:
            ValueError: no model has these sizes, or the weights have others.
        """
        vocabulary, *widths = self._shape("token_embd.weight")
        if len(widths) != 1 or not widths[0]:
            raise Refusal(f"In {self.path.name} the token_embd.weight is no table.")
        blocks = {name.split(".")[1] for name in self._tensors if name[:4] == "blk."}
        layers = self.metadata.size("n_layers")
        if layers != len(blocks):
            raise Refusal(
                f"{self.path.name} says that it has {layers:,} layers, and holds the "
                f"weights of {len(blocks):,}. Fetch it anew."
            )
        c = self.metadata.config(
            vocab_size=vocabulary,
            tied="output.weight" not in self._tensors,
            stretch=self._stretch(),
            qkv_bias=bool(self._in_layers(".bias")),
        )
        # The others are checked as they are read; by these memory is reckoned.
        self._check_shape("token_embd.weight", (vocabulary, c.d_model))
        self._check_shape("blk.0.attn_q.weight", (c.n_heads * c.d_head, c.d_model))
        self._check_shape("blk.0.ffn_gate.weight", (c.d_ff, c.d_model))
        return c

    def _stretch(self) -> tuple[float, ...]:
        if _STRETCH not in self._tensors:
            return ()
        pairs = self.metadata.d_head // 2
        return tuple(map(float, np.asarray(self._weights(_STRETCH, (pairs,)))))

    def _shape(self, name: str) -> tuple[int, ...]:
        if name not in self._tensors:
            raise ValueError(f"{self.path.name} lacks the weights {name}.")
        return self._header.tensors[name].shape

    def _check_shape(self, name: str, shape: tuple[int, ...]) -> None:
        if self._shape(name) != shape:
            raise Refusal(
                f"In {self.path.name} the weights {name} have the shape "
                f"{self._shape(name)}, not {shape}."
            )

    def parameters(self, form: str = "float32") -> Parameters:
        """All weights; shows its progress where it takes long.

        Args:
            form: of the matrices, "float32" or "bfloat16".
        """

        def read(name: str, *shape: int) -> Array:
            weights = self._weights(name, shape, form)
            if hasattr(mmap, "MADV_DONTNEED"):  # else the file's pages stay in memory
                self._header.data.madvise(mmap.MADV_DONTNEED)
            return weights

        interleaved = self.metadata.architecture.interleaved
        return parameters_of(read, self.config(), self.path.stem, interleaved)

    def _weights(
        self, name: str, shape: tuple[int, ...], form: str = "float32"
    ) -> Array:
        self._check_shape(name, shape)
        tensor = self._tensors[name]
        with blamed_on(f"{name} in {self.path.name}"), np.errstate(all="ignore"):
            if form == "float32" or len(shape) == 1:
                return finite(_rows(tensor, 0, shape[0], shape[1:]))
            weights = np.empty(shape, jnp.bfloat16)
            at_once = max(1, AT_ONCE // shape[1])
            for start in range(0, shape[0], at_once):
                end = min(start + at_once, shape[0])
                weights[start:end] = finite(_rows(tensor, start, end, shape[1:]))
            return weights

    def tokenizer(self) -> BPETokenizer:
        """The tokenizer that the file's vocabulary describes."""
        tokenizer = self._tokenizer()
        tokenizer.stops = self._stops(tokenizer.pieces)
        tokenizer.prefix = self._prefix(len(tokenizer.pieces))
        is_scored = self.get("tokenizer.ggml.model") == "llama"
        has_lead = self.get("tokenizer.ggml.add_space_prefix", is_scored)
        tokenizer.lead = " " if has_lead else ""
        return tokenizer

    def _tokenizer(self) -> BPETokenizer:
        kind = self.get("tokenizer.ggml.model", "no")
        pieces, types = self._list("tokens", str), self._list("token_type", int)
        where = f"{self.path.name}, its vocabulary"
        if kind == "gpt2":
            pre = self.get("tokenizer.ggml.pre", "default")
            merges = self._list("merges", str)
            with blamed_on(where):
                return byte_level_bpe(pieces, merges, pre, types)
        if kind == "llama":
            scores = self._list("scores", float)
            with blamed_on(where):
                return scored_bpe(pieces, scores, types)
        raise Refusal(
            f"{self.path.name} brings a vocabulary of the kind {shown(kind)}; 'gpt2' "
            "and 'llama' are read here."
        )

    def _prefix(self, size: int) -> list[int]:
        kind = self.get("tokenizer.ggml.model", "no")
        first = self._token("bos_token_id", size)
        begins = kind == "llama" or self.get("tokenizer.ggml.pre") in WHOLE_WORDS
        wanted = self.get("tokenizer.ggml.add_bos_token", begins)
        return [first] if wanted and first is not None else []

    def _list(self, name: str, kind: type) -> list[Any]:
        values = self.get(f"tokenizer.ggml.{name}")
        if values is None:
            raise Refusal(f"{self.path.name} lacks its tokenizer.ggml.{name}.")
        if isinstance(values, list) and all(isinstance(x, kind) for x in values):
            return values
        wanted = {str: "texts", int: "whole numbers", float: "numbers"}[kind]
        raise Refusal(
            f"tokenizer.ggml.{name} in {self.path.name} is no list of {wanted}."
        )

    def _token(self, name: str, size: int) -> int | None:
        """The id of a token, if the file names one, and there is one."""
        key = f"tokenizer.ggml.{name}"
        value = self.get(key)
        if value is None:
            return None
        wanted = "the id of a token"
        with blamed_on(self.path.name):
            return whole_number(f"its {key}", value, 0, size - 1, wanted)

    def _stops(self, pieces: list[str]) -> tuple[int, ...]:
        names = ("eos_token_id", "eot_token_id")
        ids = [self._token(name, len(pieces)) for name in names]
        # A chat model's file names the end of an answer; raw text ends otherwise.
        ids += [pieces.index(name) for name in _ENDS if name in pieces]
        stops = tuple(dict.fromkeys(i for i in ids if i is not None))
        if not stops:
            raise Refusal(f"{self.path.name} names no token that ends a text.")
        return stops

    def template(self) -> ChatTemplate | None:
        """The chat template that the file brings along, if any."""
        source = self.get("tokenizer.chat_template")
        if not isinstance(source, str):
            return None
        pieces, names = self._list("tokens", str), ("bos_token", "eos_token")
        ids = [(name, self._token(f"{name}_id", len(pieces))) for name in names]
        texts = ((name, pieces[i]) for name, i in ids if i is not None)
        return ChatTemplate(source, tokens=tuple(texts))


def _rows(weights: Quantized, start: int, end: int, width: tuple[int, ...]) -> Array:
    """These rows of a matrix in float32, or a whole vector."""
    data, kind = weights
    data = data[start:end] if width else data
    # The package dequantizes 16 rows at a time; joined to long ones, these are fewer.
    joined = math.gcd(end - start, JOINED) if width else 1
    data = data.reshape(len(data) // joined if width else 1, -1)
    try:
        return gguf.quants.dequantize(data, kind).reshape(end - start, *width)
    except NotImplementedError as error:
        raise Refusal(
            f"it is stored as {kind.name}, which the gguf package can't read. Take a "
            "file in F16, Q8_0 or Q4_K."
        ) from error
