"""Letters counted by stand-ins that see them, don't, or always say the same."""

import re
from collections import Counter
from typing import Any

import pytest

from llm_lessons.lessons.tokens import letters
from tests.each import each_of


class Reader:
    """Counts what it sees; of a whole word it says the same number each time."""

    def __init__(self, of_whole_words: str = " 3"):
        self._of_whole_words = of_whole_words

    def batch(self, prompts, max_tokens, temperature) -> list[str]:
        assert temperature == 0
        return [self._answer(prompt) for prompt in prompts]

    def _answer(self, prompt: str) -> str:
        letter, word = re.findall(r'"(.*?)"', prompt)[-2:]
        assert prompt.endswith(f'in "{word}"?')
        return f" {word.count(letter)}\n" if " " in word else self._of_whole_words


def counted(reader: Any) -> letters.Counted:
    return letters.count(reader)


def test_the_lists_say_how_often_and_no_example_is_asked_for():
    pairs = letters.words()
    assert Counter(word.count(letter) for word, letter in pairs) == {
        1: 20,
        2: 20,
        3: 20,
    }
    names = [word for word, _ in pairs]
    assert len(set(names)) == len(names)
    assert not {word for word, _ in letters.EXAMPLES} & set(names)
    for count, listed in letters.WORDS.items():
        for one in listed.split():
            word, letter = one.split("/")
            assert sum(each == letter for each in word) == count
    shown = letters.question("ape", "p")
    assert [int(n) for n in re.findall(r"\? (\d)", shown)] == [3, 1, 2]


def test_one_that_sees_letters_is_right_where_they_lie_open():
    found = counted(Reader())
    assert found.laid_open.share == 1
    assert found.whole.share == found.same.share == pytest.approx(1 / 3)
    assert found.usual == (3, 60)
    sentence = found.sentence().replace("\u00a0", " ")
    assert "33 % rightly as they are, and 100 % with their letters" in sentence
    assert sentence.endswith("of whole words it said 3 for 60.")


@each_of("said", ["", " many", "three", " -2"])
def test_what_is_no_number_is_wrong(said):
    found = counted(Reader(said))
    assert found.whole.share == 0 and found.usual == (0, 0)
    assert found.sentence()
