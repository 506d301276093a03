"""The model in a page, against the same in Python: tokens, scores, coins, texts.

All that Fjord is asked goes through one process of deno, by the script that a page
loads; a tiny model with other proportions goes through a second.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from llm_lessons import fjordby
from llm_lessons.decoding import sampling
from llm_lessons.decoding.sampling import Settings, coin_at
from llm_lessons.foundation.checks import Refusal
from llm_lessons.foundation.paths import WEB
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import knobs
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.model.transformer import forward
from llm_lessons.pages.model_script import model_script, packed_model
from llm_lessons.serving.generate import generate
from llm_lessons.serving.prefill import next_logits
from tests import tiny, tiny_bpe
from tests.parity import texts as many_texts
from tests.web.in_deno import evaluate

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what scores may differ by; they were found to differ by a tenth of it
BORDER = 2e-5  # how far apart rounding may lay the border of two tokens
EACH = 12  # documents of each section of Fjordby
MOST = 400  # letters of each
SNIPPETS = ["▁", "▁▁", " ", "  ", "\n", "\r\n", "\0", "🦊", "👩‍👩‍👧", "e\u0301", "<s>"]
SNIPPETS += ["<unk>", "<0x41>", "The fox", " 1234", "$12", "\ufeff", "\ud83e", "\udd8a"]
PROMPT = "Once upon a time"
LENGTH, SEEDS = 60, 50
# settings, and how many seeds each is tried with
DRAWS: list[tuple[dict[str, Any], int]] = [
    ({}, SEEDS),
    ({"temperature": 0.0}, 1),
    ({"temperature": 0.6, "top_p": 0.9}, 3),
    ({"temperature": 1.5, "top_k": 20}, 3),
    ({"temperature": 1.2, "top_k": 40, "top_p": 0.8}, 3),
    ({"temperature": 1.5, "min_p": 0.1}, 3),
]
PLACES = [(-3, 7), (0, 0), (1, 255), (2**31, 5), (2**32 + 9, 12), (-(2**40), 99)]
PLACES += [(seed, 7 * seed % 256) for seed in range(100)]
TRANSFORMER = (WEB / "engine" / "transformer.js").as_uri()
LONG = "A fox. " * 60  # of which the window takes a part
# What is asked of a model: JavaScript, with `lm` and `data`.
ASK = """
const { activationsInSteps, unembed } = await import(data.transformer);
const scores = (text) => {
  const steps = activationsInSteps(lm.params, lm.encode(text), lm.config);
  return [...unembed(lm.params, finished(steps).stream.at(-1), lm.config)];
};
return {
  cut: (data.texts ?? []).map((text) => lm.tokenizer.encode(text)),
  joined: (data.ids ?? []).map((ids) => [...lm.tokenizer.decodeStream(ids)]),
  scores: data.read.map(scores),
  turned: data.weights.map(([matrix, row, column, value]) => {
    const weight = { matrix, row, column };
    const turned = finished(finished(lm.turning(data.read[0], weight))(value));
    return [lm.trained(weight), [...turned]];
  }),
  untouched: data.read.map((text) => [...lm.logits(text)]),
  drawn: data.runs.map((draw) => {
    const settings = { ...draw, maxTokens: data.length };
    return Array.from(lm.drawn(lm.encode(data.prompt), settings), (one) => one.token);
  }),
};
"""


def half(lm: LanguageModel) -> LanguageModel:
    """The model as its file would hold it."""
    return lm.with_params(
        jax.tree.map(
            lambda x: jnp.asarray(x, jnp.float16).astype(jnp.float32), lm.params
        )
    )


def documents() -> list[str]:
    """Some of every section of Fjordby, the same each time."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in fjordby.build().documents.spread(5_000):
        found[one.section].append(one.text[:MOST])
    return [text for written in found.values() for text in written[:EACH]]


def any_text(coin: random.Random) -> str:
    """Letters from all of Unicode, halves of pairs too, between what is special."""
    planes = [range(0x80), range(0x3000), range(0x1_0000), range(0x11_0000)]
    parts = [
        chr(coin.choice(coin.choice(planes)))
        if coin.random() < 0.7
        else coin.choice(SNIPPETS)
        for _ in range(coin.randint(0, 30))
    ]
    return "".join(parts)


def every_kind_of_text() -> list[str]:
    coin = random.Random(1)
    others = [any_text(coin) for _ in range(200)]
    return [*documents(), *many_texts.texts()[::5], *others, "", "a" * 3000]


