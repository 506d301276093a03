"""The console script where something is missing: one sentence, or uvx brings it."""

import sys
from importlib.metadata import Distribution
from pathlib import Path
from types import SimpleNamespace

import pytest

from llm_lessons_starter import from_wheel

WHEEL = "file:///downloads/llm_lessons-0.1.0-py3-none-any.whl"


@pytest.fixture
def without_jupyterlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment into which the wheel was installed, but not its extra."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.delenv("UV", raising=False)
    return tmp_path


@pytest.mark.parametrize("arguments", [[], ["--port=9000"], ["handouts"]], ids=repr)
def test_without_jupyterlab_a_sentence_says_what_adds_it(
    without_jupyterlab: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
):
    monkeypatch.setattr(sys, "argv", ["llm-lessons", *arguments])
    assert from_wheel.main() == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "`pip install jupyterlab` adds it" in told
    assert not list(without_jupyterlab.iterdir())


@pytest.mark.parametrize(
    ("direct", "source"),
    [
        (f'{{"url": "{WHEEL}"}}', f"llm-lessons[lab] @ {WHEEL}"),
        (None, "llm-lessons[lab]==0.1.0"),
    ],
    ids=["from a file", "from an index"],
)
def test_uvx_brings_it_from_where_the_wheel_came(
    without_jupyterlab: Path,
    monkeypatch: pytest.MonkeyPatch,
    direct: str | None,
    source: str,
):
    ran: list[list[str]] = []
    found = SimpleNamespace(version="0.1.0", read_text={"direct_url.json": direct}.get)
    monkeypatch.setattr(Distribution, "from_name", lambda name: found)
    monkeypatch.setattr(from_wheel, "run", lambda command, *_: ran.append(command) or 7)
    monkeypatch.setenv("UV", "/tools/uv")
    for arguments in (["--in", "a", "--port=9000"], ["real-model"]):
        monkeypatch.setattr(sys, "argv", ["llm-lessons", *arguments])
        assert from_wheel.main() == 7
        command = ran.pop()
        assert command[:3] == ["/tools/uv", "tool", "run"]
        at = command.index("--from")
        assert command[at + 1 :] == [source, "llm-lessons", *arguments]
