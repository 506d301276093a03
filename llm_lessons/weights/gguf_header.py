"""The header of a GGUF file: its metadata, and where its tensors lie.

Every length is checked against the bytes that are there before anything is read.
A list of models skips the vocabulary: 100,000 pieces take their time. In the files of
llama.cpp and of Ollama the sizes stand before it, so that the first few kilobytes are
enough; the tensors are found by the name of the first layer.
The format: docs/gguf.md in ggml-org's repository ggml.
"""

import mmap
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from llm_lessons.foundation.checks import Refusal, blamed_on, shown
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.gguf_metadata import Metadata

# Of metadata: numbers by the letters of `struct`, in the order of their types.
_NUMBERS = ("B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d")
_STRING, _ARRAY = 8, 9
_TOKENS = "tokenizer.ggml.tokens"
_LENGTH = struct.Struct("<Q")
_FIRST_LAYER = b"blk.0."  # what the names of its tensors begin with
_VOCABULARY = 2**24  # bytes within which the vocabulary ends
_CHUNK = 2**21  # bytes that are searched at once
_BEFORE = 4096  # bytes of the names that may stand before the first layer's
_OUTSIDE = ("token_embd.weight", "output.weight", "rope_freqs.weight")
_NAME = 128  # bytes of a tensor's name
# More is in no model, and each would take memory before anything can be said of it.
_MOST_BYTES = 2**25  # with a vocabulary of 256,000 a header has half of that
_MOST_STRINGS = 1_000_000  # of all arrays together
_MOST_ENTRIES = 65_536  # keys of metadata, or tensors


class Tensor(NamedTuple):
    """Weights: their shape [outputs, inputs], how they are stored, and where."""

    shape: tuple[int, ...]
    kind: int  # a GGMLQuantizationType
    offset: int  # in bytes, from `GGUFHeader.weights` on


