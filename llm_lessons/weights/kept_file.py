"""Read the file of a model that somebody trained on lines of their own in a page.

The page writes it (`web/widgets/train_your_own_file.js`): JSON with the model's sizes,
its letters, and its weights in eight bits, of which 32 share a scale as in llama.cpp's
Q8_0. The lines that it learned from stand in it, too, for a page that goes on training;
here they are not read.
"""

import base64
import json
import math
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import numpy as np

from llm_lessons.foundation.checks import (
    Refusal,
    number,
    one_of,
    shown,
    text,
    whole_number,
)
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters
from llm_lessons.text.letters import LetterTokenizer
from llm_lessons.weights.conversion import finite, parameters_of

FORMAT = "llm-lessons-own-1"
LARGEST = 1_000_000  # bytes of a file, as in `train_your_own_file.js`
GROUP = 32  # weights that share a scale
# A page makes 2 layers that read 64 letters. Each layer is a part of the program that
# runs, so a file that asks for thousands would never be done.
MOST = {"n_layers": 16, "max_seq_len": 1024}
# What a plain Llama has.
_FIELDS = {field.name for field in fields(ModelConfig) if field.default is MISSING}
_REALS = ("rope_theta", "norm_eps")  # JavaScript writes 10,000.0 as 10000


def is_kept(path: Path) -> bool:
    """Whether a file is such a model, by its name or its first byte."""
    with path.open("rb") as file:
        return path.suffix.lower() == ".json" or file.read(1) == b"{"


def load(path: Path) -> tuple[Parameters, ModelConfig, LetterTokenizer]:
    """Read a model that was kept; the weights come as float32.

    Raises:
        Refusal: the file is damaged, of another version, or none of these.
    """
    try:
        record = _record(path)
        tokenizer = LetterTokenizer(text("letters", record.get("letters")))
        config = _config(record.get("config"), tokenizer.vocab_size)
        return _parameters(record, config), config, tokenizer
    except Refusal as error:
        raise Refusal(
            f"{path.name} can't be opened: {error} Keep your model in a file once "
            "more, or give the path of another file."
        ) from error


def _record(path: Path) -> dict[str, Any]:
    """The file's JSON, if it is of this format."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Refusal(f"it has {size:,} bytes, and such files at most {LARGEST:,}.")
    try:
        record = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Refusal("it is no JSON, or only a part of it.") from None
    own = record.get("format") if isinstance(record, dict) else None
    if own != FORMAT:
        raise Refusal(
            f"its format is {shown(own)}, and {FORMAT!r} is what ll.TrainYourOwn() "
            "of this release keeps."
        )
    return record


def _config(record: Any, tokens: int) -> ModelConfig:
    """The model's sizes, if a page could have made it."""
    sizes = dict(one_of("config", record, (dict,), "a record, {...}"))
    if odd := sorted(sizes.keys() ^ _FIELDS):
        raise Refusal(f"its config has, or lacks, {shown(odd[0])}.")
    for name in _FIELDS - {*_REALS, "tie_embeddings"}:
        whole_number(name, sizes[name], 1, MOST.get(name, 2**31 - 1))
    for name in _REALS:
        sizes[name] = number(name, sizes[name])
    if sizes["tie_embeddings"] is not True:
        raise Refusal("tie_embeddings must be True in a model that a page has made.")
    config = ModelConfig(**sizes)
    if config.vocab_size != tokens:
        raise Refusal(
            f"it has {tokens - 1:,} letters, and scores for {config.vocab_size:,} "
            "tokens, of which one is no letter."
        )
    return config


def _parameters(record: dict[str, Any], config: ModelConfig) -> Parameters:
    shapes = _shapes(config)
    count = sum(map(math.prod, shapes.values()))
    numbers = _numbers(record, "weights", "<i1", count)
    scales = _numbers(record, "scales", "<f4", -(-count // GROUP))
    with np.errstate(all="ignore"):
        weights = finite(numbers * np.repeat(scales, GROUP)[:count])
    matrices, end = {}, 0
    for name, shape in shapes.items():
        start, end = end, end + math.prod(shape)
        matrices[name] = weights[start:end].reshape(shape)
    return parameters_of(lambda name, *_: matrices[name], config, "your model")


def _shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """The shapes of all matrices [outputs, inputs], by llama.cpp's names, in order.

    The order is that of `parametersIn` in `web/engine/parameters.js`.
    """
    c = config
    queries, keys = c.n_heads * c.d_head, c.n_kv_heads * c.d_head
    layer = {
        "attn_norm": (c.d_model,),
        "attn_q": (queries, c.d_model),
        "attn_k": (keys, c.d_model),
        "attn_v": (keys, c.d_model),
        "attn_output": (c.d_model, queries),
        "ffn_norm": (c.d_model,),
        "ffn_gate": (c.d_ff, c.d_model),
        "ffn_up": (c.d_ff, c.d_model),
        "ffn_down": (c.d_model, c.d_ff),
    }
    embedding = (c.vocab_size, c.d_model)
    outside = {"token_embd.weight": embedding, "output_norm.weight": (c.d_model,)}
    return outside | {
        f"blk.{i}.{name}.weight": shape
        for i in range(c.n_layers)
        for name, shape in layer.items()
    }


def _numbers(record: dict[str, Any], name: str, kind: str, count: int) -> np.ndarray:
    """So many numbers of the record, which stand in base64, as float32."""
    encoded = text(name, record.get(name))
    try:
        data = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Refusal(f"its {name} are no base64.") from None
    wanted = count * np.dtype(kind).itemsize
    if len(data) != wanted:
        raise Refusal(
            f"its {name} have {len(data):,} bytes, and a model of its sizes has "
            f"{wanted:,}."
        )
    return np.frombuffer(data, kind).astype(np.float32)
