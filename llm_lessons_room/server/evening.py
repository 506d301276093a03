"""The state of an evening: where it is, what was answered; the leader's commands.

Nothing here waits or asks for the time: `now` is seconds of a clock that never goes
back.
"""

from typing import Any

from llm_lessons_room.parts.step import OPEN, Moment, Step
from llm_lessons_room.parts.tally import Tally
from llm_lessons_room.parts.values import BadAnswer, is_encodable
from llm_lessons_room.server.content import TALLIES, Content, PlayedDeck, slot_in
from llm_lessons_room.server.seats import HIGHEST, Seats

GRACE = 2.0  # seconds after a countdown in which an answer that was on its way counts
LONGEST = 3600  # seconds of a countdown
# why an answer isn't taken
LATE, CLOSED, BAD = "late", "closed", "bad"
Message = dict[str, Any]


class Evening:
    def __init__(self, content: Content, seats: Seats | None = None):
        self.content = content
        # of the screen, and of phones that name none that is here
        self.language = content.default_language
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

    def deck(self, language: str | None = None) -> PlayedDeck:
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
        return slot_in(self.step(), self.moment.round)

    def tally(self, step: Step | None = None, deck_id: str | None = None) -> Tally:
        """The tally of a step of a deck; without these, of the current ones."""
        step = step or self.step()
        key = self.tally_key(step, deck_id or self.deck_id)
        if key not in self.tallies:
            self.tallies[key] = TALLIES[step.kind](step)
            self.tallies[key].hidden.rude = self.content.rude
        return self.tallies[key]

    def tally_key(self, step: Step, deck_id: str) -> str:
        """A step's tally in `tallies`; two steps with one question share it."""
        return f"{deck_id}/{TALLIES[step.kind].name(step)}"

    def left(self, now: float) -> float | None:
        return None if self.deadline is None else max(0.0, self.deadline - now)

    def extend(self, seconds: float) -> None:
        """Extend the countdown by seconds in which nobody could answer."""
        if self.deadline is not None:
            self.deadline += seconds

    def used_seats(self) -> set[int]:
        tallies = self.tallies.values()
        return {
            seat
            for tally in tallies
            for answers in tally.answers.values()
            for seat in answers
        }

    @property
    def is_timed(self) -> bool:
        """Whether a countdown may end the moment."""
        return self.moment.phase == OPEN or TALLIES[self.step().kind].TIMED

    def answer(self, seat: int, message: Message, now: float) -> str | None:
        """Take a phone's answer; None if it counts, else why it doesn't."""
        step, moment = self.step(), self.moment
        is_here = (
            message.get("step") == step.id and message.get("round") == moment.round
        )
        if not is_here or moment.phase != OPEN or isinstance(message["round"], bool):
            return CLOSED
        if self.deadline is not None and now > self.deadline + GRACE:
            return LATE
        try:
            value = self.tally().validate(message.get("value"))
        except BadAnswer:
            return BAD
        before = self.tally().answers_in(self.slot).get(seat)
        if before == value:
            return None
        if self.tally().FINAL and before is not None:
            return CLOSED
        self.tally().record(self.slot, seat, value)
        self.changed += 1
        return None

    def next_place(self, by: int = 1) -> tuple[int, int] | None:
        """The step and the moment that `next` leads to; None at the end."""
        if 0 <= self.number + by < len(self.step().moments):
            return self.index, self.number + by
        index = self.index + by
        if not 0 <= index < len(self.deck().steps):
            return None
        return index, 0 if by > 0 else len(self.deck().steps[index].moments) - 1

    # commands of the leader

    def act(self, message: Message, now: float) -> bool:
        """Carry out a leader's command by its method; whether it could be done."""
        act = getattr(self, f"_do_{message.get('do')}", None)
        if act is None or not act(message, now):
            return False
        self.changed += 1
        return True

    def _do_next(self, _: Message, now: float) -> bool:
        return self._move(1, now)

    def _do_back(self, _: Message, now: float) -> bool:
        return self._move(-1, now)

    def _move(self, by: int, now: float) -> bool:
        place = self.next_place(by)
        if place is not None:
            self._enter(*place, now)
        return place is not None

    def _do_go(self, message: Message, now: float) -> bool:
        index, number = message.get("step"), message.get("moment", 0)
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

    def _do_deck(self, message: Message, now: float) -> bool:
        deck_id = message.get("deck")
        decks = self.content.decks[self.language]
        if not isinstance(deck_id, str) or deck_id not in decks:
            return False
        self.deck_id = deck_id
        self._enter(0, 0, now)
        self.began = None  # its clock begins with its first step on
        return True

    def _do_seconds(self, message: Message, now: float) -> bool:
        seconds = message.get("seconds")
        if not self.is_timed or not isinstance(seconds, int | float):
            return False
        if isinstance(seconds, bool) or not 0 <= seconds <= LONGEST:
            return False
        self.deadline = now + seconds
        return True

    def _do_large(self, message: Message, _: float) -> bool:
        seat = message.get("seat")
        if not self.tally().LARGE or type(seat) is not int:
            return False
        if seat not in self.tally().answers_in(self.slot):
            return False
        self.large = 0 if seat == self.large else seat
        return True

    def _do_language(self, message: Message, _: float) -> bool:
        language = self.content.match_language(message.get("language"))
        self.language = language or self.language
        return language is not None

    def _do_black(self, *_: Any) -> bool:
        self.black = not self.black
        return True

    def _do_lend(self, *_: Any) -> bool:
        self.lends_model = not self.lends_model
        return True

    def _do_anew(self, _: Message, now: float) -> bool:
        self.seats, self.tallies = Seats(), {}
        self._enter(0, 0, now)
        self.began = None
        return True

    # ... about texts of phones

    def _do_hide(self, message: Message, _: float) -> bool:
        seat, text = message.get("seat"), message.get("text")
        if type(seat) is not int or not 0 < seat <= HIGHEST:
            return False
        if not isinstance(text, str | None) or not is_encodable(text or ""):
            return False
        self.tally().hidden.hide(seat, text)
        return True

    def _do_show(self, message: Message, _: float) -> bool:
        text = message.get("text")
        if not isinstance(text, str) or not is_encodable(text):
            return False
        self.tally().hidden.show(text)
        return True

    def _do_sort(self, message: Message, _: float) -> bool:
        text, kind = message.get("text"), message.get("kind")
        if not isinstance(text, str) or not is_encodable(text):
            return False
        return self.tally().sort(text, kind)

    def _do_hide_all(self, *_: Any) -> bool:
        self.tally().hidden.everything = True
        return True

    def _do_show_all(self, *_: Any) -> bool:
        tally = self.tally()
        tally.hidden.show_all(map(tally.text_of, tally.answers_in(self.slot).values()))
        return True

    def _do_wait(self, message: Message, _: float) -> bool:
        hidden, waits = self.tally().hidden, message.get("waits")
        if not hidden.may_wait or not isinstance(waits, bool):
            return False
        hidden.waits = waits
        return True
