"""The folder that a room is served from: written where it changed, and only there."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llm_lessons.foundation.languages import CATALOGS, languages
from llm_lessons.foundation.paths import DATA, NOTEBOOKS, PACKAGE
from llm_lessons.pages.kernels import Stopped
from llm_lessons_room.content import __main__ as command
from llm_lessons_room.content import decks, figure_steps, real_coins, writing
from llm_lessons_room.content.kinds import Drawn
from llm_lessons_room.content.texts import home_name
from llm_lessons_room.content.writing import MODEL, PAGES, REAL, write_room
from llm_lessons_room.server.builder import REAL as REAL_PART
from llm_lessons_room.server.builder import Builder
from llm_lessons_server import real_model
from llm_lessons_starter import page_server
from llm_lessons_starter.fresh import STAMPS, all_fresh, fingerprint, write_stamp
from llm_lessons_starter.page_server import open_room
from llm_lessons_starter.trouble import Trouble
from tests.room.cells import steps_of

SVG = '<svg role="img"></svg>'
ALL = ["pages", "content", "model", "home", "figures", "real"]
WRITE_REAL = writing._write_real
CONTENT = {f"content/{code}.json" for code in languages()}


def files(folder: Path) -> dict[str, int]:
    """Every file, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def written(folder: Path, code: str = "en") -> list[dict[str, Any]]:
    """The steps of all evenings, as they lie in a room's folder."""
    return steps_of(json.loads((folder / f"content/{code}.json").read_text("utf-8")))


