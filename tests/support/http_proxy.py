"""A real HTTP proxy on loopback: opens tunnels (CONNECT) to whatever name is asked for, with a password if it has one.

Names of the outside lead to ports of this machine, all to one or each to its own: nothing is resolved in tests.
"""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress


class HttpProxy:
    """``asked`` are the places tunnels were asked to; ``refuses`` is a status line it answers with instead."""

    def __init__(self, to: int | Mapping[str, int], *, user: str = "", password: str = "", refuses: str = "") -> None:
        self._to, self._refuses = to, refuses
        word = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._wanted = f"proxy-authorization: basic {word}".lower() if user else ""
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(2)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = near.recv(4096)
                if not piece:
                    return
                head += piece
            text = head.decode("latin-1")
            self.asked.append(text.split(" ")[1])
            answer = self._answer(text)
            near.sendall(f"HTTP/1.1 {answer}\r\n{_more(answer)}\r\n".encode())
            if answer.startswith("200"):
                self._tunnel(near, self._port(text.split(" ")[1]))

    def _port(self, place: str) -> int:
        return self._to if isinstance(self._to, int) else self._to[place.partition(":")[0]]

    def _answer(self, head: str) -> str:
        if self._refuses:
            return self._refuses
        if self._wanted and self._wanted not in head.lower():
            return "407 Proxy Authentication Required"
        return "200 Connection established"

    def _tunnel(self, near: socket.socket, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = threading.Thread(target=_pump, args=(far, near), daemon=True)
            back.start()
            _pump(near, far)
            back.join(5)


def _more(answer: str) -> str:
    if answer.startswith("200"):
        return ""
    login = 'Proxy-Authenticate: Basic realm="site"\r\n' if answer.startswith("407") else ""
    return f"{login}Content-Length: 0\r\nConnection: close\r\n"


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def http_proxy(
    to: int | Mapping[str, int], *, user: str = "", password: str = "", refuses: str = ""
) -> Iterator[HttpProxy]:
    """A running proxy for one ``with`` block."""
    proxy = HttpProxy(to, user=user, password=password, refuses=refuses)
    try:
        yield proxy
    finally:
        proxy.close()
