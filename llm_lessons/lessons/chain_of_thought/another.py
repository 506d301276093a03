"""At once against step by step, side by side, on problems of the essay's kind.

Raw text behind worked examples, and a chat in which the steps are only asked for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import direct_or_stepwise, few_shot
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

AT_ONCE, STEPS = "at once", "step by step"
CHAT, CHAT_STEPS = "in a chat, at once", "in a chat, with steps"
PROBLEMS, TOGETHER = 24, 8
WAYS = {  # of asking in a chat: what is asked for, and tokens of an answer
    False: ("Answer with the number alone.", 16),
    True: ("Work it out step by step. End with: The answer is (the number).", 160),
}


def told(text: str, steps: bool) -> int | None:
    """The number that an answer in a chat says; None if that is not clear.

    At once it has to be the only one. Behind steps it stands after the last "answer
    is", or it is the last of all.
    """
    found = [int(digits) for digits in re.findall(r"\d+", text.replace(",", ""))]
    if not steps:
        return found[0] if len(set(found)) == 1 else None
    end = re.split(r"(?i)answer is", text)
    last = re.search(r"\d+", end[-1]) if len(end) > 1 else None
    return int(last[0]) if last else found[-1] if found else None


def _problems() -> tuple[list[Problem], list[Problem]]:
    """The examples, and those that are asked."""
    drawn = fruit.held_out(few_shot.EXAMPLES + PROBLEMS)
    return drawn[: few_shot.EXAMPLES], drawn[few_shot.EXAMPLES :]


def _behind_examples(
    some: Sequence[Problem], steps: bool, lm: LanguageModel
) -> dict[str, Share]:
    right = few_shot.right(lm, _problems()[0], some, steps)
    return {STEPS if steps else AT_ONCE: right}


def _in_chat(
    some: Sequence[Problem], steps: bool, lm: LanguageModel
) -> dict[str, Share]:
    order, longest = WAYS[steps]
    chats = [
        [{"role": "user", "content": f"{problem.question} {order}"}] for problem in some
    ]
    answers = lm.chats(chats, longest, temperature=0)
    right = share(
        told(answer, steps) == few_shot.number(problem)
        for answer, problem in zip(answers, some, strict=True)
    )
    return {CHAT_STEPS if steps else CHAT: right}


def _parts(lm: LanguageModel) -> Iterator[Part]:
    """All problems in each way, a few at a time."""
    examples, asked = _problems()
    groups = [asked[i : i + TOGETHER] for i in range(0, PROBLEMS, TOGETHER)]
    for steps, longest in few_shot.LONGEST.items():
        for some in groups:
            texts = few_shot.prompts(examples, some, steps)
            yield Part(cost(texts, longest), partial(_behind_examples, some, steps))
    for steps, (_, longest) in WAYS.items() if lm.template else ():
        for some in groups:
            each = cost([problem.question for problem in some], longest)
            yield Part(each, partial(_in_chat, some, steps))


def _ours(steps: bool, lm: LanguageModel) -> dict[str, Share]:
    _, asked = _problems()
    if steps:
        return {STEPS: direct_or_stepwise.right_stepwise(lm, asked)}
    return {AT_ONCE: direct_or_stepwise.right_at_once(lm, asked)}


PLAN = Plan(
    rows=(AT_ONCE, STEPS, CHAT, CHAT_STEPS),
    ours=(Part(1, partial(_ours, False)), Part(4, partial(_ours, True))),
    theirs=lambda lm: [*_parts(lm)],
    compared=(AT_ONCE, STEPS),
    note=f"Counted are right answers to {PROBLEMS} problems of the essay's kind, the "
    "same for all, behind worked examples (Fjord has practised them instead).",
)
