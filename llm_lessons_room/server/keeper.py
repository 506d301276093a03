"""Keeps an evening on the disk while it goes on."""

import asyncio
from pathlib import Path

from llm_lessons_room.server import kept
from llm_lessons_room.server.connected import Room
from llm_lessons_starter.command_line import say


class Keeper:
    """Writes whatever has changed of an evening.

    Attributes:
        fails: whether the last try did; the next one is made all the same.
    """

    def __init__(self, room: Room, folder: Path):
        self._room, self._folder = room, folder
        self._saving = asyncio.Lock()
        self._saved = -1
        self.fails = False

    async def save(self) -> None:
        """Write the evening, if it has changed; say once where that fails.

        A write that has begun is brought to its end, though who waits for it may be
        cancelled: the next one would write to the same place.
        """
        await asyncio.shield(self._save())

    async def _save(self) -> None:
        async with self._saving:
            evening = self._room.evening
            if self._saved == evening.changed:
                return
            changed = evening.changed
            try:
                text = kept.packed(evening, self._room.secret, self._room.now)
                remark = await asyncio.to_thread(kept.write, self._folder, text)
            except Exception as error:  # an evening goes on whatever it is
                remark = kept.not_kept(f"{type(error).__name__}: {error}")
            if remark and not self.fails:
                say(remark)
            self.fails = bool(remark)
            if not remark:
                self._saved = changed
