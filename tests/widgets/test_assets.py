"""The widgets' modules: whole, alone, and live while somebody edits them."""

import re
import shutil
import time
from typing import Any

import anywidget

from llm_lessons.paths import WEB
from llm_lessons.widgets import assets
from llm_lessons.widgets.assets import reloading
from llm_lessons.widgets.control import Control
from llm_lessons.widgets.model_widget import ModelWidget, TypedWidget
from llm_lessons.widgets.origins import OriginsWidget

# What only lends to others has no module of its own.
LENDERS = (Control, ModelWidget, TypedWidget, OriginsWidget)
KINDS: list[Any] = [
    kind
    for base in (anywidget.AnyWidget, *LENDERS)
    for kind in base.__subclasses__()
    if kind not in LENDERS
]
ENTRIES = {
    path.stem
    for path in (WEB / "widgets").glob("*.js")
    if "export default { render };" in path.read_text(encoding="utf-8")
}
SVG = "http://www.w3.org/2000/svg"  # the name of a language, nothing that is loaded
CLOCK = "race.js"  # it ticks, and waits for nothing
LOADING = "desk.js"  # a worker, which tries again
SAVING = "saving.js"  # in a room, too, where no kernel is
CALCULATING = "worker.js"  # a page draws in between


def test_every_widget_has_its_module_and_every_module_its_widget():
    assert {kind.__module__.rpartition(".")[2] for kind in KINDS} == ENTRIES


def test_no_style_of_a_widget_reaches_into_another():
    """They share a page and, in JupyterLab, a window. (".ll-widget.": of a root.)"""
    for path in (WEB / "widgets").glob("*.css"):
        style = path.read_text(encoding="utf-8")
        rules = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", style, flags=re.S))
        selectors = [
            one.strip() for rule in rules for one in re.split(",(?!.*\\))", rule)
        ]
        named = {one: set(re.findall(r"\.(ll-[\w-]+)", one)) for one in selectors}
        for kind in KINDS:
            known = set(re.findall(r"ll-[\w-]+", vars(kind)["_esm"]))
            if style not in vars(kind)["_css"]:
                reached = [
                    one for one, names in named.items() if names and names <= known
                ]
                reached = [one for one in reached if not one.startswith(".ll-widget.")]
                assert reached == [], (path.name, kind)


def test_a_module_stands_alone_and_reads_no_html():
    for kind in KINDS:
        script, style = vars(kind)["_esm"].replace(SVG, ""), vars(kind)["_css"]
        loads = re.findall(r"^\s*import\b|\bimport\(|https?:", script, re.MULTILINE)
        loads += re.findall(r"@import|url\(|https?:", style)
        assert not loads and "innerHTML" not in script, kind
        exports = re.findall(r"^export .*", script, re.M)
        assert exports == ["export default { render };"], kind


def test_the_common_look_comes_first_and_a_widgets_own_last():
    files = (WEB / "face" / "colours.css", WEB / "lib" / "base.css")
    first = "\n".join(file.read_text(encoding="utf-8") for file in files)
    for kind in KINDS:
        name = kind.__module__.rpartition(".")[2]
        last = (WEB / "widgets" / f"{name}.css").read_text(encoding="utf-8")
        assert kind._css.startswith(first) and kind._css.endswith(last), name


def test_whatever_waits_waits_in_one_way():
    # The pages of a room wait for a server, and each part of them in its own way.
    modules = [path for path in WEB.rglob("*.js") if WEB / "room" not in path.parents]
    own = {path.name for path in modules if "setTimeout" in path.read_text("utf-8")}
    assert own == {"timers.js", CLOCK, LOADING, SAVING, CALCULATING}


def test_a_widget_follows_its_files(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "PAUSE", 0.01)
    web = shutil.copytree(WEB, tmp_path / "web")
    script, style = reloading(web / "widgets" / "predict.js")

    class Live(anywidget.AnyWidget):
        _esm, _css = script, style

    widget = Live()
    assert widget._esm == assets.bundle(WEB / "widgets" / "predict.js")[0]
    shared = web / "lib" / "dom.js"
    source = shared.read_text(encoding="utf-8")
    shared.write_text(source + "const edited = 1;\n", encoding="utf-8")
    (web / "widgets" / "predict.css").write_text(".edited {}\n", encoding="utf-8")
    wait_until(lambda: "const edited" in widget._esm and ".edited" in widget._css)
    shared.write_text(source.replace("export ", ""), encoding="utf-8")
    wait_until(lambda: widget._esm.startswith('throw new Error("'))
    assert "which exports no such name." in widget._esm
    shared.write_text(source, encoding="utf-8")
    wait_until(lambda: "function render(" in widget._esm)


def wait_until(happened) -> None:
    end = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)
