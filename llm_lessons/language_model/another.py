"""Another model on this computer, which a learner has picked or names: for the lessons.

What is picked in the first notebook is kept in the learner's own file (`diary`), since
each notebook is a program of its own. Nothing is written into other programs' folders.
"""

import gc

from llm_lessons.foundation import diary
from llm_lessons.foundation.checks import WrongKind, shown
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.language_model.on_disk.listing import OURS, FoundModel, models

_NAMED = 3  # models that a sentence names
HOW = (
    "Where Ollama is installed, `ollama pull llama3.2:1b` in a terminal fetches one. "
    "What LM Studio or llama.cpp hold is found, too."
)
_here: list[str | None] = []  # what was picked in this program, where nothing is kept
_held: dict[str, LanguageModel] = {}  # the last one that was opened


def picked() -> str | None:
    """The name of the model that was picked, or None."""
    return _here[0] if _here else diary.read().model


def pick(name: str | None) -> bool:
    """Pick a model for all lessons, or none; whether other notebooks will know."""
    if diary.keep_model(name):
        _here.clear()
        return True
    _here[:] = [name]
    return False


def others() -> list[FoundModel]:
    """The models on this computer that did not come with the lessons."""
    return [one for one in models() if one.name not in (*OURS, "smollm2")]


def another_model(name: str | None = None) -> LanguageModel | None:
    """Another model on this computer; where it can't be, says why and gives None.

    A lesson goes on without it: `if other: ...`.

    Args:
        name: as `models` lists it, such as "ollama:llama3.2:1b"; None for the one that
            was picked in the first notebook.

    Raises:
        TypeError: what is given is no name.
    """
    if not isinstance(name, str | None):
        wanted = 'a name, such as "ollama:llama3.2:1b", or None'
        raise WrongKind(f"another_model takes {wanted}; it was {shown(name)}.")
    chosen = picked() if name is None else name
    if chosen is None:
        return _said(_nothing_picked(others()))
    try:
        return _opened(chosen)
    except ValueError as trouble:
        why = str(trouble).removeprefix(f"{chosen} can't be opened. ")
        told = f"can't be opened, and the lesson goes on without it. {why}"
        if name is not None:
            return _said(f"The model {_code(chosen)} {told}")
        return _said(
            f"The model that you picked, {_code(chosen)}, {told} To pick another one, "
            "or none, go to [Start here](00_start_here.ipynb)."
        )


def _opened(name: str) -> LanguageModel:
    if name not in _held:
        _held.clear()  # two of them may not fit into memory
        gc.collect()
        _held[name] = load(name)
    return _held[name]


def _nothing_picked(found: list[FoundModel]) -> str:
    able = [one.name for one in found if one.runs]
    if not able:
        few = "None of the other models" if found else "No other model"
        there = "here can run" if found else "is on this computer"
        return f"{few} {there}, and the lesson goes on without one. {HOW}"
    first = ", ".join(map(_code, able[:_NAMED]))
    more = f" and {len(able) - _NAMED:,} more" if len(able) > _NAMED else ""
    return (
        "No other model is picked, and the lesson goes on without one. Found: "
        f"{first}{more}. To count on one, pick it in [Start here](00_start_here.ipynb) "
        "and run this cell again. (Or open the cell, and write a name into the "
        "brackets of `ll.another_model()`.)"
    )


def _code(name: str) -> str:
    return f"`{name.replace('`', chr(39))}`"


def _said(sentence: str) -> None:
    from IPython.display import Markdown, display

    display(Markdown(f"*{sentence}*"))
