"""A price for a wrong answer: what a reward makes of "I don't know".

Claim B4: whether a model says that it doesn't know is a matter of what was rewarded. In
a chat Fjord sometimes says so. A right answer is worth 1, silence 0, and a wrong one
minus its price; as many questions are about people of whom it read often as about
others. It is tested on people about whom it was not asked.

Who is graded by right answers alone does best by guessing; at a price c, an answer pays
only above a certainty of c / (1 + c) (Kalai and others 2025, arXiv 2509.04664).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from llm_lessons import figures
from llm_lessons.fjordby import KINDS, Fact, assistant, chat
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.asked import questions
from llm_lessons.lessons.build_it.base_and_assistant import LONGEST_LINE, refuses
from llm_lessons.lessons.reward.moments import Example, Moment
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.parts import spread
from llm_lessons.training.answers import Answer, Step
from llm_lessons.training.reward import RewardTrainer

PRICES = (0, 1, 3)
RUNS = 3  # each with other coins and other questions
ROUNDS = 20
GROUPS, RATE = 16, 2e-4
SELDOM, OFTEN = 8, 64  # readings: at most, and at least
EACH = 80  # questions of a kind, to learn from and to be tested
NEVER, RARELY, WELL = "never read of", "read 1 to 8 times", "read 64 times or more"


class Asked(NamedTuple):
    """What became of the questions of one kind.

    Attributes:
        right, wrong, silent: shares of the answers.
    """

    right: Share
    wrong: Share
    silent: Share


type Look = dict[str, Asked]  # by how often the answer was read


@dataclass(frozen=True)
class Course:
    """Some trainings at one price.

    Attributes:
        price: of a wrong answer, where a right one is worth 1.
        silent: for each training, the share of "I don't know" at each round.
        after: what the models then do, all together.
        moments: of the first training, all answers.
    """

    price: int
    silent: tuple[tuple[float, ...], ...]
    after: Look
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Priced:
    """All prices on one model, each from its first weights on."""

    before: Look
    courses: tuple[Course, ...]

    def sentence(self) -> str:
        """What became of silence at the lowest and the highest price."""
        free, dear = self.courses[0], self.courses[-1]
        was = self.before
        return (
            f"About people it never read of, Fjord says “I don't know” in "
            f"{was[NEVER].silent.percent}. After {ROUNDS} rounds in which a wrong "
            f"answer costs nothing, in {free.after[NEVER].silent.percent}: "
            f"{free.after[NEVER].wrong.percent} are answered, and wrong. Where a wrong "
            f"answer costs {dear.price}, it says so in "
            f"{dear.after[NEVER].silent.percent}, and of the people it knows best in "
            f"{dear.after[WELL].silent.percent} "
            f"({was[WELL].silent.percent} before), where {was[WELL].right.percent} "
            f"were right before and {dear.after[WELL].right.percent} are after."
        )

    def lesson(self) -> str:
        """Whether it learned when to be silent, or only that it pays."""
        told = []
        for course in self.courses[1:]:
            known, never = course.after[WELL].silent, course.after[NEVER].silent
            if known.low > 0.8:
                words = "it is silent about nearly everybody: it learned that"
                words += " silence pays, and not when"
            elif never.low > known.high:
                words = (
                    f"it is silent about strangers more often ({never.percent}) than "
                    f"about those whom it knows ({known.percent})"
                )
            else:
                words = (
                    f"silence hardly tells strangers ({never.percent}) from people "
                    f"whom it knows ({known.percent})"
                )
            told.append(f"At a price of {course.price}, {words}.")
        return " ".join(told)

    def table(self) -> str:
        """Right, wrong and silent before and at each price, as Markdown."""
        lines = [
            "| a wrong answer costs | asked about people | right | wrong | silent |"
        ]
        lines.append("| :-- | :-- | --: | --: | --: |")
        looks = [("(before)", self.before)]
        looks += [(f"{course.price}", course.after) for course in self.courses]
        for name, look in looks:
            for who, asked in look.items():
                shares = " | ".join(one.percent for one in asked)
                lines.append(f"| {name} | {who} | {shares} |")
        return "\n".join(lines)

    def title(self) -> str:
        """Silence at the ends of the prices."""
        first, last = self.courses[0], self.courses[-1]
        return (
            f"Silent about strangers: {first.after[NEVER].silent.percent} at a price "
            f"of {first.price}, {last.after[NEVER].silent.percent} at {last.price}"
        )

    def alt(self) -> str:
        ends = "; ".join(
            f"{course.price}: "
            + ", ".join(f"{who} {a.silent.percent}" for who, a in course.after.items())
            for course in self.courses
        )
        was = ", ".join(f"{who} {a.silent.percent}" for who, a in self.before.items())
        return (
            f"{self.title()}. A curve for each price, of answers “I don't know” over "
            "the rounds of reward, thin for each run and thick for their mean. Silent "
            f"about other people, before: {was}. After, by the price: {ends}."
        )

    def figure(self) -> Figure:
        """Silence over the rounds, a curve for each price."""
        looks = ((figures.WRONG, "-"), (figures.CHANCE, "--"), (figures.CONTEXT, "-."))
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.0))
            ends = []
            for course, (color, line) in zip(self.courses, looks, strict=False):
                for run in course.silent:
                    ax.plot(run, line, color=color, lw=0.8, alpha=0.4)
                mean = [
                    sum(each) / len(each) for each in zip(*course.silent, strict=True)
                ]
                ax.plot(mean, line, color=color)
                ends.append((f"costs {course.price}", mean[-1], color))
            ax.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            ax.set(ylim=(-0.03, 1.06), xlim=(-0.5, ROUNDS + 3))
            ax.set(xlabel="rounds of reward", ylabel="“I don't know”")
            figures.name_ends(ax, ROUNDS - 1, ends, 0.13)
            figures.set_title(fig, self.title())
        return fig


def groups(side: int) -> dict[str, list[Fact]]:
    """Facts by how often they were read, of people of one of two halves.

    Args:
        side: 0 to learn from, 1 to be tested with.
    """
    people: dict[str, list[list[Fact]]] = {NEVER: [], RARELY: [], WELL: []}
    facts = questions()
    for i in range(0, len(facts), len(KINDS)):
        four = facts[i : i + len(KINDS)]
        # of four neighbours some are asked about on pages, and some named in chats
        if i // len(KINDS) // 4 % 2 == side and (name := _name(four[0].readings)):
            people[name].append(four)
    return {name: _of_each(fours) for name, fours in people.items()}


def _name(readings: int) -> str:
    """Of the group with so many readings; nothing in between."""
    if readings >= OFTEN:
        return WELL
    return (RARELY if readings else NEVER) if readings <= SELDOM else ""


def _of_each(people: Sequence[Sequence[Fact]]) -> list[Fact]:
    """So many facts about all of these people, the kinds in turn."""
    each = math.ceil(EACH / len(people))
    asked = [four[(i + j) % 4] for i, four in enumerate(people) for j in range(each)]
    return spread(asked, EACH)


def prompt_of(fact: Fact) -> str:
    """A chat that asks for a fact, up to the answer."""
    return chat.prompt(KINDS[fact.kind].question.format(name=fact.person))


def judge(price: float, facts: Sequence[Fact]) -> Callable[[str, str], float]:
    """A reward: 1 for right, 0 for silence, and minus the price for a wrong answer."""
    known = {prompt_of(fact): fact for fact in facts}

    return lambda asked, text: worth(judged(known[asked], text), price)


def worth(outcome: str, price: float) -> float:
    """The reward for an answer that is right, wrong or silent."""
    return {"right": 1.0, "silent": 0.0, "wrong": -float(price)}[outcome]


def judged(fact: Fact, text: str) -> str:
    """Whether an answer in a chat is right, wrong or silent."""
    said = text.strip()
    if refuses(said):
        return "silent"
    wanted = assistant.answer(fact.kind, fact.person, fact.value)
    return "right" if fact.readings and said.startswith(wanted) else "wrong"


def to_learn_from() -> list[Fact]:
    """Questions of which half are about people who are known well."""
    own = groups(0)
    return [*own[WELL], *spread([*own[NEVER], *own[RARELY]], len(own[WELL]))]


def trainer(
    lm: LanguageModel, reward: Callable[[str, str], float], seed: int = 0
) -> RewardTrainer:
    """Lesson 11's trainer, with these questions."""
    return RewardTrainer(
        lm,
        [prompt_of(fact) for fact in to_learn_from()],
        reward,
        groups=GROUPS,
        rate=RATE,
        longest=LONGEST_LINE,
        seed=seed,
    )


