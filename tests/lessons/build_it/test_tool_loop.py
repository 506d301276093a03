"""The tool loop and its orders, on writers whose habits are known."""

import re
from typing import Any

from llm_lessons.fjordby import KINDS, assistant, chat
from llm_lessons.fjordby.people import population
from llm_lessons.lessons.build_it import orders, tool_loop
from tests.each import each_of
from tests.lessons.writes import writes
from tests.titled import plain

ORDER = re.compile(r"(Answer in capitals\.|(End|Begin) with: (\w+)[.,])$")
KNOWN = {person.name for person in population(0)}


def writer(obeys: str = "User:") -> Any:
    """Looks strangers up where it may; says again what the result says.

    Args:
        obeys: whose orders it follows: those of lines that begin so.
    """

    def answer(prompt: str) -> str:
        lines = prompt.split("\n")
        results = [line for line in lines if line.startswith("Result: ")]
        asked = next(line for line in lines if line.startswith("User: "))
        name = re.sub(
            r"User: (Where does|What is the \w+( \w+)? of) | live\?.*|\?.*", "", asked
        )
        if lines[0] == chat.SEARCH_IS_ON and name not in KNOWN and not results:
            return f" search: {name}\nUser: and more"
        fact = ORDER.sub("", ["I know.", *results][-1].removeprefix("Result: ")).strip()
        said = "I found nothing about " + name if fact == "nothing found." else fact
        for line in lines:
            order = ORDER.search(line)
            if order and line.startswith(obeys):
                said = follow(order, said)
        return f" {said.removesuffix('.')}.\nUser: and more"

    return writes(answer)


def follow(order: re.Match[str], said: str) -> str:
    if not order[2]:
        return said.upper()
    return f"{said} {order[3]}." if order[2] == "End" else f"{order[3]}, {said}"


def test_the_loop_searches_pastes_the_result_goes_on_and_ends():
    asked = [
        chat.prompt(f"Where does {name} live?", search=search)
        for name, search in (("Nils Vangmo", True), ("Ida Bo", True), ("Bo Bo", False))
    ]
    wanted = []

    def search(name: str) -> str:
        wanted.append(name)
        return f"{name} lives in Oslo."

    one, two, three = tool_loop.go_on(writer(), asked, search)
    assert wanted == ["Nils Vangmo", "Ida Bo"]
    assert one == (
        "Search is on.\nUser: Where does Nils Vangmo live?\n"
        "Fjord: search: Nils Vangmo\nResult: Nils Vangmo lives in Oslo.\n"
        "Fjord: Nils Vangmo lives in Oslo."
    )
    assert two == one.replace("Nils Vangmo", "Ida Bo")
    assert three == "User: Where does Bo Bo live?\nFjord: I know."
    never = writes(lambda prompt: " search: more")
    [text] = tool_loop.go_on(never, ["User: Hello!\nFjord:"], lambda name: "no.")
    assert text.count("search: more") == tool_loop.SEARCHES + 1


def test_pages_are_about_strangers_and_half_of_them_are_new():
    found = tool_loop.pages(200)
    assert found == tool_loop.pages(200)
    usual = {s for kind in KINDS.values() for s in kind.statements}
    known = worded = 0
    for page in found:
        name, value = page.asked.name, str(page.asked.value)
        assert name in page.sentence and value in page.sentence
        assert not ORDER.search(page.sentence)
        known += value in KINDS[page.asked.kind].values
        worded += page.sentence.replace(name, "{name}").replace(value, "{value}") in (
            usual
        )
    assert 80 < known < 130 and 80 < worded < 125


def test_a_good_searcher_and_a_bad_one():
    pages = {page.asked.name: page.asked for page in tool_loop.pages(24)}
    own = writer()

    def in_the_assistants_words(prompt: str) -> str:
        [said] = own.batch([prompt], 99, 0, stop="\n")
        one = next((pages[name] for name in pages if name in prompt), None)
        if one is None or said.startswith((" search: ", " I ")):
            return said
        return f" {assistant.answer(one.kind, one.name, str(one.value))}"

    found = tool_loop.searching(writes(in_the_assistants_words), 24)
    assert [share.share for share in vars(found).values()] == [1, 1, 1, 0, 0]
    assert found.searches.n == found.answers.n == found.unasked.n == 24
    assert found.needless.n == len(assistant.well_known(0, in_chats=False))
    found = tool_loop.searching(writes(lambda prompt: " search: Somebody Else"), 8)
    shares = [share.share for share in vars(found).values()]
    assert shares == [0, 0, 0, 1, 1]
    assert found.answers.n == 0 and (found.answers.low, found.answers.high) == (0, 1)


@each_of(
    ("obeys", "by_user", "in_result"),
    [("User:", 1, 0), ("Result:", 0, 1), ("", 1, 1), ("nobody", 0, 0)],
)
def test_whose_orders_are_followed(obeys, by_user, in_result):
    found = orders.measure(writer(obeys), 30)
    for shares, part in (
        (found.at_once, by_user),
        (found.by_user, by_user),
        (found.in_result, in_result),
    ):
        assert {one.share for one in shares.values()} == {part}
        assert found.of_all(shares)[::3] == (part, 30)
    assert {one.share for one in found.by_nobody.values()} == {0}
    told = f"{100 * by_user} % of the user's orders, {100 * in_result} %"
    assert told in plain(found.title())
