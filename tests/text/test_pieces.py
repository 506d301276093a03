"""What can't be seen has a sign, the same as in tests/web/lib_test.js."""

import pytest

from llm_lessons.text import pieces
from llm_lessons.text.letters import LetterTokenizer
from tests import tiny


@pytest.mark.parametrize(
    ("piece", "seen"),
    [
        (" the", "␣the"),
        ("a\tb\n", "a⇥b↵"),
        ("\x00\x7f\u200b", "␀⟨U+007F⟩⟨U+200B⟩"),
        ("\r\u00a0", "␍⍽"),
        ("日5$", "日5$"),
        ("", "⟨nothing⟩"),
    ],
)
def test_a_piece_is_seen(piece: str, seen: str):
    assert pieces.visible(piece) == seen


def test_a_token_that_is_no_text_has_a_name():
    tokenizer = tiny.tokenizer()
    byte, fox = tokenizer.pieces.index("<0x8A>"), tokenizer.encode(" fox")[0]
    seen = [pieces.seen(tokenizer, token) for token in (1, byte, fox)]
    assert seen == ["⟨end of text⟩", "⟨0x8A⟩", "␣fox"]
    assert pieces.mark(LetterTokenizer("<"), 1) is None  # it only looks like a name
