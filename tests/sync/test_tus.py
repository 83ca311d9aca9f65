"""A part of a file waits for a slow line as long as it moves, and for a silent one no longer than half a minute."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from fieldkit.kernel.errors import Trouble
from sync import http
from sync.http import CentralStore
from sync.tus import Tus, go_on

_DONE = b"HTTP/1.1 204 No Content\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 400000\r\n\r\n"
_STANDS = b"HTTP/1.1 200 OK\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: 0\r\n\r\n"
PART = bytes(400_000)


@contextmanager
def _server(answer: Callable[[socket.socket], None]) -> Iterator[Tus]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)

        def serve() -> None:
            with suppress(OSError):
                line, _ = listener.accept()
                with line:
                    answer(line)

        thread = threading.Thread(target=serve)
        thread.start()
        far = CentralStore(f"http://127.0.0.1:{listener.getsockname()[1]}")
        far.piece = 4096
        yield Tus(far=far, identity=None)
        far.close()
        thread.join()


def test_a_silent_server_is_given_up_and_the_limit_is_thirty_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert http.FILE_STALL_SECONDS == 30.0
    monkeypatch.setattr(http, "FILE_STALL_SECONDS", 0.3)
    given_up = threading.Event()

    def silently(line: socket.socket) -> None:
        given_up.wait(10)

    with _server(silently) as there:
        started = time.monotonic()
        with pytest.raises(Trouble, match=r"send\.no_answer"):
            there.add("/v1/files/a", 0, b"part")
        assert 0.2 < time.monotonic() - started < 5
        given_up.set()


def test_a_part_may_take_many_times_the_limit_while_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "FILE_STALL_SECONDS", 0.5)

    def slowly(line: socket.socket) -> None:
        _head(line)
        line.sendall(_STANDS)
        left = len(PART) - len(_head(line))
        while left > 0:
            left -= len(line.recv(min(left, 16_384)))
            time.sleep(0.05)
        line.sendall(_DONE)

    with _server(slowly) as there:
        begun = ("/v1/files/a", there.stands("/v1/files/a"))
        there.far.keep_little(4096)
        started = time.monotonic()
        last = go_on(there, begun, io.BytesIO(PART), len(PART), lambda _: len(PART))
        assert last["upload-offset"] == str(len(PART))
        assert time.monotonic() - started > 1.0, "twice the limit on silence"


def _head(line: socket.socket) -> bytes:
    """Read to the end of a request's head; what came behind it."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(4096)
    return got.partition(b"\r\n\r\n")[2]
