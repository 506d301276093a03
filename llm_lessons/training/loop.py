"""The training loop: one step after another, on one mesh, able to stop and go on.

The same code runs on one CPU, on several devices and on several hosts: the batch is
split over the mesh axis "data", the weights are everywhere, the momentum is split.
Where the rows don't divide evenly, rows of padding, which count for nothing, fill up.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.sharding import NamedSharding, PartitionSpec
from jaxtyping import Array, Float, Int

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters, init_parameters
from llm_lessons.model.transformer import forward
from llm_lessons.training import hosts
from llm_lessons.training.data import TokenStream
from llm_lessons.training.number_format import number_format
from llm_lessons.training.optimizer import (
    make_optimizer,
    stack,
    state_sharding,
    unstack,
)
from llm_lessons.training.writing import read_checkpoint, unseal, write_checkpoint

CHECKPOINT_SECONDS = 60
LOG_EVERY = 20  # steps whose mean loss makes one point of the learning curve


@dataclass(frozen=True)
class Recipe:
    """Everything that, with the corpus, decides the trained weights.

    Attributes:
        seed: for the first random numbers and the order of the documents.
        rows: texts read side by side in one step.
        row_length: tokens a row.
        peak: learning rate of the matrices (Muon).
        embedding_share: learning rate of the rest (AdamW), as a share of `peak`.
        weight_decay: pull towards zero, times the learning rate.
    """

    seed: int = 0
    rows: int = 12
    row_length: int = 256
    peak: float = 0.02
    embedding_share: float = 0.15
    weight_decay: float = 0.05


def mean_loss(
    weights: dict[str, Array],
    batch: Int[Array, "B T"],
    config: ModelConfig,
    start: int | None = None,
) -> Float[Array, ""]:
    """Mean surprise a token, in nats, at the tokens that really came next.

    A row may hold several texts, each behind the token `start`, and none of them sees
    the others. It may end with padding, -1, which counts for nothing.
    """
    tokens = jnp.maximum(batch, 0)
    read = tokens[:, :-1]
    starts = None if start is None else text_starts(read, start)
    logits = forward(unstack(weights, config), read, config, starts)
    losses = optax.softmax_cross_entropy_with_integer_labels(logits, tokens[:, 1:])
    return losses.mean(where=batch[:, 1:] >= 0)


def text_starts(tokens: Int[Array, "B T"], start: int) -> Int[Array, "B T"]:
    """Where the text of each token begins: at the last token `start`, or in slot 0."""
    slots = jnp.arange(tokens.shape[1])
    return jax.lax.cummax(jnp.where(tokens == start, slots, 0), axis=1)


class Trainer:
    """A model in training: its weights, its optimiser's state, and how far it is."""

    def __init__(self, config: ModelConfig, recipe: Recipe, stream: TokenStream):
        self.config, self.recipe, self.stream = config, recipe, stream
        self.steps = stream.steps
        self.step = 0
        self.saved = 0  # the step of the last checkpoint
        self.losses: list[float] = []  # one mean for every LOG_EVERY steps
        self._pending: list[Array | float] = []
        self._setup()

    def _setup(self) -> None:
        self.mesh = hosts.mesh_for(self.recipe.rows)
        whole = NamedSharding(self.mesh, PartitionSpec())
        self._split = NamedSharding(self.mesh, PartitionSpec("data"))
        recipe, config, start = self.recipe, self.config, self.stream.start
        optimizer = make_optimizer(
            recipe.peak, recipe.embedding_share, recipe.weight_decay, self.steps
        )
        weights = stack(init_parameters(jax.random.key(recipe.seed), config))
        state = optimizer.init(weights)
        state_where = state_sharding(state, self.mesh, config.n_layers)
        weights_where = jax.tree.map(lambda _: whole, weights)
        self._where = (weights_where, state_where)
        self._carry = jax.device_put((weights, state), self._where)

        precision = number_format()

        def advance(carry, batch):
            weights, state = carry
            with jax.default_matmul_precision(precision):
                loss, gradient = jax.value_and_grad(mean_loss)(
                    weights, batch, config, start
                )
            # Summed up in one go: split by layer at once, it would travel in pieces.
            gradient = jax.lax.with_sharding_constraint(gradient, whole)
            updates, state = optimizer.update(gradient, state, weights)
            return (optax.apply_updates(weights, updates), state), loss

        self._advance = jax.jit(
            advance, donate_argnums=0, out_shardings=(self._where, whole)
        )
        self._gather = jax.jit(lambda carry: carry, out_shardings=whole)

    @property
    def params(self) -> Parameters:
        """The weights as they are now."""
        return unstack(self._carry[0], self.config)

    @property
    def tokens_read(self) -> int:
        """Tokens predicted so far."""
        return self.stream.tokens_read(self.step)

    def advance(self) -> Float[Array, ""]:
        """Read one batch and turn every knob a little.

        Returns the batch's mean loss before that, in nats; a device may still be at it.
        """
        batch = self.stream.batch(self.step)
        filling = -len(batch) % self.mesh.size
        batch = np.pad(batch, ((0, filling), (0, 0)), constant_values=-1)
        # Each host hands over the rows of its own devices.
        placed = jax.make_array_from_callback(
            batch.shape, self._split, lambda mine: batch[mine]
        )
        self._carry, loss = self._advance(self._carry, placed)
        self.step += 1
        self._pending.append(loss)
        if len(self._pending) == LOG_EVERY or self.step == self.steps:
            self.losses.append(float(np.mean([float(x) for x in self._pending])))
            self._pending = []
        return loss

    def run(
        self,
        report: Callable[["Trainer"], None],
        path: Path | None,
        save_every: float | None = None,
    ) -> None:
        """Train to the end; `report` is called after every step.

        With a checkpoint's path, goes on from it, and writes it every so many seconds
        (one minute) and at the end: a run that is killed at any moment goes on to the
        same curve.
        """
        if path is not None and not self.step:
            self.restore(path)
        seconds = CHECKPOINT_SECONDS if save_every is None else save_every
        saved = time.monotonic()
        while self.step < self.steps:
            self.advance()
            report(self)
            late = time.monotonic() - saved > seconds
            if path is not None and self._is_due(late):
                self.save(path)
                saved = time.monotonic()

    def _is_due(self, late: bool) -> bool:
        """Whether a checkpoint is to be written now: all hosts have to say the same."""
        if self.step == self.steps:
            return True
        if jax.process_count() > 1 and self._pending:
            return False  # they talk of it only where the curve has a point
        return hosts.decided(late)

    def _identity(self) -> str:
        """What a checkpoint must agree on to be continued."""
        facts = {
            "config": self.config.record(),
            "recipe": asdict(self.recipe),
            "steps": self.steps,
            "tokens": self.stream.tokens.shape,
            "sha256": self.stream.sha256,
        }
        return json.dumps(facts, sort_keys=True)

    def save(self, path: Path) -> None:
        """Write everything needed to go on; every host has to call it.

        Raises:
            Trouble: it can't be written.
        """
        carry = self._gather(self._carry) if jax.process_count() > 1 else self._carry
        if hosts.is_first():
            leaves = jax.tree.leaves(carry)
            arrays = {f"{i:03d}": np.asarray(leaf) for i, leaf in enumerate(leaves)}
            pending = [float(loss) for loss in self._pending]
            arrays["losses"] = np.asarray(self.losses, np.float64)
            arrays["pending"] = np.asarray(pending, np.float64)
            arrays["step"] = np.asarray(self.step)
            write_checkpoint(path, arrays, self._identity())
        self.saved = self.step

    def restore(self, path: Path) -> bool:
        """Go on from a checkpoint, which host 0 reads for all; every host calls it.

        Returns:
            Whether there is one.

        Raises:
            Trouble: it is damaged, or belongs to another recipe, model or corpus.
        """
        mine = read_checkpoint(path, self._identity()) if hosts.is_first() else b""
        data = hosts.tell_all(mine)
        if not data:
            return False
        arrays, _ = unseal(data)
        leaves, tree = jax.tree.flatten(self._carry)
        stored = [arrays[f"{i:03d}"] for i in range(len(leaves))]
        self.losses = arrays["losses"].tolist()
        self._pending = arrays["pending"].tolist()
        self.saved = self.step = int(arrays["step"])
        self._carry = jax.device_put(jax.tree.unflatten(tree, stored), self._where)
        return True
