"""A number of a list, said at once or found by going through the list: two trainings.

Claims C14 and C15, without a sum. "Ida has 4 cups and 6 pens. The pens?" To say the
number at once, one token has to find the pens and to go back to what stands before
them. Whoever writes the list again up to them ("4 cups, 6 pens: 6.") has the number
right there. Two models of Fjord's shape begin with the same random numbers, and read
lists of the same kind, each in one of the two forms and nothing else, until both have
read as many tokens. Then they are asked for new lists.

Right answers in half of the lists are luck, for each has two numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import jax

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import counts
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import kept
from llm_lessons.measuring.intervals import Share, better, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.text.tokenizers import Tokenizer
from llm_lessons.training import Recipe, TokenStream, Trainer, encode, pack
from llm_lessons.training.data import START
from llm_lessons.waiting import Waiting

TOKENS = 1_400_000  # that each model reads: about five minutes on two cores
QUESTIONS = 200
LONGEST = 40  # tokens of an answer
LUCK = 0.5
_NUMBER = re.compile(r"(?:^|: )(\d+)\.")


@dataclass(frozen=True)
class Walked:
    """What both models have learned.

    Attributes:
        tokens: that each has read, about.
        at_once: right answers of the one that learned to say the number at once.
        walked: those of the one that goes through the list first.
    """

    tokens: int
    at_once: Share
    walked: Share

    def sentence(self) -> str:
        """Both, in numbers."""
        return (
            f"After {self.tokens / 1e6:.1f} million tokens, the model that says the "
            f"number at once has {self.at_once.percent} of {self.at_once.n} lists "
            f"right, and the one that goes through the list {self.walked.percent}."
        )

    def conclusion(self) -> str:
        """What going through it is worth; clearly is: the intervals lie apart."""
        if not better(self.walked, self.at_once):
            return "So going through the list brings no gain that shows here."
        if self.at_once.low > LUCK:
            return "So at once is learned, too, but clearly less of it."
        return (
            "Each list has two numbers, so half is luck: at once, nothing was learned "
            "that shows here. The same practice, written in small pieces, is learned."
        )


def practice(tokenizer: Tokenizer, walks: bool, recipe: Recipe) -> TokenStream:
    """Lists in one of the forms, as many as `TOKENS` hold."""
    dice, read = Dice(0, "lists to practise"), 0
    documents = []
    while read < TOKENS:
        documents += encode([counts.page(dice, walks)], tokenizer, show=False)
        read += len(documents[-1])
    return TokenStream(pack(documents, recipe.row_length), recipe.rows, START)


def asked(questions: int) -> tuple[list[str], list[int]]:
    """Lists of two things with another number each, up to the question; the answers."""
    dice, prompts, answers = Dice(1, "lists that are asked"), list[str](), list[int]()
    while len(prompts) < questions:
        text, found = counts.listed(dice, kinds=2)
        if len({*found.values()}) == 2:
            many = dice.pick([*found])
            prompts.append(f"{text} The {many}?")
            answers.append(found[many])
    return prompts, answers


def right(lm: LanguageModel, prompts: Sequence[str], answers: Sequence[int]) -> Share:
    """Share of lists of which the model says the right number; greedy."""
    texts = lm.batch(prompts, LONGEST, temperature=0)
    said = (_NUMBER.search(text.strip()) for text in texts)
    pairs = zip(said, answers, strict=True)
    return share(one is not None and int(one[1]) == answer for one, answer in pairs)


def measure(lm: LanguageModel, questions: int) -> Walked:
    """Train both models, and ask them; about ten minutes on two cores.

    Args:
        lm: whose shape and vocabulary they have; of its weights nothing is used.
        questions: to each of them.
    """
    prompts, answers = asked(questions)
    found = [right(_trained(lm, walks), prompts, answers) for walks in (False, True)]
    return Walked(TOKENS, *found)


WALKED = Experiment("08_walked", measure, QUESTIONS, (("fjord",),))


def told(lm: LanguageModel) -> str:
    """What was kept of it; or why nothing is, and how it is made."""
    try:
        found = kept.find(WALKED, [lm]).result
    except kept.NotKept as why:
        return (
            f"*{why} `python3 start.py check --part {WALKED.name}` trains the two "
            "models for it, which takes about ten minutes.*"
        )
    return f"**{found.sentence()}** {found.conclusion()}"


def _trained(lm: LanguageModel, walks: bool) -> LanguageModel:
    recipe = Recipe()
    trainer = Trainer(lm.config, recipe, practice(lm.tokenizer, walks, recipe))
    with Waiting("training on lists", trainer.steps) as bar:
        trainer.run(lambda _: bar.done(1), None)
    params = jax.device_get(trainer.params)
    return LanguageModel("lists", lm.config, params, lm.tokenizer)
