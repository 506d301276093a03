"""The zip in bytes: all that was read, the same behind xz, and the weights.

Claim C10, told truly: the weights are a lossy zip of the training text. Of so small a
corpus, full of phrases that come again, xz makes a small file, too, and loses nothing.
(Of what Llama 3 read, its weights are far too small to hold every letter: the lesson
does that sum.)
"""

import json
import lzma
from dataclasses import asdict, dataclass
from pathlib import Path

from llm_lessons import fjordby
from llm_lessons.language_model import LanguageModel
from llm_lessons.paths import DATA
from llm_lessons.waiting import Waiting
from llm_lessons.weights import checkpoints
from llm_lessons_starter import atomic

STORED = DATA / "fjord" / "packed.json"


@dataclass(frozen=True)
class Packed:
    """What xz makes of Fjordby; to find out takes it a minute, so it is kept in a file.

    Attributes:
        corpus_sha256: of the corpus that was read.
        corpus: bytes of it, each document ended by a zero.
        corpus_xz: bytes of it behind `xz -9e`.
    """

    corpus_sha256: str
    corpus: int
    corpus_xz: int

    def save(self, path: Path = STORED) -> None:
        """Write it into a file."""
        atomic.write_text(path, json.dumps(asdict(self), indent=1) + "\n")


@dataclass(frozen=True)
class Sizes:
    """Bytes of the corpus, of it behind xz, and of the weights as float16."""

    corpus: int
    corpus_xz: int
    weights: int

    def sentence(self) -> str:
        """All three in numbers."""
        weights, packed = (
            f"{_mb(size)} ({size / self.corpus:.0%})".replace("%", "\u00a0%")
            for size in (self.weights, self.corpus_xz)
        )
        return (
            f"All that Fjord read takes {_mb(self.corpus)}. Its weights take "
            f"{weights}, and lose detail. The file of xz takes {packed}, and has every "
            "letter."
        )


def load(path: Path = STORED) -> Packed:
    """Read what `Packed.save` wrote."""
    return Packed(**json.loads(path.read_text(encoding="utf-8")))


def known(path: Path = STORED) -> Packed:
    """Take it from the file, or pack anew where that is of another corpus."""
    stored = load(path) if path.exists() else None
    if stored and stored.corpus_sha256 == fjordby.build().sha256:
        return stored
    return measure()


def measure() -> Packed:
    """Pack all of Fjordby; takes about a minute and 1 GB of memory."""
    corpus = fjordby.build()
    data = (corpus.documents.joined + "\0").encode()
    with Waiting("packing Fjordby", 1) as bar:
        packed = xz_size(data)
        bar.done(1)
    return Packed(corpus.sha256, len(data), packed)


def xz_size(data: bytes) -> int:
    """Bytes that `xz -9e` makes of data, with all of the data in its dictionary."""
    method = {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "dict_size": max(len(data), 4096),  # the least that it takes
    }
    return len(lzma.compress(data, lzma.FORMAT_RAW, filters=[method]))


def of(lm: LanguageModel) -> Sizes:
    """The sizes for a model that has read Fjordby."""
    packed = known()
    weights = len(checkpoints.packed(lm.params))
    return Sizes(packed.corpus, packed.corpus_xz, weights)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f}\u00a0MB"
