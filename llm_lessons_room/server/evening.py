"""Where the evening is, what was answered, and what the leader may do about it.

Nothing here waits or asks for the time: `now` is seconds of a clock that never goes
back.
"""

from typing import Any

from llm_lessons_room.parts.step import OPEN, Moment, Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.parts.values import Bad, is_whole
from llm_lessons_room.server.content import KINDS, Content, Deck, slot_of
from llm_lessons_room.server.seats import HIGHEST, Seats

GRACE = 2.0  # seconds after a countdown in which an answer that was on its way counts
LONGEST = 3600  # seconds of a countdown
# why an answer isn't taken
LATE, CLOSED, BAD = "late", "closed", "bad"
Said = dict[str, Any]


class Evening:
    """The state of an evening."""

    def __init__(self, content: Content, seats: Seats | None = None):
        self.content = content
        # of the screen, and of phones that name none that is here
        self.language = content.first
        self.deck_id = next(iter(content.decks[self.language]))
        self.index = self.number = 0  # of the step in the deck, the moment in the step
        self.black = False
        self.large = 0  # the seat whose story fills the screen; 0 for none
        self.lends_model = True  # whether phones may load it for the lessons' pages
        # when the leader went on to a step that takes time, and a countdown is over
        self.began: float | None = None
        self.deadline: float | None = None
        self.seats = Seats() if seats is None else seats
        self.tallies: dict[str, Tally] = {}  # by deck and step
        self.changed = 0  # how often, of what is to be kept

    def deck(self, language: str | None = None) -> Deck:
        return self.content.decks[language or self.language][self.deck_id]

    def step(self, language: str | None = None) -> Step:
        return self.deck(language).steps[self.index]

    @property
    def lacks_a_figure(self) -> bool:
        """Whether one of this step or of a later one couldn't be drawn."""
        ahead = self.deck().steps[self.index :]
        figures = (step.shown for step in ahead if step.kind == "figure")
        return any(shown.get("coming") is False for shown in figures)

    @property
    def moment(self) -> Moment:
        return self.step().moments[self.number]

    @property
    def slot(self) -> int:
        """Where the answers of this moment lie in the step's tally."""
        return slot_of(self.step(), self.moment.round)

    def tally(self, step: Step | None = None, deck_id: str | None = None) -> Tally:
        """The tally of a step of a deck; without a name, of those on the screen."""
        step = step or self.step()
        key = self.key(step, deck_id or self.deck_id)
        if key not in self.tallies:
            self.tallies[key] = KINDS[step.kind](step)
            self.tallies[key].hidden.rude = self.content.rude
        return self.tallies[key]

    def key(self, step: Step, deck_id: str) -> str:
        """The name of a step's tally: what is asked in two steps has one for both."""
        return f"{deck_id}/{KINDS[step.kind].name(step)}"

    def left(self, now: float) -> float | None:
        """Seconds until the countdown is over; None without one."""
        return None if self.deadline is None else max(0.0, self.deadline - now)

    def sleep(self, seconds: float) -> None:
        """Let the countdown wait for seconds in which nobody could answer."""
        if self.deadline is not None:
            self.deadline += seconds

    def used_seats(self) -> set[int]:
        """The numbers of all seats that something was answered from."""
        tallies = self.tallies.values()
        return {n for one in tallies for all_ in one.answers.values() for n in all_}

    @property
    def is_timed(self) -> bool:
        """Whether a countdown may end the moment."""
        return self.moment.phase == OPEN or KINDS[self.step().kind].TIMED

    def answer(self, seat: int, said: Said, now: float) -> str | None:
        """Take a phone's answer; None if it counts, else why it doesn't."""
        step, moment = self.step(), self.moment
        is_here = said.get("step") == step.id and said.get("round") == moment.round
        if not is_here or moment.phase != OPEN or isinstance(said["round"], bool):
            return CLOSED
        if self.deadline is not None and now > self.deadline + GRACE:
            return LATE
        try:
            value = self.tally().checked(said.get("value"))
        except Bad:
            return BAD
        before = self.tally().of(self.slot).get(seat)
        if before == value:
            return None
        if self.tally().FINAL and before is not None:
            return CLOSED
        self.tally().put(self.slot, seat, value)
        self.changed += 1
        return None

    def following(self, by: int = 1) -> tuple[int, int] | None:
        """The step and the moment that `next` leads to; None at the end."""
        if 0 <= self.number + by < len(self.step().moments):
            return self.index, self.number + by
        index = self.index + by
        if not 0 <= index < len(self.deck().steps):
            return None
        return index, 0 if by > 0 else len(self.deck().steps[index].moments) - 1

    # what the leader does

    def act(self, said: Said, now: float) -> bool:
        """Do what a leader wants, by the method of its name; whether it could be."""
        act = getattr(self, f"_do_{said.get('do')}", None)
        if act is None or not act(said, now):
            return False
        self.changed += 1
        return True

    def _do_next(self, _: Said, now: float) -> bool:
        return self._move(1, now)

    def _do_back(self, _: Said, now: float) -> bool:
        return self._move(-1, now)

    def _move(self, by: int, now: float) -> bool:
        place = self.following(by)
        if place is not None:
            self._enter(*place, now)
        return place is not None

    def _do_go(self, said: Said, now: float) -> bool:
        index, number = said.get("step"), said.get("moment", 0)
        if type(index) is not int or not 0 <= index < len(self.deck().steps):
            return False
        last = len(self.deck().steps[index].moments) - 1
        if type(number) is not int or not 0 <= number <= last:
            return False
        self._enter(index, number, now)
        return True

    def _enter(self, index: int, number: int, now: float) -> None:
        self.index, self.number = index, number
        if self.began is None and self.step().minutes:  # what is before the start
            self.began = now
        seconds = self.step().seconds if self.is_timed else None
        self.deadline = None if seconds is None else now + seconds
        self.black, self.large = False, 0

    def _do_deck(self, said: Said, now: float) -> bool:
        deck_id = said.get("deck")
        known = self.content.decks[self.language]
        if not isinstance(deck_id, str) or deck_id not in known:
            return False
        self.deck_id = deck_id
        self._enter(0, 0, now)
        self.began = None  # its clock begins with its first step on
        return True

    def _do_seconds(self, said: Said, now: float) -> bool:
        seconds = said.get("seconds")
        if not self.is_timed or not isinstance(seconds, int | float):
            return False
        if isinstance(seconds, bool) or not 0 <= seconds <= LONGEST:
            return False
        self.deadline = now + seconds
        return True

    def _do_large(self, said: Said, _: float) -> bool:
        """Let a story fill the screen, or no more if it does."""
        seat = said.get("seat")
        if not self.tally().LARGE or type(seat) is not int:
            return False
        if seat not in self.tally().of(self.slot):
            return False
        self.large = 0 if seat == self.large else seat
        return True

    def _do_language(self, said: Said, _: float) -> bool:
        language = self.content.known(said.get("language"))
        self.language = language or self.language
        return language is not None

    def _do_black(self, *_: Any) -> bool:
        self.black = not self.black
        return True

    def _do_lend(self, *_: Any) -> bool:
        self.lends_model = not self.lends_model
        return True

    def _do_anew(self, _: Said, now: float) -> bool:
        self.seats, self.tallies = Seats(), {}
        self._enter(0, 0, now)
        self.began = None
        return True

    # ... about what phones wrote in a round of a step

    def _do_hide(self, said: Said, _: float) -> bool:
        seat, text = said.get("seat"), said.get("text")
        if type(seat) is not int or not 0 < seat <= HIGHEST:
            return False
        if not isinstance(text, str | None) or not is_whole(text or ""):
            return False
        self.tally().hidden.hide(seat, text)
        return True

    def _do_show(self, said: Said, _: float) -> bool:
        text = said.get("text")
        if not isinstance(text, str) or not is_whole(text):
            return False
        self.tally().hidden.show(text)
        return True

    def _do_hide_all(self, *_: Any) -> bool:
        self.tally().hidden.everything = True
        return True

    def _do_show_all(self, *_: Any) -> bool:
        tally = self.tally()
        tally.hidden.show_all(map(tally.written, tally.of(self.slot).values()))
        return True

    def _do_wait(self, said: Said, _: float) -> bool:
        hidden, waits = self.tally().hidden, said.get("waits")
        if not hidden.may_wait or not isinstance(waits, bool):
            return False
        hidden.waits = waits
        return True
