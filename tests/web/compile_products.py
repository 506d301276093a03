"""Compiles `web/engine/products.c` to `products_wasm.js`, by Zig's own clang.

.venv/bin/python -m tests.web.compile_products
"""

import base64
import subprocess
import sys
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

from llm_lessons.foundation.paths import WEB

SOURCE = WEB / "engine" / "products.c"
MADE = WEB / "engine" / "products_wasm.js"
HEAD = """\
// Made of products.c, not by hand: `.venv/bin/python -m tests.web.compile_products`.
// WebAssembly in base64. FUSED adds a product by one instruction ("relaxed SIMD"): not
// every browser has it. PLAIN is the same without.
"""
BUILDS = {"FUSED": "generic+simd128+relaxed_simd", "PLAIN": "generic+simd128"}


def compiled(cpu: str) -> bytes:
    """The module for this kind of processor; its memory comes from outside."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "products.wasm"
        target = ["-target", "wasm32-freestanding", f"-mcpu={cpu}", "-O2", "-nostdlib"]
        linked = ["-Wl,--no-entry", "-Wl,--import-memory", "-Wl,--strip-all"]
        files = [str(SOURCE), "-o", str(made)]
        command = [sys.executable, "-m", "ziglang", "cc", *target, *linked, *files]
        subprocess.run(command, check=True)
        return made.read_bytes()


def script() -> str:
    """The JavaScript with all builds."""
    parts = [HEAD]
    for name, cpu in BUILDS.items():
        letters = base64.b64encode(compiled(cpu)).decode()
        parts.append(f"export const {name} = `\n{textwrap.fill(letters, 88)}\n`;\n")
    return "\n".join(parts)


if __name__ == "__main__":
    MADE.write_text(script(), encoding="ascii", newline="\n")
