"""A quick look at a folder in Hugging Face's form: its sizes, and whether it is whole.

The format of a safetensors file: docs/source/index.mdx in huggingface/safetensors.
"""

import json
import math
import struct
from pathlib import Path
from typing import Any

from llm_lessons.foundation.checks import Refusal, blamed_on, small_text, whole_number
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.hub_config import HubConfig

_HEADER = 25_000_000  # bytes: more the library itself doesn't read
_NAME = 100  # letters of a file's name in a sentence
_SIDES = 8  # of a matrix; a cube has three


class HubHeader:
    """What config.json and the headers of the weights say.

    Attributes:
        architecture: the model's kind, as config.json names it.
        parameters: how many numbers the weights have.
        bytes: of the weights' files.

    Raises:
        ValueError: a file is missing, damaged, or only part of one.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._record = self._json("config.json")
        if not (folder / "tokenizer.json").is_file():
            raise Refusal(
                f"There is no tokenizer.json in {folder}; take a release that has one."
            )
        kind = self._record.get("model_type", "unknown")
        self.architecture = kind if isinstance(kind, str) else ""
        files = sorted(folder.glob("*.safetensors"))
        index = folder / "model.safetensors.index.json"
        if index.is_file():
            named = self._json(index.name).get("weight_map")
            named = named.values() if isinstance(named, dict) else ()
            names = {name for name in named if isinstance(name, str)}
            missing = sorted(names - {file.name for file in files})
            if missing:
                raise Refusal(
                    f"{folder} lacks {len(missing)} of its {len(names)} files of "
                    f"weights, such as {missing[0][:_NAME]}; fetch it anew."
                )
            files = [file for file in files if file.name in names]
        if not files:
            raise Refusal(
                f"There are no weights (*.safetensors) in {folder}; take a release "
                "that has them."
            )
        self.bytes = sum(file.stat().st_size for file in files)
        shapes = {name: x for file in files for name, x in _shapes(file).items()}
        if self._record.get("tie_word_embeddings"):
            shapes.pop("lm_head.weight", None)
        self.parameters = sum(map(math.prod, shapes.values()))

    def _json(self, name: str) -> dict[str, Any]:
        with blamed_on(f"{name} in {self.folder}"):
            found = json.loads(small_text(self.folder / name))
            if not isinstance(found, dict):
                raise Refusal("it is no record, {...}. Fetch it anew.")
            return found

    def config(self) -> ModelConfig:
        """The sizes of the model, which its weights have yet to bear out.

        Raises:
            ValueError: it can't be run here; says why.
        """
        return HubConfig(self._record, str(self.folder)).config()


def _shapes(path: Path) -> dict[str, list[int]]:
    """The shapes of all weights in a file, which holds all of their bytes."""
    with blamed_on(path.name), path.open("rb") as file:
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
        shapes = {name: [*map(_whole, x["shape"])] for name, x in header.items()}
        if any(len(shape) > _SIDES for shape in shapes.values()):
            raise Refusal(f"it has weights of more than {_SIDES} sides. Fetch it anew.")
        return shapes


def _whole(value: Any) -> int:
    return whole_number("a size in its header", value, 0, 2**63 - 1)
