"""A model that somebody trained from lines of their own: the file in which it is kept.

A page writes it (`web/widgets/train_your_own_file.js`): JSON with the model's sizes,
its letters, and its weights in eight bits, of which 32 share a scale as in llama.cpp's
Q8_0. The lines that it learned from stand in it too, for a page that goes on; here
they are not read.
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
    """Whether a file is to be read here: its name says so, or its first byte."""
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
    """What the file says, if it is one of this format."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Refusal(f"it has {size:,} bytes, and such files at most {LARGEST:,}.")
    try:
        record = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Refusal("it is no JSON, or only a part of it.") from None
    found = record.get("format") if isinstance(record, dict) else None
    if found != FORMAT:
        raise Refusal(
            f"its format is {shown(found)}, and {FORMAT!r} is what ll.TrainYourOwn() "
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
    found, end = {}, 0
    for name, shape in shapes.items():
        start, end = end, end + math.prod(shape)
        found[name] = weights[start:end].reshape(shape)
    return parameters_of(lambda name, *_: found[name], config, "your model")


def _shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """All matrices in the file's order, by llama.cpp's names: [outputs, inputs].

    The order is that of `parametersIn` in `web/engine/parameters.js`.
    """
    c = config
    asked, shared = c.n_heads * c.d_head, c.n_kv_heads * c.d_head
    layer = {
        "attn_norm": (c.d_model,),
        "attn_q": (asked, c.d_model),
        "attn_k": (shared, c.d_model),
        "attn_v": (shared, c.d_model),
        "attn_output": (c.d_model, asked),
        "ffn_norm": (c.d_model,),
        "ffn_gate": (c.d_ff, c.d_model),
        "ffn_up": (c.d_ff, c.d_model),
        "ffn_down": (c.d_model, c.d_ff),
    }
    table = (c.vocab_size, c.d_model)
    first = {"token_embd.weight": table, "output_norm.weight": (c.d_model,)}
    return first | {
        f"blk.{i}.{name}.weight": shape
        for i in range(c.n_layers)
        for name, shape in layer.items()
    }


def _numbers(record: dict[str, Any], name: str, kind: str, count: int) -> np.ndarray:
    """So many numbers, which stand in base64, as float32."""
    letters = text(name, record.get(name))
    try:
        data = base64.b64decode(letters, validate=True)
    except ValueError:
        raise Refusal(f"its {name} are no base64.") from None
    found, wanted = len(data), count * np.dtype(kind).itemsize
    if found != wanted:
        raise Refusal(
            f"its {name} have {found:,} bytes, and a model of its sizes has {wanted:,}."
        )
    return np.frombuffer(data, kind).astype(np.float32)
