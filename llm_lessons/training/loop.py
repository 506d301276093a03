"""The training loop: one step after another, on one mesh, able to stop and go on.

The same code runs on one CPU, on several devices and on several hosts: the batch is
split over the mesh axis "data", the weights are everywhere, the momentum is split.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import safetensors
import safetensors.numpy
from jax.sharding import AxisType, Mesh, NamedSharding, PartitionSpec
from jaxtyping import Array, Float, Int

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import Parameters, init_parameters
from llm_lessons.model.transformer import forward
from llm_lessons.training.data import TokenStream
from llm_lessons.training.optimizer import (
    make_optimizer,
    stack,
    state_sharding,
    unstack,
)

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
    weights: dict[str, Array], batch: Int[Array, "B T"], config: ModelConfig
) -> Float[Array, ""]:
    """Mean surprise a token, in nats, at the tokens that really came next.

    A row may end with padding, -1, which counts for nothing.
    """
    tokens = jnp.maximum(batch, 0)
    logits = forward(unstack(weights, config), tokens[:, :-1], config)
    losses = optax.softmax_cross_entropy_with_integer_labels(logits, tokens[:, 1:])
    return losses.mean(where=batch[:, 1:] >= 0)


class Trainer:
    """A model in training: its weights, its optimiser's state, and how far it is."""

    def __init__(
        self,
        config: ModelConfig,
        recipe: Recipe,
        stream: TokenStream,
        steps: int | None = None,
    ):
        self.config, self.recipe, self.stream = config, recipe, stream
        self.steps = stream.steps if steps is None else steps
        self.step = 0
        self.losses: list[float] = []  # one mean for every LOG_EVERY steps
        self._pending: list[Array | float] = []
        self._setup()

    def _setup(self) -> None:
        devices = jax.devices()
        # As many devices as divide the rows evenly.
        count = max(n for n in range(1, len(devices) + 1) if not self.recipe.rows % n)
        self.mesh = Mesh(
            np.array(devices[:count]), ("data",), axis_types=(AxisType.Auto,)
        )
        whole = NamedSharding(self.mesh, PartitionSpec())
        self._split = NamedSharding(self.mesh, PartitionSpec("data"))
        recipe, config = self.recipe, self.config
        optimizer = make_optimizer(
            recipe.peak, recipe.embedding_share, recipe.weight_decay, self.steps
        )
        weights = stack(init_parameters(jax.random.key(recipe.seed), config))
        state = optimizer.init(weights)
        state_where = state_sharding(state, self.mesh, config.n_layers)
        weights_where = jax.tree.map(lambda _: whole, weights)
        self._where = (weights_where, state_where)
        self._carry = jax.device_put((weights, state), self._where)

        def advance(carry, batch):
            weights, state = carry
            loss, gradient = jax.value_and_grad(mean_loss)(weights, batch, config)
            # Summed up in one go: split by layer at once, it would travel in pieces.
            gradient = jax.lax.with_sharding_constraint(gradient, whole)
            updates, state = optimizer.update(gradient, state, weights)
            return (optax.apply_updates(weights, updates), state), loss

        self._advance = jax.jit(
            advance, donate_argnums=0, out_shardings=(self._where, whole)
        )

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
        # Each host hands over its own share of the rows.
        share = len(batch) // jax.process_count()
        mine = batch[jax.process_index() * share :][:share]
        placed = jax.make_array_from_process_local_data(self._split, mine)
        self._carry, loss = self._advance(self._carry, placed)
        self.step += 1
        self._pending.append(loss)
        if len(self._pending) == LOG_EVERY or self.step == self.steps:
            self.losses.append(float(np.mean([float(x) for x in self._pending])))
            self._pending = []
        return loss

    def run(self, report: Callable[["Trainer"], None], checkpoint: Path | None) -> None:
        """Train to the end; `report` is called after every step.

        With a checkpoint file, goes on from it, and writes it every minute: a run that
        is killed at any moment goes on to the same curve.
        """
        if checkpoint is not None and checkpoint.exists() and not self.step:
            self.restore(checkpoint)
        saved = time.monotonic()
        while self.step < self.steps:
            self.advance()
            report(self)
            last = self.step == self.steps
            due = last or time.monotonic() - saved > CHECKPOINT_SECONDS
            if checkpoint is not None and due:
                self.save(checkpoint)
                saved = time.monotonic()

    def _identity(self) -> str:
        """What a checkpoint must agree on to be continued."""
        tokens = self.stream.tokens[:1_000].tobytes()
        facts = {
            "config": asdict(self.config),
            "recipe": asdict(self.recipe),
            "steps": self.steps,
            "tokens": self.stream.tokens.shape,
            "beginning": hashlib.sha256(tokens).hexdigest(),
        }
        return json.dumps(facts, sort_keys=True)

    def save(self, path: Path) -> None:
        """Write everything needed to go on; a kill while writing loses nothing."""
        if jax.process_index() != 0:
            return
        leaves = jax.tree.leaves(self._carry)
        arrays = {f"{i:03d}": np.asarray(leaf) for i, leaf in enumerate(leaves)}
        arrays["losses"] = np.asarray(self.losses, np.float64)
        arrays["pending"] = np.asarray([float(x) for x in self._pending], np.float64)
        arrays["step"] = np.asarray(self.step)
        partial = path.with_suffix(".partial")
        path.parent.mkdir(parents=True, exist_ok=True)
        safetensors.numpy.save_file(arrays, partial, {"identity": self._identity()})
        partial.replace(path)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint.

        Raises:
            ValueError: the checkpoint belongs to another recipe, model or corpus.
        """
        with safetensors.safe_open(path, "numpy") as file:
            if file.metadata()["identity"] != self._identity():
                raise ValueError(
                    f"The checkpoint {path} belongs to another recipe, model or "
                    "corpus. Delete it to start anew, or go back to what made it."
                )
            leaves, tree = jax.tree.flatten(self._carry)
            stored = [file.get_tensor(f"{i:03d}") for i in range(len(leaves))]
            self.losses = file.get_tensor("losses").tolist()
            self._pending = file.get_tensor("pending").tolist()
            self.step = int(file.get_tensor("step"))
        self._carry = jax.device_put(jax.tree.unflatten(tree, stored), self._where)
