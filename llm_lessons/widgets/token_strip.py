"""Any text, cut into tokens while it is typed, by several vocabularies at once."""

from collections.abc import Mapping
from typing import Any

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.lessons.tokens.vocabularies import vocabularies
from llm_lessons.text.pieces import marks
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget

LONGEST = 2000  # characters that are cut; more chips than that help nobody
OF_PAGES = "Fjord"  # the vocabulary that a page has: that of the model it has


class TokenStrip(ModelWidget):
    """Type a text, and see it in pieces, each with its id, a row for a vocabulary.

    The kernel cuts, for the vocabularies are large; the browser draws. A page without
    a kernel cuts with Fjord's vocabulary; the other rows stay, and say of what text.

    Args:
        text: the text to begin with.
        tokenizers: the vocabularies by name; by default those that are installed, and
            a line for each that is not.

    Attributes:
        tokens: for each vocabulary, the token ids of the text.
    """

    _esm, _css = assets("token_strip")

    text = traitlets.Unicode().tag(sync=True)
    _rows = traitlets.List().tag(sync=True)  # {name, size, tokens or missing} each
    _heard = traitlets.Unicode().tag(sync=True)  # the text that was cut last
    _message = traitlets.Unicode().tag(sync=True)  # what there is to say about it
    _live = traitlets.Unicode().tag(sync=True)  # the row that a page's model cuts

    @checked()
    def __init__(self, text: str, tokenizers: Mapping[str, Tokenizer] | None = None):
        known = vocabularies()
        self._missing = {} if tokenizers is not None else known.missing
        self._tokenizers = known if tokenizers is None else dict(tokenizers)
        self._lm = None  # only a page has the vocabulary from a model
        own = {"_lm_name": OF_PAGES.lower(), "_live": OF_PAGES}
        super().__init__(
            text=text, **self._cut(text), **own if tokenizers is None else {}
        )
        self.observe(self._on_text, "text")

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(ids)}" for name, ids in self.tokens.items())
        return f"TokenStrip({self.text!r}: {counts} tokens)"

    @property
    def tokens(self) -> dict[str, list[int]]:
        """The token ids of the text, for each vocabulary."""
        return {name: one.encode(self.text) for name, one in self._tokenizers.items()}

    def _cut(self, text: str) -> dict[str, Any]:
        shown, message = text[:LONGEST], ""
        if len(text) > LONGEST:
            message = (
                f"The text has {len(text):,} characters; the first {LONGEST:,} of them "
                "are cut below."
            )
        rows = [_row(name, one, shown) for name, one in self._tokenizers.items()]
        rows += [{"name": name, "missing": why} for name, why in self._missing.items()]
        return {"_rows": rows, "_heard": text, "_message": message}

    def _on_text(self, change: Any) -> None:
        self._change(self._cut(change.new))


def _row(name: str, tokenizer: Tokenizer, text: str) -> dict[str, Any]:
    """A vocabulary and its tokens of a text: [piece, id, name of what is no text]."""
    ids = tokenizer.encode(text)
    names = marks(tokenizer, set(ids))
    tokens = [[tokenizer.pieces[i], i, names.get(str(i))] for i in ids]
    return {"name": name, "size": tokenizer.vocab_size, "tokens": tokens}
