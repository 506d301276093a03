"""What editors and the host's machines read: it parses, and names what there is."""

import json
import re
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

import start
from llm_lessons_starter import environment

ROOT = Path(__file__).resolve().parents[1]
DEVCONTAINER = ".devcontainer/devcontainer.json"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PAGES = ("configure-pages", "upload-pages-artifact", "deploy-pages")
ACTIONS = {f"actions/{one}" for one in ("checkout", "setup-python", *PAGES)}


def read(name: str) -> dict:
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def is_command(line: str) -> bool:
    """Whether `start.py` has this command."""
    words = line.split()
    return words[1] == "start.py" and words[2] in start.COMMANDS


def steps(workflow: Path) -> list[dict]:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_the_editor_takes_the_environment_that_start_makes():
    settings = read(".vscode/settings.json")
    folder = settings["python.defaultInterpreterPath"]
    assert Path(folder.replace("${workspaceFolder}", str(ROOT))) == (
        environment.ENVIRONMENT
    )
    assert settings["deno.path"].startswith(f"{environment.ENVIRONMENT.name}/")
    for web in settings["deno.enablePaths"]:
        assert list((ROOT / web).rglob("*.js"))


def test_the_container_prepares_the_environment():
    container = read(DEVCONTAINER)
    assert is_command(container["postCreateCommand"])
    python = container["image"].removeprefix("python:")
    assert python in SpecifierSet(environment.PYTHONS)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_takes_only_the_hosts_own_actions(workflow: Path):
    for step in steps(workflow):
        if "uses" in step:
            action, _, version = step["uses"].partition("@")
            assert action in ACTIONS and re.fullmatch(r"v\d+", version)
        if "python-version" in step.get("with", {}):
            python = step["with"]["python-version"]
            assert python in SpecifierSet(environment.PYTHONS)


def test_the_tests_run_on_each_system_as_the_readme_says():
    workflow = ROOT / ".github/workflows/test.yml"
    job = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["test"]
    systems = {name.split("-")[0] for name in job["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu", "macos", "windows"}
    (command,) = [step["run"] for step in steps(workflow) if "run" in step]
    assert is_command(command)
    # there, `python` is the name on every system
    line = "    " + command.replace("python ", "python3 ")
    assert line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
