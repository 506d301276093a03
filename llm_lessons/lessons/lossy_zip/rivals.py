"""What else makes a text short: xz, PPMd and counting, with all of Fjordby at hand.

The bar for the class model in claim C10. None depends on the model's weights, only on
the corpus and its tokens, and to read all of Fjordby takes them about two minutes. So
what they need is kept in a file beside the model (`known_rivals`); it is measured anew
whenever the corpus or the vocabulary is another.

PPMd is the strongest: prediction by partial matching, of letters from the letters
before them (Cleary and Witten, IEEE Transactions on Communications 32, 1984; Shkarin's
variant H, as 7-Zip has it). Its package comes with those of the tests. Without it, the
others are measured alone.
"""

import hashlib
import importlib.util
import json
import lzma
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.lessons.lossy_zip.ngrams import ngram_bits
from llm_lessons.paths import DATA
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons_starter import atomic

TEXTS = 128  # unseen texts, each an independent case
STORED = DATA / "fjord" / "rivals.json"
ORDER = 32  # letters that PPMd looks back at, at most: 0.47 bits; with 16 0.48, 8 0.56
MEMORY = 2**30  # bytes for what PPMd counts; where they are full, it forgets all


@dataclass(frozen=True)
class Rivals:
    """What those that have read all of Fjordby need for unseen texts.

    Attributes:
        corpus_sha256: of the corpus that was read.
        vocabulary_sha256: of the tokenizer whose tokens were counted.
        corpus: bytes of the corpus.
        corpus_xz: bytes of it behind `xz -9e`.
        xz: bytes by which that file grows with the unseen texts behind it.
        ngram: bits that the 5-gram model needs for each of the texts.
        ppmd: bytes by which PPMd's file grows with the unseen texts behind all of
            Fjordby; None where it is not installed.
    """

    corpus_sha256: str
    vocabulary_sha256: str
    corpus: int
    corpus_xz: int
    xz: int
    ngram: tuple[float, ...]
    ppmd: int | None = None

    def save(self, path: Path = STORED) -> None:
        """Write everything into a file, the 5-gram model's bits to a thousandth."""
        fields = asdict(self) | {"ngram": [round(bits, 3) for bits in self.ngram]}
        atomic.write_text(path, json.dumps(fields, indent=1) + "\n")


def load(path: Path = STORED) -> Rivals:
    """Read what `Rivals.save` wrote."""
    fields = json.loads(path.read_text())
    return Rivals(**fields | {"ngram": tuple(fields["ngram"])})


@cache
def known_rivals(tokenizer: SentencePieceTokenizer, path: Path = STORED) -> Rivals:
    """Take what the rivals need from the file, or measure it anew.

    The file counts where corpus and vocabulary are the ones that it was measured on.
    """
    stored = load(path) if path.exists() else None
    if stored and _is_of(stored, tokenizer):
        return stored
    return measure(tokenizer)


def measure(tokenizer: SentencePieceTokenizer, n: int = TEXTS) -> Rivals:
    """Let each of them read all of Fjordby, then n texts that it lacks.

    Takes about two minutes and 3 GB of memory; shows its progress on the standard
    output.
    """
    corpus, texts = fjordby.build(), fjordby.unseen(n)
    read = [document.text for document in corpus.documents]
    alone, grown = _sizes("xz", _xz_size, texts, read)
    return Rivals(
        corpus_sha256=corpus.sha256,
        vocabulary_sha256=_sha256(tokenizer),
        corpus=len(_joined(read)),
        corpus_xz=alone,
        xz=grown,
        ngram=tuple(ngram_bits(texts, read, tokenizer).tolist()),
        ppmd=ppmd_growth(texts, read) if has_ppmd() else None,
    )


def has_ppmd() -> bool:
    """Whether PPMd is installed: it comes with the packages of the tests."""
    return importlib.util.find_spec("pyppmd") is not None


def ppmd_growth(texts: Sequence[str], primed_with: Sequence[str]) -> int:
    """Bytes that PPMd needs for texts when it has read other texts just before.

    Shows its progress on the standard output.
    """
    return _sizes("PPMd", _ppmd_size, texts, primed_with)[1]


def xz_bits(texts: Sequence[str], primed_with: Sequence[str]) -> int:
    """Bits that `xz -9e` needs for texts when it has read other texts just before.

    That is what its file grows by when the texts are put behind the others. All of them
    are within reach, and so are the texts compressed before; what frames an .xz file
    (some 60 bytes) is left out, all in favour of xz.

    Shows its progress on the standard output.
    """
    return 8 * _sizes("xz", _xz_size, texts, primed_with)[1]


def _sizes(
    name: str,
    size: Callable[[bytes], int],
    texts: Sequence[str],
    primed_with: Sequence[str],
) -> tuple[int, int]:
    """Bytes that a packer makes of what it is primed with, and how many texts add."""
    before, both = _joined(primed_with), _joined([*primed_with, *texts])
    with ThreadPoolExecutor(2) as pool:
        sizes = pool.map(size, (before, both))
        alone, grown = tqdm(sizes, name, total=2, file=sys.stdout)
    return alone, grown - alone


def _joined(texts: Sequence[str]) -> bytes:
    """All texts, each ended by a zero, which stands in none of them."""
    return "".join(text + "\0" for text in texts).encode()


def _xz_size(data: bytes) -> int:
    """Bytes that `xz -9e` makes of data, with all of the data in its dictionary."""
    method = {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "dict_size": max(len(data), 4096),  # the least that it takes
    }
    return len(lzma.compress(data, lzma.FORMAT_RAW, filters=[method]))


def _ppmd_size(data: bytes) -> int:
    """Bytes that PPMd makes of data."""
    import pyppmd  # of the tests' packages

    encoder = pyppmd.Ppmd7Encoder(ORDER, MEMORY)
    return len(encoder.encode(data)) + len(encoder.flush())


def _is_of(stored: Rivals, tokenizer: SentencePieceTokenizer) -> bool:
    own = fjordby.build().sha256, _sha256(tokenizer)
    return own == (stored.corpus_sha256, stored.vocabulary_sha256)


def _sha256(tokenizer: SentencePieceTokenizer) -> str:
    return hashlib.sha256(tokenizer.model).hexdigest()