def silent_share(texts: Sequence[str]) -> float:
    """How many answers say that they don't know."""
    return sum(map(refuses, texts)) / len(texts)


def looker() -> Callable[[Step], Moment]:
    """What there is to see of a step: "r" right, "w" wrong, "s" silent.

    A capital where the person is known well.
    """
    known = {prompt_of(fact): fact for fact in to_learn_from()}

    def mark(answer: Answer) -> str:
        fact = known[f"{answer.problem}"]
        letter = judged(fact, answer.text)[0]
        return letter.upper() if fact.readings >= OFTEN else letter

    def example(answer: Answer) -> Example:
        fact = known[f"{answer.problem}"]
        question = KINDS[fact.kind].question.format(name=fact.person)
        is_right = judged(fact, answer.text) == "right"
        line = answer.text.strip().partition("\n")[0]
        return Example(question, line, answer.reward, is_right)

    def look(step: Step) -> Moment:
        marks = "".join(map(mark, step.answers))
        examples = tuple(map(example, step.examples))
        return Moment(step.number - 1, marks, step.reward, examples)

    return look


def asked(lm: LanguageModel, seed: int = 0) -> dict[str, list[str]]:
    """What becomes of one answer to each test question, at temperature 1."""
    found = {}
    for name, facts in groups(1).items():
        prompts = [prompt_of(fact) for fact in facts]
        texts = lm.batch(prompts, LONGEST_LINE, temperature=1, seed=seed, stop="\n")
        found[name] = [judged(*pair) for pair in zip(facts, texts, strict=True)]
    return found


def _look(runs: Sequence[dict[str, list[str]]]) -> Look:
    """The shares over some trainings; the questions are the cases."""
    return {
        name: Asked(
            *(
                share(
                    sum(own[name][i] == kind for own in runs) / len(runs)
                    for i in range(len(runs[0][name]))
                )
                for kind in ("right", "wrong", "silent")
            )
        )
        for name in runs[0]
    }


def measure(lm: LanguageModel, cases: int = RUNS) -> Priced:
    """So many trainings at each price; half a minute each."""
    courses, facts, look, first = [], to_learn_from(), looker(), ()
    for price in waited(PRICES, "learning at a price, one by one", is_all=True):
        curves, ends = [], []
        for seed in range(cases):
            own = trainer(lm, judge(price, facts), seed)
            steps = [*own.run(ROUNDS)]
            curves.append(
                tuple(silent_share([a.text for a in step.answers]) for step in steps)
            )
            ends.append(asked(own.model(), seed))
            first = first if seed else tuple(map(look, steps))
        courses.append(Course(price, tuple(curves), _look(ends), first))
    return Priced(_look([asked(lm, seed) for seed in range(cases)]), tuple(courses))


PRICED = Experiment("12_priced", measure, RUNS, (("fjord",),))
