"""The Python side of a training of one's own: the lists, and what is told back."""

import pytest
from anywidget import AnyWidget
from traitlets import TraitError

from llm_lessons.lessons.training.lists import lists
from llm_lessons.widgets import TrainYourOwn


def test_each_list_is_one_to_learn_from():
    found = lists()
    assert list(found) == ["Towns", "People", "Dogs", "Dishes"]
    for name, lines in found.items():
        assert 100 < len(set(lines)) == len(lines) < 200, name
        for line in lines:
            # As the page wants them: see `linesOf` in `train_your_own_text.js`.
            assert line == " ".join(line.split()) and 2 <= len(line) <= 60, line
            assert line.isprintable()


def test_the_page_has_the_lists_and_tells_the_steps():
    widget = TrainYourOwn()
    assert widget._lists == [[name, list(lines)] for name, lines in lists().items()]
    assert repr(widget) == "TrainYourOwn(0 steps)"
    widget.set_state({"steps": 1200})
    assert repr(widget) == "TrainYourOwn(1,200 steps)"
    with pytest.raises(TraitError):
        widget.steps = -1
    # What is typed is not among what Python knows, and so in no saved notebook.
    own = set(widget.trait_names(sync=True)) - set(AnyWidget().trait_names(sync=True))
    assert own - {"_esm", "_css"} == {"_lists", "steps"}
