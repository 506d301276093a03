"""A training on the evening's clock: when which phone gets weights."""

import asyncio
import secrets
from importlib import import_module
from typing import TYPE_CHECKING

from llm_lessons_room.activities.train_together.rules import TrainTogether
from llm_lessons_room.parts.step import OPEN, REVEAL
from llm_lessons_room.server.watchers import Client, Phone

if TYPE_CHECKING:
    from llm_lessons_room.activities.train_together.run import Run
    from llm_lessons_room.server.hub import Hub

RUN = (
    "llm_lessons_room.activities.train_together.run"  # with NumPy, which takes a while
)
FASTEST = 0.25  # seconds from one step to the next: slow enough to be watched


class Training:
    """Runs the training of a step `train_together`.

    It goes on where it was when the leader comes back to it, and begins anew when the
    names have changed: a name that the leader hides is out of the model, too. At the
    reveal everybody gets the model. In the second round it goes on by thumbs, and is
    what it was before when the leader goes back.
    """

    def __init__(self, hub: "Hub"):
        self._hub = hub
        self._run: Run[Client] | None = None
        self._tally: TrainTogether | None = None  # of the run
        self._names: list[str] = []
        # Of the last training: no page takes one for another that a server before
        # this one has begun.
        self._number = secrets.randbelow(2**31)
        self._was_elsewhere = False  # from the moment in which phones calculate
        self._have_model: set[Client] = set()  # the model, as it is in the end
        self._began = 0.0  # the step, by the loop's clock
        self._timer: asyncio.TimerHandle | None = None

    def follow(self) -> None:
        """Follow the evening to its moment; called before that is broadcast."""
        tally = self._hub.evening.tally()
        if not isinstance(tally, TrainTogether) or self._phase == OPEN:
            self._pause()
            self._was_elsewhere = True
            self._have_model.clear()  # pages drop the model as they show something else
            if isinstance(tally, TrainTogether):  # while names are given
                asyncio.get_running_loop().run_in_executor(None, import_module, RUN)
            return
        names, by_thumbs = tally.names(), self._hub.evening.moment.round > 1
        if self._run is None or tally is not self._tally or names != self._names:
            self._pause()
            self._tally, self._names = tally, names
            is_late = by_thumbs or self._phase == REVEAL
            self._run = None if is_late else self._start_run(tally)
        elif by_thumbs != (self._run.before is not None):
            self._pause()
            self._was_elsewhere = True  # no page has anything of it
            before = self._run.before
            self._run = self._start_run(tally, self._run) if by_thumbs else before
        self._publish_state()
        if self._phase == REVEAL:
            self._pause()
            self._was_elsewhere = True
            asyncio.get_running_loop().call_soon(self._send_model)
            return
        self._have_model.clear()
        if self._was_elsewhere and self._run is not None:
            self._run.cancel_all()
            if by_thumbs:  # what it writes before the next thumb
                for screen in self._hub.watchers.screens:
                    asyncio.get_running_loop().call_soon(self.show, screen)
        self._was_elsewhere = False
        if self._timer is None:
            self._schedule(0)

    @property
    def _phase(self) -> str:
        return self._hub.evening.moment.phase

    def _start_run(
        self, tally: TrainTogether, before: "Run[Client] | None" = None
    ) -> "Run[Client]":
        from llm_lessons_room.activities.train_together.run import Run

        self._number += 1
        return Run(self._number, tally.listed, tally.names(), before)

    def _publish_state(self) -> None:
        if self._tally is not None:
            self._tally.state = {} if self._run is None else self._run.state()

    def _pause(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _schedule(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._begin_step)

    def _begin_step(self) -> None:
        """Send each free phone the weights and a batch of its own."""
        run, self._timer = self._run, None
        if run is None:
            return
        if run.is_over:
            self._show_all(run)
            return
        frames = run.send_batches(self._hub.holders())
        for phone, frame in frames:
            phone.send(frame)
        if frames:  # else who comes, or is done at last, begins the next step
            loop = asyncio.get_running_loop()
            self._began = loop.time()
            self._timer = loop.call_later(run.patience, self._close_step)

    def _close_step(self) -> None:
        self._pause()
        run = self._run
        if run is None:
            return
        if run.finish_step():
            self._publish_state()
            self._show_all(run)
            self._hub.watchers.schedule_tally()
        since = asyncio.get_running_loop().time() - self._began
        self._schedule(max(0.0, FASTEST - since))

    def _show_all(self, run: "Run[Client]") -> None:
        frame = run.frame()
        for screen in list(self._hub.watchers.screens):
            screen.send(frame)

    def _send_model(self) -> None:
        if self._run is None or not self._is_current() or self._phase != REVEAL:
            return
        screens, frame = self._hub.watchers.screens, self._run.frame()
        for client in [*screens, *self._hub.phones]:
            if client not in self._have_model:
                self._have_model.add(client)
                if client in screens:
                    self.show(client)
                else:
                    client.send(frame)

    def receive(self, phone: Phone, raw: bytes) -> bool:
        """Take a phone's gradient; False where it is none, or nobody wants any."""
        if self._run is None:
            return False
        is_fine = self._run.receive(phone, raw)
        self._advance()
        return is_fine

    def rejoin(self, client: Client) -> None:
        """A page begins anew: it owes no gradient, and has no model."""
        self.leave(client)
        self.follow()

    def leave(self, client: Client) -> None:
        self._have_model.discard(client)
        if self._run is not None:
            self._run.leave(client)
            self._advance()

    def show(self, screen: Client) -> None:
        if self._run is not None and self._is_current():
            for frame in self._run.frames_for_screen():
                screen.send(frame)

    def _is_current(self) -> bool:
        is_same = self._tally is self._hub.evening.tally()
        return is_same and self._phase != OPEN

    def _advance(self) -> None:
        """Go on at once where no phone is waited for."""
        if self._run is None or not self._is_current() or self._phase == REVEAL:
            return
        if self._run.is_complete:
            self._close_step()
        elif self._timer is None:
            self._schedule(0)
