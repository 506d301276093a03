"""Whatever one types wrongly is answered in one sentence and with exit code 1."""

import os
import sys
from collections.abc import Callable
from importlib.metadata import Distribution
from pathlib import Path
from types import SimpleNamespace

import pytest

from llm_lessons_starter import (
    from_checkout,
    from_wheel,
    installation,
    installer,
    lab,
    packed,
)
from llm_lessons_starter.lessons import Shelf
from llm_lessons_starter.trouble import Lacking, NoPython, Trouble
from tests.each import failing

LONG = "a" * 300
NO_PACKAGES = "There are no packages in"
NO_LESSON = "There is no lesson"
NOT_TO_FILL = "can't be made a folder to fill"
WHICH = "Say where, and for which systems and Pythons"
NOT_HERE = "The lessons can't be laid into"

type Run = Callable[[list[str]], int]
type Cases = list[tuple[list[str], str]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all kinds of wrong things in it, where the command is typed."""
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    for name in ("notebooks", "work"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "04_temperature.ipynb").write_text('{"cells": []}')
    (tmp_path / "work" / ".llm-lessons").mkdir()
    if os.name != "nt":
        (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    shelf = Shelf(tmp_path / "notebooks", tmp_path / ".fresh", in_git=True)
    monkeypatch.setattr(from_checkout.Checkout, "shelf", shelf)

    def refuse(*_: object) -> None:
        raise AssertionError("bad input is told before anything is installed")

    monkeypatch.setattr(from_checkout, "make_environment", refuse)
    monkeypatch.setattr(packed, "find_uv", refuse)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


WRONG = [
    (["tset"], "There is no command 'tset': did you mean `python3 start.py test`?"),
    (["xyz"], "There is no command 'xyz': `python3 start.py --help` lists"),
    (["\udcff"], r"There is no command '\udcff'"),
    (["colab", "x"], "takes no more words: leave 'x' out"),
    (["handouts", "--out"], "`--out` wants a folder"),
    (["handouts", "--out", "--letter"], "`--out` wants a folder"),
    (["handouts", "--out=a", "--out=b"], "`--out` is there twice"),
    (["room", "--rom"], "'--rom' is neither --room nor a port"),
    (["room", "80", "81"], "Name one port and not 2: `python3 start.py room 9000`"),
    (["reset"], "Say which lesson"),
    (["reset", ""], f"{NO_LESSON} '': there are 04."),
    (["reset", "²"], f"{NO_LESSON} '²'"),
    (["reset", "9" * 5000], NO_LESSON),
    (["reset", "04", "99"], f"{NO_LESSON} '99'"),
    (["--from"], f"{NO_PACKAGES} ''"),
    (["--from", "empty"], NO_PACKAGES),
    (["--from", "loop"], NO_PACKAGES),
    (["test", "--from", "\udcff"], NO_PACKAGES),
    (["pack"], WHICH),
    (["pack", "one", "linux", "3.11"], WHICH),
    (["pack", "--lean"], WHICH),
    (["pack", "a\nb"], r"'a\nb' is no name for a folder"),
    (["pack", "$HOME"], "'$HOME' is no name for a folder"),
    (["pack", "file"], f"'file' {NOT_TO_FILL}"),
    (["pack", "loop"], NOT_TO_FILL),
    (["pack", LONG], NOT_TO_FILL),
    (["pack", "."], "'.' holds other things than packages"),
]


def told_in_one_sentence(place: Path, capsys, run: Run, cases: Cases) -> list[str]:
    """The cases that are not: exit code 1, one line of errors, nothing made."""
    before = names(place)

    def check(case: tuple[list[str], str]) -> None:
        arguments, sentence = case
        code, told = run(arguments), capsys.readouterr()
        assert code == 1
        assert sentence in told.err and told.err.count("\n") == 1 and told.out == ""
        assert told.err.endswith(".\n") and names(place) == before

    # links need rights on Windows
    possible = [one for one in cases if os.name != "nt" or "loop" not in one[0]]
    return failing(possible, check)


def test_start(place: Path, capsys):
    assert told_in_one_sentence(place, capsys, from_checkout.main, WRONG) == []
    for typed in (["reset", "-h"], ["pack", "04", "--help"]):  # nor is this an error
        assert from_checkout.main(typed) == 0
        assert capsys.readouterr().out.startswith("Usage: python3 start.py"), typed


WRONG_IN_A_WHEEL = [
    (["--in"], "Name the folder of your lessons"),
    (["--in", "file"], NOT_HERE),
    (["--in=file/inside"], NOT_HERE),
    (["--in", "loop"], NOT_HERE),
    (["--in", LONG], NOT_HERE),
    (["reset", "04"], "There are no lessons in"),
    (["--in", "work", "reset", "²"], f"{NO_LESSON} '²'"),
    (["real-model", "SmolLM2"], "takes no more words: leave 'SmolLM2' out."),
    (["real-modle"], "did you mean `llm-lessons real-model`?"),
]


def from_a_wheel(arguments: list[str]) -> int:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["llm-lessons", *arguments])
        return from_wheel.main()


def test_from_a_wheel(place: Path, capsys):
    assert told_in_one_sentence(place, capsys, from_a_wheel, WRONG_IN_A_WHEEL) == []


# ---- Options for JupyterLab ------------------------------------------------------


WRONG_FOR_JUPYTERLAB = [
    (["--prot=9000"], "no option `--prot`: did you mean `--port`?"),
    (["--nonsense"], "no option `--nonsense`: `python3 start.py --help-all`"),
    (["--"], "no option `--`"),
    (["--port", "--no-browser"], "`--port` wants a value"),
    (["--port=99999"], "'99999' is no port"),
    (["--port", "²"], "'²' is no port"),
    (["--ip=no such address"], "'no such address' is no address of this machine"),
]


def test_options_for_jupyterlab(monkeypatch: pytest.MonkeyPatch):
    # what this environment's JupyterLab says that it knows
    known = installer.ask([sys.executable, "-c", lab.ASK])
    assert known
    monkeypatch.setattr(lab, "ask", lambda _: known)

    def check(case: tuple[list[str], str]) -> None:
        arguments, sentence = case
        with pytest.raises(Trouble) as told:
            lab.check_options(arguments, sys.executable, "python3 start.py")
        assert sentence in str(told.value) and "\n" not in str(told.value)

    assert failing(WRONG_FOR_JUPYTERLAB, check) == []
    good = ["--port=9000", "--port", "0", "--ip=*", "--ip=127.0.0.1", "-y", "--debug"]
    good += ["--ServerApp.token=x", "--help-all", "--version", "notebooks/a.ipynb"]
    lab.check_options(good, sys.executable, "python3 start.py")
    # one that can't be asked answers for itself
    monkeypatch.setattr(lab, "ask", lambda _: None)
    lab.check_options(["--prot=9"], sys.executable, "python3 start.py")


# ---- Folders ---------------------------------------------------------------------


def test_what_a_packed_folder_lacks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("a-1-cp313-cp313-win_amd64.whl", "b-1-cp314-cp314-x.whl", "c-py3.whl"):
        (tmp_path / name).touch()
    assert packed.other_pythons(tmp_path) == ",!=3.12.*,!=3.15.*"
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    told = str(packed.explain(NoPython(""), tmp_path, real=True))
    assert "are for Python 3.13 or 3.14, which this machine lacks" in told
    told = str(packed.explain(Lacking(""), tmp_path, real=True))
    assert f"pack {tmp_path.name} macos`" in told and "--without-real-model" in told
    told = str(packed.explain(Lacking(""), tmp_path, real=False))
    assert "--without-real-model" not in told
    other = Trouble("The disk is full.")
    assert packed.explain(other, tmp_path, real=True) is other


def test_a_folder_is_the_one_that_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    ran: list[str] = []
    monkeypatch.setattr(from_checkout, "make_environment", lambda *_: None)
    monkeypatch.setattr(
        installation, "run", lambda command, *_: ran.extend(command) or 0
    )
    monkeypatch.setattr(packed, "find_uv", lambda: "uv")
    monkeypatch.setattr(packed, "ask", lambda command: "pip")
    monkeypatch.setattr(packed, "install", lambda command: None)
    monkeypatch.chdir(tmp_path)
    assert from_checkout.main(["handouts", "--out", "mine", "--letter"]) == 0
    assert ran[-2:] == ["--letter", f"--out={Path.cwd() / 'mine'}"]
    assert from_checkout.main(["pack", "my folder", "linux", "3.13"]) == 0
    assert '\n  python3 start.py --from="my folder"\n' in capsys.readouterr().out


# ---- A wheel without JupyterLab --------------------------------------------------

WHEEL = "file:///downloads/llm_lessons-0.1.0-py3-none-any.whl"


def test_without_jupyterlab_a_sentence_says_what_adds_it_and_uvx_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.delenv("UV", raising=False)
    for arguments in ([], ["handouts"]):
        assert from_a_wheel(arguments) == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1 and "`pip install jupyterlab` adds it" in told
        assert not list(tmp_path.iterdir())
    ran: list[list[str]] = []
    monkeypatch.setattr(from_wheel, "run", lambda command, *_: ran.append(command) or 7)
    monkeypatch.setenv("UV", "/tools/uv")
    for direct, source in (
        (f'{{"url": "{WHEEL}"}}', f"llm-lessons[lab] @ {WHEEL}"),
        (None, "llm-lessons[lab]==0.1.0"),
    ):
        texts = {"direct_url.json": direct}
        found = SimpleNamespace(version="0.1.0", read_text=texts.get)
        monkeypatch.setattr(Distribution, "from_name", lambda name, it=found: it)
        for arguments in (["--in", "a", "--port=9000"], ["real-model"]):
            assert from_a_wheel(arguments) == 7
            command = ran.pop()
            assert command[:3] == ["/tools/uv", "tool", "run"]
            at = command.index("--from")
            assert command[at + 1 :] == [source, "llm-lessons", *arguments]
