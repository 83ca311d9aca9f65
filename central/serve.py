"""Running the store: for an office until it is stopped, or on loopback in a thread for practice and tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from central.app import make_app
from central.connection import Connection
from central.core import Core, free_bytes, open_core
from central.settings import Settings
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Trouble

_START_SECONDS = 10.0
_GRACEFUL_SECONDS = 5
_KEEP_ALIVE_SECONDS = 30
"""A laptop that sends a note a minute keeps its connection for the turns of one round, not from note to note."""


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    Raises ``Trouble('central.no_store')`` where none was made and ``Trouble('central.port')`` for a taken port.
    """
    core = open_core(settings)
    try:
        with _listen(settings.host, settings.port) as listener:
            uvicorn.Server(_config(core)).run(sockets=[listener])
    finally:
        core.close()


@dataclass(slots=True)
class Running:
    """A store that runs in a thread of this process; ``stop`` ends it and waits until it has."""

    url: str
    core: Core
    _server: uvicorn.Server
    _thread: threading.Thread
    _listener: socket.socket

    def stop(self) -> None:
        """Answer what is being answered, then end; calling it twice does no harm."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()
        self.core.close()


def start_in_thread(
    settings: Settings, clock: Clock | None = None, free: Callable[[Path], int] = free_bytes
) -> Running:
    """Serve on loopback until ``stop``; port 0 takes a free one. Raises as ``serve`` does."""
    core = open_core(settings, clock, free)
    try:
        listener = _listen("127.0.0.1", settings.port)
    except Trouble:
        core.close()
        raise
    server = uvicorn.Server(_config(core))
    thread = threading.Thread(target=server.run, args=([listener],), name="central store", daemon=True)
    thread.start()
    running = Running(f"http://127.0.0.1:{listener.getsockname()[1]}", core, server, thread, listener)
    end = time.monotonic() + _START_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.002)
    if not server.started:
        running.stop()
        raise Trouble("central.not_started")
    return running


def _config(core: Core) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(core), log_config=None, access_log=False, lifespan="off", server_header=False, ws="none",
        http=Connection, loop="asyncio", timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACEFUL_SECONDS,
    )  # fmt: skip


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named by its number, the protocol tells asyncio to send small packets at once: 40 ms less for each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise Trouble("central.port", host=host, port=port) from error
    return listener
