"""A marbles step: problems for the room; a deck gives nothing."""

import html
from collections.abc import Iterator, Sequence

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import LONGEST_STEPS
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons_room.activities.marbles import problems
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate
from llm_lessons_room.parts.slide import StepData, paragraph, title

SECONDS = {"once": 8, "steps": 60}


def _show(step: Planned, translate: Translate) -> Shown:
    room = [first for first, *_ in problems.problems()]
    shown = []
    for problem in room:
        gloss = problems.gloss(problem.question, translate)
        more = {} if gloss == problem.question else {"gloss": gloss}
        shown.append({"question": problem.question} | more)
    return Shown(
        {"problems": shown, "seconds": SECONDS},
        {
            "answers": [int(problem.answer) for problem in room],
            "fjord": problems.for_fjord(),
        },
    )


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The problems, and how many of its own Fjord has right."""
    room = step["shown"]["problems"]
    yield f"{title(step)}{paragraph(words.plain('slides.paper'))}"
    for number, problem in enumerate(room, 1):
        # people read it in their own language; what Fjord reads stands small below
        english = problem["question"] if problem.get("gloss") else ""
        small = f'<p class="small">{html.escape(english)}</p>'
        asked = paragraph(problem.get("gloss") or problem["question"])
        yield f"<h1>{number}/{len(room)}</h1>{asked}{small}"
    fjord = step["hidden"]["fjord"]
    results = "".join(
        f"<p>Fjord, {words(f'slides.{key}')}: "
        f"{words('slides.right_of', right=_count_right(lm, fjord, key), n=len(fjord))}"
        "</p>"
        for key in ("at_once", "steps")
    )
    rows = [
        [str(number), str(answer)]
        for number, answer in enumerate(step["hidden"]["answers"], 1)
    ]
    answers = table("answers", [], rows)
    yield f"<h1>{words('slides.result')}</h1>{answers}{results}"


def _count_right(lm: LanguageModel, asked: Sequence[StepData], key: str) -> int:
    """How many of these Fjord answers right at temperature 0."""
    prompts = [problem[key] for problem in asked]
    written = lm.batch(prompts, LONGEST_STEPS, temperature=0)
    ends = [text.strip().rstrip(".").split()[-1:] for text in written]
    return sum(
        end == [str(problem["answer"])]
        for end, problem in zip(ends, asked, strict=True)
    )


def _sentences() -> Iterator[tuple[str, str]]:
    for text in problems.SENTENCES:
        yield text, "below a problem of marbles: what it means"


KINDS = {"marbles": Kind(_show, _slides, sentences=_sentences)}
