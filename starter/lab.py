"""How JupyterLab is set for the lessons that `start.py` opens.

Nothing outside the environment is changed: a learner's own JupyterLab stays as it is.
"""

import json

from starter.environment import ENVIRONMENT

OVERRIDES = ENVIRONMENT / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
# What JupyterLab does unless the learner settles it otherwise, by its plugins' names.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # the glossary is shown as text, not as source
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Markdown Preview"}
    },
    # Closing a lesson gives its memory back: three at once would fill 4 GB. What was
    # written stays, for JupyterLab asks to save it before it closes.
    "@jupyterlab/notebook-extension:tracker": {"kernelShutdown": True},
}
# What JupyterLab's server does on its own side; the hook is told of in `saving`.
OPTIONS = ["--ContentsManager.pre_save_hook=starter.saving.leave_notes"]


def settle_lab() -> None:
    """Write SETTINGS into the environment, if they aren't there yet."""
    text = json.dumps(SETTINGS, indent=1) + "\n"
    if not OVERRIDES.exists() or OVERRIDES.read_text(encoding="utf-8") != text:
        OVERRIDES.parent.mkdir(parents=True, exist_ok=True)
        OVERRIDES.write_text(text, encoding="utf-8")
