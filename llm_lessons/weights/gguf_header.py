"""What a GGUF file says of itself, each word held against the bytes that are there.

A list of models reads no vocabulary: 100,000 pieces take their time. In the files of
llama.cpp and of Ollama the sizes stand before it, so that the first few kilobytes are
enough; what follows is found by the name of the first layer.
The format: docs/gguf.md in ggml-org's repository ggml.
"""

import mmap
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from llm_lessons.foundation.checks import Refusal, blamed_on, shown
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.gguf_settings import Settings

_NUMBERS = ("B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d")
_TEXT, _LIST = 8, 9
_TOKENS = "tokenizer.ggml.tokens"
_LENGTH = struct.Struct("<Q")
_FIRST = b"blk.0."  # what the names of the first layer's weights begin with
_VOCABULARY = 2**24  # bytes within which the vocabulary ends
_PIECE = 2**21  # bytes that are searched at once
_BEFORE = 4096  # bytes of the names that may stand before the first layer's
_OUTSIDE = ("token_embd.weight", "output.weight", "rope_freqs.weight")
_NAME = 128  # bytes of a tensor's
# More is in no model, and each would take memory before anything can be said of it.
_HEADER = 2**25  # bytes; with a vocabulary of 256,000 it has half of that
_TEXTS = 1_000_000  # of all lists together
_NAMED = 65_536  # settings, or tensors


class Tensor(NamedTuple):
    """Weights: their shape [outputs, inputs], how they are stored, and where."""

    shape: tuple[int, ...]
    kind: int
    start: int  # counted from `GGUFHeader.weights` on


