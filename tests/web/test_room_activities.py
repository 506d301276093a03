"""What the activities of a room work out with the model, against the same in Python."""

import math
import re
from typing import Any

import numpy as np
import pytest

from llm_lessons.fjordby import notes
from llm_lessons.fjordby.facts import question
from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import (
    answers_at_once,
    answers_stepwise,
)
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons_room.activities import FOLDER
from tests.web.answered import fjord, script
from tests.web.in_deno import evaluate

pytestmark = pytest.mark.slow

PROMPT = "Once upon a time there was a girl called Ida who lived in a"
CLOSE = 1e-3  # what chances may differ by, as a share of themselves
BEGIN = """
(0, eval)(data.script);
const lm = globalThis.llmLessonsModels.fjord.lm();
"""


def asked(module: str, body: str, data: dict[str, Any]) -> Any:
    """What an activity's module finds, with the model of a page at hand as `lm`."""
    return evaluate(FOLDER / f"{module}.js", BEGIN + body, {**data, "script": script()})


def odds_of(prompt: str) -> np.ndarray:
    """The probability of every next token, [vocabulary]."""
    scores = np.asarray(fjord().logits(prompt), np.float64)
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def chance_of(word: str) -> float:
    """The probability of a whole word behind the prompt."""
    return float(chances(fjord(), [PROMPT], [word])[0])


def test_a_marble_problem_is_answered_as_in_python():
    problems = [one for k in (1, 3, 6) for one in marbles.held_out(4, k, seed=11)]
    rows = asked(
        "marbles/problems",
        """
        const reader = lm.reader();
        return data.prompts.map((both) => both.map((prompt, way) =>
          String(finished(web.askProblem(reader, prompt, way)))));
        """,
        {"prompts": [[one.at_once_prompt, one.step_prompt] for one in problems]},
    )
    at_once = answers_at_once(fjord(), problems)
    by_steps = [answer for _, answer in answers_stepwise(fjord(), problems)]
    assert rows == [list(both) for both in zip(at_once, by_steps, strict=True)]


def test_the_odds_behind_a_prompt_are_the_models():
    first, last = asked(
        "../web/parts/next_token",
        """
        const found = [];
        const keep = ({ ids, odds, pieces, marks, endings }) => found.push(
          [...ids.subarray(0, 8)].map((id, rank) => [
            id, odds.chance(rank), web.tokenText(id, { pieces, marks }),
            endings[id] ?? "",
          ]));
        finished(web.readNextToken(lm, data.prompt, 8, keep));
        return found;
        """,
        {"prompt": f"{PROMPT} "},
    )
    odds = odds_of(PROMPT)
    order = np.argsort(-odds)[:8]
    assert [row[0] for row in first] == order.tolist()
    assert [row[1] for row in first] == pytest.approx(odds[order].tolist(), rel=CLOSE)
    assert [row[2] for row in first] == [fjord().tokenizer.decode([i]) for i in order]
    assert [row[:3] for row in last] == [row[:3] for row in first]
    assert any(row[3] for row in last)


def test_a_rooms_words_get_the_models_chances_and_a_temperature():
    words = [["cottage", 4], ["House", 5], ["small", 2], ["spaceship", 1]]
    found, own, heat, offered = asked(
        "next_word/next_words",
        """
        let got, offered;
        finished(web.scoreWords(lm, data.prompt, data.words, (scores) => got = scores));
        finished(web.suggestWords(lm, data.prompt, 6, (words) => offered = words));
        return [[...got.chances], got.top, got.heat, offered];
        """,
        {"prompt": PROMPT, "words": words},
    )
    spelled = [" cottage", " house", " small", " spaceship"]
    expected = [chance_of(word) for word in spelled]
    assert [word for word, _ in found] == [word for word, _ in words]
    assert [chance for _, chance in found] == pytest.approx(expected, rel=CLOSE)
    # its own three likeliest words, with the chances of all their tokens
    assert len(own) == 3 and own == sorted(own, key=lambda pair: -pair[1])
    likely = [chance_of(f" {word}") for word, _ in own]
    assert [chance for _, chance in own] == pytest.approx(likely, rel=CLOSE)
    assert own[0][1] == pytest.approx(odds_of(PROMPT).max(), rel=0.1)
    scores = np.log(odds_of(PROMPT))
    begun = fjord().encode(PROMPT)
    firsts = [fjord().encode(PROMPT + word)[len(begun)] for word in spelled]
    counts = [count for _, count in words]

    def likelihood(temperature: float) -> float:
        scaled = scores / temperature
        total = math.log(np.exp(scaled - scaled.max()).sum()) + scaled.max()
        return sum(n * (scaled[i] - total) for i, n in zip(firsts, counts, strict=True))

    grid = np.geomspace(0.05, 5, 2000)
    best = grid[np.argmax([likelihood(one) for one in grid])]
    assert heat["best"] == pytest.approx(best, rel=0.01)
    for end in (heat["low"], heat["high"]):
        drop = likelihood(heat["best"]) - likelihood(end)
        assert drop == pytest.approx(1.92, abs=0.02)
    # some words are offered: likely ones, and their order tells nothing
    assert len(set(offered)) == 6 and offered == sorted(offered)
    odds = [chance_of(f" {word}") for word in offered]
    assert odds != sorted(odds, reverse=True) and sum(odds) > 0.8


def test_a_story_is_that_of_its_seed_to_the_end_of_a_sentence():
    ended = re.compile(r"[.!?][\"'”’»)]?\s*$")
    drawn = [(heat, seed) for heat in (1, 0, 2, 0.7) for seed in (0, 7, 2**32 - 1)]
    stories = asked(
        "stories/phone",
        """
        return data.drawn.map(([temperature, seed]) => {
          const pieces = [];
          const wrote = (piece) => pieces.push(piece);
          const story = lm.stream(data.prompt, { maxTokens: 60, temperature, seed });
          finished(web.paced(story, { least: 40 }, wrote, 0));
          return pieces;
        });
        """,
        {"prompt": PROMPT, "drawn": drawn},
    )
    for (heat, seed), pieces in zip(drawn, stories, strict=True):
        text = "".join(pieces)
        whole = fjord().generate(PROMPT, max_tokens=60, temperature=heat, seed=seed)
        assert whole.startswith(text) and len(pieces) <= 60
        assert text == whole or (len(pieces) >= 40 and ended.search(text))
        for n in range(40, len(pieces)):  # it did not go on where it might have ended
            assert not ended.search("".join(pieces[:n]))


def test_the_book_is_asked_closed_and_open():
    page = next(p for p in notes.held_out(20, seed=1) if p.asked.kind == "town")
    prompts = {"closed": question("town", page.asked.name), "open": page.prompt}
    found = asked(
        "book/screen",
        """
        let got;
        const found = (answers) => got = answers;
        finished(web.askBook(lm, data.prompts, data.town, found));
        return got;
        """,
        {"prompts": prompts, "town": page.asked.value},
    )
    both = [*prompts.values()]
    expected = chances(fjord(), both, [f" {page.asked.value}."] * 2)
    assert [one["chance"] for one in found] == pytest.approx(list(expected), rel=CLOSE)
    assert [one["sentence"] for one in found] == [
        r.text for r in replies(fjord(), both)
    ]
    assert found[1]["sentence"] == page.asked.value