class GGUFHeader:
    """The header of an opened file.

    Args:
        whole: read the vocabulary and all tensors' places, too.

    Attributes:
        data: the file's bytes, if it is read whole.
        tokens: how many the vocabulary has; 0 if that doesn't stand there.
        tensors: by their names; if it isn't read whole, those from shortly before the
            first layer's on.
        weights: the byte at which the weights begin, if it is read whole.

    Raises:
        ValueError: it is no GGUF file, or ends before its last weights.
    """

    def __init__(self, path: Path, whole: bool = False):
        self.path, self._whole = path, whole
        self._metadata, self.tensors = dict[str, Any](), dict[str, Tensor]()
        self.tokens = self.weights = self._position = self._strings = 0
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
        last = max((tensor.offset for tensor in self.tensors.values()), default=0)
        size = len(self.data)
        if not whole:
            self.data.close()
        if last >= size:
            raise Refusal(
                f"{path.name} has {size:,} bytes, and weights that begin at byte "
                f"{last:,}: it is only part of a file, so fetch it anew."
            )

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key of the metadata."""
        value = self._metadata.get(key, default)
        with blamed_on(f"{key} in {self.path.name}"):
            if isinstance(value, np.ndarray):
                return value.tolist()
            if isinstance(value, list):
                return [string.decode() for string in value]
            return value.decode() if isinstance(value, bytes) else value

    def _skip(self, size: int) -> int:
        """Go on by so many bytes, all of which are there; returns where they begin."""
        start, self._position = self._position, self._position + size
        if self._position > len(self.data):
            raise ValueError(f"it ends before its byte {self._position:,}")
        if self._position > _MOST_BYTES:
            raise ValueError(f"its header has more than {_MOST_BYTES:,} bytes")
        return start

    def _read_number(self, form: str) -> Any:
        start = self._skip(struct.calcsize(f"<{form}"))
        return struct.unpack_from(f"<{form}", self.data, start)[0]

    def _read_string(self) -> bytes:
        start = self._skip(self._read_number("Q"))
        return self.data[start : self._position]

    def _read_value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._read_string()
        if kind != _ARRAY:
            return self._read_number(_NUMBERS[kind] or "")
        of, count = self._read_number("I"), self._read_number("Q")
        if of == _STRING:
            return self._read_strings(count)
        dtype = np.dtype(f"<{_NUMBERS[of]}")  # none of an array in an array
        start = self._skip(count * dtype.itemsize)
        return np.frombuffer(self.data[start : self._position], dtype)

    def _read_strings(self, count: int) -> list[bytes]:
        self._strings += count
        if self._strings > _MOST_STRINGS:
            raise ValueError(f"it lists more than {_MOST_STRINGS:,} texts")
        data, end, strings = self.data, self._position, list[bytes]()
        for _ in range(count):  # hundreds of thousands, so in few steps
            start = end + 8
            end = start + int.from_bytes(data[end:start], "little")
            if end > _MOST_BYTES:
                break
            strings.append(data[start:end])
        self._skip(end - self._position)
        return strings

    def _read(self) -> None:
        if self.data[:4] != b"GGUF":
            raise ValueError("it begins otherwise")
        self._position = 4
        version = self._read_number("I")
        tensors, keys = self._read_number("Q"), self._read_number("Q")
        if version not in (2, 3):
            raise ValueError(f"its version is {version}, and 2 and 3 are read here")
        for count, what in ((keys, "settings"), (tensors, "tensors")):
            if count > _MOST_ENTRIES:
                raise ValueError(f"it says that it has {count:,} {what}")
        for _ in range(keys):
            key, kind = self._read_string().decode(), self._read_number("I")
            if key in self._metadata:
                raise ValueError(f"it says twice what its {key} is")
            if key == _TOKENS:
                self.tokens = _LENGTH.unpack_from(self.data, self._position + 4)[0]
                has_sizes = f"{self.architecture}.block_count" in self._metadata
                if has_sizes and not self._whole:
                    return self._find_tensors(tensors)
            self._metadata[key] = self._read_value(kind)
        for _ in range(tensors):
            self._read_tensor()
        step = self._metadata.get("general.alignment", 32)
        if not isinstance(step, int) or step < 1 or step & (step - 1):
            raise ValueError("its general.alignment is no power of two")
        self.weights = -(-self._position // step) * step

    def _find_tensors(self, count: int) -> None:
        """Read which tensors there are, from shortly before the first layer's on."""
        data, first = self.data, self._find_first_layer()
        if first < 0:
            return
        start = max(self._position, first - _BEFORE)
        for name in _OUTSIDE:
            string = _LENGTH.pack(len(name)) + name.encode()
            self._position = data.find(string, start, first)
            if self._position >= 0:
                self._read_tensor()
        self._position = first - 8
        while len(self.tensors) < count:
            if not 0 < _LENGTH.unpack_from(data, self._position)[0] < _NAME:
                break  # behind the last name
            self._read_tensor()

    def _find_first_layer(self) -> int:
        """Where the first layer is named, or -1; searching the map itself is slow."""
        for start in range(self._position, self._position + _VOCABULARY, _CHUNK):
            chunk = self.data[start : start + _CHUNK + len(_FIRST_LAYER) - 1]
            if chunk == bytes(len(chunk)):  # a hole: so many zeros are in none
                return -1
            if (place := chunk.find(_FIRST_LAYER)) >= 0:
                return start + place
        return -1

    def _read_tensor(self) -> None:
        name, sides = self._read_string().decode(), self._read_number("I")
        if sides > 4 or name in self.tensors:
            raise ValueError(f"it has {shown(name)} twice, or in {sides:,} dimensions")
        shape = [self._read_number("Q") for _ in range(sides)]
        kind, offset = self._read_number("I"), self._read_number("Q")
        self.tensors[name] = Tensor((*shape[::-1],), kind, offset)

    @property
    def architecture(self) -> str:
        """The model's kind, as the file names it."""
        return str(self.get("general.architecture", "unknown"))

    def quick_config(self) -> ModelConfig:
        """The sizes of the model, not yet compared with its weights.

        `rope_stretch` is left out where it lies among the weights.

        Raises:
            ValueError: it can't be run here; says why.
        """
        metadata = Metadata(self.path.name, self.get)
        metadata.check()
        with blamed_on(self.path.name):
            if not self.tensors:
                raise Refusal("it names no weights of a first layer. Fetch it anew.")
            shapes = {name: tensor.shape for name, tensor in self.tensors.items()}
            table = shapes.get("token_embd.weight", ())
            up = shapes.get("blk.0.ffn_up.weight", ())
            if len(up) == 2 and up[0] != metadata.size("d_ff"):
                raise Refusal(f"its layers are {up[0]:,} wide, and it says otherwise.")
            return metadata.config(
                vocab_size=table[0] if len(table) == 2 else self.tokens,
                tied="output.weight" not in shapes,
                stretch=(),
                qkv_bias="blk.0.attn_q.bias" in shapes,
            )
