"""The zip, told truly: how many bytes a text takes, and what a model is worth in it.

Claim C10: the weights are a lossy zip of the training text. Lossy, for what was read
seldom can't be got out of them (`recall`). A zip, for what they keep, the general shape
of the text, makes other texts of the same kind short: a lossless file written with the
model (`lossless`) is shorter than that of xz, though xz has the training text itself at
hand, and shorter than by counting what stands in it, tokens or letters (`rivals`). But
not a short zip: of so small a corpus xz makes a file about as small as the weights are,
and loses nothing.
"""

from dataclasses import dataclass

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures, fjordby
from llm_lessons.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip.lossless import compress, decompress, write
from llm_lessons.lessons.lossy_zip.rivals import TEXTS, Rivals, known_rivals
from llm_lessons.measuring.intervals import Number, bootstrap
from llm_lessons.measuring.kept import Experiment
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.weights import checkpoints

__all__ = ["Zip", "compress", "decompress", "measure", "others"]

UNIT = "bits a character"


@dataclass(frozen=True)
class Zip:
    """The sizes of a corpus and of its model, and the bits that unseen texts cost.

    Attributes:
        corpus: bytes of all that the model read.
        corpus_xz: bytes of it behind `xz -9e`, which loses nothing.
        weights: bytes of the file of weights, float16.
        texts: how many unseen texts were compressed, each an independent case.
        characters: letters of all these texts.
        model: bits a character with the model: of the real file, frame and all.
        xz: with `xz -9e` that has read Fjordby. It has no interval, for to tell what
            one text costs, xz would have to read Fjordby anew for each.
        ngram: with a 5-gram model of Fjordby.
        ppmd: with PPMd that has read Fjordby, without interval, as xz; None where that
            was not measured.
        model_by_xz: the model's bits as a share of xz's; without interval, as xz.
        model_by_ngram: the model's bits as a share of the 5-gram model's.
    """

    corpus: int
    corpus_xz: int
    weights: int
    texts: int
    characters: int
    model: Number
    xz: Number
    ngram: Number
    ppmd: Number | None
    model_by_xz: Number
    model_by_ngram: Number

    @property
    def others(self) -> list[tuple[str, Number]]:
        """The rivals, the weakest first."""
        rivals = [("xz", self.xz), ("counting five tokens", self.ngram)]
        if self.ppmd is not None:
            rivals.append(("PPMd", self.ppmd))
        return sorted(rivals, key=lambda rival: -rival[1].value)

    def sentence(self) -> str:
        """What the model is worth as a zip without loss, in numbers."""
        best, least = self.others[-1]
        share = self.model.value / least.value
        *firsts, last = [f"{_bits(bits)} with {name}" for name, bits in self.others]
        told = f"{', '.join(firsts)} and {last}"
        return (
            f"{self.texts} texts that Fjord never read, {self.characters:,} letters, "
            f"take {_bits(self.model)} bits a letter with Fjord's predictions, "
            f"{told}. Fjord's file has {round(100 * share)}\u00a0% of the size of the "
            f"best other one, that of {best}, and nothing is lost in any of them."
        )

    def title(self) -> str:
        """Fjord's bits beside those of the best other way, if they clearly differ."""
        (_, least), own = self.others[-1], self.model
        (own_low, own_high), (low, high) = map(_ends, (own, least))
        if own_high < low:
            return (
                f"With Fjord, a letter takes {_bits(own)} bits, "
                f"else {_bits(least)} or more"
            )
        if own_low > high:
            return (
                f"Without Fjord, {_bits(least)} bits a letter do, with it {_bits(own)}"
            )
        return "No clear difference between Fjord and the best other"

    def alt(self) -> str:
        """The figure in words."""
        told = ", ".join(f"{name} {_bits(bits)}" for name, bits in self.others)
        return (
            f"{self.title()}. Bars of the bits that a letter of unseen text costs "
            f"without loss: Fjord {_bits(self.model)}, {told}. Plain text takes 8."
        )

    def figure(self) -> Figure:
        """A bar for each way to write unseen texts; intervals where there are any."""
        colors = {"xz": figures.VERMILION, "PPMd": figures.PURPLE}
        bars = [
            (name, bits, colors.get(name, figures.GREEN)) for name, bits in self.others
        ]
        bars.append(("Fjord", self.model, figures.BLUE))
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 2.2))
            for row, (_, bits, color) in enumerate(bars):
                low, high = _ends(bits)
                ax.barh(row, bits.value, 0.6, color=color)
                ax.plot([low, high], [row, row], "-", color="#000000")
                ax.annotate(
                    _bits(bits),
                    (high, row),
                    (6, 0),
                    textcoords="offset points",
                    va="center",
                )
            ax.set_yticks(range(len(bars)), [name for name, _, _ in bars])
            ax.grid(visible=False)
            most = max(_ends(bits)[1] for _, bits, _ in bars)
            ax.set(xlabel="bits for one letter", xlim=(0, 1.15 * most))
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


def _bits(number: Number) -> str:
    return f"{number.value:.2f}"


def _ends(number: Number) -> tuple[float, float]:
    """Its interval, or the number itself where it has none."""
    low, high = number.low, number.high
    return number.value if low is None else low, number.value if high is None else high


@checked()
def others(lm: LanguageModel) -> Rivals:
    """What the rivals, over letters and the model's own tokens, need for unseen texts.

    Raises:
        ValueError: a model with a tokenizer of another kind.
    """
    if not isinstance(lm.tokenizer, SentencePieceTokenizer):
        raise ValueError(
            f'{lm.name} has not read Fjordby; take the class model, ll.load("fjord").'
        )
    return known_rivals(lm.tokenizer)


@checked(texts=1)
def measure(lm: LanguageModel, texts: int = TEXTS) -> Zip:
    """Compress texts that the model never read, and compare with its rivals.

    All of them have read all of Fjordby. A bar in the notebook shows how far it is.

    Args:
        lm: the class model.
        texts: so many of those that the rivals were measured on. What xz and PPMd need
            for a letter is that of all.

    Raises:
        ValueError: a model with a tokenizer of another kind.
    """
    rivals = others(lm)
    unseen, n = fjordby.unseen(len(rivals.ngram)), min(texts, len(rivals.ngram))
    of_all = sum(map(len, unseen))
    ngram = np.array(rivals.ngram[:n])
    lengths = np.array([len(text) for text in unseen[:n]])
    file, model = write(lm, unseen[:n])
    # The file's frame and the rounding of its last byte are shared out evenly.
    model = model + (8 * len(file) - model.sum()) / n

    def ratio(bits: np.ndarray, parts: np.ndarray, unit: str) -> Number:
        return bootstrap(lambda i: float(bits[i].sum() / parts[i].sum()), n, unit)

    characters = int(lengths.sum())
    xz = 8 * rivals.xz / of_all
    ppmd = None if rivals.ppmd is None else Number(8 * rivals.ppmd / of_all, UNIT)
    return Zip(
        corpus=rivals.corpus,
        corpus_xz=rivals.corpus_xz,
        weights=len(checkpoints.packed(lm.params)),
        texts=n,
        characters=characters,
        model=ratio(model, lengths, UNIT),
        xz=Number(xz, UNIT),
        ngram=ratio(ngram, lengths, UNIT),
        ppmd=ppmd,
        model_by_xz=Number(8 * len(file) / characters / xz, "of xz's bits"),
        model_by_ngram=ratio(model, ngram, "of the 5-gram model's bits"),
    )


ZIP = Experiment(name="06_zip", kind=Zip, measure=measure, cases=TEXTS)
