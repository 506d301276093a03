"""A learner as JupyterLab sees one: runs a notebook's cells, moves its controls, saves.

Everything goes through the hub's proxy: the server's REST interface, and the kernel's
messages over a websocket (jupyter-client's protocol, ipywidgets' comms within it).
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from nbformat import NotebookNode
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.classroom.hub import Hub

PATIENCE = 120  # seconds for one cell, where several share two processors


@dataclass
class Learner:
    """One learner, whose server runs.

    Attributes:
        hub: where.
        name: who.
        token: what the hub gave them.
    """

    hub: Hub
    name: str
    token: str = ""
    socket: WebSocketClientConnection | None = None
    kernel: str = ""
    comms: dict[str, dict] = field(default_factory=dict)  # states of controls, by id

    async def come_in(self) -> None:
        """Get a token of their own from the hub."""
        asked = f"users/{self.name}/tokens", "POST", {"note": "a lesson"}
        self.token = (await asyncio.to_thread(self.hub.ask, *asked))["token"]

    def _request(self, path: str, **how: Any) -> HTTPRequest:
        headers = {"Authorization": f"token {self.token}"}
        url = self.hub.url(f"user/{self.name}/{path}")
        return HTTPRequest(url, headers=headers, request_timeout=60, **how)

    async def text(self, path: str, method: str = "GET", body: object = None) -> str:
        """What the learner's server answers."""
        sent = None if body is None else json.dumps(body)
        asked = self._request(path, method=method, body=sent)
        return (await AsyncHTTPClient().fetch(asked)).body.decode()

    async def open(self, path: str) -> NotebookNode:
        """Open a notebook with a kernel of its own, as a click on its name does."""
        content = json.loads(await self.text(f"api/contents/{path}"))["content"]
        notebook = nbformat.reads(json.dumps(content), as_version=4)
        body = {"path": path, "type": "notebook", "name": path}
        body |= {"kernel": {"name": notebook.metadata.kernelspec.name}}
        session = json.loads(await self.text("api/sessions", "POST", body))
        self.kernel, self.comms = session["kernel"]["id"], {}
        channels = self._request(f"api/kernels/{self.kernel}/channels")
        channels.url = channels.url.replace("http:", "ws:")
        self.socket = await websocket_connect(channels)
        return notebook

    async def close(self) -> None:
        """Shut the kernel down, as closing a lesson does."""
        assert self.socket
        self.socket.close()
        while await self.socket.read_message() is not None:
            pass  # what was on its way
        await self.text(f"api/kernels/{self.kernel}", "DELETE")

    async def save(self, path: str, notebook: NotebookNode) -> None:
        body = {"type": "notebook", "format": "json", "content": notebook}
        await self.text(f"api/contents/{path}", "PUT", body)

    async def run(self, notebook: NotebookNode) -> None:
        """Run all cells, and keep what they show; raise at the first error."""
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = await self.execute(cell.source)
                cell.execution_count = None

    async def execute(self, code: str) -> list[NotebookNode]:
        """Run one cell; returns its outputs."""
        content = {"code": code, "silent": False, "store_history": True}
        outputs = []
        async for kind, message in self._answers("execute_request", content):
            if kind == "error":
                raise RuntimeError("\n".join(message["content"]["traceback"]))
            if kind in ("stream", "display_data", "execute_result"):
                outputs.append(nbformat.v4.output_from_msg(message))
        return outputs

    async def move(self, control: str, **state: object) -> dict:
        """Change the state of a control, by its id; returns what Python answers."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        asked, answered = {"comm_id": control, "data": data}, dict[str, Any]()
        async for kind, message in self._answers("comm_msg", asked):
            data = message["content"].get("data", {})
            if kind == "comm_msg" and data["method"] == "update":
                answered |= data["state"]
                paths, buffers = data.get("buffer_paths", []), message.get("buffers")
                answered |= {p[0]: b for p, b in zip(paths, buffers or [], strict=True)}
        return answered

    async def _answers(
        self, kind: str, content: dict
    ) -> AsyncIterator[tuple[str, dict]]:
        """Send a message; gives kinds and messages that answer it, to its end."""
        assert self.socket
        own = uuid.uuid4().hex
        header = {"msg_id": own, "msg_type": kind, "version": "5.3"}
        header |= {"username": self.name, "session": self.name, "date": ""}
        message = {"header": header, "parent_header": {}, "metadata": {}}
        message |= {"content": content, "channel": "shell", "buffers": []}
        await self.socket.write_message(json.dumps(message))
        state = None
        while state != "idle":
            message = await self._next()
            if message["parent_header"].get("msg_id") == own:
                yield message["msg_type"], message
                state = message["content"].get("execution_state")

    async def _next(self) -> dict:
        assert self.socket
        text = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
        if text is None:
            raise RuntimeError(f"{self.name}'s kernel is gone; see {self.hub.log}")
        is_text = isinstance(text, str)
        message = json.loads(text) if is_text else deserialize_binary_message(text)
        message.setdefault("msg_type", message["header"]["msg_type"])
        if message["msg_type"] == "comm_open":
            content = message["content"]
            self.comms[content["comm_id"]] = content["data"].get("state", {})
        return message
