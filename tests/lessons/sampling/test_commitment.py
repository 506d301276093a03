"""Forced words and the endings after them, told by a writer whose habits are known."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import stories
from llm_lessons.lessons.sampling.commitment import (
    Commitment,
    Fork,
    commitment,
    last_sentence,
    sentences,
)
from tests import tiny
from tests.each import each_of

STORIES = stories.texts(0)
FORK = Fork("There was a girl called", {" Ida": "Ida", " Hanna": "Hanna"})


def tell(prompt: str, seed: int) -> str:
    """A story that ends with its hero, but every fourth with somebody else."""
    hero = prompt.rpartition(" ")[2]
    end = "Ida and Hannah" if seed % 4 == 0 else hero
    return f'. {hero} met a fox. "Hello. Who are you?" it said. {end} ran {seed}.'


def test_every_choice_is_forced_on_the_same_coins_and_whole_words_are_counted():
    asked = []

    def batch(prompts, max_tokens, seed):
        asked.append((list(prompts), max_tokens, seed))
        return [tell(prompt, seed + i) for i, prompt in enumerate(prompts)]

    config = replace(tiny.CONFIG, max_seq_len=77)
    lm: Any = SimpleNamespace(batch=batch, config=config)
    found = commitment(lm, 8, FORK, seed=16)
    prompts = [f"There was a girl called {name}" for name in ("Ida", "Hanna")]
    assert asked == [([prompt] * 8, 77, 16) for prompt in prompts]
    # Hannah is not Hanna, and the hero of the first sentences doesn't count.
    assert found.mentions(" Hanna", " Hanna")[::3] == (0.75, 8)
    assert found.mentions(" Hanna", " Ida")[::3] == (0.25, 8)
    assert found.mentions(" Ida", " Ida").share == 1
    assert found.mentions(" Ida", " Hanna").share == 0
    same = Commitment(FORK, {" Ida": ["a", "b", "a"], " Hanna": ["a"]})
    assert (same.distinct(" Ida"), same.distinct(" Hanna")) == (2, 1)


@each_of(
    ("text", "last"),
    [
        ("", ""),
        ("It was late. The fox ran. ", "The fox ran."),
        ("Was it late? Yes! And the fox", "And the fox"),
        ('He slept. "And now?" Ida asked the fox.', '"And now?" Ida asked the fox.'),
        ('"Keep it," said Ida. "It is yours."', '"It is yours."'),
        ('"Again," said a fox, "but slower." It was kind.', "It was kind."),
        ('"I ran. I fell." "Did you?" asked Ida.', '"Did you?" asked Ida.'),
        ('She saw it shine?" it said: "There!" "Yes," said Ida.', '"Yes," said Ida.'),
        ("It cost $3.50 or so. 12 were left.", "It cost $3.50 or so. 12 were left."),
    ],
)
def test_the_last_sentence_is_cut_off_outside_of_speech(text, last):
    assert last_sentence(text) == last


@given(st.integers(0, 999))
def test_sentences_of_a_story_are_whole_and_make_up_the_story(number):
    story = STORIES[number]
    parts = sentences(story)
    assert " ".join(parts) == story
    assert 4 <= len(parts) <= 11
    for part in parts:
        assert part.count('"') % 2 == 0
        assert part[0].isupper() or part[0] == '"'
        assert part[-1] in '.!?"'
