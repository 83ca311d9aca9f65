"""How sending stands, put together from its three threads: words, files and what is urgent. One owner of the status."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from fieldkit.kernel.errors import FieldKitError
from sync.engine import RoundReport
from sync.estimate import Estimate
from sync.files import Carried
from sync.status import SyncPhase, SyncStatus
from sync.way import is_loopback

_LEAST_BETWEEN_TELLS = 0.1
_UNREACHED = frozenset({"send.not_connected", "send.no_answer", "send.cut_off", "send.captive_portal"})
"""Troubles of the way there: nobody at the office can mend them, so they read as "Not connected"."""


class Board:
    """``tell`` gets each new status. Used from every thread that sends; ``words`` is what the rounds alone say."""

    def __init__(self, tell: Callable[[SyncStatus], None], first: SyncStatus) -> None:
        self._tell = tell
        self._lock = threading.RLock()
        self.words = self.status = first
        self.clock_behind = 0.0
        self.url = ""
        self._file = SyncStatus(phase=SyncPhase.SENDING)
        self._file_problem: FieldKitError | None = None
        self._are_held = self._urgent_waits = False
        self._told_at = 0.0
        self._set_out = (0, 0)
        self._words_left: Estimate | None = None

    def begin(self, office: str, url: str) -> None:
        """A round starts with this office, whose store is there."""
        with self._lock:
            self._set_out, self._words_left = (0, 0), None
            self.url, host = url, urlsplit(url).hostname
            page = "" if is_loopback(host) else f"http://{host}/"
            if (office, page) != (self.words.office, self.words.plain_page):
                self.put(replace(self.words, office=office, plain_page=page))

    def progress(self, sent: int, total: int) -> None:
        """So many of so many revisions are confirmed."""
        with self._lock:
            now = time.monotonic()
            if self._words_left is None:
                self._words_left = Estimate(now)
            self._words_left.moved(max(0, sent - self._set_out[0]), now)
            self._set_out = (sent, total)
            self._words(
                replace(
                    self.words, phase=SyncPhase.SENDING, sent=sent, total=total, problem=None, retry_at=None,
                    seconds_left=self._words_left.left(total - sent, now),
                ),
                is_last=sent >= total,
            )  # fmt: skip

    def reading(self, done: int) -> None:
        """So many of the team's revisions are kept."""
        with self._lock:
            self._words(replace(self.words, reading=done))

    def after(self, report: RoundReport, now: datetime) -> SyncStatus:
        """What a round that went through leaves."""
        with self._lock:
            return SyncStatus(
                phase=SyncPhase.TROUBLE if report.problem else SyncPhase.CONNECTED, office=self.words.office,
                plain_page=self.words.plain_page, last_confirmed_at=now, problem=report.problem,
                rounds=self.words.rounds + 1,
                confirmed=report.receipts, received=report.received,
                offered=max(self._set_out[1], report.receipts), clock_behind=self.clock_behind,
                signs_in=report.signs_in,
            )  # fmt: skip

    def did_not(self, problem: FieldKitError, retry_at: datetime) -> None:
        """A round did not go through."""
        with self._lock:
            phase = SyncPhase.NOT_CONNECTED if problem.code in _UNREACHED else SyncPhase.TROUBLE
            self.put(
                replace(
                    self.words, phase=phase, sent=0, total=0, reading=0, seconds_left=None, problem=problem,
                    retry_at=retry_at, rounds=self.words.rounds + 1, confirmed=self._set_out[0],
                    offered=self._set_out[1], received=0, clock_behind=self.clock_behind,
                )
            )  # fmt: skip

    def put(self, words: SyncStatus) -> None:
        """What the rounds say now."""
        with self._lock:
            self.words = words
            self._show()

    def filing(self, going: SyncStatus) -> None:
        """A file goes or comes."""
        with self._lock:
            is_new = going.file != self._file.file
            self._file, self._file_problem = going, None
            if is_new or self._is_time():
                self._show()

    def carried(self, carried: Carried) -> None:
        """Files have ended for now."""
        with self._lock:
            self._file, self._file_problem = SyncStatus(phase=SyncPhase.SENDING), carried.problem
            self._show()

    def held(self, *, are_held: bool) -> None:
        """Files wait for a person's word, or not."""
        with self._lock:
            self._are_held = are_held
            self._show()

    def urgent(self, *, waits: bool) -> None:
        """Something urgent arrived, or was tried and waits."""
        with self._lock:
            if waits != self._urgent_waits:
                self._urgent_waits = waits
                self._show()

    def _words(self, words: SyncStatus, *, is_last: bool = False) -> None:
        self.words = words
        if is_last or self._is_time():
            self._show()

    def _is_time(self) -> bool:
        return time.monotonic() - self._told_at >= _LEAST_BETWEEN_TELLS

    def _show(self) -> None:
        self._told_at = time.monotonic()
        found = replace(self.words, files_held=self._are_held, urgent_waits=self._urgent_waits)
        if found.phase is SyncPhase.CONNECTED and self._file.file:
            found = _with_file(found, self._file)
        elif found.phase is SyncPhase.CONNECTED and self._file_problem is not None:
            found = replace(found, phase=SyncPhase.TROUBLE, problem=self._file_problem)
        if found != self.status:
            self.status = found
            self._tell(found)


def _with_file(words: SyncStatus, file: SyncStatus) -> SyncStatus:
    return replace(
        words, phase=SyncPhase.SENDING, file=file.file, file_done=file.file_done, file_size=file.file_size,
        file_number=file.file_number, files_total=file.files_total, bytes_done=file.bytes_done,
        bytes_total=file.bytes_total, is_coming=file.is_coming, seconds_left=file.seconds_left,
    )  # fmt: skip
