"""The tool loop, on writers whose habits are known, and the pages that it finds."""

import re

from llm_lessons.fjordby import KINDS, chat
from llm_lessons.lessons.build_it import tool_loop
from tests.lessons.writes import writes


def answer(prompt: str) -> str:
    """Looks a stranger up where it may; says again what the result says."""
    lines = prompt.split("\n")
    [*_, name] = re.findall("Where does (.*) live", prompt)
    if lines[0] == chat.SEARCH_IS_ON and "Result: " not in prompt:
        return f" search: {name}\nUser: and more"
    found = [one.removeprefix("Result: ") for one in lines if one.startswith("Result")]
    return f" {found[0] if found else 'I know.'}\nUser: and more"


def test_the_loop_searches_pastes_the_result_goes_on_and_ends():
    asked = [
        chat.prompt(f"Where does {name} live?", search=search)
        for name, search in (("Nils Vangmo", True), ("Ida Bo", True), ("Bo Bo", False))
    ]
    wanted = []

    def search(name: str) -> str:
        wanted.append(name)
        return f"{name} lives in Oslo."

    one, two, three = tool_loop.go_on(writes(answer), asked, search)
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
        known += value in KINDS[page.asked.kind].values
        worded += page.sentence.replace(name, "{name}").replace(value, "{value}") in (
            usual
        )
    assert 80 < known < 130 and 80 < worded < 125
