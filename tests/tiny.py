"""A tiny model with random weights and a vocabulary of its own, made in a moment."""

import math
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from llm_lessons.language_model import LanguageModel
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters, init_parameters
from llm_lessons.text.tokenizers import SentencePieceTokenizer, train_sentencepiece
from llm_lessons.training import Recipe, TokenStream, Trainer
from llm_lessons.weights import checkpoints

ROOT = Path(__file__).resolve().parents[1]

TEXTS = [
    "The fox found a red boat by the river, and the river ran to the sea.\n",
    "Anna paid $12 for 3 apples and 4 pears.\nHow much is left of 20?\n",
    "The old man told the children a story of a fox, a bear and a boat.\n",
    "Step by step: 20 - 12 = 8.\nSo 8 are left.\n",
]

FJORD = checkpoints.read_config()  # the class model's shape
CONFIG = ModelConfig(
    vocab_size=350,
    d_model=32,
    n_layers=2,
    n_heads=4,
    n_kv_heads=2,
    d_head=8,
    d_ff=48,
    rope_theta=10_000.0,
    norm_eps=1e-5,
    tie_embeddings=True,
    max_seq_len=100,  # more than one chunk of a prompt, and not a whole number of them
)


def random_parameters(config: ModelConfig, seed: int = 0) -> Parameters:
    """Random weights with uneven odds, so that every part of the model counts."""
    rng = np.random.default_rng(seed)

    def draw(shape: tuple[int, ...]) -> jax.Array:
        if len(shape) == 1:
            return jnp.asarray(rng.uniform(0.5, 1.5, shape), jnp.float32)
        is_embedding = shape[0] == config.vocab_size
        size = 0.3 if is_embedding else 1 / math.sqrt(math.prod(shape[:-1]))
        return jnp.asarray(rng.normal(0, size, shape), jnp.float32)

    shapes = jax.eval_shape(partial(init_parameters, config=config), jax.random.key(0))
    return jax.tree.map(lambda leaf: draw(leaf.shape), shapes)


@cache
def tokenizer() -> SentencePieceTokenizer:
    """A vocabulary learned from `TEXTS`."""
    return train_sentencepiece(TEXTS, CONFIG.vocab_size)


@cache
def model() -> LanguageModel:
    """The tiny model, whole. Most of what it writes is text: few pieces are bytes."""
    params = random_parameters(CONFIG)
    quiet = params.embedding.at[:259].multiply(0.1)
    params = replace(params, embedding=quiet)
    return LanguageModel("tiny", CONFIG, params, tokenizer())


def save(folder: Path) -> None:
    """Write the tiny model as training would."""
    checkpoints.save(folder, model().params, CONFIG, tokenizer().model)


TRAINED = replace(CONFIG, vocab_size=16, d_model=16, n_heads=2, d_ff=24, max_seq_len=16)
RECIPE = Recipe(rows=4, row_length=16, peak=0.1)
STEPS = 42


def pattern(length: int) -> np.ndarray:
    """Tokens that follow from the one before by a rule: 1, 4, 13, 6, 2, ..."""
    tokens = [1]
    for _ in range(length - 1):
        tokens.append((3 * tokens[-1] + 1) % 17 % 16)
    return np.array(tokens, np.uint16)


def trainer(steps: int = STEPS, seed: int = 0) -> Trainer:
    """A tiny model in training on a pattern that it can learn."""
    size = RECIPE.row_length
    tokens = pattern(steps * RECIPE.rows * size + 1)
    rows = [tokens[i : i + size + 1] for i in range(0, len(tokens) - size, size)]
    recipe = replace(RECIPE, seed=seed)
    return Trainer(TRAINED, recipe, TokenStream(np.array(rows), recipe.rows))
