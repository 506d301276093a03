"""Runs of deno: it checks the browser's modules, and runs them without a browser."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from deno import find_deno_bin

from llm_lessons.foundation.paths import BUILD, WEB

ROOT = Path(__file__).resolve().parents[2]
STAND_INS = (Path(__file__).parent / "stand_ins.js").as_uri()
NOWHERE = "http://127.0.0.1:9"  # a proxy that no one keeps: there is no network


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """One command of deno, in the project's folder and with the network cut."""
    cut = {name: NOWHERE for name in ("http_proxy", "https_proxy", "all_proxy")}
    plain = {"DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1", "NO_PROXY": ""}
    return subprocess.run(
        [find_deno_bin(), *arguments],
        cwd=ROOT,
        env={**os.environ, **cut, **plain, "DENO_DIR": str(BUILD / "deno")},
        input=stdin,
        capture_output=True,
        timeout=300,  # seconds, also for a machine that does much else
        text=True,
        encoding="utf-8",
    )


def evaluate(module: str | Path, body: str, data: Any) -> Any:
    """What a few lines of JavaScript return, given `data` and the names of a module.

    Args:
        module: such as "lib/odds.js", in `web`, or a whole path; its exports are there
            as `web`.
        body: of a function of `data` and `web`; it may wait. `finished` gives what a
            generator returns.
    """
    where = json.dumps((WEB / module).as_uri())
    done = run(
        "eval",
        f"import * as web from {where};"
        f"import {{ finished }} from {json.dumps(STAND_INS)};"
        "const text = await new Response(Deno.stdin.readable).text();"
        f"const ask = async (data, web) => {{ {body} }};"
        "const answer = await ask(JSON.parse(text), web);"
        "console.log(JSON.stringify(answer));",
        stdin=json.dumps(data),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
