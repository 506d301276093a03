"""The shape of a model: the sizes and choices that fix every matrix in it."""

from dataclasses import dataclass, fields
from typing import Any

from llm_lessons.foundation.checks import Refusal, number, one_of, whole_number

_WIDTHS = ("vocab_size", "d_model", "n_heads", "n_kv_heads", "d_head", "d_ff")
_SIZES = {
    **dict.fromkeys((*_WIDTHS, "max_seq_len"), range(1, 2**31)),
    "n_layers": range(10_001),  # each is a part of the program that runs
}


@dataclass(frozen=True, repr=False)
class ModelConfig:
    """Sizes of a Llama-architecture transformer, under the field's usual names.

    The last four say what others of the family have and a plain Llama has not.

    Attributes:
        vocab_size: number of different tokens.
        d_model: width of the stream that runs through the layers.
        n_layers: number of layers (blocks).
        n_heads: attention heads that ask (queries).
        n_kv_heads: heads that are asked (keys, values); divides `n_heads`.
        d_head: width of one head; even, because rotary positions turn pairs.
        d_ff: hidden width of the MLP.
        rope_theta: base of the rotary positions; the larger, the more slowly most turn.
        norm_eps: added to the mean square in RMSNorm.
        tie_embeddings: whether the output reuses the embedding table.
        max_seq_len: the longest text, in tokens, that the model was trained on.
        qkv_bias: whether queries, keys and values get a number added (Qwen2).
        qk_norm: whether each query and key is normed before it is turned (Qwen3).
        nope_layers: the layers, from 0, that turn nothing: they see no positions
            (SmolLM3; arXiv 2501.18795).
        rope_stretch: of each pair, how many times slower it turns than `rope_theta`
            says (Llama 3.1, for longer texts); empty where none does.

    Raises:
        ValueError: a size below 1 (layers: below 0) or of another kind, a head of odd
            width, queries that can't be shared out among the keys, or a layer that
            isn't there.
    """

    vocab_size: int
    d_model: int
    n_layers: int
    n_heads: int
    n_kv_heads: int
    d_head: int
    d_ff: int
    rope_theta: float
    norm_eps: float
    tie_embeddings: bool
    max_seq_len: int
    qkv_bias: bool = False
    qk_norm: bool = False
    nope_layers: tuple[int, ...] = ()
    rope_stretch: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for name, sizes in _SIZES.items():
            whole_number(name, getattr(self, name), sizes[0], sizes[-1])
        for name in ("rope_theta", "norm_eps"):
            wanted = "a number above 0"
            number(name, getattr(self, name), lambda found: found > 0, wanted)
        for name in ("tie_embeddings", "qkv_bias", "qk_norm"):
            one_of(name, getattr(self, name), (bool,), "True or False")
        if self.n_heads % self.n_kv_heads:
            raise Refusal(
                f"n_heads ({self.n_heads}) must be a multiple of "
                f"n_kv_heads ({self.n_kv_heads})."
            )
        if self.d_head % 2:
            raise Refusal(
                f"d_head ({self.d_head}) must be even: positions turn pairs of numbers."
            )
        self._check_positions()

    def _check_positions(self) -> None:
        for name in ("nope_layers", "rope_stretch"):
            one_of(name, getattr(self, name), (tuple,), "a tuple")
        for layer in self.nope_layers:
            whole_number("a layer in nope_layers", layer, 0, self.n_layers - 1)
        for times in self.rope_stretch:
            wanted = "a number above 0"
            number("a number in rope_stretch", times, lambda x: x > 0, wanted)
        if len(self.rope_stretch) not in (0, self.d_head // 2):
            raise Refusal(
                f"rope_stretch has {len(self.rope_stretch):,} numbers, and a head has "
                f"{self.d_head // 2:,} pairs to turn."
            )

    def record(self) -> dict[str, Any]:
        """The fields by name; those of a plain Llama are left out where it is one."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in own.items() if value != plain[name]}

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in self.record().items())
        return f"ModelConfig({', '.join(said)})"


# Published with the model: huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct.
SMOLLM2_135M = ModelConfig(
    vocab_size=49_152,
    d_model=576,
    n_layers=30,
    n_heads=9,
    n_kv_heads=3,
    d_head=64,
    d_ff=1536,
    rope_theta=100_000.0,
    norm_eps=1e-5,
    tie_embeddings=True,
    max_seq_len=8192,
)

# Table 3 of "The Llama 3 Herd of Models" (arXiv 2407.21783); used by shape only.
LLAMA3_405B = ModelConfig(
    vocab_size=128_256,
    d_model=16_384,
    n_layers=126,
    n_heads=128,
    n_kv_heads=8,
    d_head=128,
    d_ff=53_248,
    rope_theta=500_000.0,
    norm_eps=1e-5,
    tie_embeddings=False,
    max_seq_len=131_072,
)
