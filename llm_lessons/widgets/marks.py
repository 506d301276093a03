"""Names for tokens that are no text of their own, as widgets are sent them."""

from collections.abc import Iterable

from llm_lessons.text.pieces import Vocabulary, mark


def marks(tokenizer: Vocabulary, tokens: Iterable[int] | None = None) -> dict[str, str]:
    """Token id -> name, for those of these tokens that are no text of their own.

    Args:
        tokenizer: cuts texts into the tokens.
        tokens: token ids; by default all that there are.
    """
    there = range(len(tokenizer.pieces)) if tokens is None else tokens
    names = ((str(token), mark(tokenizer, token)) for token in there)
    return {token: name for token, name in names if name}
