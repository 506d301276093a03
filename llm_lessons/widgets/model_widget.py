"""What widgets have in common that a model answers."""

from typing import Any

import anywidget
import traitlets


class ModelWidget(anywidget.AnyWidget):
    """A widget whose questions go to a model, its attribute `_lm`.

    In a notebook the widget's class asks it. In a page there is no Python: there the
    module of `web/answers` for this class does, if a script brings a model of this name
    along.
    """

    _lm: Any
    _lm_name = traitlets.Unicode().tag(sync=True)
    _in_page = traitlets.Bool(False).tag(sync=True)  # does the page itself answer

    @traitlets.default("_lm_name")
    def _name_of_the_model(self) -> str:
        return str(getattr(self._lm, "name", ""))
