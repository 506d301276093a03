"""The machine, drawn from its own numbers: columns of tokens, rows of layers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.lessons.forward_pass.inside import Inside
from llm_lessons.lessons.forward_pass.knobs import Head
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.text.pieces import marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget

BARS = 5  # single tokens; all others share one more
MOST = 40  # tokens of a text that the picture has room for
BEFOREHAND = 32  # heads up to which each alone is silenced before anybody asks
FINENESS = 65_535  # steps to which a look is rounded on its way to the page


class Machine(ModelWidget):
    """See a text on its way through the model: who looks where, and what is guessed.

    Tokens are columns and layers are rows. Point at a head to see where it looks, press
    it to silence it; press a token to look from there. In a small model each head alone
    is silenced beforehand, so a saved page answers, too; several heads together and
    another text are asked of the kernel. With another text, all heads are on again. A
    page that has the model asks it for every text and all heads
    (`web/answers/machine.js`).

    Args:
        lm: the model; it is never changed.
        text: the text so far.

    Attributes:
        silenced: the heads that are off, as [layer, head] from 0.
        column: the place of the token to look from, from 0; None for the last one.

    Raises:
        ValueError: a text that means nothing or has no room in the picture, or no such
            head or column. A text that is typed raises nothing: the sentence stands in
            the widget, and the learner goes on.
    """

    _esm, _css = assets("machine")

    text = traitlets.Unicode().tag(sync=True)
    silenced = traitlets.List().tag(sync=True)
    column = traitlets.Int(None, allow_none=True).tag(sync=True)

    _shown = traitlets.Unicode().tag(sync=True)  # the text of all below it
    _heard = traitlets.Unicode().tag(sync=True)  # the last one that was read
    _message = traitlets.Unicode().tag(sync=True)  # why it was refused
    _sizes = traitlets.List().tag(sync=True)  # layers, heads, tokens of the vocabulary
    _tokens = traitlets.List().tag(sync=True)  # ids of the text
    _names = traitlets.Dict().tag(sync=True)  # id -> piece, of all that is shown
    _marks = traitlets.Dict().tag(sync=True)  # id -> name of what is no text
    _endings = traitlets.List().tag(sync=True)  # behind each token: id -> rest of word
    # The model as it is and with each head silenced alone, see `numbers`; and with
    # those heads that were asked for last.
    _stock = traitlets.Bytes().tag(sync=True)
    _stock_looks = traitlets.Bytes().tag(sync=True)
    _answer = traitlets.Bytes().tag(sync=True)
    _answer_looks = traitlets.Bytes().tag(sync=True)
    _answered = traitlets.List().tag(sync=True)  # heads of `_answer`

    @checked()
    def __init__(self, lm: LanguageModel, text: str = "Once upon a time"):
        self._lm = lm
        config = lm.config
        super().__init__(
            text=text,
            _sizes=[config.n_layers, config.n_heads, config.vocab_size],
            _shown=text,
            _heard=text,
            **self._read_text(text),
        )
        self.observe(self._on_text, "text")
        self.observe(self._on_silence, "silenced")

    def __repr__(self) -> str:
        count = len(self.silenced)
        off = f", {count} head{'s' * (count > 1)} silenced" if count else ""
        return f"Machine({self.text!r}{off})"

    def _on_text(self, change: Any) -> None:
        text = change.new
        try:
            read = {**self._read_text(text), "_shown": text, "_message": ""}
        except ValueError as refusal:  # one sentence for the learner
            read = {"_message": str(refusal)}
        self._change({**read, "_heard": text})

    def _read_text(self, text: str) -> dict[str, Any]:
        """The traits that another text changes."""
        count = len(self._lm.encode(text))
        if count > MOST:
            raise ValueError(
                f"The text has {count} tokens, and the picture has room for {MOST}. "
                "Shorten it."
            )
        base = inside.read(self._lm, text)
        others = [self._without(text, [head], base) for head in self._one_each()]
        states = [base, *others]
        bars = [leaders([base.odds, one.odds]) for one in states]
        pairs = list(zip(states, bars, strict=True))
        self._base = base
        self._used = set(base.tokens).union(*(shown_ids(*pair) for pair in pairs))
        return {
            "column": None,
            "silenced": [],  # or else a name that is typed then would seem to fail
            "_tokens": list(base.tokens),
            "_endings": self._likely(base, bars),
            "_stock": b"".join(numbers(one, base, ids) for one, ids in pairs),
            "_stock_looks": b"".join(packed_looks(one.looks) for one in states),
            "_answered": [],
            **self._named(),
        }

    def _likely(self, base: Inside, bars: Sequence[np.ndarray]) -> list[dict[str, str]]:
        """How words likely go on that the bars begin; if large, of the last alone."""
        ids = [sorted({*rows.ravel().tolist()}) for rows in np.stack(bars, axis=1)]
        first = 0 if self._one_each() else len(ids) - 1
        asked = [(place + 1, ids[place]) for place in range(first, len(ids))]
        found = likely_endings(self._lm, base.tokens, asked)
        return [
            *({} for _ in range(first)),
            *({str(i): ending for i, ending in one.items()} for one in found),
        ]

    def _one_each(self) -> list[Head]:
        layers, heads = self._lm.config.n_layers, self._lm.config.n_heads
        if layers * heads > BEFOREHAND:
            return []
        return [(i, j) for i in range(layers) for j in range(heads)]

    def _without(self, text: str, heads: Sequence[Head], base: Inside) -> Inside:
        return inside.read(self._lm, text, heads, base.answers)

    def _named(self) -> dict[str, Any]:
        pieces = self._lm.tokenizer.pieces
        return {
            "_names": {str(i): pieces[i] for i in sorted(self._used)},
            "_marks": marks(self._lm.tokenizer, sorted(self._used)),
        }

    def _on_silence(self, change: Any) -> None:
        """What several silenced heads change, or one of a large model."""
        heads = _as_heads(self.silenced)
        if not heads or (len(heads) == 1 and self._one_each()):
            return  # it is in stock
        now = self._without(self._shown, heads, self._base)
        ids = leaders([self._base.odds, now.odds])
        self._used |= shown_ids(now, ids)
        told = {
            "_answer": numbers(now, self._base, ids),
            "_answer_looks": packed_looks(now.looks),
            "_answered": [list(head) for head in heads],
        }
        self._change(told | self._named())

    @traitlets.validate("silenced")
    def _check_silenced(self, proposal: Any) -> list[list[int]]:
        heads = sorted(set(_as_heads(proposal.value)))
        knobs.volumes(self._lm.config, heads)
        return [list(head) for head in heads]

    @traitlets.validate("column")
    def _check_column(self, proposal: Any) -> int | None:
        column, count = proposal.value, len(self._base.tokens)
        if column is not None and not 0 <= column < count:
            raise ValueError(
                f"column goes from 0 to {count - 1}, or is None for the last; it was "
                f"{column}."
            )
        return column


def leaders(odds: Sequence[np.ndarray]) -> np.ndarray:
    """The tokens that deserve a bar of their own behind each token of a text.

    The favourite of the first of these tables of odds, [T V] each, and then those that
    are ever likely, by the best chance that they have in one of them.

    Returns:
        ids [T bars].
    """
    highest = np.max(odds, axis=0)
    np.put_along_axis(highest, odds[0].argmax(axis=-1)[:, None], np.inf, axis=-1)
    return np.argsort(-highest, axis=-1, kind="stable")[:, :BARS]


def numbers(now: Inside, trained: Inside, ids: np.ndarray) -> bytes:
    """A state of the machine for the page: float32, table after table.

    The bars' ids, their chances as trained and now, [T bars] each; then the guesses,
    their chances, and chance and rank of the answer that is followed, [T steps] each.
    (Ids and ranks of a vocabulary fit into a float32 to the last digit.)
    """
    before, after = (np.take_along_axis(one.odds, ids, -1) for one in (trained, now))
    tables = [ids, before, after, now.guesses, now.chances, now.own, now.ranks]
    return b"".join(np.asarray(table, "<f4").tobytes() for table in tables)


def packed_looks(looks: np.ndarray) -> bytes:
    """Looks [L N T T] for the page, two bytes each: from each token back to itself."""
    rows, columns = np.tril_indices(looks.shape[-1])
    return np.rint(looks[:, :, rows, columns] * FINENESS).astype("<u2").tobytes()


def shown_ids(state: Inside, bars: np.ndarray) -> set[int]:
    """All tokens that a state shows: of its bars, its guesses and its answers."""
    found = (bars, state.guesses, state.answers)
    return set(np.concatenate([one.ravel() for one in found]).tolist())


def _as_heads(silenced: Sequence[Sequence[int]]) -> list[Head]:
    return [(layer, head) for layer, head in silenced]
