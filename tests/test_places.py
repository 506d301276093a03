"""What each place reads to run the lessons is there, and says what is true."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "places.md"]
# How VS Code's Jupyter extension finds a control's file in the environment when it
# can't or may not fetch it: `baseIPyWidgetScriptManager.ts` there.
VS_CODE_LOOKS_FOR = "requirejs?.config({"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def places() -> list[list[str]]:
    """The rows of the table in README.md."""
    section = read("README.md").split("## Where it runs\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[2:]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_files_that_a_page_names_are_there(page: Path):
    text = page.read_text(encoding="utf-8")
    for word in re.findall(r"python3 start\.py ([a-z]+)", text):
        assert word in start.COMMANDS, word
    for file in re.findall(r"`((?:\.devcontainer|postBuild|environment\.yml))`", text):
        assert (ROOT / file).exists(), file
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (page.parent / target).exists(), target


def test_binder_may_run_what_follows_the_build():
    listed = subprocess.run(
        ["git", "ls-files", "--stage", "postBuild"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    if listed:  # a copy without git says nothing of modes
        assert listed.startswith("100755 ")
    text = read("postBuild")
    assert text.startswith("#!/usr/bin/env bash\n") and "set -euo pipefail" in text
    assert "\r" not in text and "--require-hashes -r requirements-real.lock" in text


@pytest.mark.skipif(os.name == "nt", reason="Binder's machines are Linux")
def test_what_follows_the_build_does_so(tmp_path: Path):
    pretended = tmp_path / "python"
    # says what it would install, and settles a JupyterLab of its own
    pretended.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = -m ]; then echo "$@"; exit; fi\n'
        f'sed "s#sys.prefix#\'{tmp_path}\'#" | {sys.executable} "$@"\n'
    )
    pretended.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "postBuild"],
        cwd=ROOT,
        env=dict(os.environ, PATH=path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "pip install" in done.stdout and "--no-deps" in done.stdout
    made = tmp_path / "share/jupyter/lab/settings/overrides.json"
    settings = json.loads(made.read_text(encoding="utf-8"))
    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Markdown Preview"}


def test_vs_code_finds_the_controls_without_a_network():
    extensions = Path(sys.prefix, "share/jupyter/nbextensions")
    entry = (extensions / "anywidget/extension.js").read_text(encoding="utf-8")
    assert VS_CODE_LOOKS_FOR in entry
    (target,) = re.findall(r'anywidget"?: "(nbextensions/[^"]+)"', entry)
    assert (extensions.parent / f"{target}.js").is_file()
