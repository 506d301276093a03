"""Several chains of steps drawn by the coin, and the majority of their answers.

Claim C15: steps spread the computation over many tokens. Chains drawn at a temperature
may slip at different places; whether their majority is right more often than one of
them is measured here, and the same for answers at once.
"""

from collections import Counter
from collections.abc import Sequence

from llm_lessons.checks import checked
from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    FINAL,
    LONGEST_ANSWER,
    LONGEST_STEPS,
)
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.waiting import Waiting

ROWS = 128  # chains drawn together, between two moves of the progress bar


def majority(answers: Sequence[str]) -> str:
    """The commonest answer; of equally common ones, the one that came first.

    An answer that is empty, because the chain came to no end, counts only if all are.
    """
    votes = Counter(filter(None, answers))
    return votes.most_common(1)[0][0] if votes else ""


@checked(chains=1)
def drawn_answers(
    lm: LanguageModel,
    problems: Sequence[Problem],
    chains: int,
    stepwise: bool = True,
    temperature: float = 1.0,
    seed: int = 0,
) -> list[list[str]]:
    """Draw several answers to each problem: one list of `chains` a problem.

    A bar in the notebook shows how far it is.
    """
    prompts = [
        problem.step_prompt if stepwise else problem.at_once_prompt
        for problem in problems
        for _ in range(chains)
    ]
    longest = LONGEST_STEPS if stepwise else LONGEST_ANSWER
    answers = []
    with Waiting("writing chains", len(prompts)) as bar:
        for i in range(0, len(prompts), ROWS):
            rows = prompts[i : i + ROWS]
            texts = lm.batch(rows, longest, temperature, seed=seed + i)
            if stepwise:
                finals = map(FINAL.search, texts)
                answers += [final[1] if final else "" for final in finals]
            else:
                answers += [text.strip().split(".")[0] for text in texts]
            bar.done(len(rows))
    return [answers[i : i + chains] for i in range(0, len(answers), chains)]


@checked(votes=1)
def majority_vote(
    lm: LanguageModel,
    problems: Sequence[Problem],
    votes: Sequence[int] = (1, 5, 15),
    stepwise: bool = True,
    temperature: float = 1.0,
    seed: int = 0,
) -> dict[int, Share]:
    """Share of problems that a majority of drawn answers gets right, by voters.

    As many answers as the largest vote needs are drawn once for each problem. A smaller
    vote is held by each group of them in turn, and the problem counts with the share
    of groups that are right.
    """
    drawn = drawn_answers(lm, problems, max(votes), stepwise, temperature, seed)
    return {
        size: share(
            groups_right(answers, size, problem.answer)
            for answers, problem in zip(drawn, problems, strict=True)
        )
        for size in votes
    }


def groups_right(answers: Sequence[str], size: int, right: str) -> float:
    """Share of full groups of `size` answers whose majority is right."""
    groups = len(answers) // size
    winners = (majority(answers[i * size : (i + 1) * size]) for i in range(groups))
    return sum(winner == right for winner in winners) / groups
