"""A quick look at a GGUF file: what it says of its sizes, without its vocabulary.

Reading 100,000 pieces takes half a second, and a list of models has no use for them. In
the files of llama.cpp and of Ollama the sizes stand before the vocabulary, so that the
first few kilobytes are enough; what follows is found by the name of the first layer.
The format: docs/gguf.md in ggml-org's repository ggml.
"""

import mmap
import struct
from pathlib import Path
from typing import Any

from llm_lessons.foundation.checks import Refusal, blamed_on
from llm_lessons.model.config import ModelConfig
from llm_lessons.weights.gguf_settings import Settings

_NUMBERS = ("B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d")
_TEXT, _LIST = 8, 9
_TOKENS = "tokenizer.ggml.tokens"
_FIRST = b"blk.0."  # what the names of the first layer's weights begin with
_VOCABULARY = 2**24  # bytes within which the vocabulary ends
_PIECE = 2**21  # bytes that are searched at once
_BEFORE = 4096  # bytes of the names that may stand before the first layer's
_OUTSIDE = ("token_embd.weight", "output.weight", "rope_freqs.weight")
_SETTINGS, _TENSORS, _NAME = 10_000, 65_536, 128
_LETTERS, _KEPT = 1_000, 100  # bytes of a text, and numbers of a list
# More is in no model. The package makes a Python object of each before anything can
# be said of it, so a header that lies would take all memory.
ENTRIES = 4_000_000  # of all lists together; a vocabulary of 256,000 has a million
TEXTS = 1_000_000  # of them; each takes two Python objects


class GGUFHeader:
    """What the beginning of a GGUF file says.

    Attributes:
        settings: by name, up to the vocabulary.
        tokens: how many the vocabulary has; 0 if that doesn't stand there.
        tensors: shapes of weights, from shortly before the first layer's on.

    Raises:
        ValueError: it is no GGUF file, or ends before its last weights.
    """

    def __init__(self, path: Path):
        self.path, self.settings = path, dict[str, Any]()
        self.tokens, self.tensors = 0, dict[str, tuple[int, ...]]()
        self._place = self._entries = self._texts = 0
        damaged = f"{path.name} is no GGUF file, or only part of one; fetch it anew"
        try:
            with (
                path.open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
            ):
                self._data = data
                self._read_settings()
                last = self._read_tensors()
                size = len(data)
        except OSError as error:
            raise Refusal(f"{path.name} can't be read: {error.strerror}.") from error
        except (struct.error, ValueError, IndexError, OverflowError):
            raise Refusal(f"{damaged}.") from None
        finally:
            self._data = b""
        if last >= size:
            raise Refusal(
                f"{path.name} has {size:,} bytes, and weights that begin at byte "
                f"{last:,}: it is only part of a file, so fetch it anew."
            )

    def _one(self, form: str) -> Any:
        (found,) = struct.unpack_from(f"<{form}", self._data, self._place)
        self._place += struct.calcsize(f"<{form}")
        return found

    def _text(self) -> str:
        start = self._place + 8
        self._place = start + self._one("Q")
        if self._place > len(self._data):
            raise ValueError
        end = min(self._place, start + _LETTERS)
        return self._data[start:end].decode(errors="replace")

    def _value(self, kind: int) -> Any:
        if kind == _TEXT:
            return self._text()
        if kind != _LIST:
            return self._one(_NUMBERS[kind] or "")
        return self._list(self._one("I"), self._one("Q"))

    def _list(self, of: int, count: int) -> list[Any]:
        """The first numbers of a list; texts are passed over, and no list is in one."""
        self._entries += count
        if of == _LIST or self._entries > ENTRIES:
            raise ValueError
        if of == _TEXT:
            self._texts += count
            if self._texts > TEXTS:
                raise ValueError
            for _ in range(count):
                (length,) = struct.unpack_from("<Q", self._data, self._place)
                self._place += 8 + length
            return []
        form, start = _NUMBERS[of] or "", self._place
        self._place += count * struct.calcsize(f"<{form}")
        if self._place > len(self._data):
            raise ValueError
        return [*struct.unpack_from(f"<{min(count, _KEPT)}{form}", self._data, start)]

    def _read_settings(self) -> None:
        if self._data[:4] != b"GGUF":
            raise ValueError
        self._place = 4
        version, _, count = self._one("I"), self._one("Q"), self._one("Q")
        if version not in (2, 3) or count > _SETTINGS:
            raise ValueError
        for _ in range(count):
            name, kind = self._text(), self._one("I")
            if name == _TOKENS:
                (self.tokens,) = struct.unpack_from("<Q", self._data, self._place + 4)
                if f"{self.architecture}.block_count" in self.settings:
                    return
            self.settings[name] = self._value(kind)

    def _read_tensors(self) -> int:
        """Note the weights' names; returns where the last ones begin, at the least."""
        data, last = self._data, 0
        first = self._first_layer()
        if first < 0:
            return last
        start = max(self._place, first - _BEFORE)
        for name in _OUTSIDE:
            marked = struct.pack("<Q", len(name)) + name.encode()
            self._place = data.find(marked, start, first)
            if self._place >= 0:
                last = max(last, self._read_tensor())
        self._place = first - 8
        for _ in range(_TENSORS):
            if not 0 < struct.unpack_from("<Q", data, self._place)[0] < _NAME:
                break  # the names are over
            last = max(last, self._read_tensor())
        return last

    def _first_layer(self) -> int:
        """Where the first layer is named, or -1; a map itself is searched slowly."""
        for start in range(self._place, self._place + _VOCABULARY, _PIECE):
            piece = self._data[start : start + _PIECE + len(_FIRST) - 1]
            if piece == bytes(len(piece)):  # a hole: so much of nothing is in none
                return -1
            if (found := piece.find(_FIRST)) >= 0:
                return start + found
        return -1

    def _read_tensor(self) -> int:
        """Note the shape of a tensor; returns where it begins."""
        name, dimensions = self._text(), self._one("I")
        if dimensions > 4:
            raise ValueError
        self.tensors[name] = tuple(self._one("Q") for _ in range(dimensions))
        self._place += 4
        return self._one("Q")

    @property
    def architecture(self) -> str:
        """The model's kind, as the file names it."""
        return str(self.settings.get("general.architecture", "unknown"))

    def config(self) -> ModelConfig:
        """The sizes of the model, which its weights have yet to bear out.

        Raises:
            ValueError: it can't be run here; says why.
        """
        settings = Settings(self.path.name, self.settings.get)
        settings.refuse(settings.foreign())
        with blamed_on(self.path.name):
            if not self.tensors:
                raise Refusal("it names no weights of a first layer. Fetch it anew.")
            table = self.tensors.get("token_embd.weight", ())
            size = table[1] if len(table) == 2 else self.tokens
            up = self.tensors.get("blk.0.ffn_up.weight", ())
            if len(up) == 2 and up[1] != settings.whole("feed_forward_length"):
                raise Refusal(f"its layers are {up[1]:,} wide, and it says otherwise.")
            stretch = (1.0,) * settings.pairs
            has_stretch = "rope_freqs.weight" in self.tensors
            return settings.config(
                size,
                "output.weight" not in self.tensors,
                stretch if has_stretch else (),
                qkv_bias=settings.member.qkv_bias
                or "blk.0.attn_q.bias" in self.tensors,
            )
