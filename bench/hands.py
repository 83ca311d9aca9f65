"""A laptop to measure with: a vault with the sync engine on it, on this thread, and its bytes on the wire counted."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bench.vaults import new_vault
from fieldkit.app.ports import SyncStore, Vault
from fieldkit.kernel.clock import SystemClock
from sync.engine import Engine
from sync.enrol import enrol
from sync.http import CentralStore

T = TypeVar("T")

_TCP_INFO_BYTES = struct.Struct("=120xQQ")
"""``tcpi_bytes_acked`` and ``tcpi_bytes_received`` of Linux's ``struct tcp_info``."""


class CountedStore(CentralStore):
    """The real client, which also tells what has gone through its connection; nothing lies between it and the store."""

    line: socket.socket | None = None

    @property
    def bytes(self) -> int:
        """Bytes both ways, headers included, since the connection was made; 0 where the system does not tell."""
        if self.line is None or not hasattr(socket, "TCP_INFO"):
            return 0
        info = self.line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES.size)
        return sum(_TCP_INFO_BYTES.unpack(info))

    def _watch(self, event: str, info: dict[str, Any]) -> None:
        super()._watch(event, info)
        if event == "connection.connect_tcp.complete":
            self.line = info["return_value"].get_extra_info("socket")


class Hand:
    """Somebody of the team."""

    def __init__(self, folder: Path, name: str) -> None:
        self.vault: Vault = new_vault(folder, name)
        self.engine = Engine(self.call, "bench", self._connect)
        self._store: CountedStore | None = None

    @property
    def bytes(self) -> int:
        """Bytes both ways so far."""
        return self._store.bytes if self._store else 0

    def call(self, use: Callable[[SyncStore], T], /) -> T:
        """One local transaction."""
        return use(self.vault.sync_store)

    def join(self, url: str, code: str) -> None:
        """Enrol, and say hello once so that the connection and its libraries are there."""
        identity = self.vault.perform(lambda uow: uow.identity)[0]
        enrol(url, code, identity, self.call, clock=SystemClock(), app="bench", connect=CentralStore)
        self.settle()

    def settle(self) -> tuple[float, int]:
        """Rounds until nothing is left; seconds and turns."""
        started, turns = time.perf_counter(), 0
        while True:
            report = self.engine.round()
            turns += report.turns
            if not report.again:
                return time.perf_counter() - started, turns

    def close(self) -> None:
        """End."""
        self.engine.close()
        self.vault.close()

    def _connect(self, url: str) -> CentralStore:
        self._store = CountedStore(url)
        return self._store
