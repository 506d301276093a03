"""The rules of an evening, without a server: what counts, and what is told to whom."""

import json
from pathlib import Path
from typing import Any

import pytest

from llm_lessons_room.activities.train_together.rules import TrainTogether
from llm_lessons_room.parts.step import Step
from llm_lessons_room.server import storage, views
from llm_lessons_room.server.content import Content, parse_content, read_content
from llm_lessons_room.server.evening import GRACE, Evening
from llm_lessons_room.server.invitation import Invitation
from llm_lessons_room.server.views import People
from llm_lessons_server import real_model
from tests.server.room_content import (
    CODE,
    HEATS,
    RIGHT,
    RUDE,
    SUMS,
    TOWNS,
    steps,
    tables,
    write,
)

PEOPLE = People(here={1, 2, 3}, seats=4, screens=1, leaders=1, alone=None)
STEPS = {step["id"]: step for step in steps()}
NAMES = list(STEPS)
QUARTILES = ("low", "median", "high")


def played() -> Content:
    return parse_content(tables())


def evening_at(step: str, moves: int = 0) -> Evening:
    """An evening at a step, so many moments in."""
    evening = Evening(played())
    go(evening, step)
    for _ in range(moves):
        assert evening.act({"do": "next"}, 0)
    return evening


def go(evening: Evening, step: str, moment: int = 0) -> None:
    place = {"step": NAMES.index(step), "moment": moment}
    assert evening.act({"do": "go"} | place, 0)


def says(evening: Evening, value: Any) -> dict[str, Any]:
    step, number = evening.step().id, evening.moment.round
    return {"step": step, "round": number, "value": value}


def takes(evening: Evening, answers: dict[int, Any]) -> None:
    """What seats answer counts."""
    for seat, value in answers.items():
        assert evening.answer(seat, says(evening, value), 0) is None, value


def again(evening: Evening) -> Evening:
    """The evening after the server was started again."""
    table = json.loads(storage.dump(evening, "s", 0))
    return storage.restore(evening.content, table, 0)


def payload(evening: Evening) -> dict[str, Any]:
    return evening.tally().payload(evening.moment, evening.slot)


# an answer to each kind
SAVED: dict[str, Any] = {
    "guess": 1,
    "book": 2,
    "chat": {"kept": False, "gone": True},
    "coin": {"token": " a"},
    "next_word": {"word": "secret"},
    "stories": {"pieces": ["secret"], "seed": 1},
    "temperature": 0.7,
    "marbles": {"answer": 6, "steps": "secret"},
    "survey": {
        "code": CODE,
        "answers": {"source": "Secretly, it looks.", "context": 1},
    },
    "train_together": {"name": "secret"},
    "trust": [3, 1, 0, 0, 1, 0, 0, 0],
}
STORY = {"pieces": ["Once", " a"], "seed": 1}
ALL_SIX = [1, 1, 1, 1, 1, 1]
# step; what seats answer, by the rounds; what is told at its end
ADDED_UP: list[tuple[str, list[dict[int, Any]], dict[str, Any]]] = [
    (
        "guess",
        [{1: 0, 2: 2}, {1: 2, 3: 1}],
        {
            "before": {"n": 2, "counts": [1, 0, 1], "right": 0},
            "after": {"n": 2, "counts": [0, 1, 1], "right": 1},
            "both": 1,
            "changed": 1,
        },
    ),
    (
        "coin",
        [{1: {"token": " a"}, 2: {"token": " b", "word": "bee"}, 3: {"token": " a"}}],
        {"drawn": {" a": 2, " b": 1}, "names": {" b": "bee"}, "hidden": 0},
    ),
    (
        "chat",
        [{n: {"kept": n > 1, "gone": n > 2} for n in (1, 2, 3)}],
        {"kept": 2, "gone": 1},
    ),
    ("next-word", [{1: {"word": "x"}, 2: {"word": "y"}}], {"words": [], "hidden": 2}),
    (
        "stories",
        [{7: STORY, 2: STORY}],
        {"stories": [{"seat": n, "pieces": ["Once", " a"]} for n in (7, 2)]}
        | {"hidden": 0},
    ),
    (
        "temperature",
        [{1: 0.5, 2: 1.0, 3: 2.0, 4: 0.1}],
        {"values": [0.1, 0.5, 1.0, 2.0], "low": 0.4, "median": 0.75, "high": 1.25},
    ),
    ("temperature", [{1: 0.5}], {"values": [0.5]} | dict.fromkeys(QUARTILES, 0.5)),
    ("temperature", [{}], {"values": []} | dict.fromkeys(QUARTILES)),
    (
        "marbles",
        [{1: {"answer": n}, 2: {"answer": n if n < 10 else 0}} for n in SUMS],
        {
            "halves": [
                {"right": [1, 1, 0, 0, 0, 0], "asked": ALL_SIX},
                {"right": ALL_SIX, "asked": ALL_SIX},
            ]
        },
    ),
    (
        "book",
        [{1: 2, 2: 0, 4: 2}, {1: 0, 2: 2, 4: 2}],
        {
            "before": {"n": 3, "counts": [1, 0, 2, 0], "right": 2},
            "after": {"n": 3, "counts": [1, 0, 2, 0], "right": 2},
            "both": 3,
            "changed": 2,
            "halves": [{"right": 0, "asked": 1}, {"right": 2, "asked": 2}],
        },
    ),
    (
        "trust",
        # phone 1 stays with its own, 2 trusts what is right alone, 3 comes late
        [
            {1: [1] * 8, 2: [0, 3, 0, 0, 0, 0, 0, None]},
            {2: [3, 0, 0, 3, 0, 0, 3, 0], 3: [0, 0, 0, 0, 0, 0, 0, 1]},
        ],
        {
            "again": [TOWNS] * 8,
            "before": {"n": 2, "trusted": [1, 2, 1, 1, 1, 1, 1, 1]},
            "after": {"n": 3, "trusted": [2, 1, 1, 2, 1, 1, 2, 2]},
            "same": {
                "n": 2,
                "before": {"wrong": 6, "missed": 3, "points": -5},
                "after": {"wrong": 5, "missed": 0, "points": 7},
            },
        },
    ),
]


