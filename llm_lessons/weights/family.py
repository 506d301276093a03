"""The Llama family: which models run through this function, and what each has more.

What is said here of a model is what its own code in Hugging Face's transformers and in
llama.cpp does, and its files don't say.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from llm_lessons.foundation.checks import (
    Refusal,
    blamed_on,
    number,
    shown,
    whole_number,
)
from llm_lessons.model.config import ModelConfig

_MOST = 2**31 - 1  # of what is counted
MANY = 10_000  # layers, or numbers of a head's width: more are in no model


@dataclass(frozen=True)
class Member:
    """What a model of the family has beside a plain Llama.

    Attributes:
        qkv_bias, qk_norm: as in `ModelConfig`.
        nope_step: each layer at a multiple of this sees no positions; 0 if all do.
        neighbours: whether llama.cpp turns neighbours, so that its files interleave the
            rows of queries and keys.
        rope_theta, tied: what holds where a config.json doesn't say.
    """

    qkv_bias: bool = False
    qk_norm: bool = False
    nope_step: int = 0
    neighbours: bool = True
    rope_theta: float = 10_000.0
    tied: bool = False

    def nope_layers(self, layers: int, step: int | None = None) -> tuple[int, ...]:
        """The layers, of so many, that see no positions."""
        step = self.nope_step if step is None else step
        return tuple(range(step - 1, layers, step)) if step else ()


# By the names that both kinds of files use. Mistral's GGUF files say "llama".
FAMILY = {
    "llama": Member(),
    "mistral": Member(),
    "qwen2": Member(qkv_bias=True, neighbours=False),
    "qwen3": Member(qk_norm=True, neighbours=False),
    "smollm3": Member(nope_step=4, rope_theta=2_000_000.0, tied=True),
}
NAMES = "Llama, Mistral, Qwen2, Qwen2.5, Qwen3 and SmolLM3"
_EXPERTS = ("moe", "mixtral", "deepseek", "gpt-oss", "gptoss", "gpt_oss", "llama4")
_EYES = ("clip", "mllama", "llava", "vl", "vision", "mistral3")


def member(architecture: Any, file: str, sees: bool = False) -> Member:
    """What a model of this name has.

    Args:
        file: where it lies, for the sentence.
        sees: whether its files tell of pictures.

    Raises:
        Refusal: it is of another family.
    """
    found = FAMILY.get(architecture) if isinstance(architecture, str) else None
    if found is not None and not sees:
        return found
    name = architecture if isinstance(architecture, str) else ""
    kind = ""
    if sees or any(part in name for part in _EYES):
        kind = ", which looks at pictures"
    elif any(part in name for part in _EXPERTS):
        kind = ", a mixture of experts"
    raise Refusal(
        f"{file} holds a model of {shown(architecture)} architecture{kind}; it can't "
        f"be run here, but {NAMES} can."
    )


class Sizes:
    """What a model's file says of its sizes, each checked when it is asked for.

    Args:
        where: the file, for the sentences, and `holder`, what the model lies in.
        get: gives what stands under a name, or None.
        names: under which name each field of `ModelConfig` stands.
        kind: what the file calls the architecture.
        sees: whether it tells of pictures.

    Raises:
        Refusal: the model is of another family.
    """

    def __init__(
        self,
        where: str,
        holder: str,
        get: Callable[[str], Any],
        names: Mapping[str, str],
        kind: Any,
        sees: bool = False,
    ):
        self.where, self.holder, self.get = where, holder, get
        self._names, self.member = names, member(kind, holder, sees)

    def whole(self, field: str, otherwise: int | None = None) -> int:
        """A size: a whole number above 0."""
        name, found = self._names[field], self.get(self._names[field])
        value = otherwise if found is None else found
        if value is None:
            raise Refusal(f"{self.where} does not say its {name}.")
        with blamed_on(self.where):
            return whole_number(f"its {name}", value, 1, _MOST)

    @property
    def d_head(self) -> int:
        """Width of a head."""
        usual = max(1, self.whole("d_model") // self.whole("n_heads"))
        return self.whole("d_head", usual)

    @property
    def pairs(self) -> int:
        """How many pairs a head turns; of one that no model has, fewer than it says."""
        return min(self.d_head, MANY) // 2

    @property
    def few_layers(self) -> int:
        """How many layers it has; of more than any model has, fewer than it says."""
        return min(self.whole("n_layers"), MANY)

    def refuse(self, foreign: list[str]) -> None:
        """Raise Refusal if there is something that no model of the family has."""
        if foreign:
            raise Refusal(
                f"{self.holder} holds a model of the Llama family with "
                f"{' and '.join(foreign)}, which can't be run here; take another model."
            )

    def made(self, **own: Any) -> ModelConfig:
        """The sizes of the model, and its own fields.

        Raises:
            Refusal: they are those of no model.
        """
        heads = self.whole("n_heads")
        with blamed_on(self.where):
            return ModelConfig(
                d_model=self.whole("d_model"),
                n_layers=self.whole("n_layers"),
                n_heads=heads,
                n_kv_heads=self.whole("n_kv_heads", heads),
                d_head=self.d_head,
                d_ff=self.whole("d_ff"),
                qk_norm=self.member.qk_norm,
                **own,
            )


def check_window(window: Any, context: int, file: str) -> None:
    """Refuse attention that slides: here every token looks at all before it.

    Args:
        window: how many tokens one looks back at; None or 0 is no limit.
        context: the longest text that the model reads.

    Raises:
        Refusal: the window is shorter than the text.
    """
    if not window:
        return
    if number(f"the sliding window in {file}", window) < context:
        raise Refusal(
            f"{file} holds a model whose tokens look back at {window:,} tokens of up "
            f"to {context:,} (a sliding window), which can't be run here; take a "
            "release without one, such as Mistral 7B v0.3."
        )


def llama3_stretch(
    pairs: int, theta: float, scaling: dict[str, Any]
) -> tuple[float, ...]:
    """How many times slower each pair turns in Llama 3.1 and its successors.

    Pairs that turn round often within the text of the first training stay, those that
    hardly do turn `factor` times slower, and between the two it goes over smoothly
    (`apply_scaling` in meta-llama's repository llama-models).

    Args:
        scaling: `rope_scaling` of a config.json.

    Raises:
        Refusal: it lacks a number, or has one that means nothing.
    """
    names = ("factor", "low_freq_factor", "high_freq_factor")
    names += ("original_max_position_embeddings",)
    factor, low, high, length = (_above_0(name, scaling.get(name)) for name in names)
    if high <= low:
        raise Refusal(f"high_freq_factor ({high}) must be above low_freq_factor.")
    stretch = []
    for pair in range(pairs):
        wavelength = 2 * math.pi * theta ** (pair / pairs)
        share = (length / wavelength - low) / (high - low)
        share = min(1.0, max(0.0, share))  # of the turning that stays
        stretch.append(1 / ((1 - share) / factor + share))
    return tuple(stretch)


def linear_stretch(pairs: int, scaling: dict[str, Any]) -> tuple[float, ...]:
    """Every pair turns `factor` times slower (arXiv 2306.15595).

    Raises:
        Refusal: there is no such number.
    """
    return (_above_0("factor", scaling.get("factor")),) * pairs


def _above_0(name: str, value: Any) -> float:
    wanted = "a number above 0"
    return number(f"its rotary scaling's {name}", value, lambda x: 0 < x < 1e9, wanted)
