"""What a browser gets for a request: the page, packed, a part of it, or a refusal."""

import gzip
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons_server import pages
from tests.server.clients import POSIX, Server, get

pytestmark = pytest.mark.slow


KINDS = {
    "/": "text/html; charset=utf-8",
    "/%C3%A6%20b.js": "text/javascript; charset=utf-8",
    "/a.svg": "image/svg+xml; charset=utf-8",
    "/a.css": "text/css; charset=utf-8",
    "/sheet.pdf": "application/pdf",
    "/a.bin": "application/octet-stream",
    "/none": "text/html; charset=utf-8",
}


def test_pages_are_read_byte_for_byte_and_a_browser_is_told_what_it_gets(
    folder: Path, server: Server
):
    assert get(server.port, "/").content == b"<h1>Lessons</h1>"
    for path in folder.glob("[!.]*.*"):
        target = "/" + path.name.replace(" ", "%20").replace("æ", "%C3%A6")
        reply = get(server.port, target)
        assert (reply.status, reply.content) == (200, path.read_bytes())
        alone = get(server.port, target, method="HEAD")
        assert (alone.status, alone.content) == (200, b"")
        assert alone.headers | {"date": ""} == reply.headers | {"date": ""}
    assert get(server.port, "/sub/page.html?x=/../y").content == b"deeper"
    for target, kind in KINDS.items():
        headers = get(server.port, target).headers
        assert headers["content-type"].lower() == kind, target
        assert headers["x-content-type-options"] == "nosniff", target
        assert headers["cache-control"] == "no-cache", target
        assert "server" not in headers, target


# No page, and none of them may lead out of the folder.
OUTSIDE = r"""
    /../secret.html /%2e%2e/secret.html /%2E%2e%2fsecret.html /sub/../../secret.html
    /sub/%2e%2e/index.html /%252e%252e/secret.html /..%5csecret.html
    /..%c0%afsecret.html /\..\secret.html /C:/index.html /index.html::$DATA
    /index.html%00.js /%0d%0aX:%201 /index.html%20 /index.html. /index.html/
    //index.html /sub /sub/ /.hidden.html /%FF /% /none /* http://any secret.html
    ../secret.html * file:///etc/passwd //etc/passwd /%2fetc%2fpasswd
"""


def test_nothing_else_is_there(server: Server):
    found = []
    for target in [*OUTSIDE.split(), "/" + 300 * "a"]:
        reply = get(server.port, target)
        says_so = b"There is no such page here." in reply.content
        told = b"not for the room" in reply.content or b"deeper" in reply.content
        if told or (reply.status != 400 and not (reply.status == 404 and says_so)):
            found.append((target, reply.status))
    assert found == []
    for method in ("POST", "PUT", "OPTIONS", "BREW", "get"):
        reply = get(server.port, "/index.html", "Content-Length: 0", method=method)
        assert reply.status == 405 and reply.headers["allow"] == "GET, HEAD", method


PARTS = ["..", ".", "%2e%2e", "%2E.", "/", "%2f", "\\", "%5c", "%00", "%", "~", " ", ""]
PARTS += ["sub", "secret.html", "page.html", ".hidden.html", "index.html", "?", "://"]


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=9))
def test_whatever_is_asked_stays_in_the_folder(folder: Path, parts: list[str]):
    found = pages.find(folder, "/" + "".join(parts))
    if found is not None:
        within = found.relative_to(folder.resolve())
        assert found.is_file()
        assert not any(part.startswith(".") for part in within.parts)


ON_WINDOWS = "con NUL.html Com1.a.b lpt¹ a:b a\\b a. a* prn. CONIN$"


def test_what_means_something_else_on_windows_is_no_name_of_a_page():
    names = ON_WINDOWS.split()
    assert [name for name in names if pages.is_plain(name)] == []
    letters = ["a" + "".join(filter(str.isalnum, name)) for name in names]
    assert all(map(pages.is_plain, letters))


