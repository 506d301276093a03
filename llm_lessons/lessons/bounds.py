"""Every figure of the class model, claim by claim, each with its bound.

A part measures one claim and yields its figures: greedy where nothing else is said, and
on problems, names and stories that the model never read.
"""

from collections.abc import Callable, Iterator

from llm_lessons.fjordby import Ledger, unseen
from llm_lessons.fjordby.varied import fruit, marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons import bounds_of_context, bounds_of_words
from llm_lessons.lessons.bounds_of_context import QUESTIONS, REPORTED
from llm_lessons.lessons.chain_of_thought import justification
from llm_lessons.lessons.lossy_zip import recall, remix, sizes
from llm_lessons.lessons.lossy_zip.regurgitation import recite
from llm_lessons.lessons.per_token_compute import (
    budget,
    direct_or_stepwise,
    estimates,
)
from llm_lessons.lessons.reward import learned
from llm_lessons.lessons.sampling import closed, coin, commitment, divergence
from llm_lessons.lessons.temperature import trade_off
from llm_lessons.lessons.training import fit, rivals
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Number

BEYOND = "longer than any it practised"
# Goals of what is rewarded, written down before the five runs.
_STEPWISE, _RIGHT_TIMES, _FACTS = 0.90, 1.6, 0.90
MANY_WORDS = 30  # problems whose answers are long, and of which nothing is bound

# Absolute floors and ceilings by readings, written down before the model was trained.
_RECALLED = {
    0: (None, 0.08),
    1: (None, 0.20),
    2: (None, 0.25),
    4: (0.10, None),
    8: (0.25, None),
    16: (0.55, None),
    32: (0.85, None),
}

type Part = Callable[[LanguageModel, Ledger], Iterator[Figure]]


