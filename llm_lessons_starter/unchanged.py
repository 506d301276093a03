"""A lesson that was only opened stays as it was: JupyterLab marks no change.

JupyterLab writes into an open notebook what its kernel says of the language, and marks
the notebook as changed where the file said anything else. The kernel would name the
machine's exact Python, which no file can know. So it leaves that out, and the lessons'
files hold all the rest.
"""

import sys


def keep() -> None:
    """Have this notebook's kernel name its language without the exact version."""
    ipython = sys.modules.get("IPython")  # outside of a notebook it may be absent
    shell = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        info = dict(kernel.language_info)
        info.pop("version", None)
        kernel.language_info = info
