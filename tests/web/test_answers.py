"""What a page answers a widget, against what the widget's Python class answers."""

import numpy as np
import pytest

from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.widgets import NextToken
from tests.web.answered import fjord, in_page, numbers

pytestmark = pytest.mark.slow

CLOSE = 1e-4  # what scores may differ by
FIRST = "Once upon a time there was a girl called Ida"
# In turn: a text that goes on, one that parts, others, one letter, and longer again.
TEXTS = [FIRST + " who lived in a", FIRST + " who", "On Monday, ", "A", FIRST]
TOO_LONG = "A fox. " * 100
HEARD = "get('_heard') === get('prompt')"


def test_the_next_token_of_any_text():
    widget = NextToken(fjord(), FIRST)
    traits = ("_logits", "_shown", "_heard", "_message")
    texts = [*TEXTS, "", TOO_LONG, "🦊 <script>", FIRST]
    told = in_page(widget, [({"prompt": text}, HEARD, traits) for text in texts])
    for text, (logits, *others) in zip(texts, told, strict=True):
        widget.prompt = text
        np.testing.assert_allclose(logits, numbers(widget._logits), rtol=0, atol=CLOSE)
        assert others == [getattr(widget, name) for name in traits[1:]]


def test_how_words_go_on():
    widget = NextToken(fjord(), FIRST)
    asked = []
    for text in [*TEXTS, FIRST]:
        asked.append(({"prompt": text}, HEARD, ()))
        shown = f"get('_endings').prompt === {text!r}"
        asked.append(({"_wanted": text}, shown, ("_endings",)))
    told = in_page(widget, asked)[1::2]
    for text, (endings,) in zip([*TEXTS, FIRST], told, strict=True):
        widget.prompt = text
        widget._wanted = text
        assert endings == widget._endings
    assert sum(len(endings["of"]) for (endings,) in told) > 20


def test_a_token_that_is_drawn_is_named_too():
    widget = NextToken(fjord(), FIRST)
    ids, order = fjord().encode(FIRST), np.argsort(-numbers(widget._logits))
    (endings,) = likely_endings(fjord(), ids, [(len(ids), order[30:99].tolist())])
    rare = next(iter(endings))
    done = f"get('_endings').of[{rare}] !== undefined"
    ((told,),) = in_page(widget, [({"drawn": rare}, done, ("_endings",))])
    widget.drawn = rare
    assert told == widget._endings and told["of"][str(rare)] == endings[rare]
