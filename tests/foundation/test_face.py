"""The look: one place for colours, fonts and drawings; and they can be told apart.

Contrast is WCAG 2's; colour blindness is simulated by the matrices of Machado and
others, 2009 (severity 1), on linear light.
"""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib import font_manager

from llm_lessons import figures
from llm_lessons.foundation import face
from llm_lessons.foundation.paths import PACKAGE, ROOT, WEB
from llm_lessons.lessons import LESSONS

ROOM = ROOT / "llm_lessons_room"

MARKS, LETTERS = 3.0, 4.5  # contrast that WCAG asks for
FONTS_KIB = 60
# What is told apart by more than lightness: the rest never stand side by side.
APART = ("chance", "context", "weights")
KINDS = {
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")


def linear(colour: str) -> np.ndarray:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array(
        [p / 12.92 if p < 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    )


def contrast(one: str, other: str) -> float:
    lights = (linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    low, high = sorted(map(float, lights))
    return (high + 0.05) / (low + 0.05)


def grounds() -> list[dict[str, str]]:
    """Ink, ground and their like, on a light screen and on a dark one."""
    style = (face.FACE / "paper.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", style)
    return [{name: pair[dark] for name, *pair in pairs} for dark in (0, 1)]


@pytest.mark.parametrize("dark", [0, 1])
def test_letters_and_marks_stand_out(dark):
    own, meanings = grounds()[dark], face.colours()
    for name in ("ink", "soft", "link"):
        assert contrast(own[name], own["ground"]) >= LETTERS
        assert contrast(own[name], own["wash"]) >= LETTERS
    for name, pair in meanings.items():
        least = MARKS if name in ("context", "said") else LETTERS
        if name == "context" and not dark:
            least = 2.7  # as light as orange is; it has an edge or a dark letter in it
        assert contrast(pair[dark], own["ground"]) >= least, name


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_side_by_side_is_told_apart_by_anybody(kind):
    seen = np.array(KINDS[kind])
    for dark in (0, 1):
        light = {name: seen @ linear(face.colours()[name][dark]) for name in APART}
        for one, other in combinations(APART, 2):
            distance = np.linalg.norm(light[one] - light[other])
            assert distance > 0.09, (one, other, kind)


def test_no_other_file_has_a_colour_of_its_own():
    """Black, white and greys of paper are none."""
    ours = [path for one in (PACKAGE, ROOM) for path in one.rglob("*.*")]
    for path in (one for one in ours if one.suffix in (".css", ".js", ".py")):
        if path.is_relative_to(face.FACE) or path.is_relative_to(WEB / "engine"):
            continue
        for found in HEX.findall(path.read_text(encoding="utf-8")):
            width = len(found) // 3  # of a channel
            channels = {found[i : i + width] for i in range(1, len(found), width)}
            assert len(channels) == 1, (path.name, found)


def test_the_fonts_are_small_and_whole_in_a_page():
    fonts = [*face.FONTS.glob("*.woff2")]
    assert sum(path.stat().st_size for path in fonts) <= FONTS_KIB * 1024
    style = face.style()
    assert style.count("data:font/woff2;base64,") == len(fonts) and 'url("' in style
    assert not re.search(r'url\("(?!data:)', style)
    with figures.style():
        found = font_manager.findfont(face.LETTERS, fallback_to_default=False)
    assert Path(str(found)) in face.letters()


def test_each_lesson_has_a_drawing_in_the_colours_of_the_page():
    names = [path.stem for path in (face.FACE / "drawings").glob("*.svg")]
    assert len(names) == len(LESSONS)
    for name in names:
        drawing = face.drawing(name)
        assert 'viewBox="0 0 160 96"' in drawing and not HEX.search(drawing)
        assert 'aria-hidden="true"' in drawing  # the title beside it says it
        known = set(face.colours())
        assert set(re.findall(r"var\(--ll-([\w-]+)", drawing)) <= known
    assert face.drawing("no_lesson") == ""
