"""The zip in bytes: all that was read, the same behind xz, and the weights.

Claim C10, told truly: the weights are a lossy zip of the training text. Of so small a
corpus, full of phrases that come again, xz makes a small file, too, and loses nothing.
(Of what Llama 3 read, its weights are far too small to hold every letter: the lesson
does that sum.)
"""

import json
import lzma
from dataclasses import dataclass

from llm_lessons import fjordby
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.weights import checkpoints

STORED = DATA / "fjord" / "packed.json"


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


def packed() -> dict[str, str | int]:
    """What `STORED` keeps: to pack Fjordby takes about a minute and 1 GB of memory."""
    corpus = fjordby.build()
    data = (corpus.documents.joined + "\0").encode()
    return {
        "corpus_sha256": corpus.sha256,
        "corpus": len(data),
        "corpus_xz": xz_size(data),
    }


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
    kept = json.loads(STORED.read_text(encoding="utf-8"))
    weights = len(checkpoints.packed(lm.params))
    return Sizes(kept["corpus"], kept["corpus_xz"], weights)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f}\u00a0MB"
