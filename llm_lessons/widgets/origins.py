"""What widgets have in common whose texts may be asked where they came from."""

from typing import Any

import traitlets

from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.origins import Origin, origins
from llm_lessons.measuring.reading import Page
from llm_lessons.widgets.model_widget import ModelWidget

FJORD = "fjord"  # which read Fjordby, and has its own weights


class OriginsWidget(ModelWidget):
    """A widget with a button "Where did that come from?" below what Fjord writes."""

    _has_origins = traitlets.Bool(False).tag(sync=True)
    # Pairs: what a text goes on from, and the text; empty until somebody asks.
    _origins_asked = traitlets.List().tag(sync=True)
    _origins = traitlets.Dict().tag(sync=True)  # see `_told`

    @traitlets.default("_has_origins")
    def _is_fjord(self) -> bool:
        return isinstance(self._lm, LanguageModel) and self._lm.name == FJORD

    @traitlets.observe("_origins_asked")
    def _on_origins_asked(self, change: Any) -> None:
        if change.new and self._has_origins:
            before, texts = zip(*change.new, strict=True)
            found = origins(self._lm, list(texts), list(before))
            self._origins = _told(found) | {"asked": change.new}


def _told(found: list[Origin]) -> dict[str, Any]:
    """Origins as the page reads them.

    Each text is a list of parts: [text, number of its page or -1, tokens]. A page is
    [section, its text before the piece, the piece, its text behind it].
    """
    pages: dict[Page, int] = {}
    texts = [
        [
            [part.text, pages.setdefault(part.page, len(pages)), part.tokens]
            if part.page
            else [part.text, -1, part.tokens]
            for part in one.parts
        ]
        for one in found
    ]
    cut = [
        [section, text[:start], text[start:end], text[end:]]
        for section, text, start, end in pages
    ]
    return {"texts": texts, "pages": cut}