class GGUFHeader:
    """What the beginning of a GGUF file says.

    Args:
        whole: read all, the vocabulary and the names of all weights, too.

    Attributes:
        data: the file's bytes, if it is read whole.
        tokens: how many the vocabulary has; 0 if that doesn't stand there.
        tensors: the weights by their names; else those from shortly before the first
            layer's on.
        weights: the byte at which they begin, if all is read.

    Raises:
        ValueError: it is no GGUF file, or ends before its last weights.
    """

    def __init__(self, path: Path, whole: bool = False):
        self.path, self._whole = path, whole
        self._settings, self.tensors = dict[str, Any](), dict[str, Tensor]()
        self.tokens = self.weights = self._place = self._texts = 0
        try:
            with path.open("rb") as file:
                self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read()
        except OSError as error:
            raise Refusal(f"{path.name} can't be read: {error.strerror}.") from error
        except (ValueError, LookupError, TypeError, struct.error) as error:
            raise Refusal(
                f"{path.name} is no GGUF file, or it is damaged: {shown(str(error))}. "
                "Fetch it anew."
            ) from error
        last = max((one.start for one in self.tensors.values()), default=0)
        size = len(self.data)
        if not whole:
            self.data.close()
        if last >= size:
            raise Refusal(
                f"{path.name} has {size:,} bytes, and weights that begin at byte "
                f"{last:,}: it is only part of a file, so fetch it anew."
            )

    def get(self, name: str, otherwise: Any = None) -> Any:
        """A setting, by its whole name."""
        found = self._settings.get(name, otherwise)
        with blamed_on(f"{name} in {self.path.name}"):
            if isinstance(found, np.ndarray):
                return found.tolist()
            if isinstance(found, list):
                return [text.decode() for text in found]
            return found.decode() if isinstance(found, bytes) else found

    def _pass(self, size: int) -> int:
        """Where so many bytes begin, all of which are there."""
        start, self._place = self._place, self._place + size
        if self._place > len(self.data):
            raise ValueError(f"it ends before its byte {self._place:,}")
        if self._place > _HEADER:
            raise ValueError(f"it begins with more than {_HEADER:,} bytes of settings")
        return start

    def _one(self, form: str) -> Any:
        start = self._pass(struct.calcsize(f"<{form}"))
        return struct.unpack_from(f"<{form}", self.data, start)[0]

    def _text(self) -> bytes:
        start = self._pass(self._one("Q"))
        return self.data[start : self._place]

    def _value(self, kind: int) -> Any:
        if kind == _TEXT:
            return self._text()
        if kind != _LIST:
            return self._one(_NUMBERS[kind] or "")
        of, count = self._one("I"), self._one("Q")
        if of == _TEXT:
            return self._listed_texts(count)
        dtype = np.dtype(f"<{_NUMBERS[of]}")  # none of a list in a list
        start = self._pass(count * dtype.itemsize)
        return np.frombuffer(self.data[start : self._place], dtype)

    def _listed_texts(self, count: int) -> list[bytes]:
        self._texts += count
        if self._texts > _TEXTS:
            raise ValueError(f"it lists more than {_TEXTS:,} texts")
        data, place, found = self.data, self._place, list[bytes]()
        for _ in range(count):  # hundreds of thousands, so in few steps
            start = place + 8
            place = start + int.from_bytes(data[place:start], "little")
            if place > _HEADER:
                break
            found.append(data[start:place])
        self._pass(place - self._place)
        return found

    def _read(self) -> None:
        if self.data[:4] != b"GGUF":
            raise ValueError("it begins otherwise")
        self._place = 4
        version, tensors, settings = self._one("I"), self._one("Q"), self._one("Q")
        if version not in (2, 3):
            raise ValueError(f"its version is {version}, and 2 and 3 are read here")
        for count, what in ((settings, "settings"), (tensors, "tensors")):
            if count > _NAMED:
                raise ValueError(f"it says that it has {count:,} {what}")
        for _ in range(settings):
            name, kind = self._text().decode(), self._one("I")
            if name in self._settings:
                raise ValueError(f"it says twice what its {name} is")
            if name == _TOKENS:
                self.tokens = _LENGTH.unpack_from(self.data, self._place + 4)[0]
                known = f"{self.architecture}.block_count" in self._settings
                if known and not self._whole:
                    return self._find_tensors(tensors)
            self._settings[name] = self._value(kind)
        for _ in range(tensors):
            self._read_tensor()
        step = self._settings.get("general.alignment", 32)
        if not isinstance(step, int) or step < 1 or step & (step - 1):
            raise ValueError("its general.alignment is no power of two")
        self.weights = -(-self._place // step) * step

    def _find_tensors(self, count: int) -> None:
        """Note the weights that are named from shortly before the first layer on."""
        data, first = self.data, self._first_layer()
        if first < 0:
            return
        start = max(self._place, first - _BEFORE)
        for name in _OUTSIDE:
            marked = _LENGTH.pack(len(name)) + name.encode()
            self._place = data.find(marked, start, first)
            if self._place >= 0:
                self._read_tensor()
        self._place = first - 8
        while len(self.tensors) < count:
            if not 0 < _LENGTH.unpack_from(data, self._place)[0] < _NAME:
                break  # the names are over
            self._read_tensor()

    def _first_layer(self) -> int:
        """Where the first layer is named, or -1; a map itself is searched slowly."""
        for start in range(self._place, self._place + _VOCABULARY, _PIECE):
            piece = self.data[start : start + _PIECE + len(_FIRST) - 1]
            if piece == bytes(len(piece)):  # a hole: so much of nothing is in none
                return -1
            if (found := piece.find(_FIRST)) >= 0:
                return start + found
        return -1

    def _read_tensor(self) -> None:
        name, sides = self._text().decode(), self._one("I")
        if sides > 4 or name in self.tensors:
            raise ValueError(f"it has {shown(name)} twice, or in {sides:,} dimensions")
        shape = [self._one("Q") for _ in range(sides)]
        self.tensors[name] = Tensor((*shape[::-1],), self._one("I"), self._one("Q"))

    @property
    def architecture(self) -> str:
        """The model's kind, as the file names it."""
        return str(self.get("general.architecture", "unknown"))

    def quick_config(self) -> ModelConfig:
        """The sizes of the model, which its weights have yet to bear out.

        Raises:
            ValueError: it can't be run here; says why.
        """
        settings = Settings(self.path.name, self.get)
        settings.refuse(settings.foreign())
        with blamed_on(self.path.name):
            if not self.tensors:
                raise Refusal("it names no weights of a first layer. Fetch it anew.")
            shapes = {name: one.shape for name, one in self.tensors.items()}
            table = shapes.get("token_embd.weight", ())
            size = table[0] if len(table) == 2 else self.tokens
            up = shapes.get("blk.0.ffn_up.weight", ())
            if len(up) == 2 and up[0] != settings.whole("d_ff"):
                raise Refusal(f"its layers are {up[0]:,} wide, and it says otherwise.")
            stretch = (1.0,) * settings.pairs
            has_stretch = "rope_freqs.weight" in shapes
            biases = "blk.0.attn_q.bias" in shapes
            tied = "output.weight" not in shapes
            return settings.config(
                size, tied, stretch if has_stretch else (), qkv_bias=biases
            )
