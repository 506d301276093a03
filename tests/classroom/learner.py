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
        made = await asyncio.to_thread(
            self.hub.ask, f"users/{self.name}/tokens", "POST", {"note": "a lesson"}
        )
        self.token = made["token"]

    async def ask(self, path: str, method: str = "GET", body: object = None) -> dict:
        return json.loads(await self.text(path, method, body) or "{}")

    async def text(self, path: str, method: str = "GET", body: object = None) -> str:
        answer = await AsyncHTTPClient().fetch(
            HTTPRequest(
                self.hub.url(f"user/{self.name}/{path}"),
                method=method,
                headers={"Authorization": f"token {self.token}"},
                body=None if body is None else json.dumps(body),
                request_timeout=60,
                allow_nonstandard_methods=True,
            )
        )
        return answer.body.decode()

    async def open(self, path: str) -> NotebookNode:
        """Open a notebook with a kernel of its own, as a click on its name does."""
        content = (await self.ask(f"api/contents/{path}"))["content"]
        notebook = nbformat.reads(json.dumps(content), as_version=4)
        wanted = notebook.metadata.kernelspec.name
        body = {"path": path, "type": "notebook", "name": path}
        session = await self.ask(
            "api/sessions", "POST", body | {"kernel": {"name": wanted}}
        )
        self.kernel, self.comms = session["kernel"]["id"], {}
        address = self.hub.url(f"user/{self.name}/api/kernels/{self.kernel}/channels")
        self.socket = await websocket_connect(
            HTTPRequest(
                address.replace("http:", "ws:"),
                headers={"Authorization": f"token {self.token}"},
            )
        )
        return notebook

    async def close(self) -> None:
        """Shut the kernel down, as closing a lesson does."""
        assert self.socket
        self.socket.close()
        while await self.socket.read_message() is not None:
            pass  # what was on its way
        await self.ask(f"api/kernels/{self.kernel}", "DELETE")

    async def save(self, path: str, notebook: NotebookNode) -> None:
        body = {"type": "notebook", "format": "json", "content": notebook}
        await self.ask(f"api/contents/{path}", "PUT", body)

    async def run(self, notebook: NotebookNode) -> None:
        """Run all cells, and keep what they show; raise at the first error."""
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = await self.execute(cell.source)
                cell.execution_count = None

    async def execute(self, code: str) -> list[NotebookNode]:
        """Run one cell; returns its outputs."""
        content: dict[str, Any] = {"code": code, "silent": False, "store_history": True}
        content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        outputs = []
        async for kind, message in self._answers("execute_request", content):
            if kind == "error":
                raise RuntimeError("\n".join(message["content"]["traceback"]))
            if kind in ("stream", "display_data", "execute_result"):
                outputs.append(nbformat.v4.output_from_msg(message))
        return outputs

    async def move(self, control: str, **state: object) -> dict:
        """Change a control's state, as the browser does; returns what Python answers.

        Args:
            control: its id.
            state: what changes.
        """
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
        own = await self._send(kind, content)
        while True:
            message = await self._next()
            if message["parent_header"].get("msg_id") != own:
                continue
            yield message["msg_type"], message
            state = message["content"].get("execution_state")
            if message["msg_type"] == "status" and state == "idle":
                return

    async def _send(self, kind: str, content: dict) -> str:
        assert self.socket
        own = uuid.uuid4().hex
        header = {"msg_id": own, "msg_type": kind, "version": "5.3"}
        header |= {"username": self.name, "session": self.name, "date": ""}
        message = {"header": header, "parent_header": {}, "metadata": {}}
        message |= {"content": content, "channel": "shell", "buffers": []}
        await self.socket.write_message(json.dumps(message))
        return own

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
