"""GGUF files of the Llama family in a page's engine, against Python and libraries.

All models go through one process of deno, all vocabularies through another.
"""

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor

from llm_lessons.foundation.paths import WEB
from llm_lessons.model.transformer import forward
from llm_lessons.text.bpe import WHOLE_WORDS, TokenType, byte_level_bpe
from llm_lessons.weights.gguf_file import GGUFFile
from tests import family, family_files, tiny, tiny_bpe
from tests.parity import texts as many_texts
from tests.web.in_deno import evaluate

CLOSE = 1e-4  # of scores; they are a few, of either sign
TEXTS = many_texts.texts()
WAYS = ["gpt-2", "smollm", *WHOLE_WORDS, "qwen2", "deepseek-r1-qwen"]
STAYS_WHOLE = ["fox", "fox's", "(x)|[y]", "a\u2581b"]  # of which one begins another
CUT = """
return data.all.map(({ settings, size }) => {
  const header = { settings: new Map(settings), tensors: new Map() };
  const made = web.tokenizerOf(header, size);
  const cut = data.texts.map((text) => made.encode(text));
  const back = cut.map((ids) => made.decode(ids));
  const { prefix, lead, stops, pieces } = made;
  return { cut, back, prefix, lead, stops, pieces };
});
"""
SCORES = """
const { activationsInSteps, unembed } = await import(data.transformer);
return data.paths.map((path) => {
  const { params, config } = web.realModel(Deno.readFileSync(path));
  const { stream } = finished(activationsInSteps(params, data.tokens, config));
  return Array.from(unembed(params, stream.at(-1), config));
});
"""


def test_scores_are_those_of_python(tmp_path: Path):
    paths, expected = [], []
    for number, name in enumerate(family.MODELS):
        path = tmp_path / f"{number}.gguf"
        paths.append(str(path))
        family_files.write_packed(path, name)
        file, tokens = GGUFFile(path), jnp.asarray(family.TOKENS)[None]
        scores = forward(file.parameters(), tokens, file.config())
        expected.append(np.asarray(scores[0]))
    data = {
        "paths": paths,
        "tokens": family.TOKENS.tolist(),
        "transformer": (WEB / "engine" / "transformer.js").as_uri(),
    }
    found = evaluate("engine/real_model.js", SCORES, data)
    for name, ours, scores in zip(family.MODELS, found, expected, strict=True):
        assert np.abs(scores).max() > 1
        far = np.abs(np.reshape(ours, scores.shape) - scores).max()
        assert far < CLOSE, (name, far)


def of_file(size: int, **settings: Any) -> dict[str, Any]:
    """The settings of a vocabulary as its file has them."""
    named = {f"tokenizer.ggml.{name}": value for name, value in settings.items()}
    return {"settings": [*named.items()], "size": size}


def test_byte_level_vocabularies_cut_in_every_way_as_in_python():
    it = tiny_bpe.learned()
    tokens = [*it.tokens, *STAYS_WHOLE]
    kinds = [*it.types, *[TokenType.USER_DEFINED] * len(STAYS_WHOLE)]
    end = tokens.index(tiny_bpe.END)
    files = [
        of_file(
            len(tokens),
            model="gpt2",
            tokens=tokens,
            token_type=[*map(int, kinds)],
            merges=it.merges,
            pre=way,
            eos_token_id=end,
            bos_token_id=end,
        )
        for way in WAYS
    ]
    texts = [*TEXTS, "The fox's (x)|[y] foxes a\u2581b", "IT'S, it'ſ and WE'LL'VE"]
    answers = evaluate("engine/gguf_settings.js", CUT, {"all": files, "texts": texts})
    for way, answer in zip(WAYS, answers, strict=True):
        ours = byte_level_bpe(tokens, it.merges, way, kinds)
        for text, ids, back in zip(texts, answer["cut"], answer["back"], strict=True):
            assert ids == ours.encode(text), (way, text)
            assert back == ours.decode(ids), (way, text)
        assert answer["pieces"] == ours.pieces
        assert answer["prefix"] == ([end] if way in WHOLE_WORDS else [])
        assert (answer["lead"], answer["stops"]) == ("", [end])


@pytest.mark.parametrize("spaced", [True, False])
def test_a_scored_vocabulary_cuts_as_in_python(spaced: bool):
    processor = SentencePieceProcessor(model_proto=tiny.tokenizer().model)
    size, ours = processor.get_piece_size(), tiny_bpe.scored()
    tokens = [processor.id_to_piece(i) for i in range(size)]
    kinds = tiny_bpe.kinds_of(processor)
    begin = processor.bos_id()
    file = of_file(
        size + 1,
        model="llama",
        tokens=tokens,
        token_type=[*map(int, kinds)],
        scores=[processor.get_score(i) for i in range(size)],
        bos_token_id=begin,
        eos_token_id=begin,
        **({} if spaced else {"add_space_prefix": False}),
    )
    data = {"all": [file], "texts": TEXTS}
    [answer] = evaluate("engine/gguf_settings.js", CUT, data)
    for text, ids, back in zip(TEXTS, answer["cut"], answer["back"], strict=True):
        assert ids == ours.encode(text), text
        assert back == ours.decode(ids), text
    assert answer["pieces"] == [*ours.pieces, "<unused>"]
    assert (answer["prefix"], answer["stops"]) == ([begin], [begin])
    assert answer["lead"] == (" " if spaced else "")