@pytest.mark.parametrize("step, rounds, found", ADDED_UP)
def test_what_is_answered_is_added_up_at_the_end(step, rounds, found):
    evening = evening_at(step)
    for answers in rounds:
        while evening.moment.phase != "open":
            evening.act({"do": "next"}, 0)
        if step != "coin":  # which is flipped once
            takes(evening, dict.fromkeys(answers, SAVED[STEPS[step]["kind"]]))
        takes(evening, answers)
        evening.act({"do": "next"}, 0)
    for one in (evening, again(evening)):
        assert payload(one) == {"answered": len(rounds[-1])} | found


def answers_with(right: int, source: str | None = None) -> dict[str, Any]:
    """An answer to the survey with the first so many right, and no others."""
    given = dict(list(RIGHT.items())[:right])
    return {"code": CODE, "answers": given | ({"source": source} if source else {})}


def test_a_survey_is_matched_by_seat():
    evening = evening_at("survey-before")
    early, late = {1: 2, 2: 3, 3: 4}, {2: 4, 3: 5, 4: 1}  # how many are right, by seat
    for when, seats in (("before", early), ("after", late)):
        go(evening, f"survey-{when}")
        takes(evening, {seat: answers_with(right) for seat, right in seats.items()})
    assert evening.tally().answered(1) == 0  # nobody has come to the last question
    evening.act({"do": "next"}, 0)
    for one in (evening, again(evening)):
        found = payload(one)
        assert (found["answered"], found["both"], found["gain"]) == (1, 2, 1)
        for side, phones in (("before", early), ("after", late)):
            counts = [[*phones.values()].count(score) for score in range(6)]
            assert (found[side]["n"], found[side]["scores"]) == (len(phones), counts)
            assert found[side]["right"]["coin"] == sum(n > 2 for n in phones.values())


def test_trust_is_right_only_where_each_answer_is_judged_rightly():
    evening = evening_at("survey-after")
    judged = [RIGHT["trust"], [False] * 4, [True] * 4, [*RIGHT["trust"][:3], None]]
    takes(
        evening,
        {
            seat: {"code": CODE, "answers": {"trust": value}}
            for seat, value in enumerate(judged, 1)
        },
    )
    evening.act({"do": "next"}, 0)
    assert payload(evening)["after"]["right"]["trust"] == 1


