"""The sizes of a model, as the settings in a GGUF file's header give them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from llm_lessons.foundation.checks import Refusal, blamed_on, number, shown
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.family import Sizes, check_window, linear_stretch

_NAMES = {
    "d_model": "embedding_length",
    "n_layers": "block_count",
    "n_heads": "attention.head_count",
    "n_kv_heads": "attention.head_count_kv",
    "d_head": "attention.key_length",
    "d_ff": "feed_forward_length",
    "max_seq_len": "context_length",
}
_NORM_EPS = "attention.layer_norm_rms_epsilon"


class Settings(Sizes):
    """A header's settings.

    Args:
        file: its name, for the sentences.
        get: gives the setting of a name, or None.

    Raises:
        ValueError: the model is of another family, or has what no model of this one
            has; says what was found.
    """

    def __init__(self, file: str, get: Callable[[str], Any]):
        found = get("general.architecture")
        self.architecture = "no named" if found is None else found
        names = {field: f"{self.architecture}.{name}" for field, name in _NAMES.items()}
        super().__init__(file, file, get, names, self.architecture)

    def _own(self, name: str, otherwise: Any = None) -> Any:
        """A setting of this architecture, by the rest of its name."""
        found = self.get(f"{self.architecture}.{name}")
        return otherwise if found is None else found

    def _decimal(self, name: str, otherwise: Any = None) -> float:
        full, found = f"its {self.architecture}.{name}", self._own(name, otherwise)
        if found is None:
            raise Refusal(f"{self.where} does not say {full}.")
        with blamed_on(self.where):
            return number(full, found)

    def foreign(self) -> list[str]:
        """What the settings say that no model of the family has."""
        found = []
        scaling = self._own("rope.scaling.type", "none")
        if scaling not in ("none", "linear"):
            found.append(f"{shown(scaling)} rotary scaling")
        parts = self.get("split.count")
        if isinstance(parts, int) and parts > 1:
            found.append(f"its weights in {parts} files, which llama-gguf-split joins")
        if self._own("expert_count"):
            found.append("experts")
        if self._own("rope.dimension_count", self.d_head) != self.d_head:
            found.append("heads that are turned in part")
        if self._own("attention.value_length", self.d_head) != self.d_head:
            found.append("values of another width")
        return found

    def config(
        self,
        vocab_size: int,
        tied: bool,
        stretch: tuple[float, ...] = (),
        qkv_bias: bool = False,
    ) -> ModelConfig:
        """The sizes of the model.

        Args:
            vocab_size, tied, qkv_bias: as the weights have it.
            stretch: `rope_stretch`, where the weights bring it.

        Raises:
            ValueError: they are those of no model.
        """
        context = self.whole("max_seq_len")
        check_window(self._own("attention.sliding_window"), context, self.where)
        if self._own("rope.scaling.type") == "linear":
            factor = {"factor": self._own("rope.scaling.factor")}
            with blamed_on(self.where):
                stretch = linear_stretch(self.pairs, factor)
        return self.made(
            vocab_size=vocab_size,
            rope_theta=self._decimal("rope.freq_base", 10_000.0),
            # The file's float32, under its short name: 1e-5, not 9.9999997e-06.
            norm_eps=float(str(np.float32(self._decimal(_NORM_EPS)))),
            tie_embeddings=tied,
            max_seq_len=context,
            qkv_bias=qkv_bias or self.member.qkv_bias,
            nope_layers=self.member.nope_layers(self.few_layers),
            rope_stretch=stretch,
        )
