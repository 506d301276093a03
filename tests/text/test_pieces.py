"""What can't be seen has a sign, the same as in tests/web/tokens_test.js."""

from llm_lessons.text import pieces
from tests.each import each_of


@each_of(
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


class Vocabulary:
    """Four tokens, of which the third only looks like a name."""

    def __init__(self) -> None:
        self.pieces = ["<s>", "<0x8A>", "<b>", " fox"]
        self.stops: tuple[int, ...] = (0,)

    def decode(self, ids: list[int]) -> str:
        return "".join(self.pieces[i] for i in ids).replace("<0x8A>", "\ufffd")


def test_a_token_that_is_no_text_has_a_name():
    seen = [pieces.seen(Vocabulary(), token) for token in range(4)]
    assert seen == ["⟨end of text⟩", "⟨0x8A⟩", "<b>", "␣fox"]