def test_a_leader_sorts_what_people_say_an_answer_comes_from():
    evening = evening_at("survey-after")
    said = ["It looks it up.", "From a teapot.", "It has learned from texts."]
    takes(evening, {n: answers_with(0, text) for n, text in enumerate(said, 1)})
    assert evening.act({"do": "sort", "text": said[1], "kind": "rules"}, 0)
    for kind in ("magic", None, ["rules"]):
        assert not evening.act({"do": "sort", "text": said[1], "kind": kind}, 0)
    evening.act({"do": "next"}, 0)
    for one in (evening, again(evening)):
        sources = payload(one)["after"]["sources"]
        assert sources == {"training": 1, "database": 1, "rules": 1, "other": 0}
        told = views.leader_tally(one, 0, PEOPLE)["texts"]
        assert [text["sorted"] for text in told] == ["database", "rules", "training"]
        assert "teapot" not in json.dumps(views.screen_tally(one, 0, PEOPLE))


def test_what_is_saved_joins_three_times_by_a_code():
    evening = evening_at("survey-before")
    for when, right in (("before", 1), ("after", 3), ("later", 2)):
        go(evening, f"survey-{when}")
        other = {"code": "pine-pine-boat", "answers": {}}
        takes(evening, {1: answers_with(right, "a teapot"), 2: other})
    ours, others = views.results(evening)["people"]
    assert (ours["code"], others["code"]) == (CODE, "pine-pine-boat")
    assert [ours[when]["coin"] for when in ("before", "after")] == [None, RIGHT["coin"]]
    assert ours["later"]["learns"] == RIGHT["learns"]
    assert ours["later"]["sorted"] == "other" and "sorted" not in others["later"]


def test_nothing_says_which_choice_is_right_before_it_is_shown():
    for step in ("guess", "book"):
        evening = evening_at(step)
        takes(evening, {1: 1, 2: 1})
        evening.act({"do": "next"}, 0)
        told = payload(evening)
        assert told["before"].keys() == {"n", "counts"}
        assert told.keys() == {"answered", "before", "after", "both", "changed"}


def test_next_goes_through_all_moments_and_back_the_same_way():
    evening, way = Evening(played()), []
    while True:
        way.append((evening.step().id, *evening.moment))
        if not evening.act({"do": "next"}, 0):
            break
    kinds = {name: [one[1:] for one in way if one[0] == name] for name in NAMES}
    assert kinds["guess"] == [("open", 1), ("shown", 1), ("open", 2), ("reveal", 2)]
    assert kinds["stories-again"] == [("open", n) for n in range(1, len(HEATS) + 1)]
    rounds = [("open", n) for n in range(1, 7)]
    assert kinds["marbles"] == [("ready", 0), *rounds, ("reveal", 6)]
    assert kinds["survey-before"] == kinds["stories"] == [("open", 1), ("shown", 1)]
    assert (
        kinds["survey-after"] == kinds["survey-later"] == [("open", 1), ("reveal", 1)]
    )
    assert list(dict.fromkeys(one[0] for one in way)) == NAMES
    back = [way[-1]]
    while evening.act({"do": "back"}, 0):
        back.append((evening.step().id, *evening.moment))
    assert back == way[::-1]


def test_a_word_waits_for_the_leader_and_a_rude_one_in_any_case():
    evening = evening_at("next-word")
    written = {1: "king", 2: f"{RUDE.upper()} king", 3: "Scunthorpe", 4: 40 * "w"}
    takes(evening, {seat: {"word": word} for seat, word in written.items()})
    evening.act({"do": "next"}, 0)

    def wall() -> tuple[set[str], int]:
        found = payload(evening)
        return {word for word, _ in found["words"]}, found["hidden"]

    assert wall() == (set(), 4)
    texts = views.leader_tally(evening, 0, PEOPLE)["texts"]
    assert [one["text"] for one in texts if one["marked"]] == [written[2]]
    assert len(texts) == 4 and all(one["hidden"] for one in texts)
    assert evening.act({"do": "show", "text": "KING"}, 0)
    assert wall() == ({"king"}, 3)
    evening = again(evening)
    assert evening.act({"do": "show_all"}, 0)
    assert wall() == ({"king", "Scunthorpe", 40 * "w"}, 1)  # counted, not dropped
    assert evening.act({"do": "show", "text": written[2]}, 0)
    assert wall() == ({"king", written[2], "Scunthorpe", 40 * "w"}, 0)


