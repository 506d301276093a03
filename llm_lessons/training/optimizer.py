"""How a gradient becomes a step: Muon for the matrices, AdamW for the rest.

Trained weights are held here as a flat dict, with the layers stacked: "layers.query" is
[n_layers, d_model, n_heads, d_head]. So each kind of matrix is orthogonalised in one
batch, and its momentum can be split over the devices by layer.
"""

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array
from optax.contrib import MuonDimensionNumbers, muon

from llm_lessons.model.config import ModelConfig
from llm_lessons.model.parameters import ALL_LAYER_FIELDS, Parameters, assembled

# Which axes of a stacked matrix go in, and which come out; axis 0 is the layer.
MATRICES = {
    "layers.query": MuonDimensionNumbers(1, (2, 3)),
    "layers.key": MuonDimensionNumbers(1, (2, 3)),
    "layers.value": MuonDimensionNumbers(1, (2, 3)),
    "layers.output": MuonDimensionNumbers((1, 2), 3),
    "layers.gate": MuonDimensionNumbers(1, 2),
    "layers.up": MuonDimensionNumbers(1, 2),
    "layers.down": MuonDimensionNumbers(1, 2),
}


def stack(params: Parameters) -> dict[str, Array]:
    """Parameters as a flat dict with the layers stacked on a new first axis."""
    weights = {
        f"layers.{name}": jnp.stack([getattr(layer, name) for layer in params.layers])
        for name in ALL_LAYER_FIELDS
        if getattr(params.layers[0], name) is not None
    }
    weights |= {"embedding": params.embedding, "final_norm": params.final_norm}
    if params.output_head is not None:
        weights["output_head"] = params.output_head
    return weights


def unstack(weights: dict[str, Array], config: ModelConfig) -> Parameters:
    """The inverse of `stack`."""
    names = [name for name in ALL_LAYER_FIELDS if f"layers.{name}" in weights]
    layers = (
        {name: weights[f"layers.{name}"][i] for name in names}
        for i in range(config.n_layers)
    )
    return assembled(weights, layers)


def learning_rate(peak: float, steps: int) -> optax.Schedule:
    """Warm up over 2 % of the steps, hold, and fall to zero over the last 80 %."""
    warm_up, decay = max(1, steps // 50), max(1, steps * 4 // 5)
    return optax.join_schedules(
        [
            optax.linear_schedule(0.0, peak, warm_up),
            optax.constant_schedule(peak),
            optax.linear_schedule(peak, 0.0, decay),
        ],
        [warm_up, steps - decay],
    )


def make_optimizer(
    peak: float, embedding_share: float, weight_decay: float, steps: int
) -> optax.GradientTransformation:
    """Muon at `peak`; AdamW at `embedding_share` of it for embeddings and norms."""

    def dimensions(weights):
        return {name: MATRICES.get(name) for name in weights}

    return optax.chain(
        optax.clip_by_global_norm(1.0),
        muon(
            learning_rate(peak, steps),
            weight_decay=weight_decay,
            adam_b2=0.98,
            adam_weight_decay=weight_decay,
            adam_learning_rate=learning_rate(peak * embedding_share, steps),
            muon_weight_dimension_numbers=dimensions,
        ),
    )


def state_sharding(state, mesh: jax.sharding.Mesh, n_layers: int):
    """Where each array of an optimiser's state lives: momentum split by layer.

    Orthogonalising a matrix costs a fifth of a step; so each device does its share of
    the layers instead of all devices doing all of them.
    """
    split = jax.sharding.PartitionSpec("data")
    whole = jax.sharding.PartitionSpec()
    divides = n_layers % mesh.shape["data"] == 0

    def place(leaf):
        stacked = divides and leaf.ndim >= 3 and leaf.shape[0] == n_layers
        return jax.sharding.NamedSharding(mesh, split if stacked else whole)

    return jax.tree.map(place, state)
