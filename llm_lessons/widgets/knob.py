"""One weight on a slider, and every probability that moves."""

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
import traitlets

from llm_lessons.decoding.sampling import softmax
from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.waiting import waited
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import influence, knobs
from llm_lessons.lessons.forward_pass.knobs import POSITIONS, Weight
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.model.parameters import count_parameters
from llm_lessons.text.pieces import marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget

MIDDLE = POSITIONS // 2  # where the slider gives the weight its trained value
BARS = 12  # for single tokens
FINENESS = 2048  # steps to which one unit of a score is rounded on its way to the page

# What a matrix is there for, by the field of `Layer` or `Parameters` that it is.
PURPOSE = {
    "embedding": "The table of tokens. The row of a token is the list of numbers that "
    "stands for it when it comes in; the scores at the end are made with the same row.",
    "attention_norm": "A volume control in front of attention: how loud one number of "
    "the stream comes in.",
    "query": "Attention. Here a token says what it looks for in the text so far.",
    "key": "Attention. Here a token says by what it can be found.",
    "value": "Attention. Here a token says what it hands over to those that look at "
    "it.",
    "output": "Attention. It writes what the heads have fetched into the stream.",
    "mlp_norm": "A volume control in front of the detectors: how loud one number of "
    "the stream comes in.",
    "gate": "The detectors of a layer, one a column. This decides how far each opens.",
    "up": "The detectors of a layer, one a column. This is what each passes on while "
    "it is open.",
    "down": "The detectors of a layer, one a row. It writes what they say into the "
    "stream.",
    "final_norm": "The last volume control: how loud one number of the stream is when "
    "the scores are made.",
    "output_head": "The last step: from the stream to a score for every token.",
}
# The list to choose from: the strongest weight of each of these kinds, in any layer.
KINDS = ("embedding", "final_norm", "down", "value", "gate", "query", "output")


