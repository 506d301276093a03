"""What each place, editor and host reads is there, parses, and says what is true."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from llm_lessons_starter import environment, lab
from llm_lessons_starter.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "places.md"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
# How VS Code's Jupyter extension finds a control's file in the environment when it
# can't or may not fetch it: `baseIPyWidgetScriptManager.ts` there.
VS_CODE_LOOKS_FOR = "requirejs?.config({"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_files_that_a_page_names_are_there(page: Path):
    text = page.read_text(encoding="utf-8")
    for word in re.findall(r"python3 start\.py ([a-z]+)", text):
        assert word in COMMANDS, word
    for file in re.findall(r"`((?:\.devcontainer|postBuild|environment\.yml))`", text):
        assert (ROOT / file).exists(), file


@pytest.mark.skipif(os.name == "nt", reason="Binder's machines are Linux")
def test_binder_does_what_follows_the_build(tmp_path: Path):
    assert os.access(ROOT / "postBuild", os.X_OK)
    assert "--require-hashes -r requirements-real.lock" in read("postBuild")
    pretended = tmp_path / "python"
    # says what it would install, and settles a JupyterLab of its own
    pretended.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = -m ]; then echo "$@"; exit; fi\n'
        f'sed "s#sys.prefix#\'{tmp_path}\'#" | {sys.executable} "$@"\n'
    )
    pretended.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    env = dict(os.environ, PATH=path)
    told = subprocess.check_output(["./postBuild"], cwd=ROOT, env=env, text=True)
    assert "pip install" in told and "--no-deps" in told
    made = tmp_path / "share/jupyter/lab/settings/overrides.json"
    assert json.loads(made.read_text(encoding="utf-8")) == lab.SETTINGS


def test_vs_code_finds_the_controls_without_a_network():
    extensions = Path(sys.prefix, "share/jupyter/nbextensions")
    entry = (extensions / "anywidget/extension.js").read_text(encoding="utf-8")
    assert VS_CODE_LOOKS_FOR in entry
    (target,) = re.findall(r'anywidget"?: "(nbextensions/[^"]+)"', entry)
    assert (extensions.parent / f"{target}.js").is_file()


# ---- Editors and the host's machines ---------------------------------------------


def is_command(line: str) -> bool:
    """Whether `start.py` has this command."""
    words = line.split()
    return words[1] == "start.py" and words[2] in COMMANDS


def test_editor_and_container_take_the_environment_that_start_makes():
    settings = json.loads(read(".vscode/settings.json"))
    folder = settings["python.defaultInterpreterPath"]
    made = environment.ENVIRONMENT
    assert Path(folder.replace("${workspaceFolder}", str(ROOT))) == made
    assert settings["deno.path"].startswith(f"{made.name}/")
    for web in settings["deno.enablePaths"]:
        assert list((ROOT / web).rglob("*.js"))
    container = json.loads(read(".devcontainer/devcontainer.json"))
    assert is_command(container["postCreateCommand"])
    python = container["image"].removeprefix("python:")
    assert python in SpecifierSet(environment.PYTHONS)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_runs_commands_that_there_are(workflow: Path):
    text = workflow.read_text(encoding="utf-8")
    (command,) = re.findall(r"run: (python start\.py .*)", text)
    assert is_command(command)


def test_the_tests_run_on_each_system_as_the_readme_says():
    job = yaml.safe_load(read(".github/workflows/test.yml"))["jobs"]["test"]
    systems = {name.split("-")[0] for name in job["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu", "macos", "windows"}
    (command,) = [step["run"] for step in job["steps"] if "run" in step]
    # there, `python` is the name on every system
    line = "    " + command.replace("python ", "python3 ")
    assert line in read("README.md").splitlines()
