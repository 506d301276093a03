"""A learner's own server: lays out their lessons, then opens JupyterLab at the first.

JupyterHub starts this as the learner, with the hub's Python, so whatever it writes is
theirs and lies in their home folder. A lesson that they have changed stays as it is;
one that they haven't makes room for a newer one (llm_lessons_starter/layout.py).
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from classroom.places import JUPYTER, ROOT
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.lab import DOCUMENT, OPTIONS
from llm_lessons_starter.layout import lay_out
from llm_lessons_starter.lessons import FIRST
from llm_lessons_starter.trouble import Trouble

# A kernel that nobody has used for an hour gives its memory back; what was written
# stays. Somebody who reads that long runs the cells again.
KERNELS = [
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--MappingKernelManager.cull_connected=True",
]


def main() -> int:
    """Lay out the lessons and become the server, with the hub's own arguments."""
    os.umask(0o077)  # nobody else reads a learner's work
    try:
        folder = Path.home() / "llm-lessons"
    except RuntimeError:
        raise Trouble(
            "This account has no home folder: the administrator has to give it one, or "
            "set the environment variable HOME."
        ) from None
    try:
        lay_out(ROOT / "notebooks", folder, "")
    except (OSError, Trouble):
        raise Trouble(
            f"The lessons can't be laid into {folder}: the administrator has to see to "
            "it that this home folder is its learner's own, its disk has room, and all "
            f"can read the lessons (`chmod -R a+rX {ROOT}`)."
        ) from None
    for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH"):
        places = [str(JUPYTER), *filter(None, [os.environ.get(name)])]
        os.environ[name] = os.pathsep.join(places)
    sys.argv[1:1] = [
        *OPTIONS,
        *KERNELS,
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.default_url={DOCUMENT}/{FIRST}",
    ]
    from jupyterhub.singleuser import main as serve

    serve()
    return 0


if __name__ == "__main__":
    sys.exit(carry_out(main))
