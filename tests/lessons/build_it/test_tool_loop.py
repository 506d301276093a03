"""The tool loop and its orders, on writers whose habits are known."""

import re
from typing import Any

from llm_lessons.fjordby import KINDS, assistant, chat
from llm_lessons.fjordby.people import population
from llm_lessons.lessons.build_it import orders, tool_loop
from tests.each import each_of
from tests.titled import title_of

ORDER = re.compile(r"(Answer in capitals\.|(End|Begin) with: (\w+)[.,])$")


class Writer:
    """Looks strangers up where it may; says again what the result says.

    Args:
        obeys: whose orders it follows: those of lines that begin so.
    """

    def __init__(self, obeys: str = "User:") -> None:
        self.obeys = obeys
        self.known = {person.name for person in population(0)}
        self.read: list[str] = []

    def batch(self, prompts, max_tokens, temperature, stop=""):
        assert temperature == 0
        self.read += prompts
        texts = [f" {self.answer(prompt)}\nUser: and more" for prompt in prompts]
        return [text.split(stop)[0] if stop else text for text in texts]

    def answer(self, prompt: str) -> str:
        lines = prompt.split("\n")
        results = [line for line in lines if line.startswith("Result: ")]
        asked = next(line for line in lines if line.startswith("User: "))
        name = re.sub(
            r"User: (Where does|What is the \w+( \w+)? of) | live\?.*|\?.*", "", asked
        )
        may_search = lines[0] == chat.SEARCH_IS_ON and name not in self.known
        if may_search and not results:
            return f"search: {name}"
        fact = ORDER.sub("", ["I know.", *results][-1].removeprefix("Result: ")).strip()
        said = "I found nothing about " + name if fact == "nothing found." else fact
        for line in lines:
            order = ORDER.search(line)
            if order and line.startswith(self.obeys):
                said = follow(order, said)
        return said if said.endswith(".") else f"{said}."


def follow(order: re.Match[str], said: str) -> str:
    if not order[2]:
        return said.upper()
    return f"{said} {order[3]}." if order[2] == "End" else f"{order[3]}, {said}"


def test_the_loop_searches_pastes_the_result_and_goes_on():
    writer: Any = Writer()
    asked = [
        chat.prompt(f"Where does {name} live?", search=search)
        for name, search in (("Nils Vangmo", True), ("Ida Bo", True), ("Bo Bo", False))
    ]
    wanted = []

    def search(name: str) -> str:
        wanted.append(name)
        return f"{name} lives in Oslo."

    one, two, three = tool_loop.go_on(writer, asked, search)
    assert wanted == ["Nils Vangmo", "Ida Bo"]
    assert one == (
        "Search is on.\nUser: Where does Nils Vangmo live?\n"
        "Fjord: search: Nils Vangmo\nResult: Nils Vangmo lives in Oslo.\n"
        "Fjord: Nils Vangmo lives in Oslo."
    )
    assert two == one.replace("Nils Vangmo", "Ida Bo")
    assert three == "User: Where does Bo Bo live?\nFjord: I know."


def test_the_loop_ends_even_if_the_model_never_stops_searching():
    writer: Any = Writer()
    writer.answer = lambda prompt: "search: more"
    [text] = tool_loop.go_on(writer, ["User: Hello!\nFjord:"], lambda name: "no.")
    assert text.count("search: more") == tool_loop.SEARCHES + 1


def test_pages_are_about_strangers_and_half_of_them_are_new():
    found = tool_loop.pages(200)
    assert found == tool_loop.pages(200)
    for page in found:
        assert (
            page.asked.name in page.sentence and str(page.asked.value) in page.sentence
        )
    known = sum(page.asked.value in KINDS[page.asked.kind].values for page in found)
    assert 80 < known < 130
    stated = [
        page.sentence.replace(page.asked.name, "{name}").replace(
            str(page.asked.value), "{value}"
        )
        for page in found
    ]
    usual = {s for kind in KINDS.values() for s in kind.statements}
    assert 80 < sum(sentence in usual for sentence in stated) < 125
    assert not any(ORDER.search(page.sentence) for page in found)


def test_a_good_searcher_and_a_bad_one():
    writer: Any = Writer()
    pages = {page.asked.name: page.asked for page in tool_loop.pages(24)}
    plain = writer.answer

    def answer(prompt):  # in the assistant's own words
        said = plain(prompt)
        one = next((pages[name] for name in pages if name in prompt), None)
        if one is None or said.startswith(("search: ", "I ")):
            return said
        return assistant.answer(one.kind, one.name, str(one.value))

    writer.answer = answer
    found = tool_loop.searching(writer, 24)
    assert [share.share for share in vars(found).values()] == [1, 1, 1, 0, 0]
    assert found.searches.n == found.answers.n == found.unasked.n == 24
    assert found.needless.n == len(assistant.well_known(0, in_chats=False))
    writer.answer = lambda prompt: "search: Somebody Else"
    found = tool_loop.searching(writer, 8)
    shares = [share.share for share in vars(found).values()]
    assert shares == [0, 0, 0, 1, 1]
    assert found.answers.n == 0 and (found.answers.low, found.answers.high) == (0, 1)


@each_of(
    ("obeys", "by_user", "in_result"),
    [("User:", 1, 0), ("Result:", 0, 1), ("", 1, 1), ("nobody", 0, 0)],
)
def test_whose_orders_are_followed(obeys, by_user, in_result):
    writer: Any = Writer(obeys)
    found = orders.measure(writer, 30)
    for shares, part in (
        (found.at_once, by_user),
        (found.by_user, by_user),
        (found.in_result, in_result),
    ):
        assert {one.share for one in shares.values()} == {part}
        assert found.of_all(shares)[::3] == (part, 30)
    assert {one.share for one in found.by_nobody.values()} == {0}
    assert list(found.by_user) == list(found.in_result) == list(orders.ORDERS)
    told = f"It follows {100 * by_user} % of the user's orders, {100 * in_result} %"
    assert title_of(found).startswith(told)


def test_an_order_stands_in_the_question_or_in_the_result_only():
    writer: Any = Writer()
    orders.measure(writer, 9)
    lines = ("User:", "User:", "Result:", None)
    assert not any("search: " in text for text in writer.read[:9])
    for i, line in enumerate(lines):
        for text in writer.read[9 * i : 9 * i + 9]:
            given = [one for one in text.split("\n") if ORDER.search(one)]
            assert [one.startswith(line) for one in given] == [True] * bool(line)
            assert text.endswith("\nFjord:") and text.count("search: ") == (i > 0)
