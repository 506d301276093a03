"""Only right numbers are rewarded: what does it learn, and what does it cost?

Claims C13 to C15, and beyond the essay: nobody tells the model to write its steps. It
is asked marble problems without a word about the form, and right numbers are rewarded.
Before and after it is asked problems that it has not learned from. Beside that stands
what no reward was given for: facts that it knew, and how well it predicts Fjordby.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from llm_lessons import figures, fjordby
from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.lessons.reward import learned_drawn, moments
from llm_lessons.lessons.reward.learned_drawn import RIGHTLY, STEPWISE, Curve, Curves
from llm_lessons.lessons.reward.moments import Marked, Moment
from llm_lessons.lessons.reward.rewards import EACH, RIGHT, Choice, unseen
from llm_lessons.lessons.training import fit
from llm_lessons.measuring import kept
from llm_lessons.measuring.intervals import Number, Share, better, surely
from llm_lessons.measuring.kept import Experiment, NotKept
from llm_lessons.training.answers import FORMS, Step
from llm_lessons.training.reward import RewardTrainer

STEPS = 30
RUNS = 5  # each with other coins and other problems
ASKED = 40  # unseen problems of a kind, about
WELL_READ = 512  # readings of a fact


@dataclass(frozen=True)
class Look(Marked):
    """What a model does with problems, and what else it can.

    Attributes:
        facts: share recalled, by the number of readings.
        problems, others: surprise at unseen word problems of Fjordby and at its other
            texts, in bits a token.
    """

    facts: dict[int, Share]
    problems: Number
    others: Number


@dataclass(frozen=True)
class Run:
    """One training.

    Attributes:
        right, stepwise: of the answers of each step, before it is learned from.
        after: what the model then does.
    """

    right: tuple[float, ...]
    stepwise: tuple[float, ...]
    after: Look


@dataclass(frozen=True)
class Rewarded:
    """Some trainings of one model.

    Attributes:
        before: what the model did.
        runs: each with a seed of its own.
        moments: of the first of them, for who wants to see it step by step.
    """

    before: Look
    runs: tuple[Run, ...]
    moments: tuple[Moment, ...]

    @property
    def right(self) -> Share:
        """Right answers to unseen problems, over all runs."""
        found = [run.after.right for run in self.runs]
        return moments.over_runs(found, self.before.right.n)

    @property
    def stepwise(self) -> Share:
        """Answers to unseen problems that are written step by step, over all runs."""
        found = [run.after.stepwise for run in self.runs]
        return moments.over_runs(found, self.before.stepwise.n)

    def facts(self, readings: int) -> Share:
        """Facts recalled after the rewards, over all runs."""
        found = [run.after.facts[readings] for run in self.runs]
        return moments.over_runs(found, found[0].n)

    def sentence(self) -> str:
        first, last = self.before, [run.after.right.share for run in self.runs]
        low, high = (round(100 * value) for value in (min(last), max(last)))
        return (
            f"Before, {first.stepwise.percent} of the answers are written step by "
            f"step, and {first.right.percent} are right. After {STEPS} rounds of "
            f"reward, {self.stepwise.percent} are written step by step, and "
            f"{self.right.percent} are right ({low} to {high}\u00a0% in "
            f"{len(self.runs)} runs)."
        )

    def steps_right(self) -> str:
        """Whether it also calculates better, or only writes its steps more often."""
        before = moments.within_steps([self.before])
        after = moments.within_steps([run.after for run in self.runs])
        if better(after, before):
            so = "So it calculates better, too."
        elif better(before, after):
            so = "So reward chose a form; the steps themselves got worse."
        else:
            so = "So reward chose a form, and it calculates no better."
        return (
            f"Of the answers that have steps, {before.percent} were right before, and "
            f"{after.percent} are after. {so}"
        )

    def cost(self) -> str:
        """What became of that for which there was no reward, in numbers."""
        before, n = self.before, len(self.runs)
        problems, others = (
            sum(getattr(run.after, name).value for run in self.runs) / n
            for name in ("problems", "others")
        )
        facts = before.facts[WELL_READ]
        return (
            f"Of the facts read {WELL_READ} times, it recalls {facts.percent} before "
            f"and {self.facts(WELL_READ).percent} after. Fjordby's stories, notes and "
            f"chats surprise it by {before.others.value:.2f} bits a token before and "
            f"{others:.2f} after; its pages of word problems, of which most don't "
            f"write any steps, by {before.problems.value:.2f} and {problems:.2f}."
        )

    def title(self) -> str:
        """What reward does to right answers."""
        first, last = self.before.right, self.right
        words = f"from {first.percent} to {last.percent}"
        return surely(f"Right answers, by reward alone: {words}", first, last)

    def alt(self, twin: "Rewarded | None" = None, yours: Share | None = None) -> str:
        told = learned_drawn.told(self.curves())
        if twin is not None:
            also = learned_drawn.told(twin.curves())
            told = f"{told} Its twin, dashed and hollow: {also}"
        return (
            f"{self.title()}. Two curves over the rounds of reward, thin for each run "
            "and thick for their mean: answers that are written step by step, and "
            "right ones. Beside their ends stand unseen problems with 95 % intervals. "
            f"{told}{figures.yours_in_words(yours)}"
        )

    def figure(
        self, twin: "Rewarded | None" = None, yours: Share | None = None
    ) -> Figure:
        """Both curves over the steps, each run and their mean; unseen problems apart.

        Args:
            twin: of another model, drawn dashed.
            yours: right answers to unseen problems of a learner's own run.
        """
        other = twin and twin.curves()
        return learned_drawn.draw(self.title(), self.curves(), other, yours)

    def curves(self) -> Curves:
        """Both shares, run by run."""
        first = self.before
        return {
            STEPWISE: Curve(
                [run.stepwise for run in self.runs], (first.stepwise, self.stepwise)
            ),
            RIGHTLY: Curve([run.right for run in self.runs], (first.right, self.right)),
        }


def learn(
    lm: LanguageModel, choice: Choice, seed: int = 0
) -> tuple[LanguageModel, list[Step]]:
    """A copy of a model after some steps of reward, and these steps."""
    trainer = RewardTrainer(
        lm,
        choice.problems(EACH, 0),
        choice.reward,
        longest=choice.longest,
        seed=seed,
    )
    steps = [*trainer.run(STEPS)]
    return trainer.model(), steps


def look(lm: LanguageModel, problems: Sequence[Problem]) -> Look:
    """Ask unseen problems, and look at what else the model can; takes seconds."""
    texts = fjordby.unseen(fit.TEXTS)
    ids = fit.beginnings(lm, texts, lm.config.max_seq_len)
    bits = fit.surprise(lm.params, ids, lm.config)
    begins = (*FORMS, "Answer first:")
    is_problem = np.array([any(begin in text for begin in begins) for text in texts])
    problem_bits, other_bits = (
        fit.mean(bits[chosen], [ids[i] for i in np.flatnonzero(chosen)])
        for chosen in (is_problem, ~is_problem)
    )
    marks = moments.marked(moments.asked(lm, problems, RIGHT.longest))
    return Look(marks, recall.measure(lm, recall.of_people()), problem_bits, other_bits)


@checked(cases=1)
def measure(lm: LanguageModel, cases: int = RUNS) -> Rewarded:
    """So many trainings, one after the other; each takes a minute or two."""
    problems = unseen(RIGHT, ASKED)
    runs, first = list[Run](), tuple[Moment, ...]()
    for seed in waited(range(cases), "learning from rewards, run by run", is_all=True):
        learned, steps = learn(lm, RIGHT, seed)
        seen = tuple(map(moments.moment, steps))
        first = first or seen
        marked = [Marked(moment.marks) for moment in seen]
        right = tuple(moment.right.share for moment in marked)
        stepwise = tuple(moment.stepwise.share for moment in marked)
        runs.append(Run(right, stepwise, look(learned, problems)))
    return Rewarded(look(lm, problems), tuple(runs), first)


REWARDED = Experiment(
    "11_rewarded", measure, RUNS, on_card=r"marbles, no word about the form: .*"
)


def kept_of(lm: LanguageModel, experiment: Experiment[Any] = REWARDED) -> Any:
    """The kept result of a model; None where there is none of these weights."""
    try:
        return kept.find(experiment, [lm]).result
    except NotKept:
        return None


@checked()
def yours(lm: LanguageModel | None) -> Share | None:
    """Right answers of a learner's own model to unseen problems; None without one."""
    if lm is None:
        return None
    problems = unseen(RIGHT, ASKED)
    return Marked(moments.marked(moments.asked(lm, problems, RIGHT.longest))).right
