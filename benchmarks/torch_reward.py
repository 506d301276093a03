"""Learning from rewards in plain PyTorch: a group of answers, then its gradient."""

from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks import torch_fjord


class Learner:
    """A model that learns from rewards, as `llm_lessons.training.reward` has it.

    Args:
        folder: weights to begin with.
        rate: about how far a step turns each weight.
    """

    def __init__(self, folder: Path, rate: float):
        self.model = torch_fjord.load(folder)
        self.optimizer = torch.optim.Adam(self.model.parameters(), rate)

    @torch.inference_mode()
    def draw(self, prompt: list[int], size: int, limit: int, stop: int):
        """So many continuations of a prompt at temperature 1, each to its stop."""
        cache = self.model.make_cache(size, len(prompt) + limit)
        logits = self.model(torch.tensor([prompt] * size), cache, 0)
        drawn: list[Tensor] = []
        done = torch.zeros(size, dtype=torch.bool)
        for position in range(len(prompt), len(prompt) + limit):
            token = torch.multinomial(F.softmax(logits, dim=-1), 1)
            drawn.append(token)
            done |= token[:, 0] == stop
            if done.all():
                break
            logits = self.model(token, cache, position)
        rows = torch.cat(drawn, dim=1).tolist()
        return [row[: row.index(stop) + 1] if stop in row else row for row in rows]

    def learn(self, groups: list[dict]) -> None:
        """One step down the slopes, group by group: surprise times worth, summed.

        Args:
            groups: each a prompt, its answers, and what every token of each is worth.
        """
        for group in groups:
            pairs = zip(group["answers"], group["worth"], strict=True)
            told = [pair for pair in pairs if pair[1]]
            if told:
                self._loss(group["prompt"], told).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()

    def _loss(self, prompt: list[int], told: list[tuple[list[int], float]]) -> Tensor:
        width = max(len(answer) for answer, _ in told)
        rows = [[*prompt, *answer, *[0] * (width - len(answer))] for answer, _ in told]
        tokens = torch.tensor(rows)
        logits = self.model(tokens[:, :-1])[:, len(prompt) - 1 :]
        surprise = F.cross_entropy(
            logits.flatten(0, 1), tokens[:, len(prompt) :].flatten(), reduction="none"
        )
        weight = torch.zeros(len(told), width)
        for row, (answer, worth) in zip(weight, told, strict=True):
            row[: len(answer)] = worth
        return (weight.flatten() * surprise).sum()
