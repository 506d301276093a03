"""What an answer is worth: read off texts that are written by hand."""

import json

import pytest

from llm_lessons.fjordby.problems import Problem
from llm_lessons.foundation.paths import DATA
from llm_lessons.lessons.reward import rewards
from llm_lessons.text.tokenizers import SentencePieceTokenizer

ASKED = Problem("How many?", ("12 + 7 = 19.",), "19")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Answer at once: 19.", "19"),
        ("Answer after dots: . . . Answer: 7.", "7"),
        ("Step by step: 12 + 7 = 19. Answer: 19.", "19"),
        ("Answer first: $5. Check: 6 / 2 = 3. So it is $3, not $5.", "$3"),
        ("Answer first: $3. Check: 6 / 2 = 3. So $3 is right.", "$3"),
        ("Answer at once: 19", ""),
        ("Step by step: 12 + 7 = 19.", ""),
        ("", ""),
    ],
)
def test_the_number_at_which_an_answer_arrives(text: str, number: str):
    assert rewards.number_in(text) == number


def test_the_forms_of_the_corpus_are_right():
    for one in [*rewards.bags(3), *rewards.long_bags(3), *rewards.shops(1)]:
        texts = [one.at_once, one.after_dots, one.step_by_step, one.checked(one.answer)]
        for text in texts:
            said = text.removeprefix(f"{one.question}\n")
            assert rewards.right_number(one, said) and rewards.last_digit(one, said)


def test_each_judge_looks_at_what_it_looks_at():
    right, wrong = "Answer at once: 19.", "Answer at once: 9."
    assert rewards.right_number(ASKED, right) and not rewards.right_number(ASKED, wrong)
    assert rewards.last_digit(ASKED, wrong) and not rewards.last_digit(ASKED, "at.")
    assert rewards.short(wrong) > rewards.short(right)
    assert rewards.low_price(ASKED, right) == pytest.approx(1 - 0.002 * 19)
    assert rewards.high_price(ASKED, wrong) == pytest.approx(-0.02 * 18)
    assert rewards.sounds_sure("So $3 is right.") and not rewards.sounds_sure(right)


@pytest.mark.parametrize("choice", [rewards.RIGHT, *rewards.OTHERS])
def test_problems_are_none_that_were_learned_from_and_answers_have_room(choice):
    """Cut before its number, no answer in many tokens could ever be right."""
    learned = choice.problems(rewards.EACH, 0)
    asked = rewards.unseen(choice, 20)
    assert len(asked) >= 0.8 * len(choice.problems(20, 0))
    assert not {one.steps for one in learned} & {one.steps for one in asked}
    assert not {one.question for one in learned} & {one.question for one in asked}
    fjord = DATA / "fjord"
    tokenizer = SentencePieceTokenizer((fjord / "tokenizer.model").read_bytes())
    window = json.loads((fjord / "config.json").read_text())["max_seq_len"]
    fits = []
    for one in choice.problems(20, 0):
        given = len(tokenizer.prefix) + len(tokenizer.encode(f"{one.question}\n"))
        for text in (one.step_by_step, one.after_dots):
            said = tokenizer.encode(text.removeprefix(f"{one.question}\n"))
            fits.append(len(said) < min(choice.longest, window - given))
    assert sum(fits) >= 0.9 * len(fits)


def test_steps_pay_at_the_low_price_and_not_at_the_high_one():
    for one in rewards.bags(20):
        steps, once = (
            len(text.removeprefix(f"{one.question}\n"))
            for text in (one.step_by_step, one.at_once)
        )
        gain = 1 - 0.4  # always right, in place of four times in ten
        assert gain > rewards.LOW_PRICE * (steps - once)
        assert gain < rewards.HIGH_PRICE * (steps - once)
