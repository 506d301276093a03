"""The browser's part by its own checker: types, lint, format and unit tests."""

import pytest

from llm_lessons.foundation.paths import WEB
from tests.web.compile_products import MADE, script
from tests.web.in_deno import ROOT, run

FOLDERS = [WEB, ROOT / "llm_lessons_room", ROOT / "tests" / "web"]
MODULES = sorted(path for folder in FOLDERS for path in folder.rglob("*.js"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--no-remote", "llm_lessons/web", "llm_lessons_room"),
        # apart: the tests' own imports bring names along that no browser has
        ("check", "--no-remote", "tests/web"),
        ("lint",),
        ("fmt", "--check"),
        ("test", "--no-remote", "--no-check", "--allow-read=.", "tests/web"),
    ],
    ids=" ".join,
)
def test_deno_finds_nothing(arguments: tuple[str, ...]):
    done = run(*arguments)
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_a_wrong_argument_across_modules_is_found(tmp_path):
    """The checker is switched on: types stand in comments, and one could lose them."""
    module = (WEB / "lib" / "odds.js").as_uri()
    wrong = tmp_path / "wrong.js"
    wrong.write_text(f'import {{ percent }} from "{module}";\npercent("half");\n')
    done = run("check", "--config", str(ROOT / "deno.json"), str(wrong))
    assert done.returncode != 0
    assert "not assignable to parameter of type 'number'" in done.stderr


def test_no_module_opts_out_of_the_checks():
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        for way_out in ("@ts-", "deno-lint-ignore", "deno-fmt-ignore", "{any}"):
            assert way_out not in source, path.name


def test_modules_stay_readable():
    """Of one subject, which its first line says, and no line too long to read."""
    wrong = []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines[0].startswith("// "):
            wrong.append((path.name, lines[0]))
        # The formatter leaves texts and comments alone.
        wrong += [(path.name, line) for line in lines if len(line) > 88]
    assert MODULES and wrong == []


def test_what_lies_beside_the_products_is_compiled_from_them():
    assert MADE.read_text() == script()
