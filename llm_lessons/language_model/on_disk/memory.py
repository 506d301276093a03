"""How much memory a model takes, and in which form it fits.

In float32 a model is as fast as it can be here. In bfloat16 its weights take half of
that, keep their first three digits or so, and are worked out to float32 a matrix at a
time, which makes it slower.
"""

from dataclasses import dataclass

from llm_lessons.foundation import machine
from llm_lessons.model.config import ModelConfig

SPARE = 500_000_000  # bytes: what is compiled, a cache, and what a lesson draws
FORMS = {"float32": 4, "bfloat16": 2}  # bytes of a weight, the fastest first


class NoRoom(ValueError):
    """There is too little memory for a model; says how much there is."""


@dataclass(frozen=True)
class Room:
    """What a model needs, and how its weights are kept.

    Attributes:
        form: "float32" or "bfloat16", the fastest that fits, or else the smallest.
        needs: bytes of memory in this form.
        free: bytes that there are; None if that is not known.
    """

    form: str
    needs: int
    free: int | None

    @property
    def fits(self) -> bool:
        """Whether there is so much memory."""
        return self.free is None or self.needs <= self.free

    def check(self, name: str) -> None:
        """Raise NoRoom, with the numbers, if it doesn't fit."""
        if not self.fits and self.free is not None:
            raise NoRoom(
                f"{name} needs {self.needs / 1e9:.1f} GB of memory, even with its "
                f"weights in {self.form}, and {self.free // 10**8 / 10:.1f} GB are "
                "free: close other programs, or take a smaller model."
            )


def parameters(config: ModelConfig) -> int:
    """A model's weights, counted by their shapes; allocates nothing."""
    c = config
    heads = c.n_heads + 2 * c.n_kv_heads
    layer = c.d_model * (c.d_head * (heads + c.n_heads) + 3 * c.d_ff + 2)
    layer += c.d_head * (heads * c.qkv_bias + 2 * c.qk_norm)
    tables = c.vocab_size * c.d_model * (1 if c.tie_embeddings else 2)
    return tables + c.n_layers * layer + c.d_model


def room_for(config: ModelConfig, free: int | None) -> Room:
    """In which form a model fits into so many bytes."""
    count, table = parameters(config), config.vocab_size * config.d_model
    largest = max(table, config.d_model * config.d_ff)
    found = []
    for form, size in FORMS.items():
        # In bfloat16 the largest matrix stands there once more while it is read.
        once_more = 0 if form == "float32" else 4 * largest
        found.append(Room(form, size * count + once_more + SPARE, free))
    return next((room for room in found if room.fits), found[-1])


def free() -> int | None:
    """Bytes that this process may take without making the computer slow."""
    return machine.available_memory()
