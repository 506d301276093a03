"""Heat on the models of this computer, side by side: right answers, and own stories."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.temperature import real_heat, trade_off
from llm_lessons.lessons.temperature.capitals import COUNTRIES, asked
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, cost

ANSWERS = real_heat.EACH * len(COUNTRIES)  # and as many stories, at each temperature


def _right(temperature: float) -> str:
    return f"right, T = {temperature:g}"


def _own(temperature: float) -> str:
    return f"own story, T = {temperature:g}"


def _stories(temperature: float, lm: LanguageModel) -> dict[str, Share]:
    counts = Counter(real_heat.stories(lm, temperature, ANSWERS))
    return {
        _own(temperature): share(counts[element] == 1 for element in counts.elements())
    }


def _capitals(temperature: float, lm: LanguageModel) -> dict[str, Share]:
    asked_for = COUNTRIES * real_heat.EACH
    return {_right(temperature): real_heat.right_capitals(lm, temperature, asked_for)}


def _facts(temperature: float, lm: LanguageModel) -> dict[str, Share]:
    people = trade_off.well_read()[:ANSWERS]
    return {_right(temperature): trade_off.right_facts(lm, people, temperature)}


def _parts(ours: bool) -> Iterator[Part]:
    answers = [asked(country) for country in COUNTRIES * real_heat.EACH]
    tales = [real_heat.BEGINNING] * ANSWERS
    for t in real_heat.TEMPERATURES:
        right = cost(answers, real_heat.ANSWER)
        yield Part(right, partial(_facts if ours else _capitals, t))
        yield Part(cost(tales, real_heat.LENGTH), partial(_stories, t))


PLAN = Plan(
    rows=(
        *map(_right, real_heat.TEMPERATURES),
        *map(_own, real_heat.TEMPERATURES),
    ),
    ours=tuple(_parts(ours=True)),
    theirs=lambda lm: [*_parts(ours=False)],
    compared=(_right(real_heat.TEMPERATURES[0]), _right(real_heat.TEMPERATURES[-1])),
    note="T is the temperature. Fjord is asked about people whom it met often, the "
    "others for capitals. A story is a model's own if no other that it told is the "
    "same.",
)
