"""The shape of a model: a handful of whole numbers that fix every matrix in it."""

from dataclasses import dataclass

from llm_lessons.checks import Refusal, number, one_of, whole_number

_WIDTHS = ("vocab_size", "d_model", "n_heads", "n_kv_heads", "d_head", "d_ff")
_SIZES = {
    **dict.fromkeys((*_WIDTHS, "max_seq_len"), range(1, 2**31)),
    "n_layers": range(10_001),  # each is a part of the program that runs
}


@dataclass(frozen=True)
class ModelConfig:
    """Sizes of a Llama-architecture transformer, under the field's usual names.

    Attributes:
        vocab_size: number of different tokens.
        d_model: width of the stream that runs through the layers.
        n_layers: number of blocks.
        n_heads: attention heads that ask (queries).
        n_kv_heads: heads that are asked (keys, values); divides `n_heads`.
        d_head: width of one head; even, because rotary positions turn pairs.
        d_ff: hidden width of the MLP.
        rope_theta: base of the rotary positions' wavelengths, in tokens.
        norm_eps: added to the mean square in RMSNorm.
        tie_embeddings: whether the output reuses the embedding table.
        max_seq_len: the longest text, in tokens, that the model was trained on.

    Raises:
        ValueError: a size below 1 or of another kind, a head of odd width, or queries
            that can't be shared out among the keys.
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

    def __post_init__(self) -> None:
        for name, sizes in _SIZES.items():
            whole_number(name, getattr(self, name), sizes[0], sizes[-1])
        for name in ("rope_theta", "norm_eps"):
            wanted = "a number above 0"
            number(name, getattr(self, name), lambda found: found > 0, wanted)
        one_of("tie_embeddings", self.tie_embeddings, (bool,), "True or False")
        if self.n_heads % self.n_kv_heads:
            raise Refusal(
                f"n_heads ({self.n_heads}) must be a multiple of "
                f"n_kv_heads ({self.n_kv_heads})."
            )
        if self.d_head % 2:
            raise Refusal(
                f"d_head ({self.d_head}) must be even: positions turn pairs of numbers."
            )


# The class model: small enough to train on a laptop within the hour.
FJORD = ModelConfig(
    vocab_size=1024,
    d_model=192,
    n_layers=6,
    n_heads=3,
    n_kv_heads=3,
    d_head=64,
    d_ff=512,
    rope_theta=10_000.0,
    norm_eps=1e-5,
    tie_embeddings=True,
    max_seq_len=256,
)

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
