"""Catalogs: whole as they ship; what a changed sentence does to a teacher's work."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from llm_lessons.foundation import languages
from llm_lessons.foundation.languages import CATALOGS, read_catalog, translator
from llm_lessons.pages.catalogs import as_text
from llm_lessons_room.content import catalog
from llm_lessons_room.content.catalog import HEADER, gather, troubles, write_catalogs

SHIPPED = sorted(CATALOGS.glob("*.po"))
every_catalog = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
TOLD = [("Good evening.", "screen: hello"), ("{n} phones of {m}", "screen: here")]
ANSWERS = {"Good evening.": "God kveld.", "{n} phones of {m}": "{n} av {m} mobiler"}


@every_catalog
def test_no_sentence_is_missing_or_stale_or_still_english(path: Path):
    found = troubles(path)
    assert not found, "\n".join(found)
    same = [str(one.id) for one in read_catalog(path) if one.id == one.string]
    # names are, and what a model writes
    assert not [one for one in same if len(one) > 11 and "{{ writes" not in one]


@every_catalog
def test_what_ships_is_what_would_be_written(path: Path, tmp_path: Path):
    shutil.copy(path, tmp_path)
    assert write_catalogs(tmp_path) == [], (
        "write it: -m llm_lessons_room.content --catalogs"
    )
    text = path.read_text(encoding="utf-8")  # which names no time and no machine
    assert not re.search(r"\d{4}-\d\d-\d\d|Date|Generated|Translator|/work", text)


def test_a_new_language_is_begun_by_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert write_catalogs(tmp_path, ["sv"]) == [tmp_path / "sv.po"]
    text = (tmp_path / "sv.po").read_text(encoding="utf-8")
    assert '"Language: sv\\n"' in text
    assert text.count('msgstr ""\n') == len(gather()) + 1
    assert len(troubles(tmp_path / "sv.po")) == len(gather())
    assert write_catalogs(tmp_path, ["sv"]) == []  # it is there
    for copy in ("sv copy", "svensk"):
        shutil.copy(tmp_path / "sv.po", tmp_path / f"{copy}.po")
    monkeypatch.setattr(languages, "CATALOGS", tmp_path)
    assert languages.languages() == {"en": "English", "sv": "svenska"}
    assert translator("sv")("Next") == "Next"


def test_what_is_no_language_is_refused(tmp_path: Path):
    for code in ("norsk", "../sv", ""):
        with pytest.raises(ValueError, match=r"is no code of a language, such as sv\."):
            write_catalogs(tmp_path, ["sv", code])
    assert not [*tmp_path.iterdir()]
    with pytest.raises(ValueError, match=r"no language 'xx' here; there are en, nb\."):
        translator("xx")


def test_every_sentence_says_where_it_is_seen():
    for one in gather():
        sentence, places = str(one.id), one.auto_comments
        assert sentence == sentence.strip() and "\n" not in sentence
        assert all(places) and bool(places) == bool(sentence)  # a file's head has none


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogs of two sentences, both translated; TOLD can be changed."""
    said = list(TOLD)
    monkeypatch.setattr(catalog, "SOURCES", [lambda: said])
    write_catalogs(tmp_path, ["nb"])
    answer(tmp_path, ANSWERS)
    write_catalogs(tmp_path)
    assert troubles(tmp_path / "nb.po") == []
    yield tmp_path


def answer(folder: Path, answers: dict[str, str]) -> None:
    """Translate, as a teacher would with an editor."""
    made = read_catalog(folder / "nb.po")
    for sentence, told in answers.items():
        made[sentence].string = told
    (folder / "nb.po").write_text(as_text(made, "nb", *HEADER), encoding="utf-8")


def say(*told: tuple[str, str]) -> None:
    catalog.SOURCES[:] = [lambda: told]


def test_a_changed_sentence_keeps_its_translation_as_fuzzy_and_a_new_one_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    say(*TOLD, ("Black", "lead: black"))
    missing = "nb.po has no translation of 'Black' (lead: black)."
    assert troubles(folder / "nb.po") == [missing]
    write_catalogs(folder)
    assert troubles(folder / "nb.po") == [missing]
    say(("Good evening!", "screen: hello"), TOLD[1])
    write_catalogs(folder)
    text = (folder / "nb.po").read_text(encoding="utf-8")
    assert '#, fuzzy\nmsgid "Good evening!"\nmsgstr "God kveld."' in text
    fuzzy = "nb.po has a fuzzy translation of 'Good evening!' (screen: hello)."
    assert fuzzy in troubles(folder / "nb.po")
    monkeypatch.setattr(languages, "CATALOGS", folder)
    assert translator("nb")("Good evening!") == "Good evening!"
    assert translator("nb")(TOLD[1][0]) == ANSWERS[TOLD[1][0]]
    say(("Good morning.", "screen: hello"), TOLD[1])  # a translation of something else
    write_catalogs(folder)
    assert "#, fuzzy" not in (folder / "nb.po").read_text(encoding="utf-8")


def test_what_nobody_says_any_more_goes_to_the_end_and_stays_there(folder: Path):
    say(TOLD[1])
    stale = "nb.po translates what nobody says: 'Good evening.'."
    assert troubles(folder / "nb.po") == [stale]
    write_catalogs(folder)
    text = (folder / "nb.po").read_text(encoding="utf-8")
    assert text.endswith('#~ msgid "Good evening."\n#~ msgstr "God kveld."\n')
    say(*TOLD)
    write_catalogs(folder)  # it is said again
    assert troubles(folder / "nb.po") == []


def test_gaps_and_marks_are_the_same_in_both(folder: Path):
    answer(folder, {"{n} phones of {m}": "{n} av {k} mobiler"})
    (trouble,) = troubles(folder / "nb.po")
    assert "wants other gaps (m, n) in '{n} phones of {m}'" in trouble
    tick = "**Tick** [ ] or {{ lines 2 }}"
    say((tick, "sheets"))
    write_catalogs(folder)
    answer(folder, {tick: "**Kryss av** [ ] {{ lines 3 }}"})
    assert not [one for one in troubles(folder / "nb.po") if "gaps" in one]
    answer(folder, {tick: "**Kryss av** {{ linjer 2 }}"})
    (trouble, *_) = troubles(folder / "nb.po")
    assert "wants other gaps (**, **, [ ], {{ lines) in" in trouble


def test_what_is_no_catalog_is_refused_by_its_name(folder: Path):
    for content in (b"\xff\xfe\x00", b"God kveld\n", b'"a"\n'):
        (folder / "nb.po").write_bytes(content)
        with pytest.raises(ValueError, match=r"nb\.po is no catalog of sentences: "):
            troubles(folder / "nb.po")
