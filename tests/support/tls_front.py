"""TLS in front of a plain store on loopback, as an office's own front server has it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def tls_front(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """Passes what comes over TLS on to ``port`` in clear, for one ``with`` block; the port it listens on."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepting = threading.Thread(target=_accept, args=(listener, port, context), daemon=True)
    accepting.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(2)


def _accept(listener: socket.socket, port: int, context: ssl.SSLContext) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(near, port, context), daemon=True).start()


def _serve(near: socket.socket, port: int, context: ssl.SSLContext) -> None:
    with (
        suppress(OSError), context.wrap_socket(near, server_side=True) as line,
        socket.create_connection(("127.0.0.1", port)) as far,
    ):  # fmt: skip
        back = threading.Thread(target=_pump, args=(far, line), daemon=True)
        back.start()
        _pump(line, far)
        back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        socket.socket.shutdown(target, socket.SHUT_RDWR)
