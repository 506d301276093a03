"""The training on the evening's clock: who is sent weights, and how long one waits."""

import asyncio
import secrets
from importlib import import_module
from typing import TYPE_CHECKING

from llm_lessons_room.activities.train_together.rules import TrainTogether
from llm_lessons_room.parts.step import OPEN, REVEAL
from llm_lessons_room.server.watchers import Phone, Watcher

if TYPE_CHECKING:
    from llm_lessons_room.activities.train_together.run import Run
    from llm_lessons_room.server.hub import Hub

RUN = (
    "llm_lessons_room.activities.train_together.run"  # with NumPy, which takes a while
)
FASTEST = 0.25  # seconds from one step to the next: slow enough to be watched


class Together:
    """What goes on while the evening stands at a model that the room trains.

    It goes on where it was when the leader comes back to it, and begins anew when the
    names have changed: a name that the leader hides is out of the model, too. Then
    everybody gets the model. In the second round what was trained goes on by thumbs,
    and is what it was before when the leader goes back.
    """

    def __init__(self, hub: "Hub"):
        self._hub = hub
        self._run: Run[Watcher] | None = None
        self._tally: TrainTogether | None = None  # that it is of
        self._names: list[str] = []
        # Of the last training: no page takes one for another that a server before
        # this one has begun.
        self._number = secrets.randbelow(2**31)
        self._was_away = False  # from the moment in which phones calculate
        self._has: set[Watcher] = set()  # the model, as it is in the end
        self._began = 0.0  # the step, by the loop's clock
        self._timer: asyncio.TimerHandle | None = None

    def look(self) -> None:
        """See where the evening is; to be called before it is told, once it moved."""
        tally = self._hub.evening.tally()
        if not isinstance(tally, TrainTogether) or self._phase == OPEN:
            self._pause()
            self._was_away = True
            self._has.clear()  # pages drop the model as they show something else
            if isinstance(tally, TrainTogether):  # while names are given
                asyncio.get_running_loop().run_in_executor(None, import_module, RUN)
            return
        names, by_thumbs = tally.names(), self._hub.evening.moment.round > 1
        if self._run is None or tally is not self._tally or names != self._names:
            self._pause()
            self._tally, self._names = tally, names
            is_late = by_thumbs or self._phase == REVEAL
            self._run = None if is_late else self._another(tally)
        elif by_thumbs != (self._run.before is not None):
            self._pause()
            self._was_away = True  # no page has anything of it
            before = self._run.before
            self._run = self._another(tally, self._run) if by_thumbs else before
        self._tell()
        if self._phase == REVEAL:
            self._pause()
            self._was_away = True
            asyncio.get_running_loop().call_soon(self._give)
            return
        self._has.clear()
        if self._was_away and self._run is not None:
            self._run.forgive()
            if by_thumbs:  # what it writes before the next thumb
                for screen in self._hub.watchers.screens:
                    asyncio.get_running_loop().call_soon(self.show, screen)
        self._was_away = False
        if self._timer is None:
            self._plan(0)

    @property
    def _phase(self) -> str:
        return self._hub.evening.moment.phase

    def _another(
        self, tally: TrainTogether, before: "Run[Watcher] | None" = None
    ) -> "Run[Watcher]":
        from llm_lessons_room.activities.train_together.run import Run

        self._number += 1
        return Run(self._number, tally.listed, tally.names(), before)

    def _tell(self) -> None:
        if self._tally is not None:
            self._tally.standing = {} if self._run is None else self._run.standing()

    def _pause(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _plan(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._begin)

    def _begin(self) -> None:
        """Send each phone that is free the weights and other lines to read."""
        run, self._timer = self._run, None
        if run is None:
            return
        if run.is_over:
            self._show_all(run)
            return
        frames = run.begin(self._hub.holders())
        for phone, frame in frames:
            phone.send(frame)
        if frames:  # else who comes, or is done at last, begins the next step
            loop = asyncio.get_running_loop()
            self._began = loop.time()
            self._timer = loop.call_later(run.patience, self._close)

    def _close(self) -> None:
        """Make a step of what has come, and plan the next one."""
        self._pause()
        run = self._run
        if run is None:
            return
        if run.close():
            self._tell()
            self._show_all(run)
            self._hub.watchers.tell_soon()
        since = asyncio.get_running_loop().time() - self._began
        self._plan(max(0.0, FASTEST - since))

    def _show_all(self, run: "Run[Watcher]") -> None:
        frame = run.frame()
        for screen in list(self._hub.watchers.screens):
            screen.send(frame)

    def _give(self) -> None:
        """Everybody gets the model, once."""
        if self._run is None or not self._is_here() or self._phase != REVEAL:
            return
        screens, frame = self._hub.watchers.screens, self._run.frame()
        for one in [*screens, *self._hub.phones]:
            if one not in self._has:
                self._has.add(one)
                if one in screens:
                    self.show(one)
                else:
                    one.send(frame)

    def take(self, phone: Phone, raw: bytes) -> bool:
        """A phone has sent a gradient; False where it is none, or nobody wants any."""
        if self._run is None:
            return False
        is_fine = self._run.take(phone, raw)
        self._go_on()
        return is_fine

    def meet(self, one: Watcher) -> None:
        """A page begins anew, as when it comes: it owes nothing, and has nothing."""
        self.leave(one)
        self.look()

    def leave(self, one: Watcher) -> None:
        self._has.discard(one)
        if self._run is not None:
            self._run.leave(one)
            self._go_on()

    def show(self, screen: Watcher) -> None:
        """A screen has come, or begins anew: it gets what it shows."""
        if self._run is not None and self._is_here():
            for frame in self._run.seen():
                screen.send(frame)

    def _is_here(self) -> bool:
        """Whether the evening stands where there is a training to see."""
        is_same = self._tally is self._hub.evening.tally()
        return is_same and self._phase != OPEN

    def _go_on(self) -> None:
        """Go on at once where nobody is waited for any more."""
        if self._run is None or not self._is_here() or self._phase == REVEAL:
            return
        if self._run.is_complete:
            self._close()
        elif self._timer is None:
            self._plan(0)
