"""Thirty steps of learning from rewards, by turns against a plain loop in PyTorch.

Eight marble problems a step, eight answers each, 1 for the right number. Both sides
begin with the class model's weights and judge in Python. Before that, they learn from
the same answers, and have to come to the same scores; whatever compiles does it then.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import common
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.reward.rewards import RIGHT
from llm_lessons.training.answers import FORMS, Step, judged
from llm_lessons.training.reward import RewardTrainer, advantages

STEPS = 30
LOOKS = (1, 5, 10, 20, 30)  # steps whose answers, by the weights before, are counted
CLOSE = 0.01  # between the scores of both sides after a step: Adam takes roots
GOAL = 1.25  # times as fast as PyTorch
OURS, THEIRS = "llm_lessons", "PyTorch"


class PlainLoop:
    """The same job; drawn and learned in the peer's process."""

    def __init__(self, peer: common.Peer, trainer: RewardTrainer):
        self.peer, self.trainer = peer, trainer
        self.stop = trainer.lm.tokenizer.stops[0]
        folder = str(DATA / trainer.lm.name)
        peer.ask("learner", folder=folder, rate=trainer.rate)

    def step(self, number: int) -> float:
        """Draw, judge, compare, learn; the share of right answers."""
        own, dice = self.trainer, np.random.default_rng((self.trainer.seed, number))
        chosen = dice.choice(len(own.prompts), own.groups, replace=False)
        asked = [own.prompts[i] for i in chosen]
        what = [{"prompt": one.tokens, "limit": one.limit} for one in asked]
        groups = self.peer.ask("draw", prompts=what, size=own.size, stop=self.stop)
        rewards = [
            [self.reward(int(i), row) for row in rows]
            for i, rows in zip(chosen, groups, strict=True)
        ]
        worth = advantages(np.array(rewards)) / (own.groups * own.size)
        self.learn([one.tokens for one in asked], groups, worth.tolist())
        return float(np.mean(rewards))

    def reward(self, problem: int, row: list[int]) -> float:
        """For an answer, without the stop that ends it."""
        own = self.trainer
        text = own.lm.tokenizer.decode(row[:-1] if row[-1] == self.stop else row)
        return judged(own.reward, own.problems[problem], text).reward

    def learn(self, prompts: Sequence[list[int]], groups: Any, worth: Any) -> None:
        """One step of the peer."""
        parts = zip(prompts, groups, worth, strict=True)
        told = [
            {"prompt": prompt, "answers": answers, "worth": each}
            for prompt, answers, each in parts
        ]
        self.peer.ask("learn", groups=told)


def check_agreement(trainer: RewardTrainer, plain: PlainLoop) -> float:
    """How far the scores of both sides lie apart after a step from the same answers.

    Raises:
        SystemExit: too far.
    """
    texts = trainer.drawn([i for i in range(4) for _ in range(4)], seed=5)
    worth = advantages(np.random.default_rng(5).random((4, 4))).ravel() / 16
    trainer._learn(texts, worth.tolist())
    groups = [[text.drawn for text in texts[i : i + 4]] for i in range(0, 16, 4)]
    prompts = [one.tokens for one in trainer.prompts[:4]]
    plain.learn(prompts, groups, worth.reshape(4, 4).tolist())
    text = "Once upon a time"
    ours = np.asarray(trainer.model().logits(text))
    ids = trainer.lm.encode(text)
    theirs = np.array(plain.peer.ask("logits", mode="eager", prompt=ids))
    far = float(np.abs(ours - theirs).max())
    if far > CLOSE:
        raise SystemExit(f"The sides' scores lie {far:.2g} apart.")
    return far


def answered(steps: Sequence[Step], rights: Sequence[float]) -> str:
    """Some steps in numbers: what was right and the forms, and PyTorch's right ones."""
    rows = []
    for step, theirs in ((steps[k - 1], rights[k - 1]) for k in LOOKS):
        shares = step.reward, *(step.forms[name] for name in FORMS.values()), theirs
        rows.append([str(step.number), *(f"{100 * share:.0f} %" for share in shares)])
    return common.table(["step", "right", *FORMS.values(), "right in PyTorch"], rows)


def main() -> None:
    """Measure, and print the table."""
    parser = common.arguments(__doc__, rounds=3)
    parser.add_argument("--peers", type=Path, required=True, help="PyTorch's Python")
    asked = parser.parse_args()
    lm, problems = load("fjord"), RIGHT.problems(100, 0)
    first, rights, spent = list[Step](), list[float](), list[float]()

    def trainer(seed: int) -> RewardTrainer:
        return RewardTrainer(lm, problems, RIGHT.reward, seed=seed)

    with common.Peer(asked.peers) as peer:
        far = check_agreement(trainer(0), PlainLoop(peer, trainer(0)))
        for _ in trainer(1).run(STEPS):
            pass  # compiles all sizes of rows that come

        def ours() -> float:
            steps = [*trainer(0).run(STEPS)]
            first[:] = steps
            spent.extend(step.seconds for step in steps)
            return sum(step.seconds for step in steps)

        def theirs() -> float:
            plain, began = PlainLoop(peer, trainer(0)), time.perf_counter()
            rights[:] = [plain.step(number) for number in range(STEPS)]
            return time.perf_counter() - began

        seconds = common.take_turns({OURS: ours, THEIRS: theirs}, asked.rounds)
        version = f"PyTorch {peer.ask('version')}"
    each = {name: f"{np.median(one):.0f} s" for name, one in seconds.items()}
    told = (
        f"A run of {STEPS} steps takes {each[OURS]} ({max(spent):.2f} s the longest "
        f"step), in PyTorch {each[THEIRS]}: it is "
        f"{common.times_faster(seconds, OURS, THEIRS)} times as fast "
        f"({GOAL} was asked for). "
        f"After a step from the same answers the scores differ by {far:.1g}."
    )
    common.publish(
        "reward",
        f"{common.machine(version)}\n\n{answered(first, rights)}\n\n{told}",
        asked.record,
    )


if __name__ == "__main__":
    main()
