"""Does the procedure hold for another name, for another thing, in others' sentences?

Claim C15, and its limit: what was practised in some words only may hold in those alone.
The problems are the same, number for number, where a name or a noun in them is
exchanged for one that no page has. Sentences by an outsider have numbers of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles, names, outside, things
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_stepwise
from llm_lessons.lessons.quoted import quoted
from llm_lessons.measuring.intervals import Share, better, over_forms
from llm_lessons.measuring.parts import spread

CHANGES = 4
PRACTISED, NAMED, COUNTED = "as practised", "with another name", "with another thing"
TOLD = "in sentences by somebody who had seen none of its pages"


@dataclass(frozen=True)
class OtherWords:
    """Right answers by written steps, to the same problems in other words.

    Attributes:
        right: for each way to word them; the interval counts each thing once, and each
            of the others' wordings.
    """

    right: Mapping[str, Share]

    @property
    def lost(self) -> list[str]:
        """The ways in which clearly fewer are right than as practised."""
        known = self.right[PRACTISED]
        return [way for way, right in self.right.items() if better(known, right)]

    def sentence(self) -> str:
        ways = ", ".join(f"{way} {right.percent}" for way, right in self.right.items())
        asked = self.right[PRACTISED].n
        return (
            f"Of {asked} problems with {CHANGES} changes each, right by steps: {ways}."
        )

    def conclusion(self) -> str:
        """How far the procedure reaches."""
        if not self.lost:
            return "In words that it was never practised in, no clear loss shows."
        kept = [way for way in self.right if way not in (PRACTISED, *self.lost)]
        holds = f" It holds {' and '.join(kept)}." if kept else ""
        return (
            f"So {' and '.join(self.lost)}, fewer are right: how far a procedure "
            f"reaches depends on the words that it was practised in.{holds}"
        )


def reworded(problem: Problem, name: str = "", thing: str = "") -> Problem:
    """The same problem about somebody else, or about something else than marbles."""
    first = problem.question.split()[0]

    def told(text: str) -> str:
        return text.replace(first, name or first).replace("marbles", thing or "marbles")

    steps = tuple(map(told, problem.steps))
    return replace(problem, question=told(problem.question), steps=steps)


def examples(lm: LanguageModel) -> str:
    """Two problems that the model never practised, worked out; Markdown, greedy."""
    [problem] = marbles.held_out(1, k=6)
    own = reworded(problem, name="Asbjørn", thing="fossils")
    outside_problem = outside.marble_problems(30)[7]
    parts = []
    for one in (own, outside_problem):
        wrote = lm.generate(one.step_prompt, 192, temperature=0)
        parts += [quoted(one.step_prompt, wrote), f"(Right is {one.answer}.)"]
    return "\n\n".join(parts)


@checked(problems=1)
def measure(lm: LanguageModel, problems: int = 30) -> OtherWords:
    """Ask the same problems in each way, and others' as often; greedy, seconds."""
    asked = marbles.held_out(problems, CHANGES)
    people = _taken(names.listed(aside=True), problems)
    nouns = _taken([thing.many for thing in things.listed(aside=True)], problems)
    named = [
        reworded(problem, name=who) for problem, who in zip(asked, people, strict=True)
    ]
    counted = [
        reworded(problem, thing=it) for problem, it in zip(asked, nouns, strict=True)
    ]
    outside_problems = outside.marble_problems(problems)
    ways = {PRACTISED: asked, NAMED: named, COUNTED: counted, TOLD: outside_problems}
    right = {way: right_stepwise(lm, own) for way, own in ways.items()}
    forms = {COUNTED: len({*nouns}), TOLD: outside.wordings("marbles")}
    few = {way: over_forms(right[way], most) for way, most in forms.items()}
    return OtherWords(right | few)


def _taken(words: Sequence[str], count: int) -> list[str]:
    """So many of the words, spread over all of them; again from the first."""
    some = spread(words, min(count, len(words)))
    return [some[i % len(some)] for i in range(count)]
