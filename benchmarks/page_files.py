"""What the pages of `real_in_page.py` are given: files, by a server."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGE = """<!DOCTYPE html>
<html lang="en"><link rel="icon" href="data:,"><title>Model</title>
"""
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


@dataclass
class Served:
    """What the pages are given: folders by the first part of an address.

    Attributes:
        folders: by name.
        isolated: whether pages are told to keep apart from all others.
    """

    folders: dict[str, Path]
    isolated: bool = False


def handler(served: Served) -> type[SimpleHTTPRequestHandler]:
    """What answers the pages."""

    class Answer(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def guess_type(self, path: Any) -> str:
            return TYPES.get(Path(path).suffix) or super().guess_type(path)

        def translate_path(self, path: str) -> str:
            first, _, rest = path.split("?")[0].lstrip("/").partition("/")
            return str(served.folders.get(first, Path(os.devnull)) / rest)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            if served.isolated:
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Answer


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """A server on this machine alone; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(served)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