class Knob(ModelWidget):
    """Turn one weight of the model, and watch all probabilities.

    For each weight in the list the scores are worked out beforehand at every stop of
    its slider: a saved page is as alive as a notebook. Any other weight is asked of the
    kernel, once: from then on the browser answers the slider by itself. A page that has
    the model works out such stops one by one, that under the slider first
    (`web/answers/knob.js`).

    Args:
        lm: the model; it is never changed, all turning is done on copies. Made for a
            small one: every stop of the slider is a run through all of it.
        prompt: the text so far.

    Attributes:
        weight: the one that is turned: its matrix's name, row and column from 0.
        position: of the slider; `MIDDLE` is the trained value.

    Raises:
        ValueError: a prompt that means nothing, or no such weight.
    """

    _esm, _css = assets("knob")

    prompt = traitlets.Unicode().tag(sync=True)
    weight = traitlets.List().tag(sync=True)  # as in `Weight`
    position = traitlets.Int(MIDDLE, min=0, max=POSITIONS - 1).tag(sync=True)

    _pieces = traitlets.List().tag(sync=True)
    _marks = traitlets.Dict().tag(sync=True)  # token id -> name of what is no text
    _endings = traitlets.Dict().tag(sync=True)  # token id -> rest of the word it begins
    _count = traitlets.Int().tag(sync=True)  # knobs of the whole model
    _matrices = traitlets.List().tag(sync=True)
    _listed = traitlets.List().tag(sync=True)  # weights to choose from
    _own = traitlets.Dict().tag(sync=True)  # the same for a weight of one's own choice
    _fineness = traitlets.Int(FINENESS).tag(sync=True)
    # Rows of scores: all stops of each listed weight, see `stocked`, and of what was
    # asked last, see `packed`.
    _stock = traitlets.Bytes().tag(sync=True)
    _answer = traitlets.Bytes().tag(sync=True)
    _answered = traitlets.List().tag(sync=True)  # weight of `_answer`

    @checked()
    def __init__(self, lm: LanguageModel, prompt: str = "Once upon a time"):
        self._lm = lm
        listed = self._to_choose_from(prompt)
        weights = [weight for _, weight in listed]
        turning = waited(weights, "turning knobs", is_all=True)
        scores = [self._scores(prompt, weight) for weight in turning]
        super().__init__(
            prompt=prompt,
            weight=_as_list(listed[0][1]),
            _pieces=list(lm.tokenizer.pieces),
            _marks=marks(lm.tokenizer),
            _count=count_parameters(lm.config),
            _matrices=[self._about(name) for name in knobs.matrices(lm.params)],
            _listed=[{"title": t, **self._known(weight)} for t, weight in listed],
            _stock=stocked(scores),
            _endings=self._likely(prompt, scores),
        )
        self.observe(self._on_weight, "weight")

    def __repr__(self) -> str:
        where = knobs.in_python(self._lm.params, Weight(*self.weight))
        return f"Knob({where} = {self.value:.3f})"

    @property
    def value(self) -> float:
        """The value that the weight has now."""
        return float(knobs.stops(self._lm.params, Weight(*self.weight))[self.position])

    @property
    def model(self) -> LanguageModel:
        """A copy of the model with the weight as it is set now."""
        return knobs.with_weight(self._lm, Weight(*self.weight), self.value)

    def _to_choose_from(self, prompt: str) -> list[tuple[str, Weight]]:
        """The strongest first, and at the end one of those that hardly matter."""
        slopes = influence.influence(self._lm, prompt)
        strong = [influence.strongest(self._lm, prompt, kind) for kind in KINDS]
        strong.sort(key=lambda one: -slopes[one.matrix].max())
        listed = [(f"strong: {title(one.matrix)}", one) for one in strong]
        weak = influence.typical(self._lm, prompt)
        return [*listed, (f"ordinary: {title(weak.matrix)}", weak)]

    def _scores(self, prompt: str, weight: Weight) -> np.ndarray:
        stops = knobs.stops(self._lm.params, weight)
        return knobs.turned(self._lm, prompt, weight, stops)

    def _likely(self, prompt: str, scores: Sequence[np.ndarray]) -> dict[str, str]:
        """How words likely go on, as trained, that the bars of these knobs begin."""
        highest = [
            np.asarray(softmax(jnp.asarray(rows))).max(axis=0) for rows in scores
        ]
        ids = {i for one in highest for i in np.argsort(-one)[:BARS].tolist()}
        text = self._lm.encode(prompt)
        (found,) = likely_endings(self._lm, text, [(len(text), sorted(ids))])
        return {str(i): ending for i, ending in found.items()}

    def _about(self, name: str) -> dict[str, Any]:
        rows, columns = knobs.sides(name, knobs.matrices(self._lm.params)[name].shape)
        kind = knobs.field(name)
        words = {"title": title(name), "purpose": PURPOSE[kind]}
        return {"name": name, "rows": rows, "columns": columns, **words}

    def _known(self, weight: Weight) -> dict[str, Any]:
        """What the page has to know of a weight beside its scores."""
        stops = knobs.stops(self._lm.params, weight)
        where = knobs.in_python(self._lm.params, weight)
        return {"weight": _as_list(weight), "stops": stops.tolist(), "python": where}

    def _on_weight(self, change: Any) -> None:
        with self.hold_sync():
            self.position = MIDDLE
            if any(one["weight"] == self.weight for one in self._listed):
                return  # it is in stock
            weight = Weight(*self.weight)
            self._own = self._known(weight)
            scores = self._scores(self.prompt, weight)
            self._answer = packed(scores)
            self._endings = self._endings | self._likely(self.prompt, [scores])
            self._answered = self.weight

    @traitlets.validate("weight")
    def _check_weight(self, proposal: Any) -> list:
        weight = Weight(*proposal.value)
        knobs.in_python(self._lm.params, weight)
        return _as_list(weight)


def packed(logits: np.ndarray) -> bytes:
    """Scores for the page, two bytes each: how far each lies below the best of its row.

    A probability that is made of them is off by less than one in two thousand of its
    own size; what lies so far below that it would not fit has no chance at all. In a
    page, a row in which nothing is the best is not worked out yet.
    """
    below = (logits.max(axis=-1, keepdims=True) - logits) * FINENESS
    return np.minimum(np.rint(below), 65_535).astype("<u2").tobytes()


def stocked(scores: Sequence[np.ndarray]) -> bytes:
    """Scores of some weights, [stops V] each, for the page: the trained row first.

    Of all others it has the difference to that one, for a file can be packed the better
    the smaller its numbers are.
    """
    rows = np.frombuffer(b"".join(map(packed, scores)), "<u2")
    rows = rows.reshape(-1, scores[0].shape[-1])
    return np.concatenate([rows[MIDDLE : MIDDLE + 1], rows - rows[MIDDLE]]).tobytes()


def title(matrix: str) -> str:
    """A matrix in words, layers counted from 1: "layer 6, down"."""
    kind = knobs.field(matrix).replace("_", " ")
    if not matrix.startswith("layers["):
        return kind
    return f"layer {int(matrix[7 : matrix.index(']')]) + 1}, {kind}"


def _as_list(weight: Weight) -> list:
    return [weight.matrix, weight.row, weight.column]
