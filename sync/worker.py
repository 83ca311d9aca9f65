"""The one long-lived sync thread: it works by itself when a connection appears and never blocks typing.

It touches the vault only through the store lane, in pages, and holds nothing of its own that a crash could lose.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from fieldkit.app.giving_way import GivingWay
from fieldkit.app.lanes import Deliver
from fieldkit.app.ports import SyncState
from fieldkit.kernel.clock import Clock, from_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.topic import Topic
from sync.engine import Engine, RoundReport
from sync.http import CentralStore
from sync.link import Call
from sync.status import SyncPhase, SyncStatus
from sync.triggers import Pauses, Triggers

STOP_SECONDS = 1.0
CLOSING_SECONDS = 20.0
"""At most so long may closing the app wait for what is urgent or half sent."""

REST_SECONDS = 600.0
"""After a person stopped sending; then it goes on by itself, for a stop that was forgotten must not keep notes here."""

_LEAST_BETWEEN_TELLS = 0.1
_UNREACHED = frozenset({"send.not_connected", "send.no_answer", "send.cut_off", "send.captive_portal"})
"""Troubles of the way there: nobody at the office can mend them, so they read as "Not connected"."""

_log = logging.getLogger(__name__)


class SyncWorker:
    """Runs rounds of one open vault on a thread of its own, from ``start`` to ``stop``.

    ``changed`` tells each new ``SyncStatus`` through ``deliver`` (the screens' thread).
    """

    def __init__(
        self,
        call: Call,
        deliver: Deliver,
        clock: Clock,
        *,
        app: str,
        connect: Callable[[str], CentralStore] = CentralStore,
        pauses: Pauses | None = None,
        chance: Callable[[], float] = random.random,
        way: GivingWay | None = None,
    ) -> None:
        self.changed: Topic[SyncStatus] = Topic()
        self._call = call
        self._deliver = deliver
        self._clock = clock
        self._engine = Engine(call, app, connect, way)
        self._triggers = Triggers(pauses or Pauses(), chance, time.monotonic())
        self._status = SyncStatus(phase=SyncPhase.UNKNOWN)
        self._woken = threading.Condition()
        self._stopping = False
        self._rounds = 0
        self._told_at = 0.0
        self._afresh = False
        self._halted = False
        self._carried = (0, 0)
        self._thread = threading.Thread(target=self._run, name="fieldkit-sync", daemon=True)

    @property
    def status(self) -> SyncStatus:
        """The latest status; may be read from any thread."""
        return self._status

    def start(self) -> None:
        """Begin: the first round starts at once."""
        self._thread.start()

    def nudge(self, *, urgent: bool = False) -> None:
        """Something was saved that may have to leave; ``urgent`` (priority 0) does not wait for more typing."""
        with self._woken:
            self._triggers.nudge(time.monotonic(), urgent=urgent)
            self._woken.notify_all()

    def send_now(self) -> None:
        """A person asked, the network changed, or the laptop was just enrolled: try at once, and try everything."""
        with self._woken:
            self._afresh = True
            self._triggers.hurry(time.monotonic())
            self._woken.notify_all()

    def halt(self) -> None:
        """A person wants the line for themself: finish the portion that is being confirmed, go on in ten minutes.

        While nothing has come back yet, the request is broken off: an upload may take an hour.
        """
        with self._woken:
            if self._status.phase is not SyncPhase.SENDING:
                return
            self._halted = True
        if self._status.sent == 0:
            self._engine.break_off()

    def finish(self, seconds: float = CLOSING_SECONDS) -> bool:
        """Try once more before the app closes, for at most ``seconds``; whether that round went through."""
        with self._woken:
            rounds = self._rounds
            self._triggers.hurry(time.monotonic())
            self._woken.notify_all()
            self._woken.wait_for(lambda: self._rounds > rounds or self._stopping, seconds)
        return self._status.phase is SyncPhase.CONNECTED

    def stop(self) -> bool:
        """Break off whatever is in progress and end the thread; true when it ended within a second.

        Only a connection attempt to an address that never answers can take longer; the thread then ends by itself
        and touches neither vault nor screens any more.
        """
        with self._woken:
            self._stopping = True
            self._woken.notify_all()
        self._engine.abandon()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while self._wait():
                self._once()
                with self._woken:
                    self._rounds += 1
                    self._woken.notify_all()
        finally:
            self._engine.close()

    def _wait(self) -> bool:
        with self._woken:
            while not self._stopping:
                left = self._triggers.due - time.monotonic()
                if left <= 0:
                    return True
                self._woken.wait(left)
        return False

    def _once(self) -> None:
        self._refresh()
        try:
            state = self._call(lambda store: store.state())
            self._begin(state)
            report = self._engine.round(
                self._progress, lambda: self._stopping or self._halted, self._greeted, self._filing
            )
        except Refusal as refusal:
            if refusal.code == "send.not_enrolled":
                self._settle(SyncStatus(phase=SyncPhase.NOT_ENROLLED))
                return
            self._did_not(refusal)
        except FieldKitError as trouble:
            self._did_not(trouble)
        except Exception as error:  # a bug of ours must not end sending for the rest of the day
            if not self._stopping:
                _log.exception("a round ended in a bug")
                self._did_not(Trouble("send.bug", kind=type(error).__name__))
        else:
            self._went_through(report)

    def _refresh(self) -> None:
        with self._woken:
            afresh, self._afresh = self._afresh, False
            self._halted = False
            self._triggers.begin()
        if afresh:
            self._engine.start_afresh()

    def _begin(self, state: SyncState) -> None:
        self._carried = (0, 0)
        office = state.enrolment.office
        if office != self._status.office:
            self._tell(replace(self._status, office=office))

    def _greeted(self, store_now: str) -> None:
        """Compare clocks; a time that does not read says nothing."""
        with suppress(ValueError):
            behind = (from_stamp(store_now) - self._clock.now()).total_seconds()
            self._status = replace(self._status, clock_behind=behind)

    def _progress(self, sent: int, total: int) -> None:
        self._carried = (sent, total)
        now = time.monotonic()
        if now - self._told_at >= _LEAST_BETWEEN_TELLS or sent >= total:
            self._told_at = now
            self._tell(
                replace(self._status, phase=SyncPhase.SENDING, sent=sent, total=total, problem=None, retry_at=None)
            )

    def _filing(self, exhibit: str, done: int, size: int) -> None:
        now = time.monotonic()
        if now - self._told_at >= _LEAST_BETWEEN_TELLS:
            self._told_at = now
            self._tell(
                replace(
                    self._status, phase=SyncPhase.SENDING, file=exhibit, file_done=done, file_size=size, problem=None,
                    retry_at=None,
                )
            )  # fmt: skip

    def _went_through(self, report: RoundReport) -> None:
        phase = SyncPhase.TROUBLE if report.problem else SyncPhase.CONNECTED
        self._settle(
            SyncStatus(
                phase=phase,
                office=self._status.office,
                last_confirmed_at=self._clock.now(),
                problem=report.problem,
                rounds=self._status.rounds + 1,
                confirmed=report.receipts,
                received=report.received,
                offered=max(self._carried[1], report.receipts),
                clock_behind=self._status.clock_behind,
            ),
            again=report.again,
        )

    def _settle(self, status: SyncStatus, *, again: bool = False) -> None:
        with self._woken:
            self._triggers.went_through(time.monotonic(), again=again)
        self._tell(status)

    def _did_not(self, problem: FieldKitError) -> None:
        if self._stopping:
            return
        if self._halted:
            self._afresh = True  # the line that was broken off says nothing about what was on it
            problem = Trouble("send.stopped", retry_after=REST_SECONDS)
        told = problem.details.get("retry_after", 0.0)
        seconds = float(told) if isinstance(told, (int, float)) else 0.0
        urgent = self._urgent_waits()  # asks the store lane, so never while the condition is held
        with self._woken:
            wait = self._triggers.did_not(time.monotonic(), urgent=urgent, told=seconds)
        phase = SyncPhase.NOT_CONNECTED if problem.code in _UNREACHED else SyncPhase.TROUBLE
        retry_at = self._clock.now() + timedelta(seconds=wait)
        self._tell(
            replace(
                self._status, phase=phase, sent=0, total=0, file="", file_done=0, file_size=0, problem=problem,
                retry_at=retry_at,
                rounds=self._status.rounds + 1, confirmed=self._carried[0], offered=self._carried[1], received=0,
            )
        )  # fmt: skip

    def _urgent_waits(self) -> bool:
        try:
            first = self._call(lambda store: store.outgoing(0, 1))
        except (FieldKitError, RuntimeError):  # the vault is being closed
            return False
        return bool(first) and first[0].revision.envelope.priority == 0

    def _tell(self, status: SyncStatus) -> None:
        self._status = status
        if not self._stopping:
            self._deliver(lambda: self.changed.tell(status))
