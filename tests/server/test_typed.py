"""What is typed to serve the pages, what is said then, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons_server import addresses
from llm_lessons_starter import page_server
from llm_lessons_starter.command_line import carry_out
from llm_lessons_starter.trouble import Trouble
from tests.server.clients import PROGRAM, Server, request

pytestmark = pytest.mark.slow

WORDS = ["65536", "0", "-5", "²", "٣", "abc", "--rom", "", " 80", "80\n", "8_0"]
WORDS += ["8765.0", "9" * 5000, "--port=9000", "\udcff"]


def test_what_is_no_port_is_answered_in_a_sentence(folder: Path):
    for word in WORDS:
        with pytest.raises(Trouble, match="a port from 1 to 65535") as told:
            page_server.serve([word], folder, "python3 start.py", lambda _: 1 // 0)
        assert "`python3 start.py serve 9000 --room`" in str(told.value), word
        assert "\n" not in str(told.value), word


def test_a_port_that_was_asked_for_is_that_one_or_none_and_else_the_next(
    folder: Path, server: Server
):
    command = [sys.executable, "-c", PROGRAM, str(folder), "--port", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Port {server.port} is taken by another program")
    assert done.stderr.count("\n") == 1
    usual = f"service.PORT = {server.port}"
    patched = f"from llm_lessons_server import service\n{usual}\n{PROGRAM}"
    with Server(folder, program=patched) as other:
        assert f"Port {server.port} is taken" in other.told
        assert f"so this is port {other.port}." in other.told


def test_a_port_of_the_administrators_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    assert carry_out(lambda: len(addresses.listen(80, True, addresses.PORT))) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "name one above 1023" in told


def test_addresses_are_those_that_others_can_type():
    usable = ["192.168.1.5", "2001:db8::5", "fd00::2"]
    others = ["127.0.0.1", "::1", "169.254.3.4", "fe80::1%eth0", "02:fc:00:00:00:01"]
    told = [one for one in [*usable, *others, ""] if addresses.usable_address(one)]
    assert told == usable


@pytest.mark.usefixtures("hears_ctrl_c")
def test_it_ends_quietly_while_somebody_reads(folder: Path):
    if os.name == "nt":
        pytest.skip("on Windows a process can't be sent these")
    with Server(folder, "--port", "0") as server:
        half = socket.create_connection(("127.0.0.1", server.port))
        half.sendall(b"GET / HT")
        reading = socket.create_connection(("127.0.0.1", server.port))
        reading.sendall(request("/sheet.pdf"))
        reading.recv(10)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(30) == 0
        half.close()
        reading.close()


def test_the_server_starts_without_the_lessons():
    """Half a second and not two, for JAX alone takes longer."""
    code = "import sys, llm_lessons_server.service; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "tornado.web" in done.stdout.split()
    assert not {"llm_lessons", "jax", "numpy"} & set(done.stdout.split())
