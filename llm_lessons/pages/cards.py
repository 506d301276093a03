"""Games on paper: cards to cut out, made from the class model's own odds.

Their rules stand in handouts/cards.md, one part for each activity.
"""

from collections.abc import Callable, Mapping, Sequence

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.pages.kit import auction, relay
from llm_lessons.pages.kit.stories import story_cards, tree_table
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import page

type Games = Mapping[str, Sequence[str]]


def games(lm: LanguageModel, words: Words, told: Callable[[str], str] = str) -> Games:
    """The sides of each game: "leader", "story", "tree", "auction", "relay".

    Args:
        told: tells a problem of marbles, which people do in their own language; what
            the model has written stays as it is.
    """
    keep, story, tree, bids, lines = map(rendered, words.rules())
    game = paper.sheets(lm, paper.BEGINNING)
    lots = [auction.lot(lm, text) for text in auction.LOTS]
    problems = marbles.read_aloud(relay.CARDS, relay.CHANGES)
    first, *more = story_cards(game, words)
    odds = auction.odds_table(lots, words)
    return {
        "leader": [keep + odds + relay.answers_table(lm, problems, words)],
        "story": [story + first, *more],
        "tree": [tree + tree_table(game, words)],
        "auction": [bids + auction.slips(lots, words)],
        "relay": [
            lines + relay.slips(words),
            *relay.relay_cards(problems, words, told),
        ],
    }


def cards(made: Games, size: str, words: Words) -> str:
    """All games as one page: what the leader keeps first, then what is cut out.

    Args:
        size: of the paper, a name in `page.PAPERS`.
    """
    body = "".join(
        f'<section class="side {name}">{side}</section>'
        for name, sides in made.items()
        for side in sides
    )
    title = f"LLM Lessons: {words.plain('cards.games')}"
    return page(title, [], size, body, language=words.language)
