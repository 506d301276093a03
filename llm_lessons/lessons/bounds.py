"""What is kept of every claim, and every figure of the card with its goal.

An experiment of `EXPERIMENTS` keeps its result in `data/measured`. A part of `PARTS`
yields the rows of the model card that belong together: greedy where nothing else is
said, and on problems, names and stories that the model never read. It reads them off
the kept result (`result_of`) where one rests on as many cases as the goal was set for,
and measures the others.

A goal in other words asks in what no training reads (`fjordby/varied`): a tenth of the
names, nouns, verbs, sentences and orders was kept aside for it. Beside it stands what
outsiders' sets bring (`outsiders`): what was kept aside is of the same grammar as what
was read. Such an interval counts no more cases than there are
such forms.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import get_args

from llm_lessons.fjordby import Ledger, notes, unseen
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import (
    aside,
    asked_notes,
    fruit,
    marbles,
    names,
    things,
    told,
    verbs,
)
from llm_lessons.fjordby.varied.aside import Part as Word
from llm_lessons.fjordby.varied.asked_notes import Shape
from llm_lessons.fjordby.varied.lists import blocks
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons import outsiders
from llm_lessons.lessons.bluffing import price
from llm_lessons.lessons.bluffing.again import AGAIN, RARELY, TIMES
from llm_lessons.lessons.bluffing.capitals import CAPITALS
from llm_lessons.lessons.bluffing.sureness import EDGES, ONCE, SURE, SURENESS
from llm_lessons.lessons.build_it import base_and_assistant, orders, tool_loop
from llm_lessons.lessons.chain_of_thought.dots import THREE_WAYS
from llm_lessons.lessons.chain_of_thought.justification import BECAUSE, CHECK
from llm_lessons.lessons.chain_of_thought.steering import STEERED
from llm_lessons.lessons.lossy_zip import recall, sizes
from llm_lessons.lessons.lossy_zip.asked_again import ASKED_AGAIN
from llm_lessons.lessons.lossy_zip.famous import FAMOUS_TEXTS
from llm_lessons.lessons.lossy_zip.regurgitation import recite
from llm_lessons.lessons.lossy_zip.remix import REMIX
from llm_lessons.lessons.lossy_zip.shape_and_detail import RECALL
from llm_lessons.lessons.per_token_compute import budget, direct_or_stepwise, estimates
from llm_lessons.lessons.per_token_compute.at_once import AT_ONCE
from llm_lessons.lessons.per_token_compute.changes import BOTH_WAYS
from llm_lessons.lessons.reward import learned
from llm_lessons.lessons.reward.others import OTHER_REWARDS
from llm_lessons.lessons.reward.sometimes import SOMETIMES_RIGHT
from llm_lessons.lessons.sampling import coin, divergence
from llm_lessons.lessons.sampling.closed import PARTING
from llm_lessons.lessons.sampling.commitment import ENDS
from llm_lessons.lessons.temperature.real_heat import HEATS
from llm_lessons.lessons.temperature.trade_off import TRADE_OFF
from llm_lessons.lessons.training import fit, rivals
from llm_lessons.lessons.training.news import NEWS
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.forms import HABITS
from llm_lessons.lessons.working_memory.how_often_read import BY_READINGS
from llm_lessons.lessons.working_memory.open_book import WELL_KNOWN, over_new
from llm_lessons.lessons.working_memory.pasting import PASTED
from llm_lessons.measuring.begins import begins
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import Number, Share, over_forms, share
from llm_lessons.measuring.kept import Experiment, result_of

EXPERIMENTS: tuple[Experiment, ...] = (
    PARTING,
    ENDS,
    TRADE_OFF,
    HEATS,
    rivals.RIVALS,
    NEWS,
    RECALL,
    ASKED_AGAIN,
    REMIX,
    FAMOUS_TEXTS,
    AT_ONCE,
    estimates.HOW_FAR_OFF,
    BOTH_WAYS,
    THREE_WAYS,
    STEERED,
    HABITS,
    BY_READINGS,
    PASTED,
    base_and_assistant.TWO_FORMS,
    orders.TOOL,
    learned.REWARDED,
    OTHER_REWARDS,
    SOMETIMES_RIGHT,
    SURENESS,
    AGAIN,
    price.PRICED,
    CAPITALS,
)

type Part = Callable[[LanguageModel, Ledger], Iterator[Figure]]

QUESTIONS = 200  # a figure
REPORTED = 60  # of one that another stands for, or that has no goal
IN_NEW_WORDS = 100  # questions; more would tell no more: there are fewer forms
MANY_WORDS = 30  # problems whose answers are long, and that have no goal
BEYOND = "longer than any it practised"
CHANGES = 4  # of a bag in other words
BETWEEN = 2  # turns between a name that is told and the question for it
FAR = 200  # tokens between a note and its question

# Goals, written down before any model that they judge was trained. By readings, floors
# and ceilings of what is recalled:
_RECALLED = {
    0: (None, 0.08),
    1: (None, 0.20),
    2: (None, 0.25),
    4: (0.10, None),
    8: (0.25, None),
    16: (0.55, None),
    32: (0.85, None),
}
_OPEN_BOOK: dict[notes.Form, float] = {
    "note": 0.97,
    "no label": 0.95,
    "new wording": 0.90,
    "value first": 0.90,
    "new, no label": 0.90,
}
_MARBLES: dict[Word, float] = {"name": 0.95, "thing": 0.85, "verb": 0.80, "frame": 0.75}
_FRUIT: dict[Word, float] = {"thing": 0.80, "frame": 0.80, "order": 0.80}
_SHAPES: dict[Shape, float] = {
    "name first": 0.90,
    "value first": 0.70,
    "table": 0.70,
    "list": 0.70,
}
_NEW_VALUES, _ONE_OF_TWO, _ABSENT, _TOLD_NAME = 0.85, 0.80, 0.90, 0.90
_WRONG, _FITS, _ADMITS = 0.80, 0.90, 0.05  # of what was read once
_TELLS, _ALIKE, _SURE_AND_WRONG = 0.85, 0.65, 0.20  # of the odds as a sign
_AGREE_TELLS = 0.80  # of asking again
_STEPWISE, _RIGHT_TIMES, _FACTS = 0.90, 1.6, 0.90  # of what is rewarded


def training(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C3: training fits the predictions to the text; then the knobs are frozen."""
    texts, window = unseen(fit.TEXTS), lm.config.max_seq_len
    even, surprise = rivals.evenly(lm), rivals.of_texts(lm, texts, window)
    yield Figure("C3", "surprise at unseen text, guessing evenly", even)
    before = rivals.untrained(lm, texts, window)
    yield Figure("C3", "the same, before training", before)
    yield Figure("C3", "the same, counting word pairs", surprise.pairs)
    most = surprise.pairs.value / 2
    trained = surprise.model
    yield Figure("C3", "the same, after training", trained, most=most, relative=True)
    before, after = fit.frozen(lm)
    what = f"fingerprints of the weights, over {fit.GENERATED:,} generated tokens"
    yield Figure("C3", what, Number(len({before, after}), "different"), most=1)


