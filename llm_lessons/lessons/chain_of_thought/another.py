"""At once against step by step, side by side, and what becomes of a wrong answer.

Raw text behind worked examples, and a chat in which the steps are only asked for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.chain_of_thought import defence, justification, worked
from llm_lessons.lessons.per_token_compute import direct_or_stepwise, few_shot
from llm_lessons.lessons.per_token_compute.another import (
    FRUIT,
    PROBLEMS,
    TOGETHER,
    few_shot_parts,
)
from llm_lessons.lessons.temperature.capitals import COUNTRIES
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

AT_ONCE, STEPS = "at once", "step by step"
APPLES, APPLES_STEPS = "apples, at once", "apples, with steps"
CHAT, CHAT_STEPS = "in a chat, at once", "in a chat, with steps"
UNSAID, SAID = "wrong town, unsaid", "wrong town, said"
REASONED = "wrong, with a reason"
WAYS = {  # of asking in a chat: what is asked for, and tokens of an answer
    False: ("Answer with the number alone.", 16),
    True: ("Work it out step by step. End with: The answer is (the number).", 160),
}
TOWNS = 6  # asked about together


def told(text: str, steps: bool) -> int | None:
    """The number that an answer in a chat says; None if that is not clear.

    At once it has to be the only one. Behind steps it stands after the last "answer
    is", or it is the last of all.
    """
    found = [int(one) for one in re.findall(r"\d+", text.replace(",", ""))]
    if not steps:
        return found[0] if len(set(found)) == 1 else None
    end = re.split(r"(?i)answer is", text)
    last = re.search(r"\d+", end[-1]) if len(end) > 1 else None
    return int(last[0]) if last else found[-1] if found else None


def _in_chat(
    problems: Sequence[Problem], steps: bool, lm: LanguageModel
) -> dict[str, Share]:
    order, longest = WAYS[steps]
    chats = [
        [{"role": "user", "content": f"{one.question} {order}"}] for one in problems
    ]
    answers = lm.chats(chats, longest, temperature=0)
    right = share(
        told(answer, steps) == few_shot.number(one)
        for answer, one in zip(answers, problems, strict=True)
    )
    return {CHAT_STEPS if steps else CHAT: right}


def _apples(start: int, lm: LanguageModel) -> dict[str, Share]:
    examples, asked = worked.drawn(PROBLEMS)
    some = asked[start : start + TOGETHER]
    return {
        row: few_shot.right(lm, examples, some, steps)
        for steps, row in ((False, APPLES), (True, APPLES_STEPS))
    }


def _defended(start: int, lm: LanguageModel) -> dict[str, Share]:
    rows = defence.measure(lm, COUNTRIES[start : start + TOWNS]).rows
    return {
        row: share(cases)
        for row, cases in zip((UNSAID, SAID, REASONED), rows.values(), strict=True)
    }


def _parts(lm: LanguageModel) -> Iterator[Part]:
    for steps, row in ((False, AT_ONCE), (True, STEPS)):
        yield from few_shot_parts(row, FRUIT, steps)
    problems = fruit.held_out(few_shot.EXAMPLES + PROBLEMS)[few_shot.EXAMPLES :]
    for steps, (_, longest) in WAYS.items() if lm.template else ():
        for start in range(0, PROBLEMS, TOGETHER):
            some = problems[start : start + TOGETHER]
            each = cost([one.question for one in some], longest)
            yield Part(each, partial(_in_chat, some, steps))
    apples = ["x" * 500] * TOGETHER  # letters of the examples, both ways together
    for start in range(0, PROBLEMS, TOGETHER):
        each = cost(apples, sum(few_shot.LONGEST.values()))
        yield Part(each, partial(_apples, start))
    odds = ["x" * 150] * TOWNS * len(defence.WHEN) * 2
    for start in range(0, len(COUNTRIES), TOWNS):
        yield Part(cost(odds, defence.REASON // 6), partial(_defended, start))


def _ours(steps: bool, lm: LanguageModel) -> dict[str, Share]:
    asked = fruit.held_out(few_shot.EXAMPLES + PROBLEMS)[few_shot.EXAMPLES :]
    if steps:
        return {STEPS: direct_or_stepwise.right_stepwise(lm, asked)}
    return {AT_ONCE: direct_or_stepwise.right_at_once(lm, asked)}


def _our_reasons(lm: LanguageModel) -> dict[str, Share]:
    asked = fruit.held_out(PROBLEMS)
    found = justification.forced_answer(lm, asked, justification.BECAUSE)
    return {REASONED: found.defends}


PLAN = Plan(
    rows=(
        *(AT_ONCE, STEPS, CHAT, CHAT_STEPS),
        *(APPLES, APPLES_STEPS),
        *(UNSAID, SAID, REASONED),
    ),
    ours=(
        Part(1, partial(_ours, False)),
        Part(4, partial(_ours, True)),
        Part(4, _our_reasons),
    ),
    theirs=lambda lm: [*_parts(lm)],
    compared=(AT_ONCE, STEPS),
    note=f"Counted are right answers to {PROBLEMS} problems of the essay's kind, the "
    "same for all, behind worked examples (Fjord has practised them instead); then to "
    "the apples. Below: how often a wrong capital is the likelier one, before and "
    "after it was said. (With Fjord: how often does a reason behind “Because:” arrive "
    "at the wrong price?)",
)