def test_a_rude_name_is_learned_once_the_leader_shows_it_and_others_at_once():
    evening = evening_at("train-together")
    names = ["Rex", f"{RUDE.upper()} dog"]
    takes(evening, {seat: {"name": name} for seat, name in enumerate(names, 1)})
    tally = evening.tally()
    assert isinstance(tally, TrainTogether) and tally.names() == ["Rex"]
    assert not evening.act({"do": "wait", "waits": True}, 0)
    assert evening.act({"do": "show_all"}, 0) and tally.names() == ["Rex"]
    assert evening.act({"do": "show", "text": names[1]}, 0) and tally.names() == names
    found = again(evening).tally()
    assert isinstance(found, TrainTogether) and found.names() == names


def test_a_story_fills_the_screen_until_its_round_is_over():
    evening = evening_at("stories-again", moves=2)
    takes(evening, {3: {"pieces": ["Once"], "seed": 3}})
    assert not evening.act({"do": "large", "seat": 1}, 0)  # of another round
    large = {"do": "large", "seat": 3}
    assert evening.act(large, 0)
    shown = views.screen_moment(evening, "en", 0, PEOPLE, Invitation("a"))
    assert shown["large"] == 3
    assert evening.act(large, 0) and evening.large == 0
    assert evening.act(large, 0)
    assert evening.act({"do": "next"}, 0) and evening.large == 0


def test_no_more_have_answered_than_were_asked():
    evening = evening_at("guess")
    takes(evening, dict.fromkeys(range(1, 26), 1))
    gone = People({24, 25, 26, 27}, 29, 1, 1, None)
    for view in (views.screen_tally, views.leader_tally):
        found = view(evening, 0, gone)
        assert (found["tally"]["answered"], found["asked"]) == (25, 27)


def test_a_leader_saves_what_was_answered_and_nobodys_seat():
    evening = Evening(played())
    while True:
        if evening.moment.phase == "open":
            takes(evening, dict.fromkeys((1, 2), SAVED[evening.step().kind]))
        if not evening.act({"do": "next"}, 0):
            break
    found = views.results(evening)
    saved = {one["id"]: one["tally"] for one in found["steps"]}
    asked = [name for name in NAMES if STEPS[name]["kind"] in SAVED]
    assert [*saved] == [
        name for name in asked if name not in ("survey-before", "survey-after")
    ]
    assert found["seats"] == 2 and saved["stories-again"]["rounds"] == [2, 2, 2]
    assert saved["survey-later"]["before"]["n"] == 2
    assert saved["next-word"]["words"] == []  # none was shown
    assert '"seat"' not in json.dumps(found) and "secret" not in json.dumps(found)


def test_half_of_the_room_gets_the_note_once_the_book_is_open():
    evening = evening_at("book")
    for moment, notes in enumerate([0, 0, 1, 1]):
        if evening.moment.phase == "open":
            takes(evening, {3: moment})
        common = views.phones_moment(evening, "en", 0)
        found = {
            seat: json.loads(views.phone_moment(common, evening, seat, "en"))
            for seat in range(1, 7)
        }
        noted = {seat for seat, one in found.items() if one["note"]}
        assert noted == ({2, 4, 6} if notes else set())
        assert found[3]["yours"] == (2 if notes else 0)
        assert found[3].get("first") == (0 if notes else None)
        evening.act({"do": "next"}, 0)


def test_a_guess_in_two_steps_counts_as_one():
    made = tables()
    for table in made:
        deck = table["decks"][0]["steps"]
        place = NAMES.index("guess")
        second = deck[place] | {"id": "again", "part": "again", "of": "guess"}
        deck[place] |= {"part": "first"}
        deck.insert(place + 2, second)
    evening = Evening(parse_content(made))
    evening.act({"do": "go", "step": place}, 0)
    takes(evening, {1: 0})
    passed = [("guess", *evening.moment)]
    while evening.step().id != "again":  # the coin stands between
        assert evening.act({"do": "next"}, 0)
        passed.append((evening.step().id, *evening.moment))
    assert [one for one in passed if one[0] != "coin"] == [
        ("guess", "open", 1),
        ("guess", "shown", 1),
        ("again", "open", 2),
    ]
    evening = again(evening)
    takes(evening, {1: 2})
    assert evening.act({"do": "next"}, 0) and evening.moment == ("reveal", 2)
    view = views.screen_moment(evening, "en", 0, PEOPLE, Invitation("a"))
    before, after = view["tally"]["before"], view["tally"]["after"]
    assert (before["counts"], after["counts"]) == ([1, 0, 0], [0, 0, 1])
    assert view["tally"]["changed"] == 1 and view["revealed"]["right"] == [1]