@POSIX
def test_links_are_followed_only_within_the_folder(folder: Path, tmp_path: Path):
    served = tmp_path / "served"
    shutil.copytree(folder, served)
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "page.html").write_text("not for the room")
    (served / "out.html").symlink_to(tmp_path / "others" / "page.html")
    (served / "folder").symlink_to(tmp_path / "others")
    (served / "twice.html").symlink_to("out.html")
    (served / "hidden.html").symlink_to(".hidden.html")
    (served / "loop.html").symlink_to("loop.html")
    (served / "gone.html").symlink_to("nowhere.html")
    (served / "inside.html").symlink_to("sub/page.html")
    os.mkfifo(served / "pipe.html")
    closed = ("out", "folder/page", "twice", "hidden", "loop", "gone")
    (tmp_path / "link").symlink_to(served)  # to the folder itself
    with Server(tmp_path / "link", "--port", "0") as server:
        for name in (*closed, "pipe"):
            assert get(server.port, f"/{name}.html").status == 404, name
        assert get(server.port, "/inside.html").content == b"deeper"


def test_pages_travel_packed_where_it_pays(folder: Path, server: Server):
    page = (folder / "00_lesson.html").read_bytes()
    for wanted in ("gzip", "br, GZIP;q=0.5", "*"):
        reply = get(server.port, "/00_lesson.html", f"Accept-Encoding: {wanted}")
        assert reply.headers["content-encoding"] == "gzip"
        assert len(reply.content) < 0.6 * len(page)
        assert gzip.decompress(reply.content) == page
        assert reply.headers["vary"] == "Accept-Encoding"
    for unwanted in ("br", "identity, gzip; Q=0.000", "*;q=0", ""):
        reply = get(server.port, "/00_lesson.html", f"Accept-Encoding: {unwanted}")
        assert "content-encoding" not in reply.headers and reply.content == page
        assert reply.headers["vary"] == "Accept-Encoding"
    packed = get(server.port, "/sheet.pdf", "Accept-Encoding: gzip")
    assert "content-encoding" not in packed.headers


def test_what_a_browser_has_is_not_sent_again_until_it_is_made_anew(tmp_path: Path):
    page = tmp_path / "index.html"
    page.write_text("an evening " * 1000)
    with Server(tmp_path, "--port", "0") as server:
        tags = set()
        for coding in ("gzip", "identity"):
            wanted = f"Accept-Encoding: {coding}"
            first = get(server.port, "/", wanted)
            tag = first.headers["etag"]
            same = get(server.port, "/", wanted, f'If-None-Match: "other", W/{tag}')
            assert (same.status, same.content) == (304, b"")
            assert same.headers["etag"] == tag
            assert same.headers["cache-control"] == "no-cache"
            # the tag decides, if there is one (RFC 9110, 13.1.3)
            since = f"If-Modified-Since: {first.headers['last-modified']}"
            other = get(server.port, "/", wanted, 'If-None-Match: "other"', since)
            assert other.status == 200
            tags.add(tag)
        assert len(tags) == 2  # they are different bytes
        before = page.stat()
        page.write_text("another one" * 1000)  # as long, and in the same moment
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        for tag in tags:
            again = get(server.port, "/", f"If-None-Match: {tag}")
            assert again.status == 200 and again.content == page.read_bytes()
        shutil.rmtree(tmp_path)
        assert get(server.port, "/").status == 404
        tmp_path.mkdir()
        page.write_text("after")
        assert get(server.port, "/").content == b"after"


def test_a_part_is_sent(folder: Path, server: Server):
    page = (folder / "00_lesson.html").read_bytes()
    etag = get(server.port, "/00_lesson.html").headers["etag"]
    asked = ["Range: bytes=70000-140000", "Accept-Encoding: gzip"]
    for same in ([], [f"If-Range: {etag}"]):
        reply = get(server.port, "/00_lesson.html", *asked, *same)
        assert (reply.status, reply.content) == (206, page[70_000:140_001])
        assert reply.headers["content-range"] == f"bytes 70000-140000/{len(page)}"
        assert reply.headers["etag"] == etag
        assert "content-encoding" not in reply.headers
    for whole in (["Range: bytes=1-2,5-9"], ["Range: bytes=0-9", 'If-Range: "a"']):
        reply = get(server.port, "/00_lesson.html", *whole)
        assert (reply.status, reply.content) == (200, page), whole
