"""What the tasks of a sheet show of Fjord: checked against a second way to find it."""

import html
import re
from itertools import pairwise

import pytest

from llm_lessons.fjordby import places
from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load
from llm_lessons.pages import from_questions, from_text
from tests.room.cells import text_of

BEGINNING = "Once upon a time there was a girl called Ida who lived in a"


@pytest.fixture(scope="module")
def lm() -> LanguageModel:
    return load("fjord")


@pytest.fixture(scope="module")
def fill(lm):
    return from_text.places(lm) | from_questions.places(lm)


def test_words_have_their_shares_and_all_numbers_of_a_ruler(fill, lm):
    spans = re.findall(r"(\d\d)–(\d\d)", fill["ruler"](BEGINNING, "4"))
    ends = [(int(first), int(last)) for first, last in spans]
    assert ends[0][0] == 0 and ends[-1][1] == 99
    assert all(b[0] == a[1] + 1 for a, b in pairwise(ends))
    rows = text_of(fill["bars_to_draw"](BEGINNING, "3"))
    shares = [int(n) for n in re.findall(r"(\d+) %", rows)]
    assert sum(shares) + int(fill["rest"](BEGINNING, "3").split()[0]) == 100
    piece, _, chance = lm.next_token(BEGINNING, 1).rows[0]
    assert f"{piece.strip()} {100 * chance:.0f} %" in rows
    # a tally counts the numbers that are printed beside it
    flips = [int(n) for n in text_of(fill["flips"]("20")).split()]
    counts = re.findall(r"(\w+) (\d+)", fill["tally"](BEGINNING, "4", "20"))
    assert len(flips) == 20 == sum(int(n) for _, n in counts)
    assert sum(ends[0][0] <= n <= ends[0][1] for n in flips) == int(counts[0][1])


def test_numbers_stand_for_pieces_and_neighbours_are_joined_as_counted(fill, lm):
    numbers, pieces = (
        re.findall(r"<td>(.*?)</td>", row)
        for row in re.findall(r"<tr>(.*?)</tr>", fill["id_table"]("straw", "berry"))
    )
    named = [lm.tokenizer.pieces[int(one)].replace(" ", "␣") for one in numbers]
    assert named == [html.unescape(piece) for piece in pieces]
    said = html.unescape(fill["merges"]("the then them this that", "2"))
    assert said == "“t + h” (5 times), then “th + e” (3 times)."
    with pytest.raises(ValueError, match="equally frequent"):
        fill["merges"]("ab cd", "1")


def test_what_it_writes_is_escaped_and_ends_with_a_word(fill, lm):
    whole = lm.generate("Once upon a time", 36, 0.0, seed=1)
    said = html.unescape(fill["writes"]("Once upon a time", "0", "36", "1"))
    assert " ".join(whole.split()).startswith(said.strip())
    assert "<" not in fill["writes"]("Once upon a time", "2", "60", "3")


def test_one_step_is_false_and_the_others_go_on_from_it(fill):
    for number in range(1, 6):
        problem = marbles.read_aloud(number, 5)[-1]
        steps = text_of(fill["slip"]("5", str(number), "2"))
        sums = re.findall(r"(\d+) ([+-]) (\d+) = (-?\d+)\.", steps)
        true = [
            int(a) + (int(b) if sign == "+" else -int(b)) == int(c)
            for a, sign, b, c in sums
        ]
        assert true == [True, False, True, True, True]
        assert all(a[3] == b[0] for a, b in pairwise(sums))
        assert sums[-1][3] != problem.answer
        said = fill["slip_answer"]("5", str(number), "2")
        assert problem.steps[1] in said and f"is {problem.answer}." in said
        assert f", to {sums[-1][3]}." in said
    said = fill["after_first_slip"]("4", "2")
    assert f"Answer: {fill['slipped_result']('4', '2')}." in said


def test_the_answers_of_the_bag_and_of_the_sights_are_right(fill):
    said = fill["marbles_answers"]("1:2", "3:2")
    rights = [marbles.read_aloud(2, k)[1].answer for k in (1, 3)]
    assert said.startswith(f"Right: {', '.join(rights)}.")
    table, said = text_of(fill["sights"]()), html.unescape(fill["made_up"]())
    for town in (places.towns(0)[0], places.towns(0)[-1]):  # one rare, one known
        assert ", ".join(town.sights) in table and town.name in said


def test_a_note_fits_between_rain_and_question_or_names_another_town(fill, lm):
    said = fill["rains"]("Note: A.", "Question: B?", " It rained.")
    times = int(re.findall(r"rain (\d+) times", said)[0])
    parts = [len(lm.tokenizer.encode(t)) for t in ("Note: A.", "Question: B?")]
    rain = len(lm.tokenizer.encode(" It rained."))
    left = lm.config.max_seq_len - sum(parts)
    assert times * rain <= left < (times + 1) * rain
    asked = fill["conflict"]
    assert asked("other") in asked("note") and asked("name") in asked("note")
    assert asked("other") != asked("town")
    assert asked("closed").startswith(asked("town"))
    assert asked("answer").startswith(asked("other"))
