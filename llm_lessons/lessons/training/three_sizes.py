"""Three sizes of one model: what more knobs alone are worth.

Claim C17: what a model can do comes from one operation at a huge scale. Scale is knobs
and text. Here the text is held fixed: three models of the same kind read the very same
tokens, once, with the same recipe, and the learning rate of each falls to nothing at
the end. They differ in width and depth, so in the number of their knobs, and in the
work that these take. Their loss is measured on texts that none of them has read.

`python3 start.py sizes` trains them and writes the log, `data/control/sizes.json`;
lessons read it (`read_log`).
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import jax
from tqdm import tqdm

from llm_lessons import fjordby
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.training import fit
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import count_parameters
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, TokenStream, Trainer, encode, pack
from llm_lessons.training.data import START
from llm_lessons.training.options import named_after, parse_logged
from llm_lessons.training.writing import writing
from llm_lessons.weights.checkpoints import read_config
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import carry_out

LOG = DATA / "control" / "sizes.json"
_LARGEST = read_config()
MODELS = (
    replace(
        _LARGEST, n_layers=2, d_model=48, n_heads=2, n_kv_heads=2, d_head=24, d_ff=128
    ),
    replace(
        _LARGEST, n_layers=4, d_model=96, n_heads=3, n_kv_heads=3, d_head=32, d_ff=256
    ),
    _LARGEST,
)
DOCUMENTS = 25_000  # spread over the whole of Fjordby: about two million tokens


@dataclass(frozen=True)
class Sized:
    """One of the models, trained.

    Attributes:
        parameters: how many knobs it has.
        bits: surprise on unseen texts, in bits a token.
        low, high: the 95 % interval of that.
    """

    parameters: int
    bits: float
    low: float
    high: float


@dataclass(frozen=True)
class Sizes:
    """All models, from few knobs to many.

    Attributes:
        corpus_sha256: of the corpus whose documents they read.
        tokens: that each of them read, once.
        texts: unseen ones, over which surprise was averaged.
        models: one for each size.
    """

    corpus_sha256: str
    tokens: int
    texts: int
    models: tuple[Sized, ...]

    def sentence(self) -> str:
        """The loss of each size, and whether each is clearly better than the last."""
        told = ", ".join(
            f"{m.bits:.2f} with {m.parameters:,} knobs" for m in self.models
        )
        falls = all(more.high < few.low for few, more in pairwise(self.models))
        end = (
            "With each size the loss is clearly lower."
            if falls
            else "Not each size is clearly better than the one before."
        )
        return (
            f"After the same {self.tokens / 1e6:.1f} million tokens, unseen text costs "
            f"{told}, in bits a token. {end}"
        )


def material(tokenizer: Tokenizer, recipe: Recipe) -> TokenStream:
    """What all of them read."""
    documents = fjordby.build().documents.spread(DOCUMENTS)
    texts = [document.text for document in documents]
    packed = pack(encode(texts, tokenizer), recipe.row_length)
    return TokenStream(packed, recipe.rows, START)


def train(
    config: ModelConfig,
    stream: TokenStream,
    recipe: Recipe,
    tokenizer: Tokenizer,
    texts: Sequence[str],
    checkpoint: Path,
) -> Sized:
    """Train one model on all of the stream, once, and measure it on unseen texts.

    A run that was stopped at any step goes on from its checkpoint.
    """
    trainer, knobs = Trainer(config, recipe, stream), count_parameters(config)
    trainer.restore(checkpoint)
    with tqdm(
        total=trainer.steps, initial=trainer.step, desc=f"{knobs:,} knobs", unit="step"
    ) as bar:

        def report(trainer: Trainer) -> None:
            bar.update(trainer.step - bar.n)

        trainer.run(report, checkpoint)
    params = jax.device_get(trainer.params)
    lm = LanguageModel("sized", config, params, tokenizer)
    ids = fit.beginnings(lm, texts, config.max_seq_len)
    found = fit.mean(fit.surprise(lm.params, ids, config), ids)
    assert found.low is not None and found.high is not None
    return Sized(
        knobs, round(found.value, 4), round(found.low, 4), round(found.high, 4)
    )


def write_log(path: Path, sizes: Sizes) -> None:
    """Write everything that was measured.

    Raises:
        Trouble: it can't be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(path, json.dumps(asdict(sizes), indent=1) + "\n")


def read_log(path: Path = LOG) -> Sizes:
    """What `python3 start.py sizes` measured.

    Raises:
        FileNotFoundError: it has not written there yet.
    """
    fields = json.loads(path.read_text(encoding="utf-8"))
    models = tuple(Sized(**one) for one in fields["models"])
    return Sizes(**fields | {"models": models})


def run(arguments: Sequence[str]) -> int:
    """Train all sizes; a run that was stopped at any step goes on from there."""
    settings, recipe = parse_logged("sizes", __doc__, LOG, arguments), Recipe()
    tokenizer = load("fjord").tokenizer
    stream, texts = material(tokenizer, recipe), fjordby.unseen(fit.TEXTS)
    models = []
    for config in MODELS:
        name = f"{named_after(stream)}-{config.d_model}.safetensors"
        own = settings.work / name
        models.append(train(config, stream, recipe, tokenizer, texts, own))
    read = stream.tokens_read(stream.steps)
    corpus = fjordby.build().sha256
    write_log(settings.log, Sizes(corpus, read, len(texts), tuple(models)))
    print(f"The log is in {settings.log}")
    return 0


if __name__ == "__main__":
    sys.exit(carry_out(lambda: run(sys.argv[1:])))
