"""Marked texts: nothing is lost, nothing is read as HTML."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.measuring.marking import Marked

PARTS = st.lists(
    st.tuples(st.sampled_from(["given", "same", "other", "sign"]), st.text())
)


@given(st.text(), PARTS)
def test_every_letter_is_shown_as_text(head, parts):
    page = Marked(head, tuple(parts))._repr_html_()
    bare = html.unescape(re.sub("<.*?>", "", page))
    # characters that HTML cannot hold at all come out as others
    plain = html.unescape(html.escape(head + "".join(text for _, text in parts)))
    assert bare == plain
    assert len(re.findall("<mark", page)) == sum(look == "same" for look, _ in parts)


def test_what_agrees_is_told_without_colour():
    text = Marked("Fox", (("given", "The "), ("same", "fox"), ("other", " sat")))
    assert repr(text) == "Fox\nThe [fox] sat"
    assert re.search("<mark.*?underline.*?>fox<", text._repr_html_())
