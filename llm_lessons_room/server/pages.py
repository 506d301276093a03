"""The pages of a room, each for who may see it: phones, the screen, the leader."""

import asyncio
import base64
import hashlib
import re

from tornado.web import HTTPError

from llm_lessons_room.server.builder import POLL
from llm_lessons_room.server.hub import Hub
from llm_lessons_room.server.invitation import is_own_host
from llm_lessons_server.page_handler import PageHandler
from llm_lessons_server.pages import Page, Pages
from llm_lessons_server.real_model import ADDRESS, ModelHandler
from llm_lessons_starter.page_server import SPOILERS

PUBLIC = {"/": "/phone.html", "/screen": "/screen.html", "/fjord.js": "/fjord.js"}
HOME = re.compile(r"/home_[a-z]{2,3}\.html")  # a chat to keep, by its language
LEAD = "/lead/"
HANDOUTS = "/handouts/"
SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")
# A page runs its own scripts and the model's, which compiles WebAssembly, and talks to
# this server alone.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; "
    "style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


# Sent while there is nothing to play yet: no catalog has its words so early.
NOT_READY = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="1">
<title>A moment</title>
<p>The room is being made ready. It opens here by itself, in a moment.</p>
<p lang="nb">Rommet gjøres klart. Det åpner seg her av seg selv om et øyeblikk.</p>
"""


class NotReady(PageHandler):
    """Answers everything while the evening is being made."""

    async def get(self) -> None:
        """A page that reloads itself until there is the one that was asked for."""
        self.set_status(503)
        self.finish(NOT_READY)

    head = get


class OwnHost(PageHandler):
    """Answers only requests for a name of the room's."""

    def prepare(self) -> None:
        """Refuse other names: a page of elsewhere may have sent the browser."""
        super().prepare()
        if not is_own_host(self.request.host_name):
            raise HTTPError(403)


class RoomModelHandler(OwnHost, ModelHandler):
    """Answers with the real model's file; setting `hub`, and those of ModelHandler."""

    def is_on(self) -> bool:
        hub: Hub = self.settings["hub"]
        return hub.evening.lends_model


class RoomPageHandler(OwnHost):
    """Answers with the pages; settings `hub`, `handouts`, `builder`."""

    def set_default_headers(self) -> None:
        """The leader's address holds a secret that no other page may see."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Content-Security-Policy", policy(b"", ""))

    async def page(self) -> Page | None:
        """The page that is asked for, if who asks may see it."""
        path = (self.request.uri or "").split("?")[0]
        hub: Hub = self.settings["hub"]
        handouts: Pages = self.settings["handouts"]
        if path.startswith(HANDOUTS):
            self.clear_header("Content-Security-Policy")  # they are pages of their own
            page = await handouts.page(path[len(HANDOUTS) - 1 :])
            # by the file's name, for an address may be written in many ways
            if page is not None and page.path.name.casefold().startswith(SPOILERS):
                return None
            return page
        if path.startswith(LEAD):
            known = hub.is_secret(path[len(LEAD) :])
            name = "/lead.html" if known else None
        else:
            name = path if HOME.fullmatch(path) else PUBLIC.get(path)
        if name is None:
            return None
        pages: Pages = self.settings["pages"]
        page, builder = await pages.page(name), self.settings["builder"]
        while page is None and builder.is_running:  # the model takes some seconds
            await asyncio.sleep(POLL)
            page = await pages.page(name)
        if page is not None and page.content is not None and name.endswith(".html"):
            host = self.request.headers.get("Host", "")
            self.set_header("Content-Security-Policy", policy(page.content, host))
        return page


FILES = [
    (f"{HANDOUTS}{re.escape(ADDRESS)}", RoomModelHandler),
    (r".*", RoomPageHandler),
]


def policy(page: bytes, host: str) -> str:
    """What a page may do (Content-Security-Policy): its scripts, by their hashes.

    Older browsers count sockets as elsewhere, so the host is allowed by its name.
    """
    inline = [
        f" 'sha256-{base64.b64encode(hashlib.sha256(code).digest()).decode()}'"
        for attributes, code in SCRIPT.findall(page)
        if b"src=" not in attributes.lower()
    ]
    sockets = f" ws://{host}" if HOST.fullmatch(host) else ""
    return POLICY.format(scripts="".join(inline), sockets=sockets)