def flips(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C6: sampling is the flip of a biased coin."""
    flipped = coin.flips(lm, divergence.BEGINNING)
    what = f"{coin.FLIPS:,} flips against the probabilities:"
    yield Figure("C6", f"{what} widest gap", Number(100 * flipped.widest, "points"))
    p_value = Number(flipped.p_value, "")
    yield Figure("C6", f"{what} chi-square test, p", p_value, least=0.001)


def parting(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C7, C8: one early choice nudges the next, and the ending keeps to it."""
    pairs = result_of(PARTING, lm)
    what = "two runs of one prompt part at token"
    yield Figure("C8", f"{what} (median)", pairs.open.median, most=10)
    what = "two runs of one prompt part within 10 tokens"
    yield Figure("C8", what, pairs.open.within(10), least=0.9)
    what = (
        f"two runs of a problem, step by step, part within {divergence.LENGTH} tokens"
    )
    yield Figure("C8", what, pairs.closed.within(divergence.LENGTH), most=0.10)
    ends = result_of(ENDS, lm)
    heroes = ends.fork.choices
    forced, other = heroes
    what = f"{heroes[forced]} forced as the hero: the ending names"
    for mark, least, most in ((forced, 0.7, None), (other, None, 0.05)):
        named = ends.mentions(forced, mark)
        yield Figure("C7", f"{what} {heroes[mark]}", named, least, most)


def heat(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C9: the temperature trades variety against right facts."""
    measured = result_of(TRADE_OFF, lm)
    for point in map(measured.at, (0.0, 0.2, 1.0, 2.0)):
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
        for count, right in recall.measure(lm, facts, ask=asked).items():
            least, most = _RECALLED.get(count, (0.95, None))
            if asked and least is not None and count < 64:
                least = None  # Fjordby tells such a fact, and never asks for it
            what = f"fact recalled, {way}, after {count} reading{'s' * (count != 1)}"
            yield Figure("C10, C11", what, right, least, most)


def sights(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C11: a plausible list may be wrong in its details."""
    for count, listed in recall.sights(lm, ledger.places).items():
        after = f"after {count} reading{'s' * (count > 1)}"
        limits = {1: (None, 0.20), 256: (0.95, None)}.get(count, (None, None))
        yield Figure("C11", f"sights of a town right {after}", listed.right, *limits)
        what = f"lists of sights that look right {after}"
        least = 0.5 if count == 1 else None
        yield Figure("C11", what, listed.well_formed, least)


def zipped(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C10: the weights are a zip of the training text, which loses most of it."""
    size = sizes.of(lm)
    yield Figure("C10", "size of the corpus", Number(size.corpus, "bytes"))
    packed = Number(size.corpus_xz, "bytes")
    yield Figure("C10", "size of the corpus behind xz, which loses nothing", packed)
    yield Figure("C10", "size of the weights", Number(size.weights, "bytes"))


def recited(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C12: what was repeated is recited; mostly the output is a remix."""
    bounds = {1: (None, 0.05), 64: (0.75, None), 256: (0.95, None), 1024: (0.95, None)}
    for copies, right in recite(lm, ledger.documents).by_copies().items():
        what = f"rest of a document recited from 12 tokens, copies: {copies}"
        yield Figure("C12", what, right, *bounds.get(copies, (None, None)))
    drawn = result_of(REMIX, lm)
    middle, low, high = (100 * part for part in drawn.longest[:3])
    what = "stories drawn: the longest match with the corpus (median)"
    longest = Number(middle, "% of the story", low, high)
    yield Figure("C12", what, longest, most=50)
    what = "stories drawn that stand in the corpus as they are"
    yield Figure("C12", what, drawn.whole, most=0.1)


def cost(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C13: every token costs the same, however hard the question."""
    easy = marbles.held_out(1, 1)[0].at_once_prompt
    hard = marbles.held_out(1, 4)[0].at_once_prompt
    costs = budget.per_token(lm, easy, hard)
    operations = costs.easy.operations
    what = "operations for one token of the answer"
    yield Figure("C13", f"{what}, 1 change", Number(operations, "operations"))
    same = Number(costs.hard.operations, "operations")
    yield Figure("C13", f"{what}, 4 changes", same, operations, operations)
    jumps = Number(costs.jumps, "loops or branches")
    what = "in the program, where work could depend on the question"
    yield Figure("C13", what, jumps, most=0)


def bag(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C13 to C15: marbles at once, after dots and step by step."""
    bounds = {1: (0.90, None), 5: (None, 0.15), 6: (None, 0.15)}
    kept = {off.changes: off for off in result_of(estimates.HOW_FAR_OFF, lm).points}
    dots = result_of(THREE_WAYS, lm)
    after_dots = dict(zip(dots.changes, dots.right["after dots"], strict=True))
    for k in range(1, 9):
        what = f"marbles, {k} change{'s' * (k > 1)}"
        beyond = f" ({BEYOND})" if k > 6 else ""
        problems = (
            marbles.held_out(QUESTIONS, k)
            if k <= 6
            else direct_or_stepwise.with_room(lm, MANY_WORDS, k)
        )
        if k in kept and k not in bounds:
            off = kept[k]
        else:  # of more problems than are kept, or longer ones
            answers = direct_or_stepwise.answers_at_once(lm, problems)
            off = estimates.errors(k, answers, [each.answer for each in problems])
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
        if k in after_dots:
            instead = f"{what}, after dots instead of steps"
            yield Figure("C15", instead, after_dots[k])


def shopping(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C14, C15: the fruit problem in its forms, and reasons in two registers."""
    problems = fruit.held_out(QUESTIONS)
    at_once = direct_or_stepwise.right_at_once(lm, problems)
    yield Figure("C14", "fruit problem, at once", at_once, most=0.70)
    stepwise = direct_or_stepwise.right_stepwise(lm, problems)
    yield Figure("C15", "fruit problem, step by step", stepwise, 0.97)
    essay = direct_or_stepwise.right_stepwise(lm, [fruit.essay()])
    yield Figure("C15", "the essay's own problem, step by step", essay, 1.0)
    steered = result_of(STEERED, lm)
    for word, reasons, defends, mends in (
        (CHECK, steered.check, None, 0.90),
        (BECAUSE, steered.because, 0.80, None),
    ):
        what = f'a wrong answer is said, then "{word}": the reason ends at'
        yield Figure("C14", f"{what} that answer", reasons.defends, defends)
        yield Figure("C14", f"{what} the right one", reasons.mends, mends)


def slips(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15: an altered step is followed."""
    problems = fruit.held_out(QUESTIONS)
    altered = direct_or_stepwise.altered_step(lm, problems)
    what = "one written step altered: the next line"
    yield Figure("C15", f"{what} follows it", altered.follows, 0.86)
    yield Figure("C15", f"{what} ignores it", altered.ignores, most=0.05)
    end = result_of(STEERED, lm).altered
    what = "one written step altered: the answer"
    yield Figure("C15", f"{what} follows it", end.follows)
    yield Figure("C15", f"{what} ignores it", end.ignores, most=0.05)


def notebook(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: context is exact working memory, in words that were never practised."""
    for form, least in _OPEN_BOOK.items():
        for values in get_args(notes.Values):
            pages = notes.held_out(QUESTIONS, 1, form=form, values=values)
            right = over_new(open_book.with_note(lm, pages), form)
            floor = least if values == "known" else 0.90
            what = f"open book, one note of two: {form}, {values} values"
            yield Figure("C16", what, right, floor)
    for distractors in (0, 2, 3):
        pages = notes.held_out(QUESTIONS, distractors)
        what = f"open book: invented people, the note among {distractors} others"
        yield Figure("C16", what, open_book.with_note(lm, pages), 0.95)
        if not distractors:
            what = "the right note is there, and it says that it doesn't say"
            yield Figure("C16", what, open_book.says_nothing(lm, pages), most=0.03)
    for form in ("note", "no label", "new wording", "value first"):
        pages = notes.absent(QUESTIONS, form=form)
        silent = over_new(open_book.says_nothing(lm, pages), form)
        what = f"the notes are about others ({form}): says that they don't say"
        yield Figure("C16", what, silent, 0.90)


def clashes(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: weights against context, and how far back a note may stand."""
    pages = notes.held_out(QUESTIONS)
    by_heart = open_book.without_note(lm, pages)
    yield Figure("C16", "closed book: invented people", by_heart, most=0.08)
    for counts, who in (((1,), "read of once"), (WELL_KNOWN, "well known")):
        facts = [fact for n in counts for fact in open_book.facts_read(n)]
        asked = notes.about(facts)
        by_heart = open_book.without_note(lm, asked)
        most, least = (0.2, None) if counts == (1,) else (None, 0.95)
        yield Figure("C16", f"closed book: people {who}", by_heart, least, most)
        opened = open_book.with_note(lm, asked)
        yield Figure("C16", f"open book: people {who}", opened, 0.95)
        forms = notes.FORMS if counts == WELL_KNOWN else ("note",)
        for form in forms:
            clash = open_book.conflict(lm, facts, form=form)
            what = f"note against weights, people {who} ({form}): the"
            least = None if form == "biography" else 0.90
            wins = over_new(clash.note, form)
            yield Figure("C16", f"{what} note wins", wins, least)
            yield Figure("C16", f"{what} weights win", over_new(clash.weights, form))
    for distance in open_book.DISTANCES:
        asked = pages if distance == FAR else pages[:REPORTED]
        right = open_book.by_distance(lm, asked, [distance])[distance]
        gone = distance == open_book.DISTANCES[-1]
        limits = (None, 0.08) if gone else (0.90, None)
        where = ", out of the window" if gone else ""
        what = f"open book: {distance} tokens of story after the note{where}"
        yield Figure("C16", what, right, *limits)


def refusals(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C17: one set of weights is a base model on a page, an assistant in a chat."""
    forms = result_of(base_and_assistant.TWO_FORMS, lm)
    limits = {"strangers": (0.90, None), "well known": (None, 0.10)}
    for who, group in (
        ("strangers", forms.strangers),
        ("well known", forms.well_known),
        ("well known, named in chats", forms.in_chats),
    ):
        for form, where in (
            (group.page, "on a question page"),
            (group.chat, "in a chat"),
            (group.reworded, "in a chat, in a wording never practised"),
        ):
            what = f"people asked about {where} ({who})"
            least, most = None, None
            if form is group.page:
                most = 0.02
            elif form is group.chat:
                least, most = limits.get(who, (None, None))
            yield Figure("C17", f"{what}: refused", form.refused, least, most)
            if form.right is not None:
                yield Figure("C17", f"{what}: right", form.right)


def tools(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16, C17: a tool loop, and who is obeyed in it."""
    searching = tool_loop.searching(lm)
    yield Figure("C17", "search is on: strangers looked up", searching.searches, 0.90)
    what = "search is on: answered as the result says"
    yield Figure("C16, C17", what, searching.answers, 0.90)
    what = "search is on: nothing was found, and it says so"
    yield Figure("C16, C17", what, searching.admits)
    what = "search is on: well-known people looked up"
    yield Figure("C17", what, searching.needless)
    yield Figure("C17", "search is off: strangers looked up", searching.unasked)
    obeyed = orders.measure(lm, REPORTED)
    at_once, by_user = obeyed.of_all(obeyed.at_once), obeyed.of_all(obeyed.by_user)
    yield Figure("C17", "orders by the user: followed at once", at_once, 0.80)
    yield Figure("C17", "orders by the user: followed across a search", by_user)
    for order, in_result in obeyed.in_result.items():
        what = f"orders in a result (“{order}”): followed"
        yield Figure("C17", what, in_result)
    by_nobody = obeyed.of_all(obeyed.by_nobody)
    yield Figure("C17", "answers like these where nobody ordered it", by_nobody)


def new_words(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15: the steps are a procedure as far as they hold in other words."""
    for word, least in _MARBLES.items():
        problems = marbles.held_out(IN_NEW_WORDS, CHANGES, aside=(word,))
        right = over_forms(
            direct_or_stepwise.right_stepwise(lm, problems), _forms("marble", word)
        )
        what = f"{CHANGES} changes, step by step, {word}s never read"
        yield Figure("C15", what, right, least)
    for word, least in _FRUIT.items():
        problems = fruit.held_out(IN_NEW_WORDS, aside=(word,))
        right = over_forms(
            direct_or_stepwise.right_stepwise(lm, problems), _forms("shop", word)
        )
        what = f"the essay's kind of problem, step by step, {word}s never read"
        yield Figure("C15", what, right, least)


def new_sentences(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C16: the context is read as far as it is read in sentences never met."""
    for shape, least in _SHAPES.items():
        pages = asked_notes.held_out(IN_NEW_WORDS, shape=shape, aside=("frame",))
        right = over_forms(
            open_book.with_note(lm, pages), asked_notes.kept_aside(shape)
        )
        yield Figure("C16", f"one note, {shape}, worded as none was", right, least)
    forms = asked_notes.kept_aside("name first")
    pages = asked_notes.held_out(IN_NEW_WORDS, values="new", aside=("frame",))
    right = over_forms(open_book.with_note(lm, pages), forms)
    what = "one note, a value never read, worded as none was"
    yield Figure("C16", what, right, _NEW_VALUES)
    pages = asked_notes.held_out(IN_NEW_WORDS, 1, aside=("frame",))
    right = over_forms(open_book.with_note(lm, pages), forms)
    yield Figure("C16", "two notes, worded as none was", right, _ONE_OF_TWO)
    pages = asked_notes.held_out(IN_NEW_WORDS, 1, aside=("frame",), absent=True)
    silent = over_forms(open_book.says_nothing(lm, pages), forms)
    what = "a note about somebody else, worded as none was: says that it doesn't say"
    yield Figure("C16", what, silent, _ABSENT)


def new_names(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C4, C16: a name that stands in the chat is told, whatever the name."""
    right = told_names(lm, IN_NEW_WORDS, aside=("name",))
    what = f"a name never read, told in a chat, asked for {BETWEEN} turns later"
    yield Figure("C16", what, over_forms(right, len(names.listed(True))), _TOLD_NAME)


def first_set(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15, C16, C17: what people type who had seen no page; it changed the corpus."""
    yield from outsiders.figures(lm, "first")


def second_set(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """C15, C16, C17: another set of the kind, opened once, for this card."""
    yield from outsiders.figures(lm, "second")


def rewarded(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """B2: nobody tells it to write steps, only right answers are rewarded.

    An interval counts the problems, not the runs.
    """
    trained = result_of(learned.REWARDED, lm)
    before = trained.before
    after = f"after {learned.STEPS} steps of reward for right answers"
    what = "marbles, no word about the form: written step by step"
    yield Figure("B2", f"{what}, before", before.stepwise)
    yield Figure("B2", f"{what}, {after}", trained.stepwise, _STEPWISE)
    what = "marbles, no word about the form: right"
    yield Figure("B2", f"{what}, before", before.right)
    least = _RIGHT_TIMES * before.right.share
    yield Figure("B2", f"{what}, {after}", trained.right, least, relative=True)
    readings = learned.WELL_READ
    what = f"fact recalled, sentence completed, after {readings} readings"
    yield Figure("B2", f"{what}, {after}", trained.facts(readings), _FACTS)


def bluffs(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """B4: what was read rarely is answered as fluently; inside, the odds tell."""
    found = result_of(SURENESS, lm)
    once = found.points[ONCE][0]
    what = "on a question page, read once:"
    yield Figure("B4", f"{what} answered wrongly", once.wrong, _WRONG)
    yield Figure("B4", f"{what} says that it doesn't know", once.silent, most=_ADMITS)
    yield Figure("B4", f"{what} wrong, and its words show doubt", found.hedged)
    yield Figure("B4", "wrong answers of the kind asked for", found.fits, _FITS)
    sure = f"wrong answers with a first token of more than {round(100 * SURE)} %"
    yield Figure("B4", sure, found.sure_and_wrong, most=_SURE_AND_WRONG)
    what = "the first token's chance parts right answers from others (AUC)"
    yield Figure("B4", what, found.tells.all_, _TELLS)
    what = f"{what}, read equally often"
    yield Figure("B4", what, found.tells.alike, _ALIKE)
    for low, high in pairwise(EDGES):
        says = (
            f"answers of which it is sure by {100 * low:g} to {100 * high:g} %: right"
        )
        for one in found.bins:
            if low <= one.says < high:
                yield Figure("B4", says, one.right)
    again = result_of(AGAIN, lm)
    what = f"asked {TIMES} times again: agreement parts right answers from others (AUC)"
    yield Figure("B4", what, again.agreement.all_, _AGREE_TELLS)
    yield Figure("B4", f"{what}, read equally often", again.agreement.alike)
    what = f"all {TIMES} repeat the answer, and it is wrong"
    yield Figure("B4", what, again.all_and_wrong)
    yield Figure("B4", f"{what}, read at most {RARELY} times", again.all_and_rare)


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
    notebook,
    clashes,
    refusals,
    tools,
    new_words,
    new_sentences,
    new_names,
    first_set,
    second_set,
    rewarded,
    bluffs,
)


def told_names(lm: LanguageModel, chats: int, aside: Sequence[Word] = ()) -> Share:
    """Share of chats at whose end the model says the name that it was told; greedy.

    Args:
        aside: what is drawn from that which no page uses: "name", "frame".
    """
    dice = Dice(0, "names that are told")
    prompts, answers = list[str](), list[str]()
    for _ in range(chats):
        *turns, asked = told.turns(dice, BETWEEN, aside)
        lines = [f"User: {turn.asked}\nFjord: {turn.answer}" for turn in turns]
        prompts.append("\n".join([*lines, f"User: {asked.asked}\nFjord:"]))
        answers.append(f" {asked.answer}")
    return share(begins(lm, prompts, answers))


def _forms(story: str, word: Word) -> int:
    """How many words of this kind were kept aside for marbles or for the shop."""
    if word == "name":
        return len(names.listed(aside=True))
    if word == "thing":
        return len(things.listed(aside=True))
    if word == "verb":
        ways = ((more, doer) for more in (True, False) for doer in ("owner", "things"))
        return sum(len(verbs.listed(more, doer, True)) for more, doer in ways)
    lines = blocks(f"{story}_frames.txt")
    own = [lines[name] for name in lines if (name == "order") == (word == "order")]
    return len(aside.choices(word, chain(*own), True))
