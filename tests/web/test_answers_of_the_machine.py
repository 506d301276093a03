"""What a page answers the machine's picture and the knob, against what Python does."""

from collections import defaultdict

import numpy as np
import pytest

from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.lessons.forward_pass.knobs import POSITIONS, Weight
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.widgets import Knob, Machine, machine
from llm_lessons.widgets.knob import FINENESS, MIDDLE, packed
from llm_lessons.widgets.machine import BARS, MOST
from tests.web.answered import fjord, in_page, numbers

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what chances and scores may differ by
FIRST = "Once upon a time there was a girl called Ida. One day"
# In turn: a text that goes on, one that parts, others, one that is refused, and longer.
TEXTS = [
    FIRST + ", she",
    "Once upon a time there was a boy",
    "A",
    "",
    "🦊 <script>",
    "so " * 60,
    "å " * 5000,
    FIRST,
]
HEADS = [
    [[0, 0], [4, 2]],
    [[5, 0], [5, 1], [5, 2]],
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
    changes = [{"silenced": heads} for heads in HEADS] + [
        alone,
        other,  # with which all heads are on again
        {"silenced": HEADS[0]},
    ]
    traits = (*ANSWER, "silenced", "_names", "_marks")
    met = f"{HEARD} && ({KNOWN})"
    asked = [(change, "true" if change == alone else met, traits) for change in changes]
    told = in_page(Machine(fjord(), FIRST), asked)
    for change, (answer, looks, silenced, names, marks) in zip(
        changes, told, strict=True
    ):
        for name, value in change.items():
            setattr(twin, name, value)
        assert silenced == twin.silenced
        if change != alone and twin.silenced:
            count = len(twin._tokens)
            same_state(answer, looks, twin._answer, twin._answer_looks, count)
        if twin._shown != FIRST:  # of its own text the notebook has stored more
            assert (names, marks) == (twin._names, twin._marks)


def test_words_of_the_machine_go_on():
    lm, text = fjord(), "Once upon a time there was a girl called Tuva. One"
    ids = lm.encode(text)
    heads = [(0, 0), (1, 1)]
    base, quiet = (inside.read(lm, text, off) for off in ((), heads))
    bars = machine.leaders([base.odds, base.odds])
    more = machine.leaders([base.odds, quiet.odds])
    last, place = len(ids) - 1, 8
    wanted = likely_endings(
        lm,
        ids,
        [
            (last + 1, bars[last].tolist()),
            (place + 1, bars[place].tolist()),
            (place + 1, sorted({*bars[place].tolist(), *more[place].tolist()})),
        ],
    )
    named = [{str(i): ending for i, ending in one.items()} for one in wanted]
    assert all(named) and named[1] != named[2]
    done = [
        f"Object.keys(get('_endings')[{at}] ?? {{}}).length === {len(one)}"
        for at, one in zip([last, place, place], named, strict=True)
    ]
    told = in_page(
        Machine(lm, FIRST),
        [
            ({"text": text}, f"{HEARD} && {done[0]}", ("_endings",)),
            ({"column": place}, done[1], ("_endings",)),
            ({"silenced": heads}, done[2], ("_endings",)),
        ],
    )
    found = [one[at] for (one,), at in zip(told, [last, place, place], strict=True)]
    assert found == named


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
OWN = ["final_norm", 0, 191]
EACH_STOP = """String(get('_answered')) === String(get('weight')) &&
  Array.from({ length: 33 }, (_, i) => 2048 * i).every((start) =>
    new Uint16Array(get('_answer').buffer, start, 1024).includes(0))"""

# True after a tenth of a second, in which much would be worked out.
LATER = """(globalThis.until ??= performance.now() + 100) < performance.now()"""


@pytest.fixture(scope="module")
def knob() -> Knob:
    return Knob(fjord(), PROMPT)


def weights() -> list[list]:
    """Two of every kind; a token's that stands in the text, and one's that does not."""
    kinds: dict[str, list] = defaultdict(list)
    for name, matrix in knobs.matrices(fjord().params).items():
        rows, columns = knobs.sides(name, matrix.shape)
        places = [min(1, rows - 1), 17], [rows - 1, columns - 1]
        kinds[knobs.field(name)].append([[name, *place] for place in places])
    return [
        layers[(i + 3 * turn) % len(layers)][turn]
        for i, layers in enumerate(kinds.values())
        for turn in (0, 1)
    ]


def odds(values) -> np.ndarray:
    below = np.asarray(values, float).reshape(POSITIONS, -1)
    shares = np.where(below == 65_535, 0, np.exp(-below / FINENESS))
    return shares / shares.sum(axis=1, keepdims=True)


def test_any_knob_turns(knob):
    asked = [
        ({"weight": w}, EACH_STOP, ("_answer as Uint16Array", "_own", "position"))
        for w in weights()
    ]
    told = in_page(knob, asked)
    assert 1 in fjord().encode(PROMPT)
    for place, (answer, own, position) in zip(weights(), told, strict=True):
        weight = Weight(*place)
        wanted = np.frombuffer(packed(knob._scores(PROMPT, weight)), "<u2")
        np.testing.assert_allclose(odds(answer), odds(wanted), rtol=0, atol=CLOSE)
        assert position == MIDDLE
        known = knob._known(weight)
        stops, python_stops = own.pop("stops"), known.pop("stops")
        np.testing.assert_allclose(stops, python_stops, rtol=1e-5, atol=1e-6)
        assert stops[MIDDLE] == python_stops[MIDDLE]
        assert own == known


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
    before = dict(knob._endings)
    knob.weight = weight
    done = f"Object.keys(get('_endings')).length === {len(knob._endings)}"
    saved = Knob(fjord(), PROMPT)
    ((endings,),) = in_page(saved, [({"weight": weight}, done, ("_endings",))])
    assert endings == knob._endings and before.items() <= endings.items()


def test_a_weight_in_the_list_ends_the_work(knob):
    listed = knob._listed[-1]["weight"]
    told = ("_answered", "_answer as Uint16Array")
    asked = [
        ({"weight": OWN}, "get('_answered').length > 0", told),
        ({"weight": listed}, "true", told),
        ({"position": 3}, LATER, told),
    ]
    before, after = in_page(Knob(fjord(), PROMPT), asked)[1:]
    assert before == after and before[0] == OWN
