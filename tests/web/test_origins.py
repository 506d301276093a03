"""What a page marks as Fjordby's, against the exact marks of Python."""

import numpy as np
import pytest

from llm_lessons.measuring.origins import RUN, Origin, origins
from llm_lessons.pages.origins_script import origins_script
from llm_lessons.widgets import Continuations, NextToken
from tests.parity import texts as many_texts
from tests.web.answered import fjord, in_page, questions

pytestmark = pytest.mark.slow

FIRST = "Once upon a time"
SIGMAS = 5  # that chance may be off


def told_in_page(pairs, script: str):
    widget = Continuations(fjord(), NextToken(fjord(), FIRST))
    asked = questions({"origins": ["origins", [list(one) for one in pairs]]})
    [[told]] = in_page(widget, [asked], script)
    return told["origins"]


def marks(parts) -> np.ndarray:
    return np.array([number >= 0 for _, number, n in parts for _ in range(n)], bool)


def exact(origin: Origin) -> np.ndarray:
    return np.array(
        [part.page is not None for part in origin.parts for _ in range(part.tokens)],
        bool,
    )


def found_by_python(pairs) -> list[Origin]:
    before, texts = zip(*pairs, strict=True)
    return origins(fjord(), list(texts), list(before))


def same_text(pairs, told) -> None:
    for (_, text), parts in zip(pairs, told["texts"], strict=True):
        assert "".join(one for one, _, _ in parts) == text


@pytest.fixture(scope="module")
def script() -> str:
    return origins_script(fjord())


@pytest.fixture(scope="module")
def written() -> list[tuple[str, str]]:
    lm = fjord()
    begins = [FIRST, "On Monday, ", "Ida has 12 marbles. Nils gives her", "A", "Note:"]
    prompts = [begin for begin in begins for _ in range(8)]
    texts = [*lm.batch(prompts, 120, seed=3), *lm.batch(prompts, 40, 1.6, seed=9)]
    return list(zip(prompts * 2, texts, strict=True))


def test_a_page_marks_all_that_was_read_and_hardly_more(script, written):
    assert len(script) < 5_500_000  # of two million different pieces; loaded if asked
    told, found = told_in_page(written, script)["value"], found_by_python(written)
    same_text(written, told)
    more = new = ends = 0
    for parts, origin in zip(told["texts"], found, strict=True):
        seen, true = marks(parts), exact(origin)
        assert len(seen) == len(true)
        assert not (true & ~seen).any()  # nothing is missed
        more, new = more + (seen & ~true).sum(), new + (~true).sum()
        ends += np.count_nonzero(np.diff(true.astype(int), prepend=0, append=0))
    expected = told["errors"]["token"] * new + told["errors"]["edge"] * ends
    assert more <= expected + SIGMAS * np.sqrt(RUN * expected)
    assert new > 500 and sum(one.found for one in found) > 1000


def test_any_text_is_told(script):
    texts = [
        "",
        "🦊",
        "<script>alert(1)</script>",
        "A fox. " * 500,
        "\u2581\n\t ",
        *many_texts.texts(),
    ]
    pairs = [(before, text) for text in texts for before in ("", FIRST, "🦊")]
    told = told_in_page(pairs, script)["value"]
    same_text(pairs, told)
    for parts, origin in zip(told["texts"], found_by_python(pairs), strict=True):
        seen, true = marks(parts), exact(origin)
        assert len(seen) == len(true) and not (true & ~seen).any()


def test_a_page_without_the_script_says_so():
    bare = "globalThis.document = { querySelectorAll: () => [] };"  # no other script
    told = told_in_page([(FIRST, " there was")], bare)
    assert told["why"].startswith("Its file, fjordby.js, is missing")
    damaged = 'globalThis.llmLessonsReadings = {"fjord": {"bits": "*", "errors": {}}};'
    assert "damaged" in told_in_page([(FIRST, " there was")], damaged)["why"]
