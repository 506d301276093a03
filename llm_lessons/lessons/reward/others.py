"""You get what you reward: the same learning, with other things rewarded.

A reward is meant for something, and given for something else: what can be seen in a
text. Whatever gets more of it becomes likelier, whether it was meant or not. And where
no answer is ever right, there is nothing to make likelier.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.reward import moments
from llm_lessons.lessons.reward.learned import STEPS, learn
from llm_lessons.lessons.reward.moments import Example, Marked
from llm_lessons.lessons.reward.rewards import OTHERS, PLEASED, Choice, unseen
from llm_lessons.measuring.kept import Experiment
from llm_lessons.training.answers import Answer, judged

ASKED = 20  # unseen problems of a kind, about


@dataclass(frozen=True)
class Side(Marked):
    """What a model does with unseen problems.

    Attributes:
        reward: that they would get, mean.
        signs: of an answer, median.
    """

    reward: float
    signs: float


@dataclass(frozen=True)
class Taught:
    """What came of one reward.

    Attributes:
        name: of the reward.
        before, after: what the model did, and does.
        example: an answer afterwards, of the commonest form, that gets most.
    """

    name: str
    before: Side
    after: Side
    example: Example


@dataclass(frozen=True)
class Others:
    """What came of each reward, on one model."""

    taught: tuple[Taught, ...]

    @property
    def worst(self) -> Taught:
        """The one that cost the most right answers."""
        return max(
            self.taught,
            key=lambda course: course.before.right.share - course.after.right.share,
        )

    def table(self) -> str:
        """A row for each reward: what it did to the length, and an answer."""
        lines = ["| rewarded | characters | an answer afterwards |"]
        lines.append("| :-- | --: | :-- |")
        for course in self.taught:
            signs = f"{course.before.signs:.0f} → {course.after.signs:.0f}"
            text = " ".join(course.example.text.replace("|", "/").split())
            lines.append(f"| {course.name} | {signs} | `{text or ' '}` |")
        return "\n".join(lines)

    def sentence(self) -> str:
        course = self.worst
        return (
            f"Rewarded for “{course.name}”, it has {course.before.right.percent} right "
            f"answers before and {course.after.right.percent} after {STEPS} rounds."
        )

    def sounding_sure(self) -> str:
        """What comes of a judge that pays for one; nothing if not tried."""
        found = [course for course in self.taught if course.name == PLEASED.name]
        return " ".join(
            f"At first, {100 * course.before.reward:.0f}\u00a0% of its answers sounded "
            f"sure in this way, and {course.before.right.percent} were right. After "
            f"{STEPS} rounds, {100 * course.after.reward:.0f}\u00a0% sound sure, and "
            f"{course.after.right.percent} are right."
            for course in found
        )

    def where_it_ends(self) -> str:
        """What becomes of problems that it hardly ever solves; nothing if not tried."""
        own = OTHERS[-1].name
        found = [course for course in self.taught if course.name == own]
        return " ".join(
            f"Rewarded for “{own}”, {course.before.right.percent} of the answers are "
            f"right before and {course.after.right.percent} after {STEPS} rounds, and "
            f"{course.after.stepwise.percent} are written step by step "
            f"({course.before.stepwise.percent} before)."
            for course in found
        )

    def title(self) -> str:
        """What the reward that cost the most did to right answers."""
        way = self.worst
        found = f"from {way.before.right.percent} right to {way.after.right.percent}"
        return f"“{way.name}”: {found}"

    def alt(self) -> str:
        rows = "; ".join(
            f"{way.name}: right {way.before.right} before, {way.after.right} after, "
            f"step by step {way.before.stepwise} before, {way.after.stepwise} after"
            for way in self.taught
        )
        return (
            f"{self.title()}. A row for each reward, with points and 95 % intervals: "
            "right answers and answers step by step, before, hollow, and after. "
            f"{rows}."
        )

    def figure(self) -> Figure:
        """A row for each reward: right answers, and written steps."""
        rows = range(len(self.taught))
        with figures.style():
            fig, ax = plt.subplots(
                figsize=(figures.WIDTH, 1.5 + 0.5 * len(self.taught))
            )
            for name, label, color, marker, shift in (
                ("right", "right", figures.RIGHT, "s", -0.15),
                ("stepwise", "step by step", figures.CONTEXT, "o", 0.15),
            ):
                y = [row + shift for row in rows]
                was = [getattr(course.before, name).share for course in self.taught]
                now = [getattr(course.after, name) for course in self.taught]
                ax.plot(was, y, marker, color=color, mfc="none")
                figures.draw_share_rows(ax, y, now, color, marker)
                ax.plot([], [], marker, color=color, label=label)
            ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2)
            ax.set_yticks(rows, [course.name for course in self.taught])
            ax.set(xlim=(-0.03, 1.03), ylim=(len(self.taught) - 0.5, -0.5))
            figures.tell_intervals(ax, "hollow: before; thin lines")
            figures.set_title(fig, self.title())
        return fig


@checked(cases=range(1, len(OTHERS) + 1))
def measure(lm: LanguageModel, cases: int = len(OTHERS)) -> Others:
    """Try so many of the rewards, each once; each takes a minute or two."""
    chosen = waited(OTHERS[:cases], "trying rewards one by one", is_all=True)
    return Others(tuple(taught(lm, choice) for choice in chosen))


def taught(lm: LanguageModel, choice: Choice) -> Taught:
    """What one reward teaches, on problems that it was not given for."""
    problems = unseen(choice, ASKED)
    before = moments.asked(lm, problems, choice.longest)
    learned, _ = learn(lm, choice)
    after = moments.asked(learned, problems, choice.longest)
    before, after = (
        [_judged(choice, answers) for answers in side] for side in (before, after)
    )
    return Taught(choice.name, _side(before), _side(after), _example(after))


def _judged(choice: Choice, answer: Answer) -> Answer:
    return judged(choice.reward, answer.problem, answer.text)


def _example(answers: Sequence[Answer]) -> Example:
    """Of the commonest form: what gets most, and of that rather what is not right."""
    form, _ = Counter(answer.form for answer in answers).most_common(1)[0]
    common = (answer for answer in answers if answer.form == form)
    most = max(common, key=lambda answer: (answer.reward, not moments.is_right(answer)))
    return moments.example(most)


def _side(answers: Sequence[Answer]) -> Side:
    rewards = fmean(answer.reward for answer in answers)
    signs = median(len(answer.text) for answer in answers)
    return Side(moments.marked(answers), rewards, signs)


OTHER_REWARDS = Experiment("11_other_rewards", measure, len(OTHERS))