def test_the_clock_leaves_out_what_is_before_the_start_and_what_is_optional():
    made = tables()
    for table in made:
        first, _, third, *_ = table["decks"][0]["steps"]
        first["minutes"], third["optional"] = 0, True
    evening = Evening(parse_content(made))
    assert evening.began is None and evening.act({"do": "go", "step": 0}, 60)
    assert evening.began is None and evening.act({"do": "next"}, 120)
    assert evening.act({"do": "go", "step": 3}, 300)
    clock = views.leader_moment(evening, 300, PEOPLE, Invitation("a"))["clock"]
    assert clock == {"planned": 3, "elapsed": 3, "slack": 50 - 3 * (len(NAMES) - 2)}


def test_answers_come_in_time_or_not():
    evening = evening_at("next-word")
    word = {"word": "king"}
    assert evening.answer(1, says(evening, word), 30 + GRACE) is None
    assert evening.answer(2, says(evening, word), 30.1 + GRACE) == "late"
    assert evening.left(12) == 18 and evening.left(99) == 0
    assert evening.act({"do": "seconds", "seconds": 10}, 100)
    evening.extend(500)  # nobody could answer meanwhile
    assert evening.left(601) == 9
    assert evening.answer(3, says(evening, word), 609) is None
    old = says(evening, word)
    assert evening.act({"do": "next"}, 614) and evening.deadline is None
    assert evening.answer(4, old, 614) == "closed"
    assert evening.answer(4, says(evening, word), 614) == "closed"
    assert evening.act({"do": "back"}, 700)  # open again, for as long again
    assert evening.left(700) == 30
    table = json.loads(storage.dump(evening, "s", 710))
    found = storage.restore(played(), table, 9000)  # the server was off that long
    assert found.left(9000) == 20


def test_a_break_and_a_game_have_a_countdown_though_nobody_answers_and_talk_has_none():
    for kind in ("break", "game"):
        evening = evening_at(kind)
        assert evening.act({"do": "seconds", "seconds": 300}, 10)
        assert again(evening).left(0) == evening.left(0) == 310
        assert evening.act({"do": "next"}, 70) and evening.left(70) != 240
    evening = evening_at("say")
    assert not evening.act({"do": "seconds", "seconds": 30}, 0)
    assert evening.left(1) is None


BAD: dict[str, list[Any]] = {
    "guess": [-1, 3, 1.0, True, None, [1], 10**400],
    "book": [4, float("nan")],
    "chat": [None, True, {"kept": True}, {"kept": 1, "gone": 0}, {"name": "Ida"}],
    "coin": ["a", {"token": 25 * "a"}, {"token": ""}, {"token": 5}, {}],
    "next_word": [{"word": one} for one in (" \n", 41 * "a", 200 * " ", None)],
    "stories": [
        {"pieces": [], "seed": 1},
        {"pieces": 65 * ["a"], "seed": 1},
        {"pieces": 2 * ["a" * 301], "seed": 1},
        {"pieces": ["e", *9 * ["\u0302\u0303"]], "seed": 1},  # marks that pile up
        {"pieces": ["a"]},
        {"pieces": ["a"], "seed": -1},
        {"pieces": [1], "seed": 1},
    ],
    "train_together": [
        None,
        {"word": "Rex"},
        {"name": " \u200b "},
        {"name": 41 * "a"},
        {"name": "a\ufffdb"},
    ],
    "temperature": [-0.1, 2.01, float("nan"), float("inf"), "1", True, None, 10**400],
    "marbles": [
        5,
        {"answer": 1.5},
        {"answer": 10**9},
        {"answer": 1, "steps": 301 * "x"},
    ],
    "survey": [
        None,
        {},
        {"code": CODE},
        {"answers": {}},
        *({"code": code, "answers": {}} for code in ("", "a-b-c", "lamp-oak", 5)),
        *(
            {"code": CODE, "answers": answers}
            for answers in (
                [],
                {"teapot": 1},
                {"coin": 3},
                {"coin": True},
                {"coin": "0"},
                {"trust": [True]},
                {"trust": 4 * [0]},
                {"trust": 1},
                {"source": 1},
                {"source": 201 * "x"},
            )
        ),
    ],
    "say": [0],
}
DEEDS: list[Any] = [
    {},
    {"do": []},
    {"do": "dance"},
    *({"do": "go", "step": step} for step in (None, "1", 99, -1, True)),
    {"do": "go", "step": 0, "moment": 1},
    {"do": "go", "step": 2, "moment": True},
    *({"do": "deck", "deck": deck} for deck in ("none", ["long"])),
    *({"do": "seconds", "seconds": n} for n in (-1, float("nan"), 10**400, "9")),
    {"do": "hide"},
    *({"do": "hide", "seat": n, "text": None} for n in ("1", 0, 10**400)),
    *({"do": "hide", "seat": 1, "text": text} for text in (5, "a\udfffb")),
    *({"do": "sort", "text": text, "kind": "rules"} for text in (None, "\ud800")),
    *({"do": "show", "text": text} for text in (None, 5, "\ud800")),
    {"do": "wait", "waits": True},  # nobody writes words here
    {"do": "large", "seat": 1},
    *({"do": "language", "language": one} for one in ("xx", {})),
]


