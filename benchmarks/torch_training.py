"""Fjord's training step in PyTorch: the same batch, model and optimiser's work.

Muon for the block matrices (one by one, in bfloat16), and for the rest AdamW with a
Nesterov look-ahead (NAdam), as optax has it in `llm_lessons.training`.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks import torch_fjord

MOMENTUM = 0.95


def make_loss(model: torch_fjord.Fjord) -> Callable[[Tensor], Tensor]:
    """Mean surprise a token of a batch [B, T + 1], in nats."""

    def loss(batch: Tensor) -> Tensor:
        logits = model(batch[:, :-1])
        return F.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())

    return loss


class TorchTrainer:
    """A model in training.

    Args:
        folder: weights to begin with, and `tokens.npy`.
        recipe: the fields of `llm_lessons.training.Recipe`.
        steps: length of the whole run, which decides the learning rate.
        compiled: whether the loss goes through torch.compile.
        rounded: whether products are made in bfloat16, as autocast does it.
    """

    def __init__(
        self, folder: Path, recipe: dict, steps: int, compiled: bool, rounded: bool
    ):
        model = torch_fjord.load(folder)
        self.weights = list(model.parameters())
        loss = make_loss(model)
        self.loss = torch.compile(loss) if compiled else loss
        self.tokens = np.load(folder / "tokens.npy").astype(np.int64)
        self.recipe, self.steps, self.done = recipe, steps, 0
        self.rounded = rounded

        matrices = [p for block in model.blocks for p in block.parameters()]
        matrices = [p for p in matrices if p.ndim == 2]
        rest = [p for p in self.weights if all(p is not m for m in matrices)]
        decay, share = recipe["weight_decay"], recipe["embedding_share"]
        muon = torch.optim.Muon(matrices, 0.0, decay, MOMENTUM)
        adam = torch.optim.NAdam(
            rest,
            0.0,
            betas=(0.9, 0.98),
            weight_decay=decay,
            momentum_decay=1e9,  # so the momentum is constant, as in optax
            decoupled_weight_decay=True,
        )
        self.optimizers = [(muon, recipe["peak"]), (adam, recipe["peak"] * share)]

    def rate(self) -> float:
        """Warm up over 2 % of the steps, hold, and fall over the last 40 %."""
        up, down = self.steps // 50, self.steps * 2 // 5
        return min(1.0, self.done / up, (self.steps - self.done) / down)

    def step(self) -> Tensor:
        """Read one batch; returns its loss."""
        rows = self.recipe["rows"]
        batch = self.tokens[self.done * rows : (self.done + 1) * rows]
        with torch.autocast("cpu", torch.bfloat16, enabled=self.rounded):
            loss = self.loss(torch.from_numpy(batch))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        for optimizer, peak in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = peak * self.rate()
            optimizer.step()
            optimizer.zero_grad()
        self.done += 1
        return loss.detach()

    def run(self, steps: int) -> dict[str, float]:
        """Train on: seconds taken, and the mean loss."""
        began = time.perf_counter()
        losses = [self.step() for _ in range(steps)]
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "loss": float(torch.stack(losses).mean())}
