"""The Python side of the explorer: who is kept, what is asked, what is found."""

from functools import cache

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.measuring.replies import Reply
from llm_lessons.widgets import memory_explorer
from llm_lessons.widgets.memory_explorer import KEPT, MemoryExplorer
from llm_lessons.widgets.questions import SHOWN
from tests.widgets.stand_in import StandIn

pytestmark = pytest.mark.slow

ENOUGH = 16  # readings


@cache
def facts() -> tuple[Fact, ...]:
    """All facts of Fjordby."""
    return fjordby.build().ledger.facts


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> MemoryExplorer:
    """Asks a model that knows what was read often."""
    by_prompt = {
        prompt: fact
        for fact in facts()
        for prompt in (
            fjordby.question(fact.kind, fact.person),
            fjordby.stem(fact.kind, fact.person),
        )
    }

    def replies(lm, given):
        facts = [by_prompt[prompt] for prompt in given]
        return [
            Reply(fact.value if fact.readings >= ENOUGH else "<b>nowhere</b>", 0.5)
            for fact in facts
        ]

    def chances(lm, given, endings):
        facts = [by_prompt[prompt] for prompt in given]
        assert endings == [f" {fact.value}." for fact in facts]
        return [1 - 1 / (1 + fact.readings) for fact in facts]

    monkeypatch.setattr(memory_explorer, "replies", replies)
    monkeypatch.setattr(memory_explorer, "chances", chances)
    return MemoryExplorer(StandIn())  # type: ignore[arg-type]


def facts_of(name: str):
    return [fact for fact in facts() if fact.person == name]


def test_some_of_each_count_are_kept_whom_nothing_contradicts(explorer):
    rows = explorer._people
    names = {fact.person for fact in facts() if fact.readings}
    assert sorted(name for name, *_ in rows) == sorted(names)
    assert [count for _, count, *_ in rows] == sorted(count for _, count, *_ in rows)
    first = {}
    for name, readings, questions, contradictions in rows:
        own = facts_of(name)
        assert (readings, questions) == own[0][3:5]
        assert contradictions == sum(fact.contradictions for fact in own)
        first.setdefault(readings, []).append((name, contradictions))
    kept = [pair for group in first.values() for pair in group[:KEPT]]
    assert set(explorer._kept_answers) == {name for name, _ in kept}
    assert not any(contradictions for _, contradictions in kept)
    assert explorer.person == explorer.query == kept[0][0]


def test_answers_stand_beside_what_fjordby_says(explorer):
    for name, ways in explorer._kept_answers.items():
        theirs = facts_of(name)
        known = theirs[0].readings >= ENOUGH
        for way, end in (("asked", "?"), ("begun", " …")):
            for fact, row in zip(theirs, ways[way], strict=True):
                asked, said, own, value, chance = row
                assert asked.endswith(end) and name in asked
                assert (said == value) == known
                assert (own, value) == (0.5, fact.value)
                assert chance == 1 - 1 / (1 + fact.readings)
                assert said == value or said in explorer._kept_finds


def test_a_search_finds_what_stands_in_fjordby(explorer):
    for query in ("who lived in a", "nowhere in Fjordby"):
        explorer._questions = {"search": ["search", query]}
        total, hits, whole = fjordby.search(query, SHOWN)
        counts, texts = {"total": total, "whole": whole}, [hit.text for hit in hits]
        found = explorer._answers["search"]["value"]
        assert found == {**counts, "texts": texts}
    for name in explorer._kept_answers:
        found = explorer._kept_finds[name]
        readings = facts_of(name)[0].readings
        assert found["total"] == readings
        assert len(found["texts"]) == min(readings, SHOWN)
        assert all(name in text for text in found["texts"])


def test_somebody_who_is_not_there_is_refused(explorer):
    with pytest.raises(ValueError, match="Nobody in Fjordby is called 'Odin'"):
        explorer.person = "Odin"
