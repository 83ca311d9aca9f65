"""A loopback server that answers as it is told: what a captive portal, a hostile or a broken store would say."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket, bytes], None]
"""Gets the line and the request (head and body), and answers or not."""


class ScriptedStore:
    """Runs ``script`` for each connection that sends a request; ``requests`` keeps their bytes."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                line = self.request
                try:
                    if context is not None:
                        line = context.wrap_socket(line, server_side=True)
                    request = read_request(line)
                    outer.requests.append(request)
                    script(line, request)
                except (OSError, ValueError):  # the laptop hung up: the test looks at what it said
                    pass
                finally:
                    line.close()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = True
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(0.02), name="scripted-store")
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End; every connection is closed."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def scripted_store(script: Script, context: ssl.SSLContext | None = None) -> Iterator[ScriptedStore]:
    """A running store for one ``with`` block."""
    store = ScriptedStore(script, context)
    store.start()
    try:
        yield store
    finally:
        store.stop()


def read_request(line: socket.socket) -> bytes:
    """One whole request by its Content-Length. Raises ``ValueError`` when the line ends before that."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            raise ValueError("the line ended in the head")
        data += piece
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    length = next((int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            raise ValueError("the line ended in the body")
        body += piece
    return head + b"\r\n\r\n" + body


def answer(status: str, body: bytes = b"", *headers: str) -> Script:
    """A script that answers with these bytes."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers])

    def script(line: socket.socket, request: bytes) -> None:
        line.sendall(head.encode() + b"\r\n\r\n" + body)

    return script
