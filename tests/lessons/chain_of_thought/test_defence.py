"""Which town is favoured, before and after a reason: on odds that are known."""

import pytest

from llm_lessons.lessons.chain_of_thought import defence
from llm_lessons.lessons.temperature.capitals import COUNTRIES
from tests.titled import title_of


class Writer:
    """Gives the same reason for everything."""

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        assert all(prompt.endswith(". Because") for prompt in prompts)
        return [f" of {country.capital}.\nAnd more." for country in COUNTRIES[:2]]


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the odds are asked for; a text with a reason favours the other town."""
    seen: list[str] = []

    def chances(lm, prompts, endings):
        seen.extend(prompts)
        capitals = {f" {country.capital}" for country in COUNTRIES}
        return [
            0.75 if (ending in capitals) != ("Because" in prompt) else 0.25
            for prompt, ending in zip(prompts, endings, strict=True)
        ]

    monkeypatch.setattr(defence, "chances", chances)
    return seen


def test_a_reason_turns_the_odds_and_is_counted(prompts: list[str]):
    found = defence.measure(Writer(), COUNTRIES[:2])  # type: ignore[arg-type]
    assert list(found.rows.values()) == [[0, 0], [0, 0], [1, 1]]
    assert found.mean("alone", "right") == found.mean("after", "wrong") == 0.75
    assert found.objections == 2
    told = "The wrong town leads: 0, once said 0, reasoned 2 of 2"
    assert title_of(found) == told
    assert "the likelier one in 0 of 2 (mean chance 0.25, the capital 0.75). Once" in (
        found.sentence()
    )
    assert "reason for it, in 2 of 2 (mean chance 0.75, the capital 0.25)." in (
        found.sentence()
    )
    assert found.cases[0].text == (
        "Question: What is the capital of France?\nAnswer: Lyon. Because of Paris."
    )


def test_the_odds_are_asked_for_in_the_same_place_of_each_text(prompts: list[str]):
    defence.measure(Writer(), COUNTRIES[:2])  # type: ignore[arg-type]
    assert set(prompts[::2]) == {
        "Question: What is the capital of France?\nSo the capital of France is",
        "Question: What is the capital of France?\nAnswer: Lyon. So the capital of "
        "France is",
        "Question: What is the capital of France?\nAnswer: Lyon. Because of Paris. So "
        "the capital of France is",
    }
