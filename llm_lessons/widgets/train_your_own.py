"""A small model that learns from one's own lines, before one's eyes."""

import traitlets

from llm_lessons.lessons.training.lists import lists
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import Control


class TrainYourOwn(Control):
    """Choose, type or drop some lines, and train a model of letters on them.

    The browser trains, in a notebook as in a page: nothing of what is typed is sent to
    the kernel, and nothing is kept but in a file that somebody asks for, which `load`
    opens as a model.

    Attributes:
        steps: how many steps the model had gone when it was last stopped.
    """

    _esm, _css = assets("train_your_own")
    loses = ("steps",)

    steps = traitlets.Int(0, min=0).tag(sync=True)
    _lists = traitlets.List().tag(sync=True)  # [name, lines] of what there is to choose

    def __init__(self):
        super().__init__(
            _lists=[[name, list(lines)] for name, lines in lists().items()]
        )

    def __repr__(self) -> str:
        return f"TrainYourOwn({self.steps:,} steps)"
