"""Fjordby is kept once it was written, and read only as it was written."""

from pathlib import Path

from llm_lessons.fjordby import kept_texts
from llm_lessons.fjordby.corpus import Document, Documents

WRITTEN = [
    Document("notes", "Ø is a town.\n"),
    Document("chat", "b “c”"),
    Document("notes", ""),
]


def test_what_is_kept_comes_back_and_replaces_what_was_older(tmp_path: Path):
    old, new = tmp_path / "here" / "fjordby-1.txt", tmp_path / "here" / "fjordby-2.txt"
    documents = Documents.of(WRITTEN)
    assert kept_texts.read(old) is None
    for path in (old, new):
        kept_texts.write(path, (documents.joined, documents.names, documents.sections))
    found = kept_texts.read(new)
    assert found is not None and list(Documents(*found)) == WRITTEN
    assert [*new.parent.iterdir()] == [new]
    whole = new.read_bytes()
    others = (whole[:-1], whole[:-1] + b"!", b"", b"no JSON\nand more", whole[3:])
    for damaged in others:
        new.write_bytes(damaged)
        assert kept_texts.read(new) is None, damaged


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path):
    (tmp_path / "file").touch()
    kept_texts.write(tmp_path / "file" / "fjordby-1.txt", ("a", ["chat"], b"\0"))
    assert (tmp_path / "file").read_bytes() == b""
