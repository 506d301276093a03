"""The PyTorch side of Fjord's benchmarks, run by the peers' own Python."""

import time
from collections.abc import Callable
from pathlib import Path

import torch

from benchmarks import torch_fjord
from benchmarks.answering import answer_lines
from benchmarks.torch_reward import Learner
from benchmarks.torch_training import TorchTrainer


class Worker:
    """What can be asked for."""

    def version(self) -> str:
        """PyTorch's version."""
        return torch.__version__

    def load(self, folder: str) -> None:
        """Read the weights; eager and compiled share them."""
        self.model = torch_fjord.load(Path(folder))
        self.forward: dict[str, Callable] = {
            "eager": self.model,
            "compiled": torch.compile(self.model),
        }

    def logits(self, mode: str, prompt: list[int]) -> list[float]:
        """Scores after a prompt."""
        return torch_fjord.next_logits(self.model, self.forward[mode], prompt).tolist()

    def time_logits(self, mode: str, threads: int, prompts: list[list[int]]) -> float:
        """Seconds for a forward pass over each of the prompts, one by one."""
        torch.set_num_threads(threads)
        began = time.perf_counter()
        for prompt in prompts:
            torch_fjord.next_logits(self.model, self.forward[mode], prompt)
        return time.perf_counter() - began

    def generate(self, mode: str, **what) -> list[list[int]]:
        """Continue prompts."""
        return torch_fjord.generate(self.model, self.forward[mode], **what)

    def time_generate(self, mode: str, threads: int, **what) -> float:
        """Seconds to continue prompts."""
        torch.set_num_threads(threads)
        began = time.perf_counter()
        self.generate(mode, **what)
        return time.perf_counter() - began

    def trainers(self, folder: str, variants: dict[str, dict], **what) -> None:
        """Set up one trainer a variant."""
        self.training = {
            name: TorchTrainer(Path(folder), **what, **variant)
            for name, variant in variants.items()
        }

    def train(self, variant: str, steps: int) -> dict[str, float]:
        """Train on: seconds taken, and the mean loss."""
        return self.training[variant].run(steps)

    def learner(self, folder: str, rate: float) -> None:
        """Begin to learn from rewards, from these weights on."""
        self.learning = Learner(Path(folder), rate)
        self.model = self.learning.model
        self.forward = {"eager": self.model}

    def draw(self, prompts: list[dict], size: int, stop: int) -> list[list[list[int]]]:
        """A group of answers to each prompt."""
        return [self.learning.draw(**one, size=size, stop=stop) for one in prompts]

    def learn(self, groups: list[dict]) -> None:
        """Learn from them."""
        self.learning.learn(groups)


if __name__ == "__main__":
    # Compile for each shape and number of threads, don't go back to eager at the ninth.
    torch._dynamo.config.recompile_limit = 64
    answer_lines(Worker())
