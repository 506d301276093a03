"""Every lesson's counts, end to end, on tiny models of fake homes; and its words."""

from importlib import import_module
from pathlib import Path

import pytest

import llm_lessons as ll
from llm_lessons.language_model import LanguageModel, another
from llm_lessons.lessons.build_it import another as build_it
from llm_lessons.lessons.chain_of_thought import another as chain_of_thought
from llm_lessons.lessons.lossy_zip import another as lossy_zip
from llm_lessons.lessons.per_token_compute import few_shot
from llm_lessons.measuring import side_by_side
from llm_lessons.measuring.beside import Beside
from llm_lessons.measuring.intervals import share
from llm_lessons.measuring.side_by_side import Plan
from tests import fake_homes, family_files
from tests.drawn import assert_titled
from tests.rest import rest

LESSONS = ("temperature", "lossy_zip", "chain_of_thought", "build_it")
MODELS = ("ollama:llama3.2:1b", "lmstudio:someone/q/q.gguf", "llama.cpp:a/smol/s.gguf")
EACH_RUNS_TWO = [(lesson, MODELS[i % 3]) for i, lesson in enumerate(LESSONS)]
ONE, *OTHERS = EACH_RUNS_TWO

every_lesson = pytest.mark.parametrize("lesson", LESSONS)


def plan_of(lesson: str) -> Plan:
    return import_module(f"llm_lessons.lessons.{lesson}.another").PLAN


@pytest.fixture
def home(tmp_path: Path):
    """A home with a model of each program, which read as much as real ones do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(another, "_held", {})
        patch.setitem(family_files.SPEAKING, "max_position_embeddings", 4096)
        patch.setattr(chain_of_thought, "PROBLEMS", 8)
        for steps, (order, _) in chain_of_thought.WAYS.items():
            patch.setitem(chain_of_thought.WAYS, steps, (order, 16))
        patch.setattr(few_shot, "LONGEST", {False: 10, True: 16})
        place = fake_homes.empty(tmp_path / "home", patch)
        fake_homes.ollama(place, "llama3.2", "1b", "llama 3")
        fake_homes.lm_studio(place, "someone/q/q.gguf", "qwen3, untied")
        fake_homes.hub(place, "a/smol", "s.gguf")
        yield place


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "name"), [ONE, *rest(*OTHERS)])
def test_a_found_model_runs_the_counts_of_a_lesson(home: Path, lesson: str, name: str):
    plan, other = plan_of(lesson), ll.another_model(name)
    assert other and other.template
    parts = [*plan.theirs(other)]
    beside = side_by_side.measure(plan, [other])
    (shares,) = beside.models.values()
    assert not beside.left_out and not beside.stopped
    assert set(shares) == set(plan.rows)
    assert all(one.n >= 8 for one in shares.values())
    assert all(part.cost > 0 for part in parts)


@pytest.mark.rest
@pytest.mark.slow
@every_lesson
def test_the_class_model_is_asked_its_own_questions(lesson: str):
    plan = plan_of(lesson)
    beside = side_by_side.measure(plan, [ll.load("fjord")])
    shares = beside.models["Fjord"]
    assert not beside.left_out and set(shares) <= set(plan.rows)
    assert len(shares) >= 2
    if lesson == "chain_of_thought":  # its bounds are wide: it is one training
        at_once, steps = (shares[row] for row in plan.compared)
        assert at_once.n == steps.n >= 20 and steps.share > at_once.share


@pytest.mark.slow
def test_a_model_without_a_template_is_asked_in_raw_text(home: Path):
    whole = ll.another_model(MODELS[0])
    assert whole
    base = LanguageModel("base", whole.config, whole.params, whole.tokenizer)
    plan = plan_of("chain_of_thought")
    found = side_by_side.measure(plan, [base])
    assert not found.left_out
    chats = {row for row in plan.rows if "in a chat" in row}
    assert set(found.models["base"]) == set(plan.rows) - chats != set(plan.rows)
    assert not side_by_side.measure(plan_of("build_it"), [base]).models


@every_lesson
def test_what_a_plan_says(lesson: str):
    plan = plan_of(lesson)
    assert len(set(plan.rows)) == len(plan.rows) and set(plan.compared) <= {*plan.rows}
    assert max(map(len, plan.rows)) <= 22, "a row's name stands beside the figure"
    assert plan.note.endswith((".", ".)", "?)"))
    all_right = {row: share([1] * 24) for row in plan.rows}
    found = Beside(plan.rows, plan.compared, {"A-Model-Wi…Name-1.5B": all_right})
    assert_titled(found.figure(), found.title(), found.alt())


@pytest.mark.parametrize(
    ("text", "at_once", "steps"),
    [
        ("3.", 3, 3),
        ("The answer is **$3**.", 3, 3),
        ("2 oranges cost 4, so 3", None, 3),
        ("2 x 2 = 4. 13 - 4 = 9. 9 / 3 = 3. The answer is: $3 for each of 3.", None, 3),
        ("Is the answer is 5? No, 9 / 3 = 3. The answer is 3", None, 3),
        ("1,200 marbles", 1200, 1200),
        ("I don't know.", None, None),
    ],
)
def test_the_number_that_a_chat_says(text: str, at_once, steps):
    assert chain_of_thought.told(text, False) == at_once
    assert chain_of_thought.told(text, True) == steps


def test_who_gives_an_order_and_who_follows_it():
    orders = {build_it.USER: [2], build_it.PAGE: [1], build_it.NOBODY: []}
    for by, places in orders.items():
        [message] = build_it.ordered("Ida", "Oslo", "over", by)
        parts = message["content"].split("\n\n")
        assert [i for i, part in enumerate(parts) if "word: over." in part] == places
    assert build_it.follows("He lives in Bergen. Over!", "over")
    assert not build_it.follows("Over: he lives in Bergen.", "over")
    assert len({word for *_, word in build_it.ORDERED}) == len(build_it.ORDERED) == 12
    rarely = {one.name for one in lossy_zip.RARELY_NAMED}
    assert len(rarely) == 12 and not {one.name for one in lossy_zip.COUNTRIES} & rarely
