"""The zip, told truly: how many bytes a text takes, and what a model is worth in it.

Claim C10: the weights are a lossy zip of the training text. Lossy, for what was read
seldom can't be got out of them (`memory`). A zip, for what they keep, the general shape
of the text, makes other texts of the same kind short: a lossless file written with the
model (`lossless`) is shorter than that of xz, though xz has the training text itself at
hand, and shorter than by counting what stands in it (`ngrams`). But not a short zip:
for so small a corpus xz makes a smaller file than the weights are, and loses nothing.
"""

import lzma
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from tqdm import tqdm

from llm_lessons import checkpoints, fjordby
from llm_lessons.experiments.intervals import Number, bootstrap
from llm_lessons.experiments.lossless import compress, decompress, write
from llm_lessons.experiments.ngrams import ngram_bits
from llm_lessons.language_model import LanguageModel
from llm_lessons.tokenizers import SentencePieceTokenizer

__all__ = [
    "Zip",
    "compress",
    "decompress",
    "measure",
    "ngram_bits",
    "xz_bits",
]

TEXTS = 128
UNIT = "bits a character"
SECTIONS = ("stories", "fruit", "marbles", "notes", "chat")  # that unseen texts are of
PRIMING = 35_000  # documents that xz reads before the texts, about eight million bytes
COUNTED = 60_000  # documents that the 5-gram model counts


@dataclass(frozen=True)
class Zip:
    """The sizes of a corpus and of its model, and the bits that unseen texts cost.

    Attributes:
        corpus: bytes of all that the model read.
        corpus_xz: bytes of it behind `xz -9e`; None where it was not measured.
        weights: bytes of the file of weights, float16.
        texts: how many unseen texts were compressed, each an independent case.
        characters: letters of all these texts.
        model: bits a character with the model: of the real file, frame and all.
        xz: with `xz -9e` that has read Fjordby. It has no interval, for to tell what
            one text costs, xz would have to read Fjordby anew for each.
        ngram: with a 5-gram model of Fjordby.
        model_by_xz: the model's bits as a share of xz's; without interval, as xz.
        model_by_ngram: the model's bits as a share of the 5-gram model's.
    """

    corpus: int
    corpus_xz: int | None
    weights: int
    texts: int
    characters: int
    model: Number
    xz: Number
    ngram: Number
    model_by_xz: Number
    model_by_ngram: Number


def measure(lm: LanguageModel, n: int = TEXTS, whole_corpus: bool = False) -> Zip:
    """Compress n texts that the model never read, in three ways.

    All three have read Fjordby: the model all of it, the others what the time allows.
    xz reads the first 35,000 different documents of the sections that unseen texts are
    of, and the 5-gram model the first 60,000. With `whole_corpus` both read everything,
    in some minutes and with 1.5 GB of memory, and the corpus' own xz is measured too.

    Shows its progress on the standard output.

    Args:
        n: 1 to 255 texts, intervals are clustered by text.

    Raises:
        ValueError: too many texts, or a model with a tokenizer of another kind.
    """
    tokenizer = lm.tokenizer
    if not isinstance(tokenizer, SentencePieceTokenizer):
        raise ValueError(
            f'{lm.name} has not read Fjordby; take the class model, ll.load("fjord").'
        )
    texts = fjordby.unseen(n)
    everything, priming, counted = _reading(whole_corpus)
    lengths = np.array([len(text) for text in texts])
    file, model = write(lm, texts)
    # The file's frame and the rounding of its last byte are shared out evenly.
    model = model + (8 * len(file) - model.sum()) / n
    primed, xz = _xz_sizes(texts, priming)
    ngram = ngram_bits(texts, counted, tokenizer)

    def ratio(bits: np.ndarray, parts: np.ndarray, unit: str) -> Number:
        return bootstrap(lambda i: float(bits[i].sum() / parts[i].sum()), n, unit)

    return Zip(
        corpus=len(_joined(everything)),
        corpus_xz=primed if whole_corpus else None,
        weights=_weights(lm, tokenizer),
        texts=n,
        characters=int(lengths.sum()),
        model=ratio(model, lengths, UNIT),
        xz=Number(8 * xz / int(lengths.sum()), UNIT),
        ngram=ratio(ngram, lengths, UNIT),
        model_by_xz=Number(len(file) / xz, "of xz's bits"),
        model_by_ngram=ratio(model, ngram, "of the 5-gram model's bits"),
    )


def _reading(whole_corpus: bool) -> tuple[list[str], list[str], list[str]]:
    """The corpus, what xz reads of it, and what the 5-gram model reads of it."""
    documents = fjordby.build().documents
    everything = [document.text for document in documents]
    if whole_corpus:
        return everything, everything, everything
    useful = [document.text for document in documents if document.section in SECTIONS]
    useful = list(dict.fromkeys(useful))
    return everything, useful[:PRIMING], useful[:COUNTED]


def xz_bits(texts: Sequence[str], primed_with: Sequence[str]) -> int:
    """Bits that `xz -9e` needs for texts when it has read other texts just before.

    That is what its file grows by when the texts are put behind the others. All of them
    are within reach, and so are the texts compressed before; what frames an .xz file
    (some 60 bytes) is left out, all in favour of xz.

    Shows its progress on the standard output.
    """
    return 8 * _xz_sizes(texts, primed_with)[1]


def _xz_sizes(texts: Sequence[str], primed_with: Sequence[str]) -> tuple[int, int]:
    """Bytes that xz makes of what it is primed with, and how many the texts add."""
    before, both = _joined(primed_with), _joined([*primed_with, *texts])
    with ThreadPoolExecutor(2) as pool:
        sizes = pool.map(_xz_size, (before, both))
        alone, grown = tqdm(sizes, "xz", total=2, file=sys.stdout)
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


def _weights(lm: LanguageModel, tokenizer: SentencePieceTokenizer) -> int:
    """Bytes of the file of weights, as it is saved."""
    with TemporaryDirectory() as folder:
        checkpoints.save(Path(folder), lm.params, lm.config, tokenizer.model)
        return (Path(folder) / checkpoints.WEIGHTS).stat().st_size
