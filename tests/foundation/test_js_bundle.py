"""Modules joined to one: what is followed, in which order, and what is refused."""

from pathlib import Path

import pytest

from llm_lessons.foundation.js_bundle import bundle


def written(folder: Path, files: dict[str, str]) -> Path:
    """The files in a folder; the first one is where a bundle starts."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def test_lines_of_remarks_are_left_out_and_nothing_else(tmp_path):
    code = [
        "const one = 1; // stays",
        "/** @type {number} */ const two = 2;",
        "const three = /* stays */ 3;",
        'const four = ["//", "/*"];',
        "const five = `https://a.b`; /** stays */",
    ]
    remarks = "// 1.", "  /** Two. */", "/*\n * Three: */", "/**\n * `four`\n */", "//"
    lines = [line for pair in zip(remarks, code, strict=True) for line in pair]
    script, _ = bundle(written(tmp_path, {"a.js": "\n".join([*lines, "// Six.\n"])}))
    assert [line for line in script.splitlines() if line] == code


def test_imports_are_followed_and_each_file_is_taken_once(tmp_path):
    entry = written(
        tmp_path,
        {
            "widgets/knob.js": 'import { bar, LENGTH } from "../lib/bars.js";\n'
            'import {\n  one,\n  two,\n} from "./parts.js";\n'
            'import "./knob.css" with { type: "text" };\n'
            '/** @import { Bar } from "../lib/bars.js" */\n'
            "export default bar(one + two + LENGTH);\n",
            "widgets/parts.js": 'import { bar } from "../lib/bars.js";\n'
            "export const [one, two] = [bar(1), 2];\n",
            "lib/bars.js": 'import "./bars.css" with { type: "text" };\n'
            "export const LENGTH = 3;\n"
            "export function bar(x) {\n  const one = x;\n}\n",
            "lib/bars.css": ".bar {}\n",
            "widgets/knob.css": ".knob {}\n",
        },
    )
    script, style = bundle(entry)
    assert script == (
        "const LENGTH = 3;\n"
        "function bar(x) {\n  const one = x;\n}\n"
        "\n"
        "const [one, two] = [bar(1), 2];\n"
        "\n"
        "export default bar(one + two + LENGTH);\n"
    )
    assert style == ".bar {}\n\n.knob {}\n"  # a widget's own rules come last


REFUSED = [
    ({"a.js": 'import { b } from "./b.js";\n'}, r"\./b\.js, and there is no such file"),
    (
        {"a.js": 'import { b, c } from "./b.js";\n', "b.js": "export const c = 1;\n"},
        r"a\.js imports b from \./b\.js, which exports no such name\.",
    ),
    (
        {
            "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
            "b.js": 'import { c } from "./c.js";\nexport const b = 1;\n',
            "c.js": 'import { b } from "./b.js";\nexport const c = 1;\n',
        },
        r"in a circle: \S+b\.js -> \S+c\.js -> \S+b\.js\.",
    ),
    (
        {
            "a.js": 'import { b } from "./b.js";\nconst { row, column } = b;\n',
            "b.js": "export const b = {};\nasync function row() {}\n",
        },
        r"row is declared in \S+b\.js and in \S+a\.js: .* rename one of the two\.",
    ),
    (
        {
            "a.js": 'import { b } from "./b.js";\nexport default { b };\n',
            "b.js": "export const b = 1;\nexport default b;\n",
        },
        r"b\.js has a default export, which only the module that starts",
    ),
    *(
        ({"a.js": f"{line}\n", "b.js": ""}, "the bundle follows only imports like")
        for line in (
            'import b from "./b.js";',
            'import { b as c } from "./b.js";',
            'import { b } from "https://cdn.example/b.js";',
            'export * from "./b.js";',
            "export { a };",
        )
    ),
]


@pytest.mark.parametrize(("files", "sentence"), REFUSED)
def test_what_cannot_be_joined_is_told_in_a_sentence(tmp_path, files, sentence):
    with pytest.raises(ValueError, match=sentence):
        bundle(written(tmp_path, files))
