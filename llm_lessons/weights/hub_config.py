"""The sizes of a model, as config.json in Hugging Face's form gives them."""

from functools import cached_property, partial
from typing import Any

from llm_lessons.foundation.checks import (
    Refusal,
    blamed_on,
    number,
    one_of,
    several,
    shown,
    whole_number,
)
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.family import (
    Sizes,
    check_window,
    linear_stretch,
    llama3_stretch,
)

_NAMES = {
    "vocab_size": "vocab_size",
    "d_model": "hidden_size",
    "n_layers": "num_hidden_layers",
    "n_heads": "num_attention_heads",
    "n_kv_heads": "num_key_value_heads",
    "d_head": "head_dim",
    "d_ff": "intermediate_size",
    "max_seq_len": "max_position_embeddings",
}
# What tells of weights in few bits, which only the libraries that made them unpack.
_PACKED = ("quantization_config", "quantization", "compression_config")
_SILU = ("silu", "swish")
_SCALINGS = ("default", "linear", "llama3")


class HubConfig(Sizes):
    """What config.json says.

    Args:
        record: the file's content.
        folder: where it lies, for the sentences.

    Raises:
        ValueError: the model is of another family, or has what no model of this one
            has; says what was found.
    """

    def __init__(self, record: dict[str, Any], folder: str):
        self.record, self._kind = record, record.get("model_type", "no named")
        where, sees = f"config.json in {folder}", "vision_config" in record
        super().__init__(where, folder, record.get, _NAMES, self._kind, sees)
        self._check()

    def _check(self) -> None:
        found, activation = self.record, self.record.get("hidden_act", "silu")
        scaling = self._scaling_type
        packed = next((name for name in _PACKED if found.get(name)), "")
        biases = found.get("attention_bias") or found.get("mlp_bias")
        odd = {
            f"{shown(scaling)} rotary scaling": scaling not in _SCALINGS,
            f"packed weights ({packed})": packed,
            "biases": biases and not self.member.qkv_bias,
            f"{shown(activation)} in its MLP": activation not in _SILU,
        }
        self.refuse([name for name, is_there in odd.items() if is_there])

    @cached_property
    def _scaling(self) -> dict[str, Any]:
        """How the rotary positions are stretched."""
        names = ("rope_parameters", "rope_scaling")
        name = next((name for name in names if self.record.get(name)), None)
        rope = self.record[name] if name else {}
        return one_of(f"{name} in {self.where}", rope, (dict,), "a record")

    @property
    def _scaling_type(self) -> Any:
        return self._scaling.get("rope_type", self._scaling.get("type", "default"))

    def _stretch(self, pairs: int, theta: float) -> tuple[float, ...]:
        if self._scaling_type == "llama3":
            return llama3_stretch(pairs, theta, self._scaling)
        if self._scaling_type == "linear":
            return linear_stretch(pairs, self._scaling)
        return ()

    def _nope_layers(self, layers: int) -> tuple[int, ...]:
        """SmolLM3 says of each layer whether it turns, or how often one doesn't."""
        if not self.member.nope_step:
            return ()
        turns = self.record.get("no_rope_layers")
        if turns is None:
            step = self.record.get("no_rope_layer_interval", self.member.nope_step)
            step = whole_number("its no_rope_layer_interval", step, 1)
            return self.member.nope_layers(layers, step)
        rule = partial(whole_number, lowest=0, highest=1)
        kept = several("its no_rope_layers", turns, rule, "a list of 0 and 1")
        if len(kept) != layers:
            raise Refusal(
                f"its no_rope_layers tells of {len(kept):,} layers, not of {layers:,}."
            )
        return tuple(i for i, turned in enumerate(kept) if not turned)

    def _check_window(self, context: int) -> None:
        """Mistral's window always slides, that of others only where they say so."""
        slides = self.record.get("use_sliding_window", self._kind == "mistral")
        kinds = self.record.get("layer_types")
        if slides or (isinstance(kinds, list) and "sliding_attention" in kinds):
            check_window(self.record.get("sliding_window"), context, self.where)

    def config(self) -> ModelConfig:
        """The sizes of the model, which its weights have yet to bear out.

        Raises:
            ValueError: they are those of no model.
        """
        c, own = self.record, self.member
        theta = self._scaling.get("rope_theta", c.get("rope_theta", own.rope_theta))
        context = self.whole("max_seq_len", 2048)
        with blamed_on(self.where):
            self._check_window(context)
            theta = number("rope_theta", theta, lambda x: x > 0, "a number above 0")
            return self.made(
                vocab_size=self.whole("vocab_size"),
                rope_theta=theta,
                norm_eps=number("rms_norm_eps", c.get("rms_norm_eps", 1e-6)),
                tie_embeddings=c.get("tie_word_embeddings", own.tied),
                max_seq_len=context,
                qkv_bias=own.qkv_bias,
                nope_layers=self._nope_layers(self.few_layers),
                rope_stretch=self._stretch(self.pairs, theta),
            )
