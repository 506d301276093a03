"""The kit: a verse and its tally, signs with codes, all told in each language."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.foundation.languages import languages, translator
from llm_lessons.lessons.build_it import paper
from llm_lessons.pages.kit import signs, verse
from llm_lessons.pages.kit.lists import list_page
from llm_lessons.pages.kit.signs import Wifi
from llm_lessons.pages.kit.words import Words
from llm_lessons_room import handouts
from llm_lessons_room.content.decks import decks
from llm_lessons_room.content.run_sheet import tonight
from llm_lessons_starter.trouble import Trouble
from tests.pages.test_kit_lists import evening
from tests.room.cells import text_of

WORDS = Words()
every_language = pytest.mark.parametrize("code", languages())


@every_language
def test_a_verse_of_forty_words_is_tallied_like_a_count_of_pairs(code: str):
    text = Words(translator(code), code).verse()
    read = verse.words_of(text)
    assert len(read) == 40 and len(set(read)) <= verse.MOST
    # counted another way: by looking for two words in a row in the text, in a circle
    line = " ".join(re.sub(r"[.,\n]", " ", text).lower().split())
    line += " " + line.split()[0]
    counts = verse.tally(read)
    for word, row in counts.items():
        for next_ in counts:
            found = re.findall(rf"(?=\b{word} {next_}\b)", line)
            assert row.get(next_, 0) == len(found), (word, next_)
    assert sum(sum(row.values()) for row in counts.values()) == len(read)
    # no row is empty, so a walk never gets stuck; something is certain, something open
    lengths = [len(row) for row in counts.values()]
    assert min(lengths) == 1 and max(lengths) >= 3


def test_a_roll_is_counted_round_and_round():
    row = {"moon": 2, "sea": 1}
    assert [verse.rolled(row, roll) for roll in range(1, 8)] == [
        *("moon", "moon", "sea", "moon", "moon", "sea", "moon")
    ]
    counts = verse.tally(verse.words_of("a b a c"))
    for word, roll in verse.walk(counts, "a", 20, 1):
        assert (roll == 0) == (word == "a")  # behind b and c nothing is rolled for
    many = [chr(97 + n) for n in range(verse.MOST + 1)]
    with pytest.raises(ValueError, match=rf"at most {verse.MOST} different words"):
        verse.tally(many)


@pytest.fixture
def lm(monkeypatch) -> Any:
    odds = [paper.Word(" <b>", 0.4), paper.Word(" sea", 0.3), paper.Word(" x", 0.001)]
    monkeypatch.setattr(paper, "next_words", lambda lm, text, count: odds[:count])
    monkeypatch.setattr(verse, "count_parameters", lambda config: 2_853_312)
    monkeypatch.setattr(signs, "count_parameters", lambda config: 2_853_312)
    return SimpleNamespace(config=SimpleNamespace(max_seq_len=256))


def test_the_verse_is_trained_and_compared_with_the_model(lm):
    blank, filled = map(text_of, verse.verse_sides(lm, WORDS))
    assert "The same, with 2,853,312 knobs" in blank
    size = len(verse.tally(verse.words_of(WORDS.verse())))
    assert f"has {size * size} numbers" in blank
    found = re.search(r"behind “(\w+)” come (.+?)\. A (\d+) leads to “(\w+)”", blank)
    assert found
    row = verse.tally(verse.words_of(WORDS.verse()))[found[1]]
    assert verse.rolled(row, int(found[3])) == found[4]
    assert int(found[3]) <= verse.SIDES and set(row) == set(
        re.findall(r"“(\w+)”", found[2])
    )
    marks = re.findall(r"(?<= )\d(?= )", filled.split("small boat the")[1])
    assert sum(map(int, marks[: size * size])) >= 40


def test_who_is_early_sees_the_answers_upside_down(lm):
    side = signs.arrival(lm, WORDS)
    asked, answered = side.split('class="turned"')
    assert asked.count("<li>") == answered.count("<li>") == len(signs.GUESSED) == 6
    assert "%" not in text_of(asked)
    assert "sea 30 %, x < 1 %" in text_of(answered)


def test_the_sign_has_a_code_where_the_address_is_known():
    empty = signs.signs(WORDS)[1]
    assert "<svg" not in empty and 'class="by-hand"' in empty and "gap" in empty
    full = signs.signs(WORDS, "http://10.0.0.5:8766/", Wifi("Café <1>", "a;b"))[1]
    assert full.count("<svg") == 2 and "by-hand" not in full
    assert "Café &lt;1&gt;" in full
    assert 'aria-label="QR code: WIFI:T:WPA;S:Café &lt;1&gt;;P:a\\;b;;"' in full
    assert "WIFI:T:nopass;S:x;P:;;" in signs.signs(WORDS, "", Wifi("x"))[1]


@every_language
def test_the_whole_kit_is_told_in_each_language(code: str, lm):
    words = Words(translator(code), code)
    sides = [
        list_page(evening(25), words),
        tonight(decks()[0], words, "deck.pdf"),
        *verse.verse_sides(lm, words),
        *signs.signs(words),
        signs.arrival(lm, words),
        signs.exit_slips(words),
        signs.certificates(lm, words),
        *words.rules(),
    ]
    assert all("{" not in side for side in map(text_of, sides))
    if code != "en":
        assert "people" not in text_of(sides[0])


@pytest.mark.parametrize(
    "words, said",
    [
        (["--people", "3"], "'3' is no whole number from 4 to 200"),
        (["--language", "xx"], "there is no language 'xx' here; there are en, nb"),
        (["--password", "secret"], "name it with --wifi"),
        (["--evening", "night"], "there is no evening 'night' here; there are 90_min"),
        (["--address", "here"], "spaces; it was 'here': `python3 start"),
        (["--uot", "mine"], "--uot mine: `python3 start.py handouts --help` lists"),
    ],
)
def test_what_handouts_can_not_make_is_said_in_a_sentence(monkeypatch, words, said):
    monkeypatch.setattr("sys.argv", ["handouts", *words])
    with pytest.raises(Trouble) as told:
        handouts.main()
    assert said in str(told.value)
