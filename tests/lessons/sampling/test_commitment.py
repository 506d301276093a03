"""Forced words and the endings after them, told by a writer whose habits are known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.fjordby import stories
from llm_lessons.lessons.sampling import commitment as first
from llm_lessons.lessons.sampling.commitment import Fork, commitment, last_sentence
from tests import tiny
from tests.each import each_of
from tests.titled import title_of

STORIES = stories.texts(0)
FORK = Fork("There was a girl called", {" Ida": "Ida", " Hanna": "Hanna"})


class Teller:
    """Ends every story with its hero, but every fourth with somebody else."""

    config = replace(tiny.CONFIG, max_seq_len=77)

    def __init__(self):
        self.asked = []

    def batch(self, prompts, max_tokens, seed):
        self.asked.append((list(prompts), max_tokens, seed))
        return [self.tell(prompt, seed + i) for i, prompt in enumerate(prompts)]

    def tell(self, prompt: str, seed: int) -> str:
        hero = prompt.rpartition(" ")[2]
        end = "Ida and Hannah" if seed % 4 == 0 else hero
        return f'. {hero} met a fox. "Hello. Who are you?" it said. {end} ran {seed}.'


def told(n: int, seed: int = 0) -> first.Commitment:
    return commitment(Teller(), n, FORK, seed)  # type: ignore[arg-type]


def test_every_choice_is_forced_on_the_same_coins_to_the_end_of_the_window():
    lm = Teller()
    commitment(lm, 3, FORK, seed=9)  # type: ignore[arg-type]
    assert lm.asked == [
        (["There was a girl called Ida"] * 3, 77, 9),
        (["There was a girl called Hanna"] * 3, 77, 9),
    ]


def test_mentions_count_whole_words_of_the_last_sentence_alone():
    found = told(8)
    # Hannah is not Hanna, and the hero of the first sentences doesn't count.
    assert found.mentions(" Hanna", " Hanna")[::3] == (0.75, 8)
    assert found.mentions(" Hanna", " Ida")[::3] == (0.25, 8)
    assert found.mentions(" Ida", " Ida").share == 1
    assert found.mentions(" Ida", " Hanna").share == 0
    assert title_of(found) == "88 % of endings name the fixed word, 12 % another"
    # Wilson's interval for 6 of 8
    assert found.mentions(" Hanna", " Hanna")[1:3] == pytest.approx(
        (0.409, 0.929), 0.01
    )


def test_different_endings_are_counted_once():
    same = first.Commitment(FORK, {" Ida": ["a", "b", "a"], " Hanna": ["a"]})
    assert (same.distinct(" Ida"), same.distinct(" Hanna")) == (2, 1)


def test_the_stories_are_those_of_the_model():
    lm, fork = tiny.model(), Fork("The fox", {" found": "found", " and": "and"})
    found = commitment(lm, 1, fork, seed=4)
    for choice, endings in found.endings.items():
        story = lm.generate("The fox" + choice, lm.config.max_seq_len, seed=4)
        assert endings == [last_sentence(story)]


def test_fjordby_names_the_hero_in_the_last_sentence():
    """So there is something to keep to."""
    for choice, word in first.HERO.choices.items():
        begun = first.HERO.prompt + choice
        told = [text for text in STORIES if text.startswith(begun)]
        assert len(told) > 10
        named = sum(word in last_sentence(text) for text in told)
        assert named > 0.9 * len(told)


@each_of(
    ("text", "last"),
    [
        ("", ""),
        (" The fox ran.", "The fox ran."),
        ("It was late. The fox ran. ", "The fox ran."),
        ("Was it late? Yes! And the fox", "And the fox"),
        ('"Stop!" cried Ida.', '"Stop!" cried Ida.'),
        ('He slept. "And now?" Ida asked the fox.', '"And now?" Ida asked the fox.'),
        ('"Keep it," said Ida. "It is yours."', '"It is yours."'),
        ('It said: "At noon. Ask the fox."', 'It said: "At noon. Ask the fox."'),
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
    parts = first.sentences(story)
    assert " ".join(parts) == story
    assert 4 <= len(parts) <= 11
    for part in parts:
        assert part.count('"') % 2 == 0
        assert part[0].isupper() or part[0] == '"'
        assert part[-1] in '.!?"'
