"""Read a Llama-architecture model from a folder in the form of Hugging Face's hub."""

import json
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import tokenizers
from safetensors import SafetensorError, safe_open

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters
from llm_lessons.text.bpe import BPETokenizer
from llm_lessons.text.templates import ChatTemplate
from llm_lessons.text.tokenizer_files import from_file


class HuggingFaceFolder:
    """config.json, *.safetensors and tokenizer.json in one folder.

    Raises:
        ValueError: a file is missing or damaged, or the model is no plain Llama; says
            what was found.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._config = self._json("config.json")
        # One file says how the tokenizer is used, and may be left out.
        name = "tokenizer_config.json"
        self._usage = self._json(name) if (folder / name).exists() else {}
        self._check_architecture()

    def _json(self, name: str) -> dict[str, Any]:
        try:
            return json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ValueError(f"There is no {name} in {self.folder}.") from None
        except ValueError as error:
            raise ValueError(f"{name} in {self.folder} is damaged.") from error

    def _check_architecture(self) -> None:
        found = self._config
        kind = found.get("model_type", "no named")
        if kind != "llama":
            raise ValueError(
                f"{self.folder} holds a model of {kind!r} architecture; only the Llama "
                "architecture ('llama') is read here."
            )
        rope = found.get("rope_parameters") or found.get("rope_scaling") or {}
        scaling = rope.get("rope_type", rope.get("type", "default"))
        foreign = [
            name
            for name, is_there in (
                (f"{scaling!r} rotary scaling", scaling != "default"),
                ("biases", found.get("attention_bias") or found.get("mlp_bias")),
                (f"{found.get('hidden_act')!r} in its MLP", not self._is_silu),
            )
            if is_there
        ]
        if foreign:
            raise ValueError(
                f"{self.folder} holds a Llama with {' and '.join(foreign)}, which a "
                "plain Llama has not; it can't be read here."
            )

    @property
    def _is_silu(self) -> bool:
        return self._config.get("hidden_act", "silu") in ("silu", "swish")

    def config(self) -> ModelConfig:
        """The sizes of the model."""
        c = self._config
        rope = c.get("rope_parameters") or {}
        try:
            heads, d_model = c["num_attention_heads"], c["hidden_size"]
            return ModelConfig(
                vocab_size=c["vocab_size"],
                d_model=d_model,
                n_layers=c["num_hidden_layers"],
                n_heads=heads,
                n_kv_heads=c.get("num_key_value_heads") or heads,
                d_head=c.get("head_dim") or d_model // heads,
                d_ff=c["intermediate_size"],
                rope_theta=float(rope.get("rope_theta", c.get("rope_theta", 10_000.0))),
                norm_eps=float(c.get("rms_norm_eps", 1e-6)),
                tie_embeddings=c.get("tie_word_embeddings", False),
                max_seq_len=c.get("max_position_embeddings", 2048),
            )
        except KeyError as error:
            raise ValueError(
                f"config.json in {self.folder} does not say its {error.args[0]}."
            ) from None

    def parameters(self) -> Parameters:
        """All weights as float32."""
        arrays, c = self._arrays(), self.config()

        def matrix(name: str, *shape: int) -> jnp.ndarray:
            """A matrix, stored [out, in], as [in, out]."""
            if name not in arrays:
                raise ValueError(f"The weights in {self.folder} lack {name}.")
            try:
                return arrays[name].T.reshape(shape)
            except TypeError:
                raise ValueError(
                    f"In {self.folder} the weights {name} have the shape "
                    f"{arrays[name].shape}, which config.json does not explain."
                ) from None

        def layer(i: int) -> Layer:
            def of(name: str, *shape: int) -> jnp.ndarray:
                return matrix(f"model.layers.{i}.{name}.weight", *shape)

            return Layer(
                attention_norm=of("input_layernorm", c.d_model),
                query=of("self_attn.q_proj", c.d_model, c.n_heads, c.d_head),
                key=of("self_attn.k_proj", c.d_model, c.n_kv_heads, c.d_head),
                value=of("self_attn.v_proj", c.d_model, c.n_kv_heads, c.d_head),
                output=of("self_attn.o_proj", c.n_heads, c.d_head, c.d_model),
                mlp_norm=of("post_attention_layernorm", c.d_model),
                gate=of("mlp.gate_proj", c.d_model, c.d_ff),
                up=of("mlp.up_proj", c.d_model, c.d_ff),
                down=of("mlp.down_proj", c.d_ff, c.d_model),
            )

        head = None
        if not c.tie_embeddings:
            head = matrix("lm_head.weight", c.d_model, c.vocab_size)
        return Parameters(
            embedding=matrix("model.embed_tokens.weight", c.d_model, c.vocab_size).T,
            layers=tuple(layer(i) for i in range(c.n_layers)),
            final_norm=matrix("model.norm.weight", c.d_model),
            output_head=head,
        )

    def _arrays(self) -> dict[str, jnp.ndarray]:
        files = sorted(self.folder.glob("*.safetensors"))
        if not files:
            raise ValueError(f"There are no weights (*.safetensors) in {self.folder}.")
        arrays = {}
        for file in files:
            try:
                with safe_open(file, "flax") as weights:  # which knows bfloat16
                    for name in weights.keys():  # noqa: SIM118 (it is no dictionary)
                        array = weights.get_tensor(name)
                        arrays[name] = array.astype(jnp.float32)
            except SafetensorError as error:
                raise ValueError(
                    f"{file.name} in {self.folder} is no safetensors file."
                ) from error
        return arrays

    def tokenizer(self) -> BPETokenizer:
        """The tokenizer in tokenizer.json."""
        path = self.folder / "tokenizer.json"
        if not path.exists():
            raise ValueError(f"There is no tokenizer.json in {self.folder}.")
        last = self._config.get("eos_token_id")
        if last is None:
            raise ValueError(
                f"config.json in {self.folder} names no token that ends a text."
            )
        tokenizer = from_file(path)
        tokenizer.stops = tuple(last) if isinstance(last, list) else (last,)
        # What the library itself puts in front of a text.
        whole, bare = (
            tokenizers.Tokenizer.from_file(str(path)).encode("a", add_special_tokens=x)
            for x in (True, False)
        )
        tokenizer.prefix = whole.ids[: whole.ids.index(bare.ids[0])]
        return tokenizer

    def template(self) -> ChatTemplate | None:
        """The chat template that the folder brings along, if any."""
        file = self.folder / "chat_template.jinja"
        source = self._usage.get("chat_template")
        if file.exists():
            source = file.read_text(encoding="utf-8")
        if not isinstance(source, str):
            return None
        names = ("bos_token", "eos_token")
        texts = ((name, _text(self._usage.get(name))) for name in names)
        return ChatTemplate(source, tokens=tuple(texts))


def _text(token: Any) -> str:
    """The text of a token, which may stand in a record of its own."""
    return token.get("content", "") if isinstance(token, dict) else token or ""
