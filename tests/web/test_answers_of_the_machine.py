"""What a page answers the machine's picture and the knob, against what Python does."""

import numpy as np
import pytest

from llm_lessons.lessons.forward_pass import inside
from llm_lessons.lessons.forward_pass.knobs import POSITIONS, Weight
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.widgets import Knob, Machine, machine
from llm_lessons.widgets.knob import FINENESS, MIDDLE, packed
from llm_lessons.widgets.machine import BARS, MOST
from tests.web.answered import alike, change, fjord, in_page, numbers, same_answers

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what chances and scores may differ by
FIRST = "Once upon a time there was a girl called Ida. One day"
# In turn: a text that goes on, one that parts, others, one that is refused, and longer.
TEXTS = [FIRST + ", she", "A", "", "🦊 <script>", "so " * 60, "å " * 5000, FIRST]
HEADS = [
    [[0, 0], [4, 2]],
    [[layer, head] for layer in range(6) for head in range(3)],
]
HEARD = "get('_heard') === get('text')"
KNOWN = (
    "!get('silenced').length || String(get('_answered')) === String(get('silenced'))"
)
TOLD = ("_shown", "_heard", "_message", "_tokens", "_names", "_marks", "column")
STOCK, ANSWER = (
    (name, f"{name}_looks as Uint16Array") for name in ("_stock", "_answer")
)


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Python's machine, which as the page's has nothing beforehand."""
    monkeypatch.setattr(machine, "BEFOREHAND", 0)
    return Machine(fjord(), FIRST)


def tables(values, count: int) -> dict[str, np.ndarray]:
    """A state, as the page takes it apart."""
    steps = fjord().config.n_layers + 1
    names = ("ids", "before", "now", "guesses", "chances", "own", "ranks")
    widths = [BARS] * 3 + [steps] * 4
    cuts = np.cumsum([count * width for width in widths])
    assert len(values) == cuts[-1]
    parts = np.split(np.asarray(values), cuts[:-1])
    named = zip(names, parts, strict=True)
    return {name: part.reshape(count, -1) for name, part in named}


def same_state(told, looks, expected: bytes, expected_looks: bytes, count: int) -> None:
    """Two states of the machine, the page's and Python's."""
    found, wanted = tables(told, count), tables(numbers(expected), count)
    for name in ("before", "now", "chances", "own"):
        np.testing.assert_allclose(found[name], wanted[name], rtol=0, atol=CLOSE)
    np.testing.assert_array_equal(found["guesses"], wanted["guesses"])
    # Of two tokens with next to the same chance, either may come first.
    assert np.mean(found["ids"] != wanted["ids"]) < 0.01
    np.testing.assert_allclose(found["ranks"], wanted["ranks"], rtol=0.02)
    steps = np.frombuffer(expected_looks, "<u2")
    np.testing.assert_allclose(looks, steps, rtol=0, atol=1 + 65_535 * CLOSE)


def test_the_machine_reads_any_text(twin):
    widget = Machine(fjord(), FIRST)
    told = in_page(widget, [({"text": t}, HEARD, (*TOLD, *STOCK)) for t in TEXTS])
    for text, (*others, stock, looks) in zip(TEXTS, told, strict=True):
        before = twin._shown
        twin.text = text
        assert others[:3] == [twin._shown, text, twin._message]
        if before == twin._shown == FIRST:
            continue
        assert others[3:] == [getattr(twin, name) for name in TOLD[3:]]
        same_state(stock, looks, twin._stock, twin._stock_looks, len(twin._tokens))
    assert any(str(MOST) in message for _, _, message, *_ in told)


def test_the_machine_silences_any_heads(twin):
    other = {"text": "Once upon a time there was a girl called Tuva"}
    alone = {"silenced": [[2, 1]]}  # which the notebook has stored for its own text
    changes = [{"silenced": heads} for heads in HEADS]
    # with another text all heads are on again
    changes += [alone, other, {"silenced": HEADS[0]}]
    traits = (*ANSWER, "silenced", "_names", "_marks")
    met = f"{HEARD} && ({KNOWN})"
    asked = [(one, "true" if one == alone else met, traits) for one in changes]
    told = in_page(Machine(fjord(), FIRST), asked)
    for one, (answer, looks, silenced, *named) in zip(changes, told, strict=True):
        change(twin, one)
        assert silenced == twin.silenced
        if one != alone and twin.silenced:
            count = len(twin._tokens)
            same_state(answer, looks, twin._answer, twin._answer_looks, count)
        if twin._shown != FIRST:  # of its own text the notebook has stored more
            assert named == [twin._names, twin._marks]


def test_words_of_the_machine_go_on():
    lm, text = fjord(), "Once upon a time there was a girl called Tuva. One"
    ids = lm.encode(text)
    heads, place, last = [(0, 0), (1, 1)], 8, len(ids) - 1
    base, quiet = (inside.read(lm, text, off) for off in ((), heads))
    bars = machine.leaders([base.odds, base.odds])
    more = machine.leaders([base.odds, quiet.odds])
    both = sorted({*bars[place].tolist(), *more[place].tolist()})
    at_bars = [(last + 1, bars[last].tolist()), (place + 1, bars[place].tolist())]
    wanted = likely_endings(lm, ids, [*at_bars, (place + 1, both)])
    assert all(wanted) and wanted[1] != wanted[2]
    changes = [{"text": text}, {"column": place}, {"silenced": heads}]
    places = [last, place, place]
    done = f"{HEARD} && Object.keys(get('_endings')[{{}}] ?? {{{{}}}}).length === {{}}"
    asked = [
        (one, done.format(at, len(endings)), ("_endings",))
        for one, at, endings in zip(changes, places, wanted, strict=True)
    ]
    told = in_page(Machine(lm, FIRST), asked)
    for (endings,), at, expected in zip(told, places, wanted, strict=True):
        alike(endings[at], expected)


def test_a_new_text_ends_the_work_on_the_old_one():
    lm, more = fjord(), FIRST + ", she saw a fox"
    texts = [more[:-i] for i in range(9, 0, -1)] + [more]
    traits = ("_shown", "_tokens")
    asked = [({"text": text}, "true", traits) for text in texts]
    asked.append(({"text": more}, HEARD, traits))
    *early, (shown, tokens) = in_page(Machine(lm, FIRST), asked)
    assert {text for text, _ in early} <= {FIRST, *texts}
    assert (shown, tokens) == (more, lm.encode(more))


PROMPT = "A fox"
EACH_STOP = """String(get('_answered')) === String(get('weight')) &&
  Array.from({ length: 33 }, (_, i) => 2048 * i).every((start) =>
    new Uint16Array(get('_answer').buffer, start, 1024).includes(0))"""

# A token that stands in the text and one that does not, and some of a matrix or a list.
WEIGHTS = [["embedding", 1, 17], ["embedding", 1023, 191], ["final_norm", 0, 17]]
WEIGHTS += [["layers[2].attention_norm", 0, 191], ["layers[3].query", 191, 1]]
WEIGHTS += [["layers[4].value", 1, 17], ["layers[1].output", 17, 5]]


@pytest.fixture(scope="module")
def knob() -> Knob:
    return Knob(fjord(), PROMPT)


def odds(values) -> np.ndarray:
    below = np.asarray(values, float).reshape(POSITIONS, -1)
    shares = np.where(below == 65_535, 0, np.exp(-below / FINENESS))
    return shares / shares.sum(axis=1, keepdims=True)


def test_any_knob_turns(knob):
    traits = ("_answer as Uint16Array", "_own", "position")
    told = in_page(knob, [({"weight": one}, EACH_STOP, traits) for one in WEIGHTS])
    assert 1 in fjord().encode(PROMPT)
    for place, (answer, own, position) in zip(WEIGHTS, told, strict=True):
        weight = Weight(*place)
        wanted = np.frombuffer(packed(knob._scores(PROMPT, weight)), "<u2")
        np.testing.assert_allclose(odds(answer), odds(wanted), rtol=0, atol=CLOSE)
        known = knob._known(weight)
        assert position == MIDDLE
        assert own["stops"][MIDDLE] == known["stops"][MIDDLE]
        alike(own, known, rtol=1e-5, atol=1e-6)


def test_the_stop_under_the_slider_comes_first(knob):
    row = "new Uint16Array(get('_answer').buffer, 2048 * get('position'), 1024)"
    under = f"String(get('_answered')) === String(get('weight')) && {row}.includes(0)"
    weight = {"weight": ["layers[0].up", 3, 4]}
    traits = ("_answer as Uint16Array",)
    asked = [(weight, under, traits)]
    asked += [({"position": p}, under, traits) for p in (0, POSITIONS - 1)]
    told = in_page(knob, asked)
    rows = [np.reshape(one, (POSITIONS, -1)) for (one,) in told]
    known = [(table == 0).any(axis=1) for table in rows]
    assert known[0].sum() == 1 and known[0][MIDDLE]
    assert known[1][0] and known[2][-1] and known[2].sum() < POSITIONS


def test_words_of_a_knob_go_on(knob):
    weight = ["layers[5].gate", 20, 300]
    knob.weight = weight
    done = f"Object.keys(get('_endings')).length === {len(knob._endings)}"
    asked = [({"weight": weight}, done, ("_endings",))]
    same_answers(Knob(fjord(), PROMPT), asked)
