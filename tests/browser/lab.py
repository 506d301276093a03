"""Starting a JupyterLab that shares nothing with the one on this machine."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from llm_lessons_starter.from_wheel import LAB_SETTINGS
from llm_lessons_starter.installer import ROOT
from llm_lessons_starter.lab import OPTIONS, add_extension, settle_lab

# All cells are drawn, whether they are in sight or not.
DRAW_ALL = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
# What ran is kept with the state of its widgets, as a page of it needs them.
KEEP_STATES = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes:
        home: its folders, among them "root", where its notebooks lie.
        port: where it listens on 127.0.0.1.
        token: what lets a page in.
    """

    home: Path
    port: int
    token: str

    @property
    def root(self) -> Path:
        """The folder that it serves."""
        return self.home / "root"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def set(self, plugin: str, values: dict) -> None:
        """Write a plugin's settings, which a page reads when it opens."""
        folder = self.home / FOLDERS["JUPYTERLAB_SETTINGS_DIR"]
        path = folder / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Ask the server's API."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url(path), headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def shut_down_kernels(self, folder: Path) -> None:
        """Give back what the kernels of a folder's notebooks hold."""
        for session in json.loads(self.ask("api/sessions")):
            if self.root.joinpath(session["path"]).is_relative_to(folder):
                self.ask(f"api/sessions/{session['id']}", method="DELETE")


@contextlib.contextmanager
def running_lab(home: Path, keeps_states: bool) -> Iterator[Lab]:
    """JupyterLab as `start.py` sets it, with folders, a port and a token of its own.

    But a saved notebook has the states of its widgets, if that is asked for, and not
    the notes that `start.py` has it leave in their place.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(home, port, secrets.token_hex(16))
    lab.root.mkdir()
    settle_lab(home / FOLDERS["JUPYTER_CONFIG_DIR"] / LAB_SETTINGS, ROOT / "notebooks")
    extensions = home / FOLDERS["JUPYTER_DATA_DIR"] / "labextensions"
    add_extension(ROOT / "llm_lessons", extensions)
    for plugin, values in (DRAW_ALL | (KEEP_STATES if keeps_states else {})).items():
        lab.set(plugin, values)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    log = home / "lab.log"
    with open(log, "w") as output:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser"),
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--LabApp.expose_app_in_browser=True",  # a test asks it for its kernel
                f"--IdentityProvider.token={lab.token}",
                f"--ServerApp.root_dir={lab.root}",
                *(["--allow-root"] if is_root else []),
                *([] if keeps_states else OPTIONS),
            ],
            cwd=ROOT,
            env=os.environ | {name: str(home / sub) for name, sub in FOLDERS.items()},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for_answer(lab, server, log)
            yield lab
        finally:
            server.terminate()
            server.wait(30)


def _wait_for_answer(lab: Lab, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            lab.ask("api")
            return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
