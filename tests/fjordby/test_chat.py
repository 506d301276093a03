"""Chat: turns that alternate, and answers that the transcript bears out."""

import re

from llm_lessons.fjordby import chat, words
from llm_lessons.fjordby.people import population

TOLD_NAME = re.compile(r"User: (?:My name is|I am called|I am) ([A-Z][a-z]+)\.")
TOLD_PET = re.compile(r"User: (?:I have|My pet is) a ([a-z ]+)\.")


def turns(text: str) -> list[tuple[str, str]]:
    """Returns the lines as (speaker with colon, what is said)."""
    lines = (line.partition(" ") for line in text.split("\n"))
    return [(speaker, said) for speaker, _, said in lines]


def test_user_and_model_take_turns_and_the_model_has_the_last_word(texts):
    assert len(texts["chat"]) == chat.TRANSCRIPTS
    for text in texts["chat"]:
        speakers = [speaker for speaker, _ in turns(text)]
        assert speakers == [chat.USER, chat.MODEL] * (len(speakers) // 2)
        assert all(said == said.strip() and said for _, said in turns(text))


def test_what_was_told_can_be_asked_for_and_nothing_else(texts):
    known, unknown = 0, 0
    for text in texts["chat"]:
        for told, asked, answer, unanswered in (
            (TOLD_NAME, "What is my name?", "Your name is {}.", "You have not told me"),
            (TOLD_PET, "What pet do I have?", "You have a {}.", "You have not told me"),
        ):
            if asked not in text:
                assert not told.search(text)
                continue
            before, after = text.split(asked)
            said = told.findall(before)
            reply = after.split("\n")[1].removeprefix(f"{chat.MODEL} ")
            if said:
                assert reply == answer.format(*said), text
                known += 1
            else:
                assert reply.startswith(unanswered), text
                unknown += 1
            assert not told.search(after)
    assert known > unknown > 300


def test_sums_are_right(texts):
    sums = re.compile(r"What is (\d) \+ (\d)\?\nFjord: (\d) \+ (\d) = (\d+)\.")
    found = [match for text in texts["chat"] for match in sums.findall(text)]
    assert len(found) > 1_000
    for a, b, again_a, again_b, total in found:
        assert (a, b) == (again_a, again_b) and int(a) + int(b) == int(total)


def test_no_reading_of_a_fact_is_added(texts):
    surnames = {person.name.split()[1] for person in population(0)}
    known = surnames.union(words.TOWNS)
    for text in texts["chat"]:
        assert not known.intersection(re.findall(r"[A-Z][a-z]+", text))


def test_no_slip_of_grammar(texts):
    slips = re.compile(r"[{}]|  |\.\.|\ba [aeio]|,,| ,")
    assert not any(slips.search(text) for text in texts["chat"])


def test_a_prompt_is_the_beginning_of_a_transcript(texts):
    asked = chat.prompt("Hello!")
    assert asked == "User: Hello!\nFjord:"
    assert sum(text.startswith(asked + " ") for text in texts["chat"]) > 100
    longer = chat.prompt("Hello!", "Hi.", "Who are you?")
    assert longer == "User: Hello!\nFjord: Hi.\nUser: Who are you?\nFjord:"
