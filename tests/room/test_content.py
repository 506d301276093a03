"""What a room is sent: what the server wants, the same in each language, no secrets."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from llm_lessons import load
from llm_lessons.fjordby.varied import marbles
from llm_lessons.foundation.languages import english, languages, translator
from llm_lessons.foundation.paths import NOTEBOOKS
from llm_lessons.lessons import LESSONS, TITLES
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import right_at_once
from llm_lessons.lessons.questions import question
from llm_lessons.measuring.intervals import apart
from llm_lessons.measuring.replies import replies
from llm_lessons.pages.kit.games import CARDS, CHANGES
from llm_lessons_room.activities.book import kind as book
from llm_lessons_room.activities.guess.kind import ABOVE
from llm_lessons_room.activities.marbles import problems
from llm_lessons_room.content.export import export
from llm_lessons_room.content.kinds import Drawn
from llm_lessons_room.content.texts import remember, words
from llm_lessons_room.parts.plan import Planned, Shown
from llm_lessons_room.server.content import TALLIES, parse_content
from tests.room.cells import every_figure, steps_of

SVG = '<svg role="img"></svg>'
DRAWN = every_figure(SVG, "It rises by 5 %.")
PLAYED = {code: export(code, DRAWN) for code in languages()}
every_language = pytest.mark.parametrize("code", PLAYED)


def steps(code: str = "en", kind: str = "") -> list[dict[str, Any]]:
    return [step for step in steps_of(PLAYED[code]) if kind in ("", step["kind"])]


def test_it_is_what_the_server_plays():
    """The same in each language, whole after a way through JSON, with every rule."""
    tables = json.loads(json.dumps([*PLAYED.values()]))
    assert tables == [*PLAYED.values()]
    played = parse_content(tables)
    assert played.names == languages()
    for code, decks in played.decks.items():
        for deck in decks.values():
            for step in deck.steps:
                TALLIES[step.kind](step)
                assert step.guide.keys() == {"say", "do", "phones", "late"}
        for page, table in words().items():
            assert set(played.words[code][page]) == set(table)
    for one, other in zip(steps("nb"), steps("en"), strict=True):
        for key in ("right", "answers", "fjord", "town", "prompts"):
            assert one["hidden"].get(key) == other["hidden"].get(key)
        assert one["shown"].get("prompt") == other["shown"].get("prompt")


@every_language
def test_nothing_hidden_is_shown(code: str):
    for step in steps(code):
        shown = json.dumps(step["shown"], ensure_ascii=False)
        guide = json.dumps([step["title"]], ensure_ascii=False)
        hidden = step["hidden"]
        reasons = hidden.get("why", [])
        if isinstance(reasons, dict):  # of the survey, by question
            told = [text for text in reasons.values() if isinstance(text, str)]
            reasons = [*told, *reasons["trust"]]
        secrets = [*reasons, *hidden.get("prompts", {}).values()]
        secrets += [one["steps"] for one in hidden.get("fjord", [])]
        if note := step["notes"].get("half"):
            secrets += note.values()
        for secret in secrets:
            assert json.dumps(secret, ensure_ascii=False)[1:-1] not in shown + guide


def test_a_guess_asks_what_the_lesson_asks_and_temperature_is_explained_before():
    zero = next(s for s in steps("en", "guess") if s["id"] == "guess-04-zero")
    one = question("04.zero")
    assert zero["shown"]["choices"] == [choice.text for choice in one.choices]
    assert [one.choices[n].right for n in zero["hidden"]["right"]] == [True]
    for code in PLAYED:
        told = translator(code)(ABOVE["04.zero"])
        for step in steps(code, "guess"):
            assert len(step["shown"]["choices"]) == len(step["hidden"]["why"]) >= 2
            if step["id"].startswith("guess-04"):
                assert step["shown"]["question"].startswith(told)


@every_language
def test_an_evening_ends_with_two_pages_that_the_handouts_have(code: str):
    rude = PLAYED[code]["rude"]  # whole words in small letters
    assert 10 < len(rude) == len(set(rude))
    assert all(re.fullmatch(r"\w+", one) and one == one.casefold() for one in rude)
    for deck in PLAYED[code]["decks"][:-2]:
        pages = deck["steps"][-1]["shown"]["pages"]
        assert len(pages) == 2
        for page in pages:
            name = page["address"].removeprefix("/handouts/").removesuffix(".html")
            assert (NOTEBOOKS / f"{name}.ipynb").is_file()
            assert page["title"] == translator(code)(TITLES[name[3:]])


def test_the_marbles_have_their_answers_and_their_glosses():
    for step in steps("nb", "marbles"):
        asked = [one["question"] for one in step["shown"]["problems"]]
        for k, (text, answer) in enumerate(
            zip(asked, step["hidden"]["answers"], strict=True), 1
        ):
            assert calculated(text) == answer and text.count(".") == k + 1
        glosses = [one["gloss"] for one in step["shown"]["problems"]]
        assert all("klinkekuler i en pose" in text for text in glosses)
        for one in step["hidden"]["fjord"]:
            text = one["at_once"].removesuffix("\nAnswer at once:")
            assert one["steps"] == f"{text}\nStep by step:" and text not in asked
            assert calculated(text) == one["answer"]
    assert "gloss" not in json.dumps([*steps("en", "marbles")])
    # none is on a card of the relay, or comes twice
    cards = [one.question for one in marbles.held_out(CARDS, CHANGES)]
    asked = [one.question for row in problems.problems() for one in row]
    assert len(set(asked)) == len(asked) and not set(asked) & set(cards)


def calculated(text: str) -> int:
    """The answer to a problem, worked out from its words."""
    first, *changes, _ = text.replace("?", ".").split(". ")
    total = int(first.split()[2])
    for change in changes:
        sign = 1 if change.endswith(" more") else -1
        total += sign * int(change.removesuffix(" more").split()[-1])
    return total


@pytest.mark.slow
def test_fjords_own_curve_falls_as_it_does_for_many_problems():
    lm, counted = load("fjord"), {}
    for k, (_, *own) in zip(problems.CHANGES, problems.problems(), strict=True):
        counted[k] = right_at_once(lm, own), right_at_once(lm, marbles.held_out(60, k))
    for own, many in counted.values():
        assert not apart(own, many)
    assert counted[1][0].share > 0.8 and counted[6][0].share < 0.2


def test_the_book_opens_for_half_of_the_room():
    for code in PLAYED:
        for step in steps(code, "book"):
            towns, hidden = step["shown"]["choices"], step["hidden"]
            assert [towns[n] for n in hidden["right"]] == [hidden["town"]]
            assert len(set(towns)) == 4 == len(hidden["why"])
            note = step["notes"]["half"]["note"]
            closed, opened = hidden["prompts"]["closed"], hidden["prompts"]["open"]
            assert opened == f"{note}\n{closed}"
            assert closed == f"Question: Where does {book.PERSON} live?\nAnswer:"
            assert hidden["town"] in note and note.startswith("Note: ")
    (note, *_) = (step["notes"]["half"] for step in steps("nb", "book"))
    assert note["gloss"] == f"Notat: {book.PERSON} bor i Drangby."


def book_of(person: str = book.PERSON, towns: Sequence[str] = book.TOWNS) -> Shown:
    own = {"person": person, "towns": list(towns)}
    step = Planned("book", "book", "The book", 5, own=own)
    return book.KINDS["book"].show(step, english)


@pytest.mark.parametrize(
    "person, towns, sentence",
    [
        ("Nobody Here", book.TOWNS, "read of nobody called 'Nobody Here'"),
        (book.PERSON, ("Fossum", "Hulby"), "Drangby, where Freya Ravmoen lives"),
        (book.PERSON, ("Drangby", *2 * ["Hulby"]), "each once; there were Drangby, H"),
    ],
)
def test_a_book_that_makes_no_sense_is_refused(
    person: str, towns: tuple[str, ...], sentence: str
):
    with pytest.raises(ValueError, match=sentence):
        book_of(person, towns)


@pytest.mark.slow
def test_with_the_note_fjord_is_right_and_without_it_another_town_of_the_four_comes():
    hidden = book_of().hidden
    asked = [hidden["prompts"]["closed"], hidden["prompts"]["open"]]
    said = [
        [one.text for one in replies(load(n), asked)] for n in ("fjord", "fjord-twin")
    ]
    for closed, opened in said:
        assert opened == hidden["town"] and closed in {*book.TOWNS} - {hidden["town"]}
    assert said[0][0] != said[1][0]  # somebody makes it up


def test_a_figure_is_shown_with_its_sentence_and_without_it_the_sentence_stands_alone():
    for step in steps("en", "figure"):
        assert step["shown"]["svg"] == SVG and step["shown"]["alt"] == "A curve."
        assert step["shown"]["said"] == "It rises by 5\u00a0%."
    for step in steps("nb", "figure"):  # what nobody has translated stays away
        assert step["shown"]["said"] == step["shown"]["alt"] != "It rises by 5\u00a0%."
    bare = [step for step in steps_of(export("nb")) if step["kind"] == "figure"]
    shown = [step["shown"] for step in bare]
    assert shown and all(one["said"] for one in shown)
    assert {(one["svg"], one["alt"]) for one in shown} == {("", "")}
    # numbers go into the sentence of the language
    said = (
        "From temperature 0 to 2, the variety of stories goes from 1 % to 100 %, and "
        "right answers go from 99 % to 20 %; up to 0.7 at most 5 in 100 are lost."
    )
    played = export("nb", {(4, "figure"): Drawn(SVG, "A curve.", said)})
    figure = next(step for step in steps_of(played) if step["id"] == "figure-04")
    assert figure["shown"]["said"] == (
        "Fra temperatur 0 til 2 går variasjonen i fortellingene fra 1\u00a0% til "
        "100\u00a0%, og andelen riktige svar fra 99\u00a0% til 20\u00a0%."
    )


def test_the_remember_line_is_one_sentence_or_a_few():
    for lesson in range(len(LESSONS)):
        text = remember(lesson)
        assert text.endswith(".") and "*" not in text and "\n" not in text
        assert 40 < len(text) < 260
        told = [s for s in steps("en", "remember") if s["lesson"] == lesson]
        assert {s["shown"]["text"] for s in told} == {text}, lesson
