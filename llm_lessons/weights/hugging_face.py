"""Read a model of the Llama family from a folder in the form of Hugging Face's hub."""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import tokenizers
from safetensors import safe_open

from llm_lessons.foundation.checks import (
    Refusal,
    blamed_on,
    one_of,
    small_text,
    whole_number,
)
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Layer, Parameters
from llm_lessons.text.bpe import BPETokenizer
from llm_lessons.text.templates import ChatTemplate
from llm_lessons.text.tokenizer_files import from_file
from llm_lessons.weights.finite import finite
from llm_lessons.weights.hub_config import HubConfig
from llm_lessons.weights.progress import progress

_LAYERS = "model.layers."


class HuggingFaceFolder:
    """config.json, *.safetensors and tokenizer.json in one folder.

    Raises:
        ValueError: a file is missing or damaged, or the model is of another family;
            says what was found.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._config = HubConfig(self._json("config.json"), str(folder))
        # One file says how the tokenizer is used, and may be left out.
        name = "tokenizer_config.json"
        self._usage = self._json(name) if (folder / name).exists() else {}

    def _json(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        if not path.is_file():
            raise Refusal(f"There is no {name} in {self.folder}.")
        with blamed_on(f"{name} in {self.folder}"):
            record = json.loads(small_text(path))
        return one_of(f"{name} in {self.folder}", record, (dict,), "a record, {...}")

    def config(self) -> ModelConfig:
        """The sizes of the model, as far as the weights bear them out.

        Raises:
            ValueError: they are those of no model, or of another one.
        """
        config = self._config.config()
        held = {name.split(".")[2] for name in self._places if name.startswith(_LAYERS)}
        if held != set(map(str, range(config.n_layers))):
            raise Refusal(
                f"config.json in {self.folder} tells of {config.n_layers:,} layers, "
                f"and the weights are those of {len(held):,}. Fetch the folder anew."
            )
        _, table = self._place("model.embed_tokens.weight")
        if table != (config.vocab_size, config.d_model):
            raise Refusal(
                f"config.json in {self.folder} tells of {config.vocab_size:,} tokens "
                f"and a width of {config.d_model:,}, and the table of tokens has the "
                f"shape {table}."
            )
        name = f"{_LAYERS}0.mlp.up_proj.weight"
        if (found := self._place(name)[1]) != (config.d_ff, config.d_model):
            raise self._unexplained(name, found)
        return config

    @cached_property
    def _files(self) -> list[Path]:
        files = [one for one in self.folder.glob("*.safetensors") if one.is_file()]
        if not files:
            raise Refusal(f"There are no weights (*.safetensors) in {self.folder}.")
        return sorted(files)

    @cached_property
    def _places(self) -> dict[str, tuple[Path, tuple[int, ...]]]:
        """The file and the shape of all weights, as the files' headers give them."""
        places = {}
        for file in self._files:
            with self._opened(file) as weights:
                for name in weights.keys():  # noqa: SIM118 (it is no dictionary)
                    shape = tuple(weights.get_slice(name).get_shape())
                    places[name] = (file, shape)
        return places

    def _place(self, name: str) -> tuple[Path, tuple[int, ...]]:
        if name not in self._places:
            raise Refusal(
                f"The weights in {self.folder} lack {name}. Fetch the folder anew."
            )
        return self._places[name]

    @contextmanager
    def _opened(self, file: Path) -> Iterator[Any]:
        try:
            with blamed_on(file.name), safe_open(file, "flax") as weights:
                yield weights
        except Refusal as error:
            raise Refusal(
                f"{file.name} in {self.folder} is no safetensors file, or it is "
                "damaged. Fetch it anew."
            ) from error

    def parameters(self, form: str = "float32") -> Parameters:
        """All weights; shows its progress where it takes long.

        Args:
            form: of the matrices, "float32" or "bfloat16".
        """
        config = self.config()
        with progress(self.folder.name, config) as done:

            def matrix(name: str, *shape: int) -> jnp.ndarray:
                """A matrix, stored [out, in], as [in, out]."""
                done()
                is_matrix = len(shape) > 1 and not name.endswith(".bias")
                kept = form if is_matrix else "float32"
                return self._weights(name, shape, kept).reshape(shape)

            return _parameters_of(matrix, config)

    def _weights(self, name: str, shape: tuple[int, ...], form: str) -> jnp.ndarray:
        """What is stored under a name, turned; nothing else is read."""
        file, stored = self._place(name)
        (first, *_), (*_, last), count = shape, shape, math.prod(shape)
        fits = {shape, (first, count // first), (count // last, last)}
        if name.endswith(".bias"):
            fits = {(count,)}
        turned = None
        if stored[::-1] in fits:
            with self._opened(file) as weights:  # flax, which knows bfloat16
                turned = weights.get_tensor(name).T
        if turned is None or not jnp.issubdtype(turned.dtype, jnp.floating):
            kind = "" if turned is None else f" and are {turned.dtype}"
            raise self._unexplained(name, stored, kind)
        with blamed_on(f"{name} in {self.folder}"):
            return finite(turned.astype(form))

    def _unexplained(
        self, name: str, shape: tuple[int, ...], kind: str = ""
    ) -> Refusal:
        return Refusal(
            f"In {self.folder} the weights {name} have the shape {shape}{kind}, which "
            "config.json does not explain."
        )

    def tokenizer(self) -> BPETokenizer:
        """The tokenizer in tokenizer.json."""
        path = self.folder / "tokenizer.json"
        last = self._ends()
        if not last:
            raise Refusal(
                f"config.json in {self.folder} names no token that ends a text. "
                "Fetch the folder anew."
            )
        tokenizer = from_file(path)
        tokenizer.stops = tuple(dict.fromkeys(map(self._token, last)))
        # What the library itself puts in front of a text.
        with blamed_on(f"tokenizer.json in {self.folder}"):
            engine = tokenizers.Tokenizer.from_file(str(path))
            engine.no_truncation()
            engine.no_padding()
            whole, bare = (
                engine.encode("a", add_special_tokens=x).ids for x in (True, False)
            )
            prefix = whole[: whole.index(bare[0])]
        tokenizer.prefix = list(map(self._token, prefix))
        return tokenizer

    def _ends(self) -> list[Any]:
        """The tokens that end a text; a file of its own may name more than one."""
        name = "generation_config.json"
        more = self._json(name) if (self.folder / name).exists() else {}
        found = (one.get("eos_token_id") for one in (self._config.record, more))
        return [i for one in found if one is not None for i in _as_list(one)]

    def _token(self, value: Any) -> int:
        """A token's id, if the model has such a token."""
        last, wanted = self._config.whole("vocab_size") - 1, "the id of a token"
        with blamed_on(str(self.folder)):
            return whole_number("a token that it names", value, 0, last, wanted)

    def template(self) -> ChatTemplate | None:
        """The chat template that the folder brings along, if any."""
        file = self.folder / "chat_template.jinja"
        source = self._usage.get("chat_template")
        if file.is_file():
            with blamed_on(f"{file.name} in {self.folder}"):
                source = small_text(file)
        if not isinstance(source, str):
            return None
        names = ("bos_token", "eos_token")
        texts = ((name, _text(self._usage.get(name))) for name in names)
        return ChatTemplate(source, tokens=tuple(texts))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(token: Any) -> str:
    """The text of a token, which may stand in a record of its own."""
    found = token.get("content") if isinstance(token, dict) else token
    return found if isinstance(found, str) else ""


def _parameters_of(
    matrix: Callable[..., jnp.ndarray], config: ModelConfig
) -> Parameters:
    """Ask for every matrix by the name that transformers gives it.

    Args:
        matrix: called with a name and a shape [inputs, outputs].
    """
    c = config

    def layer(i: int) -> Layer:
        def of(name: str, *shape: int, kind: str = "weight") -> jnp.ndarray:
            return matrix(f"model.layers.{i}.{name}.{kind}", *shape)

        n, k, h = c.n_heads, c.n_kv_heads, c.d_head
        more = dict[str, jnp.ndarray]()
        if c.qkv_bias:
            for name, count in {"query": n, "key": k, "value": k}.items():
                theirs = f"self_attn.{name[0]}_proj"
                more[f"{name}_bias"] = of(theirs, count, h, kind="bias")
        if c.qk_norm:
            for name in ("query_norm", "key_norm"):
                more[name] = of(f"self_attn.{name[0]}_norm", h)
        return Layer(
            attention_norm=of("input_layernorm", c.d_model),
            query=of("self_attn.q_proj", c.d_model, n, h),
            key=of("self_attn.k_proj", c.d_model, k, h),
            value=of("self_attn.v_proj", c.d_model, k, h),
            output=of("self_attn.o_proj", n, h, c.d_model),
            mlp_norm=of("post_attention_layernorm", c.d_model),
            gate=of("mlp.gate_proj", c.d_model, c.d_ff),
            up=of("mlp.up_proj", c.d_model, c.d_ff),
            down=of("mlp.down_proj", c.d_ff, c.d_model),
            **more,
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
