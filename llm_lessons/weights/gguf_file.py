"""Read a Llama-architecture model from a GGUF file, llama.cpp's format.

Numbers that the file stores in few bits are worked out to float32: the model then runs
through the same `forward` as the class model.
"""

import math
import mmap
import sys
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from tqdm import tqdm

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.text.bpe import BPETokenizer, byte_level_bpe, scored_bpe
from llm_lessons.text.templates import ChatTemplate
from llm_lessons.weights.llama_cpp import Array, parameters_of

# What a plain Llama has not: a part of the file's tensors or settings, and its name.
_FOREIGN = (
    ("rope_freqs", "stretched rotary positions"),
    (".bias", "biases"),
    ("_exps.", "experts"),
    ("_norm_", "further norms"),
)

JOINED = 8  # rows of a matrix
_ENDS = ("<|endoftext|>", "<|end_of_text|>")  # of a text, in SmolLM2 and in Llama 3
_NORM_EPS = "attention.layer_norm_rms_epsilon"


class _Reader(gguf.GGUFReader):
    """The package's reader, which cuts the file into some 100,000 strings.

    Slices of a plain array are made four times faster than those of a memory map.
    """

    @property
    def data(self) -> np.ndarray:
        return self._data

    @data.setter
    def data(self, mapped: np.memmap) -> None:
        self._data, self._file = mapped.view(np.ndarray), mapped.base

    def let_go(self) -> None:
        """Hold none of the file's pages in memory; what is read again comes back."""
        if isinstance(self._file, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._file.madvise(mmap.MADV_DONTNEED)

    def _get_str(self, offset: int) -> tuple[np.ndarray, np.ndarray]:
        if self.byte_order != "I":  # not this machine's own
            return super()._get_str(offset)
        start = offset + 8
        length = self._data[offset:start].view(np.uint64)
        return length, self._data[start : start + int(length[0])]


class GGUFFile:
    """An opened GGUF file, of which only what is asked for is read.

    Raises:
        ValueError: this is no GGUF file, or holds no Llama-architecture model; says
            what was found.
    """

    def __init__(self, path: Path):
        self.path = path
        try:
            self._reader = _Reader(path)
        except (ValueError, IndexError, KeyError) as error:
            raise ValueError(
                f"{path.name} is no GGUF file, or it is damaged: {error}"
            ) from error
        self._tensors = {one.name: one for one in self._reader.tensors}
        self._check_architecture()

    def get(self, name: str, otherwise: Any = None) -> Any:
        """One entry of the file's metadata."""
        field = self._reader.get_field(name)
        return otherwise if field is None else field.contents()

    def _check_architecture(self) -> None:
        found = self.get("general.architecture", "no named")
        if found != "llama":
            raise ValueError(
                f"{self.path.name} holds a model of {found!r} architecture; only "
                "the Llama architecture ('llama') is read here."
            )
        scaling = self.get("llama.rope.scaling.type", "none")
        foreign = [] if scaling == "none" else [f"{scaling!r} rotary scaling"]
        for part, name in _FOREIGN:
            if any(part in tensor for tensor in self._tensors):
                foreign.append(name)
        if self.get("llama.rope.dimension_count", self._d_head) != self._d_head:
            foreign.append("heads that are turned in part")
        if foreign:
            raise ValueError(
                f"{self.path.name} holds a Llama with {' and '.join(foreign)}, which "
                "a plain Llama has not; it can't be read here."
            )

    def _number(self, name: str) -> Any:
        value = self.get(f"llama.{name}")
        if value is None:
            raise ValueError(f"{self.path.name} does not say its llama.{name}.")
        return value

    @property
    def _d_head(self) -> int:
        width = self._number("embedding_length") // self._number("attention.head_count")
        return self.get("llama.attention.key_length", width)

    def config(self) -> ModelConfig:
        """The sizes of the model."""
        heads = self._number("attention.head_count")
        vocabulary, d_model = self._shape("token_embd.weight")
        return ModelConfig(
            vocab_size=vocabulary,
            d_model=d_model,
            n_layers=self._number("block_count"),
            n_heads=heads,
            n_kv_heads=self.get("llama.attention.head_count_kv", heads),
            d_head=self._d_head,
            d_ff=self._number("feed_forward_length"),
            rope_theta=float(self.get("llama.rope.freq_base", 10_000.0)),
            # The file's float32, under its short name: 1e-5, not 9.999999747378752e-06.
            norm_eps=float(str(np.float32(self._number(_NORM_EPS)))),
            tie_embeddings="output.weight" not in self._tensors,
            max_seq_len=self._number("context_length"),
        )

    def _shape(self, name: str) -> tuple[int, ...]:
        if name not in self._tensors:
            raise ValueError(f"{self.path.name} lacks the weights {name}.")
        return tuple(int(n) for n in reversed(self._tensors[name].shape))

    def parameters(self) -> Parameters:
        """All weights as float32; shows its progress where it takes long."""
        config = self.config()
        with tqdm(
            total=2 + 9 * config.n_layers + (not config.tie_embeddings),
            desc=self.path.stem,
            unit="matrix",
            delay=1,
            mininterval=0.5,
            leave=False,
            file=sys.stdout,
        ) as bar:

            def read(name: str, *shape: int) -> Array:
                bar.update()
                numbers = self._weights(name, shape)
                self._reader.let_go()
                return numbers

            return parameters_of(read, config)

    def _weights(self, name: str, shape: tuple[int, ...]) -> Array:
        if self._shape(name) != shape:
            raise ValueError(
                f"In {self.path.name} the weights {name} have the shape "
                f"{self._shape(name)}, not {shape}."
            )
        tensor = self._tensors[name]
        # The package works out 16 rows at a time; joined to long ones, these are fewer.
        joined = math.gcd(shape[0], JOINED) if len(shape) > 1 else 1
        packed = tensor.data.reshape(len(tensor.data) // joined, -1)
        try:
            numbers = gguf.quants.dequantize(packed, tensor.tensor_type)
            return numbers.reshape(shape)
        except NotImplementedError as error:
            raise ValueError(
                f"{self.path.name} stores {name} as {tensor.tensor_type.name}, which "
                "the gguf package can't read; take a file in F16, Q8_0 or Q4_K."
            ) from error

    def tokenizer(self) -> BPETokenizer:
        """The tokenizer that the file's vocabulary describes."""
        kind = self.get("tokenizer.ggml.model", "no")
        pieces, types = self._list("tokens"), self._list("token_type")
        if kind == "gpt2":
            pre = self.get("tokenizer.ggml.pre", "default")
            merges = self._list("merges")
            tokenizer = byte_level_bpe(pieces, merges, pre, types, self._stops())
        elif kind == "llama":
            tokenizer = scored_bpe(pieces, self._list("scores"), types, self._stops())
        else:
            raise ValueError(
                f"{self.path.name} brings a vocabulary of the kind {kind!r}; 'gpt2' "
                "and 'llama' are read here."
            )
        first = self.get("tokenizer.ggml.bos_token_id")
        wanted = self.get("tokenizer.ggml.add_bos_token", kind == "llama")
        if wanted and first is not None:
            tokenizer.prefix = [int(first)]
        return tokenizer

    def _list(self, name: str) -> list[Any]:
        found = self.get(f"tokenizer.ggml.{name}")
        if found is None:
            raise ValueError(f"{self.path.name} lacks its tokenizer.ggml.{name}.")
        return found

    def _stops(self) -> tuple[int, ...]:
        names = ("eos_token_id", "eot_token_id")
        found = [self.get(f"tokenizer.ggml.{name}") for name in names]
        pieces = self._list("tokens")
        # A chat model's file names the end of an answer; raw text ends otherwise.
        found += [pieces.index(name) for name in _ENDS if name in pieces]
        stops = tuple(dict.fromkeys(int(one) for one in found if one is not None))
        if not stops:
            raise ValueError(f"{self.path.name} names no token that ends a text.")
        return stops

    def template(self) -> ChatTemplate | None:
        """The chat template that the file brings along, if any."""
        source = self.get("tokenizer.chat_template")
        if source is None:
            return None
        pieces, names = self._list("tokens"), ("bos_token", "eos_token")
        ids = [(name, self.get(f"tokenizer.ggml.{name}_id")) for name in names]
        texts = ((name, pieces[i]) for name, i in ids if i is not None)
        return ChatTemplate(source, tokens=tuple(texts))