def training(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C3: training fits the predictions to the text; then the knobs are frozen."""
    texts, window = unseen(fit.TEXTS), lm.config.max_seq_len
    even, found = rivals.evenly(lm), rivals.of_texts(lm, texts, window)
    yield Figure("C3", "surprise at unseen text, guessing evenly", even)
    before = rivals.untrained(lm, texts, window)
    yield Figure("C3", "the same, before training", before)
    yield Figure("C3", "the same, counting word pairs", found.pairs)
    most = found.pairs.value / 2
    yield Figure(
        "C3", "the same, after training", found.model, most=most, relative=True
    )
    before, after = fit.frozen(lm)
    what = f"fingerprints of the weights, over {fit.GENERATED:,} generated tokens"
    yield Figure("C3", what, Number(len({before, after}), "different"), most=1)


def flips(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C6: sampling is the flip of a biased coin."""
    found = coin.flips(lm, divergence.BEGINNING)
    what = f"{coin.FLIPS:,} flips against the probabilities:"
    yield Figure("C6", f"{what} widest gap", Number(100 * found.widest, "points"))
    p_value = Number(found.p_value, "")
    yield Figure("C6", f"{what} chi-square test, p", p_value, least=0.001)


def parting(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C7, C8: one early choice nudges the next, and the ending keeps to it."""
    both = closed.compare(lm)
    found = both.open
    what = "two runs of one prompt part at token"
    yield Figure("C8", f"{what} (median)", found.median, most=10)
    what = "two runs of one prompt part within 10 tokens"
    yield Figure("C8", what, found.within(10), least=0.9)
    what = (
        f"two runs of a problem, step by step, part within {divergence.LENGTH} tokens"
    )
    yield Figure("C8", what, both.closed.within(divergence.LENGTH), most=0.10)
    ends = commitment.commitment(lm)
    one, other = ends.fork.choices
    what = f"{ends.fork.choices[one]} forced as the hero: the ending names"
    for mark, least, most in ((one, 0.7, None), (other, None, 0.05)):
        name = ends.fork.choices[mark]
        yield Figure("C7", f"{what} {name}", ends.mentions(one, mark), least, most)


def heat(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C9: the temperature trades variety against right facts."""
    found = trade_off.measure(lm, (0.0, 0.2, 1.0, 2.0))
    for point in found.points:
        at = f"at temperature {point.temperature:g}"
        most = 0.05 if point.temperature == 0 else None
        yield Figure("C9", f"variety of stories {at}", point.variety, most=most)
        least, most = {0.0: (0.95, None), 2.0: (None, 0.6)}.get(
            point.temperature, (None, None)
        )
        yield Figure("C9", f"well-read facts right {at}", point.right, least, most)


def recalled(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C10, C11: what appeared often is remembered far better."""
    for asked, way in ((False, "sentence completed"), (True, "asked as a question")):
        facts = recall.never_asked(ledger.facts) if asked else ledger.facts
        for count, found in recall.measure(lm, facts, ask=asked).items():
            least, most = _RECALLED.get(count, (0.95, None))
            if asked and least is not None and count < 64:
                least = None  # a fact that was only told is asked for: reported
            what = f"fact recalled, {way}, after {count} reading{'s' * (count != 1)}"
            yield Figure("C10, C11", what, found, least, most)


def sights(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C11: a plausible list may be wrong in its details."""
    for count, found in recall.sights(lm, ledger.places).items():
        after = f"after {count} reading{'s' * (count > 1)}"
        limits = {1: (None, 0.20), 256: (0.95, None)}.get(count, (None, None))
        yield Figure("C11", f"sights of a town right {after}", found.right, *limits)
        what = f"lists of sights that look right {after}"
        least = 0.5 if count == 1 else None
        yield Figure("C11", what, found.well_formed, least)


def zipped(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C10: the weights are a zip of the training text, told truly."""
    found = sizes.of(lm)
    yield Figure("C10", "size of the corpus", Number(found.corpus, "bytes"))
    packed = Number(found.corpus_xz, "bytes")
    yield Figure("C10", "size of the corpus behind xz, which loses nothing", packed)
    yield Figure("C10", "size of the weights", Number(found.weights, "bytes"))


def recited(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C12: what was repeated is recited; mostly the output is a remix."""
    bounds = {1: (None, 0.05), 64: (0.75, None), 256: (0.95, None), 1024: (0.95, None)}
    for copies, found in recite(lm, ledger.documents).by_copies().items():
        what = f"rest of a document recited from 12 tokens, copies: {copies}"
        yield Figure("C12", what, found, *bounds.get(copies, (None, None)))
    drawn = remix.remix(lm)
    longest = [100 * x for x in (drawn.longest.median, *drawn.longest[1:3])]
    what = "stories drawn: the longest match with the corpus (median)"
    percent = Number(longest[0], "% of the story", *longest[1:])
    yield Figure("C12", what, percent, most=50)
    what = "stories drawn that stand in the corpus as they are"
    yield Figure("C12", what, drawn.whole, most=0.1)


def cost(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C13: every token costs the same, however hard the question."""
    easy = marbles.held_out(1, 1)[0].at_once_prompt
    hard = marbles.held_out(1, 4)[0].at_once_prompt
    found = budget.per_token(lm, easy, hard)
    operations = found.easy.operations
    what = "operations for one token of the answer"
    yield Figure("C13", f"{what}, 1 change", Number(operations, "operations"))
    same = Number(found.hard.operations, "operations")
    yield Figure("C13", f"{what}, 4 changes", same, operations, operations)
    jumps = Number(found.jumps, "loops or branches")
    what = "in the program, where work could depend on the question"
    yield Figure("C13", what, jumps, most=0)


def bag(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C13 to C15: marbles at once, after dots and step by step."""
    bounds = {1: (0.90, None), 5: (None, 0.15), 6: (None, 0.15)}
    for k in range(1, 9):
        problems = (
            marbles.held_out(QUESTIONS, k)
            if k <= 6
            else direct_or_stepwise.with_room(lm, MANY_WORDS, k)
        )
        few = problems[:REPORTED]
        what = f"marbles, {k} change{'s' * (k > 1)}"
        beyond = f" ({BEYOND})" if k > 6 else ""
        asked = problems if k in bounds else few
        answers = direct_or_stepwise.answers_at_once(lm, asked)
        off = estimates.errors(k, answers, [problem.answer for problem in asked])
        limits = bounds.get(k, (None, None))
        yield Figure("C13, C14", f"{what}, at once{beyond}", off.within(0), *limits)
        if 1 < k <= 6:
            yield Figure("C14", f"{what}, at once: marbles off (median)", off.median)
        if k in (2, 6):
            for near in (1, 2, 5):
                near_by = f"{what}, at once: off by {near} or less"
                yield Figure("C14", near_by, off.within(near))
            others = f"{what}, at once: off from other questions' answers (median)"
            yield Figure("C14", others, Number(off.swapped, "marbles"))
        stepwise = direct_or_stepwise.right_stepwise(lm, problems)
        least = 0.97 if k <= 6 else None
        yield Figure("C15", f"{what}, step by step{beyond}", stepwise, least)
        if k <= 6:
            after_dots = direct_or_stepwise.right_after_dots(lm, few)
            yield Figure("C15", f"{what}, after dots instead of steps", after_dots)


def shopping(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C14, C15: the fruit problem in its forms, and reasons in two registers."""
    problems = fruit.held_out(QUESTIONS)
    at_once = direct_or_stepwise.right_at_once(lm, problems)
    yield Figure("C14", "fruit problem, at once", at_once, most=0.70)
    stepwise = direct_or_stepwise.right_stepwise(lm, problems)
    yield Figure("C15", "fruit problem, step by step", stepwise, 0.97)
    essay = direct_or_stepwise.right_stepwise(lm, [fruit.essay()])
    yield Figure("C15", "the essay's own problem, step by step", essay, 1.0)
    for word, defends, mends in (
        (justification.CHECK, None, 0.90),
        (justification.BECAUSE, 0.80, None),
    ):
        found = justification.forced_answer(lm, problems, word)
        what = f'a wrong answer is said, then "{word}": the reason ends at'
        yield Figure("C14", f"{what} that answer", found.defends, defends)
        yield Figure("C14", f"{what} the right one", found.mends, mends)


def slips(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15: an altered step is followed."""
    problems = fruit.held_out(QUESTIONS)
    altered = direct_or_stepwise.altered_step(lm, problems)
    what = "one written step altered: the next line"
    yield Figure("C15", f"{what} follows it", altered.follows, 0.86)
    yield Figure("C15", f"{what} ignores it", altered.ignores, most=0.05)
    end = justification.altered_end(lm, problems)
    what = "one written step altered: the answer"
    yield Figure("C15", f"{what} follows it", end.follows)
    yield Figure("C15", f"{what} ignores it", end.ignores, most=0.05)


def rewarded(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """B2: nobody tells it to write steps, only right answers are rewarded.

    It takes the result that is kept for these weights and this code; without one it
    measures, which takes many minutes. An interval counts the problems, not the runs.
    """
    found = learned.kept_of(lm) or learned.measure(lm)
    before = found.before
    after = f"after {learned.STEPS} steps of reward for right answers"
    what = "marbles, no word about the form: written step by step"
    yield Figure("B2", f"{what}, before", before.stepwise)
    yield Figure("B2", f"{what}, {after}", found.stepwise, _STEPWISE)
    what = "marbles, no word about the form: right"
    yield Figure("B2", f"{what}, before", before.right)
    least = _RIGHT_TIMES * before.right.share
    yield Figure("B2", f"{what}, {after}", found.right, least, relative=True)
    readings = learned.WELL_READ
    what = f"fact recalled, sentence completed, after {readings} readings"
    yield Figure("B2", f"{what}, {after}", found.facts(readings), _FACTS)


PARTS: tuple[Part, ...] = (
    training,
    flips,
    parting,
    heat,
    recalled,
    sights,
    recited,
    zipped,
    cost,
    bag,
    shopping,
    slips,
    *bounds_of_context.PARTS,
    *bounds_of_words.PARTS,
    rewarded,
)
