"""Read a model of the Llama family from a folder in the form of Hugging Face's hub.

The format of a safetensors file: docs/source/index.mdx in huggingface/safetensors.
"""

import json
import math
import struct
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

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
from llm_lessons.model.parameters import Parameters
from llm_lessons.text.bpe import BPETokenizer
from llm_lessons.text.templates import ChatTemplate
from llm_lessons.text.tokenizer_files import from_file
from llm_lessons.weights.hub_config import HubConfig
from llm_lessons.weights.reading import finite, parameters_of

NAMES = {  # in each layer, what llama.cpp calls it: what transformers calls it
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
OUTSIDE = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
}
_LAYERS = "model.layers."
_HEADER = 25_000_000  # bytes: more the library itself doesn't read
_LONGEST = 100  # letters of a file's name in a sentence
_SIDES = 8  # of a matrix; a cube has three


class Place(NamedTuple):
    """Where weights lie, and their shape [outputs, inputs]."""

    file: Path
    shape: tuple[int, ...]


class HuggingFaceFolder:
    """config.json, *.safetensors and tokenizer.json in one folder.

    Attributes:
        architecture: the model's kind, as config.json names it.

    Raises:
        ValueError: a file is missing, damaged, or only part of one.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._record = self._json("config.json")
        kind = self._record.get("model_type", "unknown")
        self.architecture = kind if isinstance(kind, str) else ""

    def _json(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        if not path.is_file():
            raise Refusal(f"There is no {name} in {self.folder}.")
        with blamed_on(f"{name} in {self.folder}"):
            record = json.loads(small_text(path))
        return one_of(f"{name} in {self.folder}", record, (dict,), "a record, {...}")

    @cached_property
    def _config(self) -> HubConfig:
        return HubConfig(self._record, str(self.folder))

    @cached_property
    def _usage(self) -> dict[str, Any]:
        """What says how the tokenizer is used, and may be left out."""
        name = "tokenizer_config.json"
        return self._json(name) if (self.folder / name).exists() else {}

    def quick_config(self) -> ModelConfig:
        """The sizes of the model, which its weights have yet to bear out.

        Raises:
            ValueError: they are those of no model, or it can't be run here.
        """
        if not (self.folder / "tokenizer.json").is_file():
            raise Refusal(
                f"There is no tokenizer.json in {self.folder}; take a release that has "
                "one."
            )
        return self._config.config()

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
        table = self._place("model.embed_tokens.weight").shape
        if table != (config.vocab_size, config.d_model):
            raise Refusal(
                f"config.json in {self.folder} tells of {config.vocab_size:,} tokens "
                f"and a width of {config.d_model:,}, and the table of tokens has the "
                f"shape {table}."
            )
        name = f"{_LAYERS}0.mlp.up_proj.weight"
        if (found := self._place(name).shape) != (config.d_ff, config.d_model):
            raise self._odd(name, found)
        return config

    @cached_property
    def _files(self) -> list[Path]:
        files = [one for one in self.folder.glob("*.safetensors") if one.is_file()]
        index = "model.safetensors.index.json"
        if (self.folder / index).is_file():
            named = self._json(index).get("weight_map")
            named = named.values() if isinstance(named, dict) else ()
            names = {name for name in named if isinstance(name, str)}
            if missing := sorted(names - {file.name for file in files}):
                raise Refusal(
                    f"{self.folder} lacks {len(missing)} of its {len(names)} files of "
                    f"weights, such as {missing[0][:_LONGEST]}; fetch it anew."
                )
            files = [file for file in files if file.name in names]
        if not files:
            raise Refusal(
                f"There are no weights (*.safetensors) in {self.folder}; take a "
                "release that has them."
            )
        return sorted(files)

    @cached_property
    def _places(self) -> dict[str, Place]:
        """The file and the shape of all weights, as the files' headers give them."""
        found = {}
        for file in self._files:
            with blamed_on(f"{file.name} in {self.folder}"):
                found |= {name: Place(file, x) for name, x in _shapes(file).items()}
        return found

    def size(self) -> tuple[int, int]:
        """Bytes of the weights' files, and how many numbers they hold."""
        shapes = {name: place.shape for name, place in self._places.items()}
        if self._record.get("tie_word_embeddings"):
            shapes.pop("lm_head.weight", None)
        held = sum(file.stat().st_size for file in self._files)
        return held, sum(map(math.prod, shapes.values()))

    def _place(self, name: str) -> Place:
        if name not in self._places:
            raise Refusal(
                f"The weights in {self.folder} lack {name}. Fetch the folder anew."
            )
        return self._places[name]

    def parameters(self, form: str = "float32") -> Parameters:
        """All weights; shows its progress where it takes long.

        Args:
            form: of the matrices, "float32" or "bfloat16".
        """

        def read(name: str, *shape: int) -> jnp.ndarray:
            stem, kind = name.rsplit(".", 1)
            own = OUTSIDE.get(stem)
            if own is None:
                _, i, stem = stem.split(".", 2)
                own = f"{_LAYERS}{i}.{NAMES[stem]}"
            kept = form if len(shape) > 1 else "float32"
            return self._weights(f"{own}.{kind}", shape, kept)

        return parameters_of(read, self.config(), self.folder.name)

    def _weights(self, name: str, shape: tuple[int, ...], form: str) -> jnp.ndarray:
        file, stored = self._place(name)
        if stored != shape:
            raise self._odd(name, stored)
        where = f"{file.name} in {self.folder}"
        # flax, which knows bfloat16
        with blamed_on(where), safe_open(file, "flax") as weights:
            found = weights.get_tensor(name)
        if not jnp.issubdtype(found.dtype, jnp.floating):
            raise self._odd(name, stored, f" and are {found.dtype}")
        with blamed_on(f"{name} in {self.folder}"):
            return finite(found.astype(form))

    def _odd(self, name: str, shape: tuple[int, ...], kind: str = "") -> Refusal:
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
        both = [one.get("eos_token_id") for one in (self._record, more)]
        lists = (one if isinstance(one, list) else [one] for one in both)
        return [i for one in lists for i in one if i is not None]

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


def _text(token: Any) -> str:
    """The text of a token, which may stand in a record of its own."""
    found = token.get("content") if isinstance(token, dict) else token
    return found if isinstance(found, str) else ""


def _shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shapes of all weights in a file, which holds all of their bytes."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > _HEADER:
            raise Refusal(f"its header would have {length:,} bytes. Fetch it anew.")
        header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        ends = [_whole(one["data_offsets"][1]) for one in header.values()]
        size, held = 8 + length + max(ends, default=0), path.stat().st_size
        if size > held:
            raise Refusal(
                f"it has {held:,} of {size:,} bytes, so it is only part of a file. "
                "Fetch it anew."
            )
        shapes = {name: (*map(_whole, x["shape"]),) for name, x in header.items()}
        if any(len(shape) > _SIDES for shape in shapes.values()):
            raise Refusal(f"it has weights of more than {_SIDES} sides. Fetch it anew.")
        return shapes


def _whole(value: Any) -> int:
    return whole_number("a size in its header", value, 0, 2**63 - 1)
