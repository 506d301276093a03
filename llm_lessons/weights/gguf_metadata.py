"""Which models run here, and their sizes, as the metadata of a GGUF file gives them.

All are of the Llama family. What the file doesn't say of an architecture is as in its
own code in llama.cpp and in Hugging Face's transformers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from llm_lessons.foundation.checks import (
    Refusal,
    blamed_on,
    number,
    shown,
    whole_number,
)
from llm_lessons.model.config import ModelConfig

_MOST = 2**31 - 1  # of what is counted
# Layers, or numbers of a head's width: more are in no model, and would fill the memory
# before anything can be said of it.
_MANY = 10_000


@dataclass(frozen=True)
class Architecture:
    """What a model has beside a plain Llama.

    Attributes:
        qkv_bias, qk_norm: as in `ModelConfig`.
        nope_step: each layer at a multiple of this has no rotary positions; 0 if all
            have them.
        interleaved: whether llama.cpp rotates neighbouring numbers of a head, so that
            its files interleave the rows of queries and keys.
    """

    qkv_bias: bool = False
    qk_norm: bool = False
    nope_step: int = 0
    interleaved: bool = True


ARCHITECTURES = {
    "llama": Architecture(),  # and Mistral
    "qwen2": Architecture(qkv_bias=True, interleaved=False),
    "qwen3": Architecture(qk_norm=True, interleaved=False),
    "smollm3": Architecture(nope_step=4),
}
_NAMES = "Llama, Mistral, Qwen2, Qwen2.5, Qwen3 and SmolLM3"
_EXPERTS = ("moe", "deepseek", "gpt-oss", "gptoss", "llama4")
_VISION = ("clip", "mllama", "vl", "mistral3")

_KEYS = {
    "d_model": "embedding_length",
    "n_layers": "block_count",
    "n_heads": "attention.head_count",
    "n_kv_heads": "attention.head_count_kv",
    "d_head": "attention.key_length",
    "d_ff": "feed_forward_length",
    "max_seq_len": "context_length",
}
_NORM_EPS = "attention.layer_norm_rms_epsilon"


class Metadata:
    """The sizes of a model, each checked when it is asked for.

    Args:
        file: its name, for the sentences.
        get: gives the value of a key, or None.

    Raises:
        Refusal: the model is of another family.
    """

    def __init__(self, file: str, get: Callable[[str], Any]):
        self.file, self._get = file, get
        self._prefix = get("general.architecture")
        self.architecture = _architecture(self._prefix, file)

    def _value(self, key: str, default: Any = None) -> Any:
        """The value of a key of this architecture."""
        value = self._get(f"{self._prefix}.{key}")
        return default if value is None else value

    def _required(self, key: str, default: Any) -> tuple[str, Any]:
        """The name of a key for a sentence, and its value."""
        name, value = f"its {self._prefix}.{key}", self._value(key, default)
        if value is None:
            raise Refusal(f"{self.file} does not say {name}.")
        return name, value

    def size(self, field: str, default: int | None = None) -> int:
        """What a field of `ModelConfig` is: a whole number above 0."""
        name, value = self._required(_KEYS[field], default)
        with blamed_on(self.file):
            return whole_number(name, value, 1, _MOST)

    def _number(self, key: str, default: float | None = None) -> float:
        name, value = self._required(key, default)
        with blamed_on(self.file):
            return number(name, value)

    @property
    def d_head(self) -> int:
        """Width of a head."""
        usual = max(1, self.size("d_model") // self.size("n_heads"))
        return self.size("d_head", usual)

    def check(self, others: tuple[str, ...] = ()) -> None:
        """Raise Refusal if there is something that no model of the family has.

        Args:
            others: what the file's weights show of that.
        """
        foreign = [*self._foreign(), *others]
        if foreign:
            raise Refusal(
                f"{self.file} holds a model of the Llama family with "
                f"{' and '.join(foreign)}, which can't be run here; take another model."
            )

    def _foreign(self) -> list[str]:
        foreign = []
        scaling = self._value("rope.scaling.type", "none")
        if scaling not in ("none", "linear"):
            foreign.append(f"{shown(scaling)} rotary scaling")
        parts = self._get("split.count")
        if isinstance(parts, int) and parts > 1:
            foreign.append(
                f"its weights in {parts} files, which llama-gguf-split joins"
            )
        if self._value("expert_count"):
            foreign.append("experts")
        if self._value("rope.dimension_count", self.d_head) != self.d_head:
            foreign.append("heads that are rotated in part")
        if self._value("attention.value_length", self.d_head) != self.d_head:
            foreign.append("values of another width")
        return foreign

    def config(
        self, vocab_size: int, tied: bool, stretch: tuple[float, ...], qkv_bias: bool
    ) -> ModelConfig:
        """The sizes of the model.

        Args:
            vocab_size, tied, qkv_bias: as the weights have it.
            stretch: `rope_stretch`, if the weights bring it.

        Raises:
            Refusal: no model has these sizes, or its attention slides.
        """
        context, heads = self.size("max_seq_len"), self.size("n_heads")
        layers, nope_step = self.size("n_layers"), self.architecture.nope_step
        nope = range(nope_step - 1, min(layers, _MANY), nope_step) if nope_step else ()
        self._check_window(context)
        with blamed_on(self.file):
            return ModelConfig(
                vocab_size=vocab_size,
                d_model=self.size("d_model"),
                n_layers=layers,
                n_heads=heads,
                n_kv_heads=self.size("n_kv_heads", heads),
                d_head=self.d_head,
                d_ff=self.size("d_ff"),
                rope_theta=self._number("rope.freq_base", 10_000.0),
                # The file's float32, under its short name: 1e-5, not 9.9999997e-06.
                norm_eps=float(str(np.float32(self._number(_NORM_EPS)))),
                tie_embeddings=tied,
                max_seq_len=context,
                qkv_bias=qkv_bias or self.architecture.qkv_bias,
                qk_norm=self.architecture.qk_norm,
                nope_layers=tuple(nope),
                rope_stretch=self._linear_stretch() or stretch,
            )

    def _check_window(self, context: int) -> None:
        """Refuse a sliding window: here every token attends to all before it."""
        window = self._value("attention.sliding_window")
        if window and number(f"the sliding window in {self.file}", window) < context:
            raise Refusal(
                f"{self.file} holds a model whose tokens look back at {window:,} "
                f"tokens of up to {context:,} (a sliding window), which can't be run "
                "here; take a release without one, such as Mistral 7B v0.3."
            )

    def _linear_stretch(self) -> tuple[float, ...]:
        """Every pair turns `factor` times slower (arXiv 2306.15595), if so."""
        if self._value("rope.scaling.type") != "linear":
            return ()
        factor = number(
            "its rotary scaling's factor",
            self._value("rope.scaling.factor"),
            lambda x: 0 < x < 1e9,
            "a number above 0",
        )
        return (factor,) * (min(self.d_head, _MANY) // 2)


def _architecture(name: Any, file: str) -> Architecture:
    """The architecture of this name, or a Refusal."""
    known = ARCHITECTURES.get(name) if isinstance(name, str) else None
    if known is not None:
        return known
    kind, name = "", "no named" if name is None else name
    if isinstance(name, str) and any(part in name for part in _VISION):
        kind = ", which looks at pictures"
    elif isinstance(name, str) and any(part in name for part in _EXPERTS):
        kind = ", a mixture of experts"
    raise Refusal(
        f"{file} holds a model of {shown(name)} architecture{kind}; it can't be run "
        f"here, but {_NAMES} can."
    )
