"""What a sheet's tasks show of questions: bags of marbles, people, towns.

The questions are those of the lessons, and what the model says to them is asked for
when the sheet is made.
"""

import html
from collections.abc import Callable
from functools import cache

from llm_lessons.fjordby import facts, notes, people
from llm_lessons.fjordby import places as towns
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.languages import Translate, english
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import budget
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import LONGEST_STEPS
from llm_lessons.lessons.working_memory.open_book import facts_read
from llm_lessons.pages.places import methods_of, table

_OFTEN = 256  # pages about somebody well known
SLIP = (
    "Step {step} is wrong; it should read {right} The right answer is {answer}. The "
    "sums behind it are right, as sums, but go on from a wrong number, to {end}."
)
SAYS, READ = "Fjord says", "its training text says"
RIGHT = "{town}: {right} of {sights} are right ({pages})"
ONE_PAGE, PAGES = "one page", "{n} pages"
SENTENCES = (SLIP, SAYS, READ, RIGHT, ONE_PAGE, PAGES)


def places(
    lm: LanguageModel, translate: Translate = english, problem: Translate = english
) -> dict[str, Callable[..., str]]:
    """The places that this module fills, by their names.

    Args:
        translate: translates a sentence into the sheet's language.
        problem: translates a problem of marbles.
    """
    return methods_of(Marbles(lm, translate, problem), Work(lm), Memory(lm, translate))


def _problem(changes: str, number: str) -> Problem:
    return marbles.read_aloud(int(number), int(changes))[int(number) - 1]


def _said(lm: LanguageModel, prompt: str) -> str:
    """What the model says at temperature 0, on one line."""
    return lm.generate(prompt, LONGEST_STEPS, temperature=0).split("\n")[0].strip()


def _slipped(problem: Problem, step: int) -> list[str]:
    """The steps with a wrong result in one of them, and all later ones going by it."""
    wrong, steps = 0, []
    for place, one in enumerate(problem.steps, 1):
        words, reckoned = one.removesuffix(".").split(": ")
        start, sign, change, _, result = reckoned.split()
        begun = int(start) + wrong
        if place == step:
            wrong = 10 if int(result) < 60 else -10
        steps.append(f"{words}: {begun} {sign} {change} = {int(result) + wrong}.")
    return steps


class Marbles:
    """Questions about a bag of marbles that changes, by changes and number."""

    def __init__(self, lm: LanguageModel, translate: Translate, problem: Translate):
        self._lm = lm
        self._translate = translate
        self._told = problem

    def marbles(self, changes: str, number: str) -> str:
        """The question."""
        return html.escape(self._told(_problem(changes, number).question))

    def result(self, changes: str, number: str) -> str:
        """The right answer."""
        return _problem(changes, number).answer

    def _several(self, which: tuple[str, ...]) -> list[Problem]:
        return [_problem(*numbers.split(":")) for numbers in which]

    def marbles_table(self, *which: str) -> str:
        """Questions, each with room for the answer at once and for the worked one."""
        heads, gap = ["", "at once", "worked out"], '<span class="gap"></span>'
        asked = [html.escape(problem.question) for problem in self._several(which)]
        return table("asked", heads, [[question, gap, gap] for question in asked])

    def marbles_answers(self, *which: str) -> str:
        """The right answers, and what the model says at once."""
        problems = self._several(which)
        rights = ", ".join(problem.answer for problem in problems)
        at_once = ", ".join(
            _said(self._lm, problem.at_once_prompt).removesuffix(".")
            for problem in problems
        )
        return html.escape(f"Right: {rights}. Fjord, at once: {at_once}.")

    def slip(self, changes: str, number: str, step: str) -> str:
        """The steps with a wrong one, numbered."""
        steps = _slipped(_problem(changes, number), int(step))
        items = "".join(f"<li>{step}</li>" for step in steps)
        return f'<ol class="steps">{items}</ol>'

    def slip_answer(self, changes: str, number: str, step: str) -> str:
        """Which step is wrong, and what would be right."""
        problem = _problem(changes, number)
        begun = _slipped(problem, int(step))
        return self._translate(SLIP).format(
            step=step,
            right=problem.steps[int(step) - 1],
            answer=problem.answer,
            end=_end(begun),
        )

    def first_slip(self, changes: str, number: str) -> str:
        """The first step, with a wrong result."""
        return _slipped(_problem(changes, number), 1)[0]

    def slipped_result(self, changes: str, number: str) -> str:
        """What follows from the wrong first step."""
        return _end(_slipped(_problem(changes, number), 1))

    def after_first_slip(self, changes: str, number: str) -> str:
        """What the model goes on with behind the wrong first step."""
        problem = _problem(changes, number)
        prompt = f"{problem.step_prompt} {self.first_slip(changes, number)}"
        return html.escape(_said(self._lm, prompt))


