"""The project's own promises: pins, licences, style, types, layers, clean notebooks."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCES = [
    ROOT / "start.py",
    *sorted((ROOT / "llm_lessons_room").rglob("*.py")),
    *sorted((ROOT / "llm_lessons_server").rglob("*.py")),
    *sorted((ROOT / "llm_lessons_starter").rglob("*.py")),
    *sorted((ROOT / "llm_lessons").rglob("*.py")),
]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def by_name(lines: list[str]) -> dict[str, Requirement]:
    """Requirements by the names of their packages."""
    requirements = map(Requirement, lines)
    return {canonicalize_name(one.name): one for one in requirements}


def pins(name: str) -> dict[str, tuple[Version, Marker | None, int]]:
    """For each package in a lock: its version, where it is needed, how many hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        pin, *hashes = line.split(" --hash=sha256:")
        requirement = Requirement(pin.strip())
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        version = Version(specifier.version)
        package = canonicalize_name(requirement.name)
        assert package not in found
        found[package] = (version, requirement.marker, len(hashes))
    return found


LAB = PYPROJECT["project"]["optional-dependencies"]["lab"]
# with JupyterLab, as start.py and conda bring it
ASKED = by_name(PYPROJECT["project"]["dependencies"]) | by_name(LAB)
LESSONS = pins("requirements.lock")
TESTS = pins("requirements-test.lock")
REAL = pins("requirements-real.lock")


HUB_LOCK = "classroom/requirements-hub.lock"
LOCKS = [f"requirements{kind}.lock" for kind in ("", "-real", "-test")]


def test_every_pin_has_its_hashes_and_no_host_is_named():
    for name in (*LOCKS, HUB_LOCK):
        bare = [one for one, (_, _, hashes) in pins(name).items() if not hashes]
        assert bare == [], name
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text and "index" not in text, name


def test_the_locks_agree_and_pin_what_is_asked_for():
    hub = pins(HUB_LOCK)
    for others in (TESTS, hub):
        for package in LESSONS.keys() & others.keys():
            assert LESSONS[package][0] == others[package][0], package
    text = (ROOT / "classroom/requirements-hub.in").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert {*map(canonicalize_name, asked)} <= hub.keys() and "jax" not in hub
    groups = PYPROJECT["dependency-groups"]
    for lock, wanted in (
        (LESSONS, ASKED),
        (TESTS, by_name(groups["dev"])),
        (REAL, by_name(groups["real"])),
    ):
        for package, requirement in wanted.items():
            assert lock[package][0] in requirement.specifier, package
    # which only slow the start
    assert not {"lark", "rfc3987-syntax"} & (LESSONS | TESTS | hub).keys()


def test_the_hubs_proxy_is_locked_without_addresses():
    folder = ROOT / "classroom" / "proxy"
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    root = packages.pop("")
    assert root["dependencies"] == asked["dependencies"]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())


def test_these_tests_run_with_the_pinned_versions():
    for package, (version, marker, _) in (LESSONS | TESTS).items():
        if marker is None or marker.evaluate():
            assert Version(importlib.metadata.version(package)) == version, package


def test_environment_yml_asks_for_what_pyproject_asks_for():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    environment = yaml.safe_load(text)
    assert environment["channels"] == ["conda-forge"]
    conda = [one for one in environment["dependencies"] if isinstance(one, str)]
    (by_pip,) = (one["pip"] for one in environment["dependencies"] if one not in conda)
    assert by_pip == ["-e .[lab]"]  # which brings in all that conda doesn't
    python = Requirement("python" + PYPROJECT["project"]["requires-python"])
    for line in conda:
        name, is_exact, version = line.partition("=")
        if name == "python":
            assert is_exact and version in python.specifier
        elif name != "pip":
            requirement = Requirement(line)
            assert requirement.specifier == ASKED[requirement.name].specifier, line


# What learners call, in a Python that lacks packages; the handouts are made elsewhere.
WITHOUT = """
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys(sys.argv[1:]))
import llm_lessons as ll
for one in pkgutil.walk_packages(ll.__path__, "llm_lessons."):
    if not one.name.startswith("llm_lessons.pages.") and "__main__" not in one.name:
        importlib.import_module(one.name)
[getattr(ll, name) for name in dir(ll)]
print(repr(ll.exercise("04.1").check()), ll.say("four"))
"""


def test_lessons_need_no_package_of_the_extra_that_shows_them():
    extra = by_name(LAB).keys() - by_name(PYPROJECT["project"]["dependencies"]).keys()
    asked = [sys.executable, "-c", WITHOUT, *extra]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "LICENSE-lessons.md",
    "classroom/README.md",
    "docs/accessibility.md",
    "docs/maintaining.md",
    "docs/misconceptions.md",
    "docs/places.md",
    "docs/review.md",
]


def test_links_lead_somewhere():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            there = (ROOT / page).parent / target
            assert "://" in target or there.exists(), (page, target)


def test_the_paper_cites_what_its_list_has():
    paper, entries = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("paper.md", "paper.bib")
    )
    listed = re.findall(r"^@\w+\{(\w+),", entries, re.MULTILINE)
    assert set(re.findall(r"@(\w+)", paper)) == set(listed)


def check(*arguments: str) -> None:
    """Run a checker and fail with its own report if it finds anything."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=dict(os.environ, PYRIGHT_PYTHON_IGNORE_WARNINGS="1"),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_ruff_finds_nothing():
    check("-m", "ruff", "check", "--no-cache")
    # and notebooks fit the printed page
    narrow = ("--select=E501", "--line-length=79")
    check("-m", "ruff", "check", "--no-cache", *narrow, "notebooks")


@pytest.mark.slow
def test_pyright_finds_nothing():
    check("-m", "pyright", "--pythonpath", sys.executable)


def test_rooms_import_one_way():
    lint = "lint_imports(no_cache=True, no_logo=True)"
    check("-c", f"from importlinter.cli import *; raise SystemExit({lint})")


def test_one_module_knows_where_files_lie():
    climbing = re.compile(r"__file__|\.parents\b|\b(PACKAGE|WEB)\.parent")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "llm_lessons").rglob("*.py")
        if climbing.search(path.read_text(encoding="utf-8"))
    }
    # what stands in one file imports nothing of ours
    knowing = {"llm_lessons/foundation/paths.py", "llm_lessons/in_one_file.py"}
    assert found == knowing


def test_notebooks_are_kept_without_outputs():
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert "widgets" not in notebook.metadata, path.stem
        run = [one for one in notebook.cells if one.get("execution_count")]
        shown = [one for one in notebook.cells if one.get("outputs")]
        assert run == shown == [], path.stem
