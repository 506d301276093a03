"""The environment: whatever ends a start, the next one finds what was there at work."""

import hashlib
import os
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

from llm_lessons_starter.environment import STAMP
from llm_lessons_starter.installer import LEAN, find_uv, program
from tests.starter_project import Project

pytestmark = pytest.mark.slow
REST = pytest.mark.rest  # starts many processes, and a shorter case is here as well

UNREACHABLE = "sys.exit('error: Failed to fetch: the index')"
# What ends start.py without a warning, in the middle of what it waits for.
KILL = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_what_no_longer_works_is_made_again(project: Project):
    project.opens("train")
    project.root = project.root.rename(project.root.with_name("elsewhere"))
    environment = project.root / ".venv"
    project.diary()
    project.opens("train")
    assert project.diary() == []  # the folder can be moved
    (environment / STAMP).write_bytes(b"\xff\xfe\0")
    project.opens("train")
    assert len(project.diary()) == 2
    for python in (environment / "bin").glob("python*"):
        python.unlink()
    project.opens("train")
    assert len(project.diary()) == 2
    project.opens("train")
    assert project.diary() == []


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_is_quiet_and_the_half_made_environment_is_mended(project: Project):
    project.at_sync("time.sleep(60)")
    process = project.popen("train")
    assert process.stdout is not None
    while "Downloading" not in process.stdout.readline():
        pass
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped" in output and errors == ""
    project.at_sync("")
    project.diary()
    project.opens("train")
    assert len(project.diary()) == 2


def test_a_packed_folder_is_all_that_an_install_reads(project: Project):
    packed = project.tools / "packed"
    packed.mkdir()
    (packed / "one.whl").touch()
    project.opens("--from", "packed")
    made, installed = project.diary()
    assert "--offline" in made
    assert f"--no-index --find-links {packed.as_uri()}" in installed
    output = project.opens("test", "--from", "packed", "-k", "tokens")
    assert "ran -k tokens in" in output
    _, installed = project.diary()  # what tests need, no folder holds
    assert f"--find-links {packed.as_uri()}" in installed
    assert "requirements-test.lock" in installed and "--no-index" not in installed


# ---- What works stays ------------------------------------------------------------


def test_where_newer_packages_cannot_be_had_the_older_do(project: Project):
    project.opens(LEAN)
    (project.root / "requirements.lock").write_text("# newer pins\n")
    project.at_sync(UNREACHABLE)
    output = project.opens(LEAN)
    assert "Until then, all runs with the packages of before." in output
    project.at_sync("")
    assert "The environment is ready." in project.opens(LEAN)
    project.diary()
    project.opens(LEAN)
    assert project.diary() == []


def test_what_is_added_drops_nothing(project: Project):
    project.at_sync("if '--offline' not in arguments: sys.exit('error: asked')")
    project.opens()  # what the cache has is not asked of the net
    project.diary()
    project.at_sync("if '--offline' in arguments: sys.exit('error: not in the cache')")
    project.opens("test", LEAN)
    _, first, second = project.diary()
    assert "--offline" in first and "--offline" not in second
    project.at_sync("")
    (project.root / "requirements.lock").write_text("# newer pins\n")
    project.opens("train")
    _, installed = project.diary()
    for kind in ("", "-real", "-test"):
        assert f"requirements{kind}.lock" in installed
    project.opens("test")
    assert project.diary() == []


@pytest.mark.parametrize(
    ("step", "known"), [pytest.param("venv", False, marks=REST), ("sync", True)]
)
def test_a_kill_while_a_new_environment_is_made(
    project: Project, step: str, known: bool
):
    if known:
        project.opens(LEAN)
    (project.tools / step).write_text(KILL)
    process = project.popen()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    (project.tools / step).write_text("")
    project.diary()
    if known:
        project.opens(LEAN)
        assert project.diary() == []
    project.opens()
    assert project.folders() == [".venv"]


@pytest.mark.parametrize("gone", [True, False])
def test_a_complete_environment_takes_its_place_in_the_next_start(
    project: Project, gone: bool
):
    project.opens(LEAN)
    environment, new = project.root / ".venv", project.root / ".venv-new"
    if gone:  # killed between the two renames
        environment.rename(new)
        (project.root / ".venv-old").mkdir()
    else:  # Windows refused the first, for a JupyterLab was still open
        shutil.copytree(environment, new, symlinks=True)
        (environment / STAMP).write_text("of older locks")
    project.diary()
    project.opens(LEAN)
    assert project.diary() == [] and project.folders() == [".venv"]


def test_two_starts_at_once_make_one_environment(project: Project):
    project.at_sync("time.sleep(0.5)")
    starts = [project.popen() for _ in range(2)]
    told = [start.communicate(timeout=60) for start in starts]
    assert [start.returncode for start in starts] == [0, 0]
    assert all("ran" in output and errors == "" for output, errors in told)
    assert sum("Another start" in output for output, _ in told) == 1
    assert [line.split()[0] for line in project.diary()] == ["venv", "pip"]


# ---- The same with uv itself, and packages that are made here --------------------


def write_wheel(folder: Path, name: str) -> str:
    """Write a package into a folder; return the line that pins it in a lock."""
    path = folder / f"{name}-1-py3-none-any.whl"
    about = f"{name}-1.dist-info"
    files = {
        f"{name}.py": "here = True\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(file, text)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}==1 --hash=sha256:{sha256}\n"


def test_a_start_with_more_and_no_network_spoils_nothing(project: Project):
    root, tools = project.root, project.tools
    (tools / "uv").unlink()
    (tools / "uv").symlink_to(find_uv())
    cached, packed = tools / "cached", tools / "packed, #2"
    for folder in (cached, packed):
        folder.mkdir()
    for name, kind in (("one", ""), ("two", "-real")):
        pin = write_wheel(packed, name)
        (root / f"requirements{kind}.lock").write_text(pin)
    shutil.copy(packed / "one-1-py3-none-any.whl", cached)
    env = {
        "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple",  # nobody answers
        "UV_HTTP_RETRIES": "0",
        "UV_FIND_LINKS": cached.as_uri(),
        "UV_CACHE_DIR": str(tools / "cache"),
    }

    def has(name: str) -> bool:
        """Whether the environment holds a package, compiled."""
        python = program(root / ".venv", "python")
        code = f"import {name}; import os; assert os.path.exists({name}.__cached__)"
        done = subprocess.run([python, "-I", "-c", code], capture_output=True)
        return done.returncode == 0

    code, output, errors = project.start(LEAN, env=env)
    assert (code, errors) == (0, "") and has("one"), output
    settings = (root / ".venv/pyvenv.cfg").read_text()
    assert "relocatable = true" in settings  # so programs run where it is moved
    code, _, errors = project.start(env=env)
    assert code == 1 and errors.count("\n") == 1
    assert f"is not here and the package index can't be reached: add `{LEAN}`" in errors
    assert project.folders() == [".venv"]
    code, output, _ = project.start(LEAN, env=env)
    assert code == 0 and "Installing" not in output and has("one")
    assert project.start("--from", str(packed), env=env)[0] == 0
    assert has("one") and has("two")