def _end(steps: list[str]) -> str:
    return steps[-1].removesuffix(".").split()[-1]


class Work:
    """What an answer costs."""

    def __init__(self, lm: LanguageModel):
        self._lm = lm

    def operations(self) -> str:
        """Operations for one token."""
        return f"{budget.operations(self._lm) / 1e6:.1f} million"

    def _tokens(self, prompt: str) -> int:
        said = self._lm.generate(prompt, LONGEST_STEPS, temperature=0).rstrip("\n")
        return len(self._lm.tokenizer.encode(said))

    def tokens_at_once(self, changes: str, number: str) -> str:
        """Tokens of the model's own answer at once."""
        return str(self._tokens(_problem(changes, number).at_once_prompt))

    def tokens_in_steps(self, changes: str, number: str) -> str:
        """Tokens of its answer with the steps."""
        return str(self._tokens(_problem(changes, number).step_prompt))

    def times_the_work(self, changes: str, number: str) -> str:
        """How many times the work of the one is that of the other."""
        steps, once = (
            int(count(changes, number))
            for count in (self.tokens_in_steps, self.tokens_at_once)
        )
        return f"{steps} : {once} = {steps / once:.0f}"


class Memory:
    """What the model remembers of people and towns."""

    def __init__(self, lm: LanguageModel, translate: Translate):
        self._lm = lm
        self._translate = translate
        self._once = next(
            person for person in people.population(0) if person.readings == 1
        )
        self._towns = [towns.towns(0)[0], towns.towns(0)[-1]]

    def person(self) -> str:
        """A note about somebody whom one single page is about."""
        dice = Dice(0, "a note on a sheet")
        person = self._once
        said = [
            facts.statement(kind, person.name, v, dice)
            for kind, v in person.facts.items()
        ]
        return html.escape(" ".join(said))

    def person_asked(self, kind: str) -> str:
        """What the model says of that person."""
        return html.escape(_said(self._lm, facts.question(kind, self._once.name)))

    def sights(self) -> str:
        """The sights of two towns, as the model lists them and as they are."""
        rows = [
            [
                html.escape(town.name),
                html.escape(_said(self._lm, towns.question(town.name))),
                html.escape(", ".join(town.sights)),
            ]
            for town in self._towns
        ]
        return table("sights", ["", self._translate(SAYS), self._translate(READ)], rows)

    def made_up(self) -> str:
        """How many of the sights are right, and how many pages named them."""
        said = []
        for town in self._towns:
            listed = _said(self._lm, towns.question(town.name)).lower()
            counted = PAGES if town.readings > 1 else ONE_PAGE
            said.append(
                self._translate(RIGHT).format(
                    town=town.name,
                    right=sum(sight.lower() in listed for sight in town.sights),
                    sights=len(town.sights),
                    pages=self._translate(counted).format(n=town.readings),
                )
            )
        return html.escape("; ".join(said) + ".")

    def conflict(self, what: str) -> str:
        """A well-known person whose note says something else.

        Args:
            what: "name", "town", "other" (the note's town), "readings", "note",
                "question", "answer" (with the note) or "closed" (without).
        """
        return html.escape(_conflict(self._lm)[what])


@cache
def _conflict(lm: LanguageModel) -> dict[str, str]:
    fact = next(fact for fact in facts_read(_OFTEN) if fact.kind == "town")
    false: Fact = notes.contradicted(fact, Dice(0, "a false note on a sheet"))
    note = f"Note: {facts.stem('town', false.person)} {false.value}."
    question = facts.question("town", fact.person)
    asked, *_ = question.split("\n")
    return {
        "name": fact.person,
        "town": fact.value,
        "other": false.value,
        "readings": str(_OFTEN),
        "note": note,
        "question": asked,
        "answer": _said(lm, f"{note}\n{question}"),
        "closed": _said(lm, question),
    }