def random_ids(size: int) -> list[list[int]]:
    coin = random.Random(2)
    return [coin.choices(range(size), k=coin.randint(0, 40)) for _ in range(200)]


def places_of(lm: LanguageModel) -> list[tuple[Weight, float]]:
    """One weight of every kind of matrix, and a value for it."""
    rng = np.random.default_rng(0)
    found = []
    for name, array in knobs.matrices(lm.params).items():
        if name.startswith("layers[0]"):
            continue  # its twin in the last layer will do
        if not name.startswith("layers[") or f"[{lm.config.n_layers - 1}]" in name:
            place = int(rng.integers(array.size))
            found.append((knobs.at(name, array.shape, place), float(rng.normal(0, 4))))
    return found


def runs() -> list[dict[str, Any]]:
    return [how | {"seed": seed} for how, seeds in DRAWS for seed in range(seeds)]


def fjord_reads() -> list[str]:
    return [  # in the first one, weights are changed
        PROMPT,
        "Ida has 12 marbles. Åse gives her 7 more.\nStep by step:",
        "User: Where does Stig live?\nFjord:",
        documents()[0],
    ]


@pytest.fixture(scope="module")
def fjord() -> LanguageModel:
    return load("fjord")


@pytest.fixture(scope="module")
def in_page(fjord: LanguageModel) -> dict[str, Any]:
    """What the script of a page makes of all that Fjord is asked here."""
    return evaluate(
        "engine/offered.js",
        f"""
        const before = Object.keys(globalThis);
        new Function(data.script)();
        const added = Object.keys(globalThis).filter((name) => !before.includes(name));
        const lm = web.offered("fjord");
        const once = lm === web.offered("fjord");
        const none = web.offered("nobody");
        const answers = await (async () => {{ {ASK} }})();
        const refused = (act) => {{
          try {{ return act(); }} catch (error) {{ return error.message; }}
        }};
        const told = [
          refused(() => lm.encode("")),
          refused(() => lm.logits(data.long)),
          refused(() => lm.logits("a ".repeat(99_999))),
        ];
        const full = lm.generate(data.nearly, {{ seed: 4, maxTokens: 500 }});
        const size = data.script.length;
        return {{ ...answers, added, once, none, told, full, size }};
        """,
        {
            "script": model_script(fjord),
            "transformer": TRANSFORMER,
            "texts": every_kind_of_text(),
            "ids": random_ids(fjord.config.vocab_size),
            "read": fjord_reads(),
            "weights": [(w.matrix, w.row, w.column, x) for w, x in places_of(fjord)],
            "runs": runs(),
            "prompt": PROMPT,
            "length": LENGTH,
            "long": LONG,
            "nearly": nearly(fjord),
        },
    )


def nearly(lm: LanguageModel) -> str:
    """A text that leaves room for a few tokens in the window."""
    words = LONG.split(" ")
    while len(lm.tokenizer.encode(" ".join(words))) > lm.config.max_seq_len - 12:
        words.pop()
    return " ".join(words)


def test_texts_are_cut_in_the_same_places(in_page, fjord: LanguageModel):
    for text, ids in zip(every_kind_of_text(), in_page["cut"], strict=True):
        assert ids == fjord.tokenizer.encode(text), text


def test_tokens_are_joined_to_the_same_pieces(in_page, fjord: LanguageModel):
    for ids, pieces in zip(
        random_ids(fjord.config.vocab_size), in_page["joined"], strict=True
    ):
        assert pieces == list(fjord.tokenizer.decode_stream(ids))


def same_scores(lm: LanguageModel, got: dict[str, Any], texts: list[str]) -> None:
    """At every position of each text."""
    rows = [lm.encode(text) for text in texts]
    longest = max(map(len, rows))
    # All in one go: no token looks at the padding behind it.
    tokens = jnp.array([row + [0] * (longest - len(row)) for row in rows])
    table = np.asarray(forward(lm.params, tokens, lm.config))
    for i, row in enumerate(rows):
        expected = table[i, : len(row)]
        found = np.array(got["scores"][i]).reshape(expected.shape)
        np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE)
        # read through a cache, by the page's own fast products
        at_end = got["untouched"][i]
        np.testing.assert_allclose(at_end, expected[-1], rtol=0, atol=CLOSE)


