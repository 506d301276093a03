"""The sizes of a model, as the settings in a GGUF file's header give them."""

from collections.abc import Callable
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
from llm_lessons.weights.family import Member, check_window, linear_stretch, member

_MOST = 2**31 - 1  # of what is counted
_WIDEST = 10_000  # of a head
_NORM_EPS = "attention.layer_norm_rms_epsilon"


class Settings:
    """A header's settings, each checked when it is asked for.

    Args:
        file: its name, for the sentences.
        get: gives the setting of a name, or None.

    Raises:
        ValueError: the model is of another family, or has what no model of this one
            has; says what was found.
    """

    def __init__(self, file: str, get: Callable[[str], Any]):
        self.file, self._get = file, get
        found = get("general.architecture")
        self.architecture = "no named" if found is None else found
        self.member: Member = member(self.architecture, file)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """A setting of this architecture, by the rest of its name."""
        found = self._get(f"{self.architecture}.{name}")
        return otherwise if found is None else found

    def whole(self, name: str, otherwise: Any = None) -> int:
        """A setting that is a whole number above 0."""
        full = f"its {self.architecture}.{name}"
        with blamed_on(self.file):
            return whole_number(full, self._said(name, otherwise), 1, _MOST)

    def decimal(self, name: str, otherwise: Any = None) -> float:
        """A setting that is a number."""
        with blamed_on(self.file):
            full = f"its {self.architecture}.{name}"
            return number(full, self._said(name, otherwise))

    def _said(self, name: str, otherwise: Any) -> Any:
        found = self.get(name, otherwise)
        if found is None:
            raise Refusal(
                f"{self.file} does not say its {self.architecture}.{name}."
            ) from None
        return found

    @property
    def d_head(self) -> int:
        """Width of a head."""
        width = self.whole("embedding_length")
        heads = self.whole("attention.head_count")
        return self.whole("attention.key_length", max(1, width // heads))

    @property
    def pairs(self) -> int:
        """How many pairs a head turns; of one that no model has, fewer than it says."""
        return min(self.d_head, _WIDEST) // 2

    def foreign(self) -> list[str]:
        """What the settings say that no model of the family has."""
        found = []
        scaling = self.get("rope.scaling.type", "none")
        if scaling not in ("none", "linear"):
            found.append(f"{shown(scaling)} rotary scaling")
        parts = self._get("split.count")
        if isinstance(parts, int) and parts > 1:
            found.append(f"its weights in {parts} files, which llama-gguf-split joins")
        if self.get("expert_count"):
            found.append("experts")
        if self.get("rope.dimension_count", self.d_head) != self.d_head:
            found.append("heads that are turned in part")
        if self.get("attention.value_length", self.d_head) != self.d_head:
            found.append("values of another width")
        return found

    def refuse(self, foreign: list[str]) -> None:
        """Raise Refusal if there is something foreign."""
        if foreign:
            raise Refusal(
                f"{self.file} holds a model of the Llama family with "
                f"{' and '.join(foreign)}, which can't be run here; take another model."
            )

    def config(
        self,
        vocab_size: int,
        tied: bool,
        stretch: tuple[float, ...] = (),
        **own: Any,
    ) -> ModelConfig:
        """The sizes of the model.

        Args:
            vocab_size, tied: as the weights have it.
            stretch: `rope_stretch`, where the weights bring it.
            own: other fields that the weights show to be different.

        Raises:
            ValueError: they are those of no model.
        """
        heads, layers = self.whole("attention.head_count"), self.whole("block_count")
        context = self.whole("context_length")
        check_window(self.get("attention.sliding_window"), context, self.file)
        if self.get("rope.scaling.type") == "linear":
            factor = {"factor": self.get("rope.scaling.factor")}
            with blamed_on(self.file):
                stretch = linear_stretch(self.pairs, factor)
        family = {
            "qkv_bias": self.member.qkv_bias,
            "qk_norm": self.member.qk_norm,
            "nope_layers": self.member.nope_layers(min(layers, 10_000)),
            "rope_stretch": stretch,
        }
        with blamed_on(self.file):
            return ModelConfig(
                vocab_size=vocab_size,
                d_model=self.whole("embedding_length"),
                n_layers=layers,
                n_heads=heads,
                n_kv_heads=self.whole("attention.head_count_kv", heads),
                d_head=self.d_head,
                d_ff=self.whole("feed_forward_length"),
                rope_theta=self.decimal("rope.freq_base", 10_000.0),
                # The file's float32, under its short name: 1e-5, not 9.9999997e-06.
                norm_eps=float(str(np.float32(self.decimal(_NORM_EPS)))),
                tie_embeddings=tied,
                max_seq_len=context,
                **family | own,
            )
