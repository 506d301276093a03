"""Where a learner works, and what helps there: each place has remedies of its own.

Two things matter: the machine that the notebook's Python runs on (`workplace`), and the
program that shows the notebook (`front_end`). A new place is one more row.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llm_lessons.foundation.paths import COMMAND, IN_CHECKOUT

_RUN_ALL = (
    "Reload this page in the browser, then choose Run > Restart Kernel and Run All "
    "Cells. If that changes nothing"
)
_BUSY = "This machine is busy or small, so the lessons take longer"
_COLAB = "Google Colab"
_CELL = "`%pip install -q --no-deps {package}` in a cell of its own installs it."
_SO_DOES_PIP = "so does `pip install --no-deps {package}`."


@dataclass(frozen=True)
class Workplace:
    """A kind of machine on which people do the lessons.

    Attributes:
        name: what it is called.
        signs: variables of the environment; one of them gives the place away.
        renew: what to do about a package that is missing or too old.
        add: how one more package is installed; `{package}` stands for name==version.
        slow: what to say where the model writes slowly.
        no_controls: what to do where Jupyter shows no controls.
    """

    name: str
    signs: tuple[str, ...]
    renew: str
    add: str
    slow: str
    no_controls: str


_OWN = Workplace(
    name="a computer of one's own",
    signs=(),
    renew="Close Jupyter and type `python3 start.py`, which puts it right."
    if IN_CHECKOUT
    else "Install llm-lessons anew, which puts it right.",
    add=f"`{COMMAND}` installs it; {_SO_DOES_PIP}"
    if IN_CHECKOUT
    else f"`{COMMAND} real-model` installs it; {_SO_DOES_PIP}",
    slow="Close other programs, and plug in a laptop, or the lessons take long",
    no_controls=f"{_RUN_ALL}, this JupyterLab was not opened by the lessons: close it, "
    f"and type `{COMMAND}` in their folder.",
)
_CONDA = Workplace(
    name="conda",
    signs=(),  # known by a folder
    renew="Close Jupyter and type `conda env update -f environment.yml`, which "
    "puts it right.",
    add="`pip install --no-deps {package}` installs it.",
    slow=_OWN.slow,
    no_controls=f"{_RUN_ALL}, this JupyterLab belongs to another environment: "
    "close it, type `conda activate llm-lessons`, and then `jupyter lab`.",
)
# The first whose sign is there counts: Binder's machines are JupyterHub's as well.
WORKPLACES = (
    Workplace(
        name=_COLAB,
        signs=("COLAB_RELEASE_TAG",),
        renew="Run the cell with `%pip install` again, choose Runtime > Restart "
        "session, and run this cell again.",
        add=_CELL,
        slow=_BUSY,
        no_controls="Choose Runtime > Restart session and run all. If that changes "
        "nothing, allow this page the scripts and cookies of googleusercontent.com.",
    ),
    Workplace(
        name="Binder",
        signs=("BINDER_REPO_URL", "BINDER_LAUNCH_HOST", "BINDER_REQUEST"),
        renew="Open the lessons on Binder anew, and tell who sent you there if it "
        "stays.",
        add=_CELL,
        slow=_BUSY,
        no_controls=f"{_RUN_ALL}, open the lessons on Binder anew.",
    ),
    Workplace(
        name="JupyterHub",
        signs=("JUPYTERHUB_USER", "JUPYTERHUB_API_URL"),
        renew="Tell the person who runs this hub, who can renew its environment.",
        add="The person who runs this hub can install it: "
        "`pip install --no-deps {package}`.",
        slow=_BUSY,
        no_controls=f"{_RUN_ALL}, tell the person who runs this hub: the server's "
        "environment lacks anywidget or jupyterlab_widgets.",
    ),
    Workplace(
        name="a container of VS Code",
        signs=("CODESPACES", "REMOTE_CONTAINERS"),
        renew="Type `python3 start.py test --version` in a terminal, which puts it "
        "right, and restart the kernel."
        if IN_CHECKOUT
        else _OWN.renew,
        add=_OWN.add,
        slow=_BUSY,
        no_controls=_OWN.no_controls,
    ),
)
# Of programs that aren't Jupyter; what runs the Python doesn't matter for these.
_FRONT_ENDS = {
    "VS Code": "Choose “Select Kernel” at the top right and take the Python "
    + ("in `.venv`" if IN_CHECKOUT else "that has the lessons")
    + "; when VS Code asks whether widgets may be downloaded, allow it. Then run this "
    "cell again.",
    "PyCharm": f"PyCharm does not show every control: type `{COMMAND}` in a terminal, "
    "in the folder of the lessons, and work in the browser.",
    "a terminal": f"Controls need a notebook: type `{COMMAND}` in the folder of the "
    "lessons, and work in the browser.",
}


def workplace(
    environment: Mapping[str, str] = os.environ, prefix: Path = Path(sys.prefix)
) -> Workplace:
    """The kind of machine that this Python runs on.

    Args:
        environment: of this process.
        prefix: the folder of the Python environment.
    """
    for place in WORKPLACES:
        if any(map(environment.get, place.signs)):
            return place
    in_conda = IN_CHECKOUT and (prefix / "conda-meta").is_dir()
    return _CONDA if in_conda else _OWN


def front_end(
    variables: Mapping[str, Any], environment: Mapping[str, str], shell: str
) -> str:
    """The program that shows the notebook: "Jupyter", or one with remedies of its own.

    Args:
        variables: of the notebook.
        environment: of the kernel's process.
        shell: the name of IPython's class that runs the cells.
    """
    if "__vsc_ipynb_file__" in variables or "VSCODE_PID" in environment:
        return "VS Code"
    if "PYCHARM_HOSTED" in environment:
        return "PyCharm"
    # Google Colab calls its own "Shell", and shows notebooks nearly as Jupyter does
    return "Jupyter" if shell in ("ZMQInteractiveShell", "Shell") else "a terminal"


def way_on(front_end: str, place: Workplace) -> str:
    """Which key goes on, where a program keeps Shift+Enter from its controls; or "".

    VS Code and Colab show outputs in frames of their own, which no key leaves.
    """
    if front_end == "Jupyter" and place.name != _COLAB:
        return ""
    return (
        "From within a control Shift+Enter does not go on here: click beside the next "
        "cell first."
    )


def no_controls(front_end: str, place: Workplace) -> str:
    """What to do where this program, on this kind of machine, shows no controls."""
    return _FRONT_ENDS.get(front_end, place.no_controls)
