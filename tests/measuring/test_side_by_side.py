"""Counts on several models: shares, words, a stop, and what can't be counted."""

import numpy as np
import pytest

from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import side_by_side
from llm_lessons.measuring.beside import Beside
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.side_by_side import Part, Plan, short
from llm_lessons.text.templates import ChatTemplate
from tests import tiny
from tests.titled import plain, title_of

A, B = "question alone", "page above it"


def model(name: str, template: ChatTemplate | None = None) -> LanguageModel:
    own = tiny.model()
    return LanguageModel(name, own.config, own.params, own.tokenizer, template)


def cases(right: int, n: int) -> Share:
    return share(i < right for i in range(n))


def counted(parts: list[Part], *names: str, ours: tuple[Part, ...] = ()) -> Beside:
    """What parts come to on models of these names."""
    plan = Plan((A, B), ours, lambda lm: parts, (A, B), "They differ.")
    return side_by_side.measure(plan, [model(name) if name else None for name in names])


ONE_OF_EIGHT = Part(1, lambda lm: {A: cases(1, 8)})


def test_the_parts_of_a_row_are_counted_together():
    parts = [
        Part(5, lambda lm: {A: cases(1, 8), B: cases(8, 8)}),
        Part(5, lambda lm: {A: cases(0, 4)}),
    ]
    ours = (Part(1, lambda lm: {B: cases(3, 4)}),)
    found = counted(parts, "fjord", "", "ollama:llama3.2:1b", ours=ours)
    assert found.models == {
        "Fjord": {B: cases(3, 4)},
        "llama3.2:1b": {A: cases(1, 12), B: cases(8, 8)},
    }
    assert found.rows == [A, B] and not found.stopped
    assert plain(found.table()).splitlines()[2:4] == [
        "| question alone | – | 8 % (1–35, of 12) |",
        "| page above it | 75 % (30–95, of 4) | 100 % (68–100, of 8) |",
    ]
    assert plain(found.sentence()) == (
        "With llama3.2:1b: “question alone” 8 % (1–35, of 12), “page above it” 100 % "
        "(68–100, of 8): a clear difference."
    )
    title = "llama3.2:1b · question alone: 8 %, page above it: 100 %"
    assert title_of(found) == title
    (axes,) = found.figure().axes
    points = [np.asarray(line.get_xdata()).tolist() for line in axes.lines]
    assert [0.75] in points and [1 / 12, 1.0] in points
    assert "Fjord: page above it 75 %" in found.alt()
    # a model is counted once, and namesakes apart
    found = counted(
        [ONE_OF_EIGHT], "lmstudio:a/small", "lmstudio:a/small", "ollama:b/small"
    )
    assert found.models == {
        "small": {A: cases(1, 8)},
        "ollama:b/small": {A: cases(1, 8)},
    }
    with pytest.raises(ValueError, match="no model to count on"):
        counted([], "")


def test_what_may_be_chance_is_not_told_as_a_difference():
    found = Beside((A, B), (A, B), {"x": {A: cases(2, 8), B: cases(4, 8)}})
    assert title_of(found).endswith("page above it: 50 % (may be chance)")
    assert plain(found.sentence()).endswith("(22–78, of 8): maybe chance.")
    same = Beside((A, B), (A, B), {"x": {A: cases(2, 8), B: cases(1, 4)}})
    assert title_of(same).endswith("page above it: 25 % (no difference)")


def stops(lm: LanguageModel) -> dict[str, Share]:
    raise KeyboardInterrupt


def test_who_stops_it_keeps_what_was_counted():
    found = counted([ONE_OF_EIGHT, Part(1, stops)], "a", "b")
    assert found.stopped and found.models == {"a": {A: cases(1, 8)}}
    assert "stopped before its end" in found.sentence()
    assert title_of(found) == "Side by side, as far as it was counted"
    with pytest.raises(KeyboardInterrupt):
        counted([Part(1, stops)], "a")


def test_what_fails_and_who_is_not_asked_is_told_with_its_reason():
    fails = Part(1, lambda lm: {A: share([len(lm.encode("fox " * 500))])})
    found = counted([fails, Part(1, lambda lm: {B: cases(1, 2)})], "a")
    assert found.models == {"a": {B: cases(1, 2)}}
    said = plain(found.sentence())
    assert said.startswith("With a, 1 of 2 parts could not be counted. ")
    assert "502 tokens" in said and "Shorten" not in said
    found = counted([], "fjord", "lmstudio:org/base", ours=(ONE_OF_EIGHT,))
    assert list(found.models) == ["Fjord"]
    assert found.sentence() == "base was not asked."


def test_a_model_that_thinks_first_is_asked_to_answer():
    off = "enable_thinking is defined and enable_thinking is false"
    own = model("x", ChatTemplate(f"Hi{{% if {off} %}}</think>{{% endif %}}"))
    chat, asked = [{"role": "user", "content": "Hi"}], list[str]()

    def count(lm: LanguageModel) -> dict[str, Share]:
        asked.append(lm.chat_prompt(chat))
        return {A: cases(1, 2)}

    plan = Plan((A, B), (), lambda lm: [Part(1, count)], (A, B), "")
    side_by_side.measure(plan, [own])
    assert asked == ["Hi</think>"] and own.chat_prompt(chat) == "Hi"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("smollm2", "SmolLM2"),
        ("ollama:hf.co/someone/x-GGUF:Q8_0", "x-GGUF:Q8_0"),
        ("lmstudio:someone/Qwen3-GGUF/qwen3-0.6b.gguf", "qwen3-0.6b"),
        ("lmstudio:org/A-Model-With-A-Long-Name-1.5B", "A-Model-Wi…Name-1.5B"),
        ("/home/ida/models/own.gguf", "own"),
    ],
)
def test_a_name_fits_beside_others(name: str, shown: str):
    assert short(name) == shown and len(shown) <= 20