def test_what_is_no_answer_or_what_no_leader_can_want_changes_nothing():
    for kind, values_of_kind in BAD.items():
        name = next(name for name in NAMES if STEPS[name]["kind"] == kind)
        evening = evening_at(name, 1 if kind == "marbles" else 0)
        for value in values_of_kind:
            why = evening.answer(1, says(evening, value), 0)
            assert why == ("closed" if kind == "say" else "bad"), (kind, value)
        assert evening.used_seats() == set(), kind
    evening = evening_at("guess")
    before = storage.dump(evening, "s", 0)
    for deed in DEEDS:
        assert not evening.act(deed, 0), deed
        assert storage.dump(evening, "s", 0) == before, deed


@pytest.mark.parametrize("is_installed", [True, False])
def test_what_this_room_can_not_serve_or_answer_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_installed: bool
):
    monkeypatch.setattr(real_model, "installed", lambda: is_installed)
    folder = write(tmp_path / "room")
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "here.html").touch()
    pages = [
        {"address": f"/handouts/{name}.html", "title": name}
        for name in ("here", "gone")
    ]

    def steps_with(real: Any) -> tuple[Step, ...]:
        for path in (folder / "content").glob("*.json"):
            table = json.loads(path.read_text())
            found = table["decks"][0]["steps"]
            found[0]["shown"]["pages"] = pages
            found[NAMES.index("stories")]["shown"]["real"] = real
            path.write_text(json.dumps(table))
        return read_content(folder).decks["nb"]["long"].steps

    found = steps_with({"odds": [], "texts": [["x"]]})
    assert found[0].shown["pages"] == pages[:1]
    assert [step.id for step in found] == NAMES
    there = [step.id for step in steps_with(None)]
    assert there == [name for name in NAMES if is_installed or name != "stories"]


def test_an_evening_that_was_changed_goes_on_as_well_as_it_can():
    evening = evening_at("guess", 2)
    takes(evening, {1: 2})
    table = json.loads(storage.dump(evening, "secret", 0))
    changed = tables()
    for language in changed:
        for deck in language["decks"]:
            deck["steps"] = [s for s in deck["steps"] if s["id"] != "say"]
            for step in deck["steps"]:
                if step["id"] == "guess":
                    step["shown"]["choices"] = ["x", "y"]  # the answer is none any more
    found = storage.restore(parse_content(changed), table, 0)
    assert found.step().id == "guess" and found.moment == ("open", 2)
    assert found.used_seats() == set()
    assert found.deck().steps[9].shown["choices"] == TOWNS
    found = storage.restore(
        parse_content(tables()), table | {"step": "gone", "index": 99}, 0
    )
    assert found.step().id == NAMES[-1]
    # the time of a step that is gone was up; that of the one in its place is not
    table = json.loads(storage.dump(evening_at("next-word"), "secret", 99))
    assert table["left"] == 0
    found = storage.restore(played(), table | {"step": "gone"}, 0)
    assert found.step().id == "next-word" and found.left(0) is None
    assert found.answer(1, says(found, {"word": "king"}), 600) is None