def same_when_changed(lm: LanguageModel, got: dict[str, Any], text: str) -> None:
    """With one weight of every kind replaced."""
    as_it_is = lm.logits(text)
    assert len(got["turned"]) >= 11
    moved = 0
    for (weight, value), (found, scores) in zip(
        places_of(lm), got["turned"], strict=True
    ):
        assert found == knobs.trained(lm.params, weight), weight
        turned = knobs.with_weight(lm, weight, value).logits(text)
        np.testing.assert_allclose(scores, turned, rtol=0, atol=CLOSE)
        moved += np.abs(turned - as_it_is).max() > 10 * CLOSE
    assert moved > 5


def test_scores_are_the_same(in_page, fjord: LanguageModel):
    same_scores(fjord, in_page, fjord_reads())


def test_a_changed_model_has_the_same_scores(in_page, fjord: LanguageModel):
    same_when_changed(fjord, in_page, fjord_reads()[0])


def test_coins_are_the_same():
    coins = "return data.map((place) => web.coin(...place));"
    expected = [coin_at(*place) for place in PLACES]
    assert evaluate("engine/sampling.js", coins, PLACES) == expected


def is_close_call(
    lm: LanguageModel, ids: list[int], settings: Settings, one: int, other: int
) -> bool:
    """Whether the coin behind these tokens falls between the two, but for rounding."""
    logits = jnp.asarray(next_logits(lm.params, ids, lm.config))
    ends = np.cumsum(np.asarray(sampling.odds(logits, settings), np.float64))
    low, high = sorted((one, other))
    u = coin_at(int(settings.seed), len(ids))
    return bool(np.abs(ends[low:high] - u).min() < BORDER)


def test_a_seed_tells_the_same_story(in_page, fjord: LanguageModel):
    """But where a coin falls on the border of two tokens: JAX rounds on each machine
    in its own way. Such a row is the same up to there, and there are few.
    """
    drawn, parted = iter(in_page["drawn"]), 0
    ids, stops = fjord.encode(PROMPT), tuple(fjord.tokenizer.stops)
    for how, seeds in DRAWS:
        limits = [LENGTH] * seeds
        settings = Settings(**how)
        rows = generate(
            fjord.params, [ids] * seeds, fjord.config, settings, limits, stops
        )
        for seed, row in enumerate(rows):
            found, row = ([*one, *stops][:LENGTH] for one in (next(drawn), row))
            if found == row:
                continue
            parted += 1
            pairs = enumerate(zip(found, row, strict=False))
            at = next(i for i, (one, other) in pairs if one != other)
            settings = Settings(**how, seed=seed)
            read = [*ids, *row[:at]]
            assert is_close_call(fjord, read, settings, found[at], row[at])
    assert parted <= 2


def test_the_window_ends_a_text_as_in_python(in_page, fjord: LanguageModel):
    assert in_page["full"] == fjord.generate(nearly(fjord), 500, seed=4)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ValueError) as told:
        call()
    return str(told.value)


def test_what_does_not_do_is_refused_in_the_same_words(in_page, fjord: LanguageModel):
    assert in_page["told"] == [
        refusal(lambda: fjord.encode("")),
        refusal(lambda: fjord.logits(LONG)),
        refusal(lambda: fjord.logits("a " * 99_999)),
    ]


def test_the_script_is_small_and_leaves_one_name(in_page):
    assert in_page["size"] < 8_000_000
    assert in_page["added"] == ["llmLessonsModels"]
    assert in_page["once"] and in_page["none"] is None


def test_another_model_has_the_same_scores():
    """Fewer key heads than heads, an output head of its own, odd numbers of tokens."""
    config = replace(tiny.CONFIG, tie_embeddings=False)
    lm = half(
        LanguageModel("tiny", config, tiny.random_parameters(config), tiny.tokenizer())
    )
    read = ["The fox", "Anna paid $12 for 3 apples 🦊", "a"]
    got = evaluate(
        "engine/model.js",
        f"""
        const lm = finished(web.open(data.packed));
        {ASK}
        """,
        {
            "packed": packed_model(lm),
            "transformer": TRANSFORMER,
            "read": read,
            "weights": [(w.matrix, w.row, w.column, x) for w, x in places_of(lm)],
            "runs": [],
        },
    )
    same_scores(lm, got, read)
    same_when_changed(lm, got, read[0])


def test_numbers_that_would_be_rounded_are_refused():
    assert "float16" in refusal(lambda: model_script(tiny.model()))


def test_another_kind_of_vocabulary_is_refused():
    own = tiny.model()
    other = LanguageModel("other", own.config, own.params, tiny_bpe.byte_level())
    with pytest.raises(Refusal, match="SentencePiece"):
        packed_model(other)