@pytest.fixture
def evenings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Decks that can be changed; no lesson runs, no model is loaded or asked."""
    copied = tmp_path / "texts" / "evenings"
    shutil.copytree(decks.EVENINGS, copied)
    monkeypatch.setattr(decks.decks, "__defaults__", (copied,))
    monkeypatch.setattr(writing, "TEXTS", copied.parent)

    def drawn(lesson: int, steps: list) -> dict[str, Drawn]:
        return {step.own["cell"]: Drawn(SVG, "A curve.", "") for step in steps}

    def model(folder: Path, say: Callable) -> bool:
        (folder / MODEL).write_text("// a model")
        return True

    def homes(folder: Path, say: Callable) -> bool:
        for code in languages():
            (folder / home_name(code)).write_text("a chat")
        return True

    def real(folder: Path, say: Callable) -> bool:
        if not (folder / REAL).exists():
            (folder / REAL).write_text("{}")
        return True

    monkeypatch.setattr(figure_steps, "draw", drawn)
    # a second each
    monkeypatch.setattr(figure_steps, "fingerprint_of", lambda *_: "")
    monkeypatch.setattr(writing, "_write_model", model)
    monkeypatch.setattr(writing, "_write_homes", homes)
    monkeypatch.setattr(writing, "_write_real", real)
    return copied


def test_a_second_start_writes_nothing_and_another_only_what_changed(
    evenings: Path, tmp_path: Path
):
    out, said = tmp_path / "room", []
    assert write_room(out, said.append) == ALL
    before = files(out)
    assert {*PAGES, MODEL, REAL, STAMPS} | CONTENT <= before.keys()
    assert any("packing" in text for text in said)
    assert write_room(out, pytest.fail) == []
    assert files(out) == before
    path = evenings / "90_minutes.toml"
    path.write_text(path.read_text("utf-8").replace("We are the coin", "A coin"))
    assert write_room(out, str) == ["content", "figures", "real"]
    changed = {name for name, time in files(out).items() if before[name] != time}
    assert changed == CONTENT | {STAMPS}  # figures are kept
    assert written(out)[0]["title"] == "A coin"
    (out / "content" / "nb.json").unlink()
    (out / "content" / "xx.json").write_text("{}")  # of a language that is gone
    assert write_room(out, str) == ["content"]
    assert not (out / "content" / "xx.json").exists()
    for damaged in ("[3", "[]", json.dumps({"pages": "x"})):
        (out / STAMPS).write_text(damaged)
        assert not all_fresh(out)
    assert write_room(out, str) == ALL


def test_a_server_knows_without_the_lessons_what_is_to_be_made(
    evenings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "room"

    def making() -> tuple[bool, bool]:
        made = Builder(out, "llm_lessons_room.content")
        return made.is_playable, made.is_running

    assert making() == (False, True)
    write_room(out, str)
    assert making() == (True, False)
    path = evenings / "day.toml"
    path.touch()  # as it was
    assert making() == (True, False)
    path.write_text(path.read_text("utf-8").replace("A day", "One day"))
    assert making() == (False, True)
    write_room(out, str)
    (out / MODEL).unlink()
    assert making() == (True, True)
    write_room(out, str)
    # a start waits for a real model only where one is installed
    (real,) = (part for part in writing.parts() if part.name == REAL_PART)
    write_stamp(out, real.name, real.files, real.sources, "")
    for installed in (None, path):
        monkeypatch.setattr(real_model, "installed", lambda found=installed: found)
        assert making() == (True, installed is not None)
    (evenings / "one_more.toml").write_text("title = 'x'")
    assert making() == (False, True)


def test_the_leaders_page_opens_where_a_browser_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cases = [
        (True, []),
        (True, ["--no-browser"]),
        (False, []),
        (False, ["--no-browser"]),
    ]
    opens = []
    for has_one, typed in cases:
        monkeypatch.setattr(page_server, "has_browser", lambda has_one=has_one: has_one)
        run = lambda given: opens.append("--browser" in given) or 0  # noqa: E731
        assert open_room([*typed, "8800"], tmp_path, "start.py", run) == 0
    assert opens == [True, False, False, False]


def test_a_folder_that_moved_with_its_sources_is_still_fresh(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "Lærerens mappe"
    code, room = here / "code", here / "build" / "room"
    code.mkdir(parents=True)
    room.mkdir(parents=True)
    (code / "one.py").write_text("1")
    write_stamp(room, "part", (), [code], fingerprint([code]))
    assert all_fresh(room)
    here.rename(there)
    assert all_fresh(there / "build" / "room")
    (there / "code" / "one.py").write_text("2")
    assert not all_fresh(there / "build" / "room")


def test_a_bad_deck_stops_it_in_one_sentence_and_the_old_content_stays(
    evenings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "room"
    write_room(out, str)
    before = files(out)
    (evenings / "day.toml").write_text('title = "A day"\n')
    monkeypatch.setattr(sys, "argv", ["room", "--out", str(out)])
    with pytest.raises(Trouble, match=r"day\.toml is no evening: it has a `title`"):
        command.main()
    assert files(out) == before


def test_a_lesson_that_does_not_run_leaves_its_figure_out(
    evenings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tried: list[int] = []
    whole = figure_steps.draw

    def broken(lesson: int, steps: list) -> dict[str, Drawn]:
        tried.append(lesson)
        if lesson == 4 and tried.count(4) == 1:
            raise Stopped("its cell 'sum' stopped: no kernel")
        return whole(lesson, steps)

    monkeypatch.setattr(figure_steps, "draw", broken)
    out, said = tmp_path / "room", []
    write_room(out, said.append)
    told = "its cell 'sum' stopped: no kernel"
    assert f"The figure of 04_temperature is left out: {told}" in said
    figures = [step for step in written(out) if step["kind"] == "figure"]
    svgs = {step["lesson"]: step["shown"]["svg"] for step in figures}
    assert (svgs[4], svgs[8], svgs[6]) == ("", SVG, SVG)
    assert not all_fresh(out)  # so the next start tries it again
    tried[:] = [4]
    assert write_room(out, said.append) == ["figures"]
    assert tried == [4, 4] and all_fresh(out)
    assert {one["shown"].get("svg") for one in written(out)} == {None, SVG}


def test_what_a_real_model_answers_comes_last_and_into_the_content(
    evenings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "room"
    whole = {"odds": [[" dog", 0.5]], "texts": [[" dog", "."]]}

    def ask(path: Path, decks: tuple, say: Callable) -> bool:
        kept = {one: whole for one in real_coins.prompts(decks)}
        path.write_text(json.dumps({"from": real_coins.SOURCE, "answers": kept}))
        return True

    def answers() -> list:
        shown = [step["shown"] for step in written(out, "nb")]
        return [one["real"] for one in shown if "real" in one]

    monkeypatch.setattr(writing, "_write_real", WRITE_REAL)
    monkeypatch.setattr(real_coins, "ask", lambda *_: False)
    assert write_room(out, str) == ALL and not all_fresh(out)
    assert answers() and not any(answers())
    monkeypatch.setattr(real_coins, "ask", ask)
    assert write_room(out, str) == ["real"] and all_fresh(out)
    assert all(one == whole for one in answers())


def test_a_figure_is_kept_until_what_it_comes_from_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (figures,) = (part for part in writing.parts() if part.name == "figures")
    assert {PACKAGE, DATA, NOTEBOOKS, CATALOGS} <= {*figures.sources}
    steps = figure_steps.figures_by_lesson(decks.decks())[4]
    one = {"figure": Drawn(SVG, "A curve.", "It rises.")}
    figure_steps.save_figures(tmp_path, 4, steps, one)
    path = tmp_path / "04_temperature.ipynb"
    table = json.loads(figure_steps.notebook_of(4).read_text("utf-8"))
    monkeypatch.setattr(figure_steps, "notebook_of", lambda lesson: path)
    cell = next(one for one in table["cells"] if one["cell_type"] == "code")
    cell["outputs"], cell["execution_count"] = [{"output_type": "stream"}], 3
    path.write_text(json.dumps(table))  # what it last showed changes no figure
    assert figure_steps.load_figures(tmp_path, 4, steps) == one
    with monkeypatch.context() as translated:
        translated.setattr(figure_steps, "translator", lambda code: str.upper)
        assert figure_steps.load_figures(tmp_path, 4, steps) == {}
    cell["source"] = ["pass"]
    path.write_text(json.dumps(table))
    assert figure_steps.load_figures(tmp_path, 4, steps) == {}
