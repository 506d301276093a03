"""A notebook in another language: its sentences, its figures and its controls."""

import os

from IPython.display import HTML, display

from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.languages import HERE, telling, translator, words_of

# That of JupyterLab which is in sight; elsewhere, what the cell itself shows.
_NOTEBOOK = "document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)')"


@checked()
def speak(code: str) -> None:
    """Have all that this notebook shows from now on say it in another language.

    A sentence without a translation stays English.

    Args:
        code: of the language, such as "nb".

    Raises:
        ValueError: there is no catalog for it; names those that there are.
    """
    translator(code)
    os.environ[HERE] = code
    display(HTML(telling(words_of(code), f"{_NOTEBOOK} ?? document.body")))
