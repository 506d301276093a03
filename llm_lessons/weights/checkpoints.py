"""A model on disk: weights, vocabulary, and config.json with the sha256 of both."""

import hashlib
import json
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from llm_lessons.foundation.checks import small_text
from llm_lessons.foundation.paths import DATA
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import (
    ALL_LAYER_FIELDS,
    LAYER_FIELDS,
    Parameters,
    assembled,
)
from llm_lessons_starter import atomic

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.model"
CLASS_MODEL = DATA / "fjord"  # its shape is written there alone


def flatten(params: Parameters) -> dict[str, np.ndarray]:
    """Named arrays: "embedding", "layers.0.query", ... "final_norm"."""
    arrays = {"embedding": params.embedding, "final_norm": params.final_norm}
    if params.output_head is not None:
        arrays["output_head"] = params.output_head
    for i, layer in enumerate(params.layers):
        for name in ALL_LAYER_FIELDS:
            if (array := getattr(layer, name)) is not None:
                arrays[f"layers.{i}.{name}"] = array
    return {name: np.asarray(array) for name, array in arrays.items()}


def unflatten(arrays: dict[str, np.ndarray], config: ModelConfig) -> Parameters:
    """The inverse of `flatten`, as float32."""
    weights = {name: jnp.asarray(a, jnp.float32) for name, a in arrays.items()}
    layers = (
        {
            name: weights[f"layers.{i}.{name}"]
            for name in ALL_LAYER_FIELDS
            if f"layers.{i}.{name}" in weights
        }
        for i in range(config.n_layers)
    )
    return assembled(weights, layers)


def _fits(arrays: dict[str, np.ndarray], config: ModelConfig) -> bool:
    """Whether these are all the weights of a model of this shape."""
    c = config
    shapes = {
        "embedding": (c.vocab_size, c.d_model),
        "layers.0.query": (c.d_model, c.n_heads, c.d_head),
        "layers.0.key": (c.d_model, c.n_kv_heads, c.d_head),
        "layers.0.gate": (c.d_model, c.d_ff),
    }
    in_layer = len(LAYER_FIELDS) + 3 * c.qkv_bias + 2 * c.qk_norm
    count = in_layer * c.n_layers + 2 + (not c.tie_embeddings)
    return len(arrays) == count and all(
        name in arrays and arrays[name].shape == shape for name, shape in shapes.items()
    )


def sha256(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packed(params: Parameters) -> bytes:
    """The bytes of a file with these weights, all as float16."""
    half = {name: a.astype(np.float16) for name, a in flatten(params).items()}
    return safetensors.numpy.save(half)


def save(
    folder: Path, params: Parameters, config: ModelConfig, tokenizer: bytes
) -> None:
    """Write weights (float16), vocabulary, and config.json, which holds their sha256.

    That one comes last: `load` takes no folder for whole that isn't.

    Args:
        tokenizer: the SentencePiece model file, as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(folder / WEIGHTS, packed(params))
    atomic.write_bytes(folder / TOKENIZER, tokenizer)
    hashes = {name: sha256(folder / name) for name in (WEIGHTS, TOKENIZER)}
    record = config.record() | {"sha256": hashes}
    atomic.write_text(folder / "config.json", json.dumps(record, indent=2) + "\n")


def _record(folder: Path) -> tuple[ModelConfig, dict[str, str]]:
    """What config.json says: the shape of the model, and the sha256 of its files."""
    try:
        record = json.loads(small_text(folder / "config.json"))
        hashes = dict(record.pop("sha256"))
        config = ModelConfig(**record)
        return config, {name: hashes[name] for name in (WEIGHTS, TOKENIZER)}
    except FileNotFoundError:
        problem = f"There is no config.json in {folder}."
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        problem = f"config.json in {folder} is damaged."
    raise ValueError(f"{problem} {_remedy(folder)}")


def _remedy(folder: Path) -> str:
    return f"Restore the folder {folder.name} from the repository, or train it anew."


def read_config(folder: Path = CLASS_MODEL) -> ModelConfig:
    """The shape of a model that `save` wrote, without its weights.

    Raises:
        ValueError: config.json is missing or damaged.
    """
    return _record(folder)[0]


def load(folder: Path) -> tuple[Parameters, ModelConfig, bytes]:
    """Read what `save` wrote; the weights come back as float32.

    Raises:
        ValueError: a file is missing, cut short, or not the one that was saved.
    """
    remedy = _remedy(folder)
    config, expected = _record(folder)
    for name, digest in expected.items():
        if not (folder / name).is_file():
            raise ValueError(f"There is no {name} in {folder}. {remedy}")
        if sha256(folder / name) != digest:
            raise ValueError(
                f"{name} in {folder} is damaged: its sha256 is not the one in "
                f"config.json. {remedy}"
            )
    try:
        arrays = safetensors.numpy.load_file(folder / WEIGHTS)
    except SafetensorError as error:
        raise ValueError(
            f"{WEIGHTS} in {folder} is no safetensors file. {remedy}"
        ) from error
    if not _fits(arrays, config):
        raise ValueError(
            f"The weights in {folder} have other shapes than config.json says. {remedy}"
        )
    return unflatten(arrays, config), config, (folder / TOKENIZER).read_bytes()
