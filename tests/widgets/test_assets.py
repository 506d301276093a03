"""The widgets' modules: whole, alone, and live while somebody edits them."""

import re
import shutil
import time
from typing import Any

import anywidget

from llm_lessons.foundation.paths import WEB
from llm_lessons.widgets import assets
from llm_lessons.widgets.assets import reloading
from llm_lessons.widgets.base import Control, Kept, ModelWidget, OriginsWidget
from llm_lessons.widgets.model_picker import ModelPicker

# What only lends to others has no module of its own.
LENDERS = (Kept, Control, ModelWidget, OriginsWidget)
KINDS: list[Any] = [
    kind
    for base in (anywidget.AnyWidget, *LENDERS)
    for kind in base.__subclasses__()
    if kind not in LENDERS
]
RENDERS = re.compile(r"^export default (?:\{|kept\(\{) render \}\)?;$", re.MULTILINE)
ENTRIES = {
    path.stem
    for path in (WEB / "widgets").glob("*.js")
    if RENDERS.search(path.read_text(encoding="utf-8"))
}
SVG = "http://www.w3.org/2000/svg"  # the name of a language, nothing that is loaded


def test_every_widget_has_its_module_and_every_module_its_widget():
    assert {kind.__module__.rpartition(".")[2] for kind in KINDS} == ENTRIES


def test_a_module_stands_alone_and_reads_no_html():
    for kind in KINDS:
        script, style = vars(kind)["_esm"].replace(SVG, ""), vars(kind)["_css"]
        loads = re.findall(r"^\s*import\b|\bimport\(|https?:", script, re.MULTILINE)
        loads += re.findall(r"@import|url\(|https?:", style)
        assert not loads and "innerHTML" not in script, kind
        exports = re.findall(r"^export .*", script, re.M)
        kept = issubclass(kind, Kept) and kind is not ModelPicker  # the diary keeps it
        whole = "kept({ render })" if kept else "{ render }"
        assert exports == [f"export default {whole};"], kind


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
