"""The handouts for a browser: read, and nothing but read."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from llm_lessons_starter import page_server
from llm_lessons_starter.trouble import Trouble

pytestmark = pytest.mark.slow


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "pages").mkdir()
    (tmp_path / "secret").write_text("not for the room")
    (tmp_path / "pages" / "index.html").write_text("<h1>Lessons</h1>")
    (tmp_path / "pages" / "sub").mkdir()
    server = page_server.open_server("127.0.0.1", 0, tmp_path / "pages")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_pages_are_read(address: str):
    with urllib.request.urlopen(f"{address}/") as answer:
        assert answer.read() == b"<h1>Lessons</h1>"


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/sub/", "/none"])
def test_nothing_else_is(address: str, path: str):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + path)
    assert refused.value.code == 404
    refused.value.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_can_write(address: str, method: str, tmp_path: Path):
    asked = urllib.request.Request(f"{address}/index.html", b"mine now", method=method)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 501
    refused.value.close()
    assert (tmp_path / "pages" / "index.html").read_text() == "<h1>Lessons</h1>"


def test_a_taken_port_is_no_trouble(tmp_path: Path):
    with page_server.open_server("127.0.0.1", 0, tmp_path) as one:
        port = one.server_address[1]
        with page_server.open_server("127.0.0.1", port, tmp_path) as other:
            assert other.server_address[1] != port


def test_without_handouts_it_says_how_to_make_them(tmp_path: Path):
    with pytest.raises(Trouble, match=r"python3 start\.py handouts"):
        page_server.serve([], tmp_path, "python3 start.py")
