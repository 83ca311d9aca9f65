"""Running the store: for an office until it is stopped, or on loopback in a thread for practice and tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from central.app import make_app
from central.connection import Connection
from central.core import Core, free_bytes, open_core
from central.figures import Figures
from central.log_lines import stop_writing, write_json
from central.ringing_thread import ring_behind
from central.settings import Settings
from central.watched import Watched
from central.worker import tell_children
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.memory import keep_freed

_START_SECONDS = 10.0
_GRACEFUL_SECONDS = 5
_HUNG_SECONDS = 30
"""Without a sign of life for so long a process of several is ended and another one begun."""
_KEEP_ALIVE_SECONDS = 30
"""A laptop that sends a note a minute keeps its connection for the turns of one round, not from note to note."""


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    Raises ``Trouble`` with ``central.no_store`` where none was made, ``central.store_older`` or ``central.store_newer``
    where its tables do not suit this version and ``central.port`` for a taken port, and
    ``Mistake('central.one_process')`` for several processes on SQLite. The place of files is asked too: see
    ``FileKeeping.check``.
    """
    if settings.running.processes > 1 and settings.database_file is not None:
        raise Mistake("central.one_process", field="processes")
    core = open_core(settings, may_migrate=False)
    try:
        core.files.check()
        with _listen(settings.host, settings.port) as listener:
            handler = write_json() if settings.running.logs == "json" else None
            try:
                if settings.running.processes > 1:
                    core.close()  # each process opens the store for itself
                    _serve_together(settings, listener)
                else:
                    _serve_alone(core, listener)
            finally:
                if handler is not None:
                    stop_writing(handler)
    finally:
        core.close()


def watched(core: Core, figures: Figures | None = None) -> ASGIApp:
    """The application with what goes on around it."""
    keep_freed()
    return Watched(make_app(core), core, figures)


def _serve_alone(core: Core, listener: socket.socket) -> None:
    settings, figures, telling = core.settings, None, None
    if settings.running.metrics_port:
        from central.metrics import RequestFigures, tell

        figures = RequestFigures()
        telling = tell(settings, figures.registry)
    ring_behind(core)
    try:
        uvicorn.Server(_config(settings, watched(core, figures))).run(sockets=[listener])
    finally:
        if telling is not None:
            telling.stop()


def _serve_together(settings: Settings, listener: socket.socket) -> None:
    from uvicorn.supervisors import Multiprocess

    telling = None
    if settings.running.metrics_port:
        from central.metrics import gather_from_processes, registry_of_processes, tell

        telling = tell(settings, registry_of_processes(gather_from_processes(settings)))
    tell_children(settings)
    config = _config(settings, "central.worker:make", factory=True, workers=settings.running.processes)
    try:
        Multiprocess(config, sockets=[listener]).run()
    finally:
        if telling is not None:
            telling.stop()


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
        core.files.check()
        listener = _listen("127.0.0.1", settings.port)
    except Trouble:
        core.close()
        raise
    server = uvicorn.Server(_config(settings, watched(core)))
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


def _config(settings: Settings, app: ASGIApp | str, *, factory: bool = False, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app, factory=factory, workers=workers, log_config=None, access_log=False, lifespan="off", server_header=False,
        ws="none", http=Connection, loop="asyncio", timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACEFUL_SECONDS, forwarded_allow_ips=settings.running.trusted_proxies,
        timeout_worker_healthcheck=_HUNG_SECONDS,
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
