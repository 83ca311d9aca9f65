"""Sending and reading by itself when a connection appears: when each round is due, and who carries what beside it.

It touches the vault only through the store lane, in pages, and holds nothing of its own that a crash could lose.
Nothing here depends on what the clock says: the wall clock only tells that the laptop slept, and makes one more try.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from fieldkit.app.giving_way import GivingWay
from fieldkit.app.lanes import Deliver
from fieldkit.kernel.clock import Clock, from_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.topic import Topic
from sync.board import Board
from sync.carrier import Carrier
from sync.engine import Engine, RoundReport
from sync.express import Express, Hurried
from sync.files import Carried
from sync.gate import Gate, Level
from sync.http import CentralStore
from sync.link import Call
from sync.network import Allowance, FilesOver, Network
from sync.portal import wants_sign_in
from sync.status import SyncPhase, SyncStatus
from sync.triggers import Pauses, Sleep, Triggers

STOP_SECONDS = 1.0
CLOSING_SECONDS = 20.0
"""At most so long may closing the app wait for what is urgent or half sent."""

REST_SECONDS = 600.0
"""After a person stopped sending; then it goes on by itself, for a stop that was forgotten must not keep notes here."""

_LOOK_AT_THE_CLOCK = 15.0
"""Seconds between two looks whether the laptop was asleep."""

_LONG_ROUND = 3.0
"""Seconds after which a round of words counts as much to carry."""

_SOON_OVER = frozenset({"send.captive_portal"})
"""Somebody is signing in to the network at this moment, so the next try comes within half a minute."""

_log = logging.getLogger(__name__)


class SyncWorker:
    """Sends and reads for one open vault on threads of its own, from ``start`` to ``stop``.

    Three of them, each with its own connection: rounds of words, what is urgent (``sync.express``) and files
    (``sync.carrier``). ``changed`` tells each new ``SyncStatus`` through ``deliver`` (the screens' thread).
    """

    def __init__(
        self,
        call: Call,
        deliver: Deliver,
        clock: Clock,
        *,
        app: str,
        connect: Callable[[str], CentralStore],
        pauses: Pauses | None = None,
        chance: Callable[[], float] = random.random,
        way: GivingWay | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.changed: Topic[SyncStatus] = Topic()
        self._call = call
        self._deliver = deliver
        self._clock = clock
        self._wall = wall
        self._gate = Gate()
        self._engine = Engine(call, app, connect, way, self._gate)
        self._allowance = Allowance()
        self._board = Board(self._tell, SyncStatus(phase=SyncPhase.UNKNOWN))
        self._express = Express(call, app, connect, self._gate, self._hurried, chance)
        self._carrier = Carrier(
            call, connect, self._gate, may_go=self._files_may_go, filing=self._board.filing, ended=self._carried_files,
            began=self._express.wake, chance=chance,
        )  # fmt: skip
        self._triggers = Triggers(pauses or Pauses(), chance, time.monotonic())
        self._sleep = Sleep(time.monotonic(), wall())
        self._woken = threading.Condition()
        self._stopping = False
        self._rounds = 0
        self._afresh = False
        self._halted = False
        self._files_rest_until = 0.0
        self._busy_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="fieldkit-sync", daemon=True)

    @property
    def status(self) -> SyncStatus:
        """The latest status; may be read from any thread."""
        return self._board.status

    def start(self) -> None:
        """Begin: the first round starts at once."""
        self._thread.start()
        self._carrier.start()
        self._express.start(self._carries_much)
        self._express.wake()

    def nudge(self, *, urgent: bool = False) -> None:
        """Something was saved that may have to leave; ``urgent`` (priority 0) does not wait for more typing."""
        if urgent:
            self._express.wake()
        with self._woken:
            self._triggers.nudge(time.monotonic())
            self._woken.notify_all()

    def send_now(self) -> None:
        """A person asked, or the laptop was just enrolled: try at once, and try everything."""
        with self._woken:
            self._afresh = True
            self._files_rest_until = 0.0
            self._triggers.hurry(time.monotonic())
            self._woken.notify_all()
        self._carrier.start_afresh()
        self._express.wake()

    def network_changed(self, network: Network) -> None:
        """Another connection, or none: try at once where there is one; files wait for leave where it is metered."""
        may_help = self._allowance.take(network)
        self._show_held()
        if may_help:
            self._try_now()

    def files_over_metered(self, choice: FilesOver) -> None:
        """What a person chose for files on a metered connection."""
        self._allowance.over = choice
        self._show_held()
        self._carrier.wake()

    def send_files_anyway(self) -> None:
        """A person lets files go over this metered connection, until it is another one."""
        self._allowance.allow()
        self._show_held()
        self._carrier.wake()

    def halt(self) -> None:
        """A person wants the line for themself: finish the portion that is being confirmed, go on in ten minutes.

        While nothing has come back yet, the request is broken off: an upload may take an hour. What is urgent goes on.
        """
        with self._woken:
            if self.status.phase is not SyncPhase.SENDING:
                return
            self._files_rest_until = time.monotonic() + REST_SECONDS
            self._halted = self._busy_since is not None
        self._carrier.break_off()
        if self._halted and self.status.sent == 0:
            self._engine.break_off()

    def finish(self, seconds: float = CLOSING_SECONDS) -> bool:
        """Try once more before the app closes, for at most ``seconds``; whether words went through. Files can wait."""
        with self._woken:
            rounds = self._rounds
            self._triggers.hurry(time.monotonic())
            self._woken.notify_all()
            self._woken.wait_for(lambda: self._rounds > rounds or self._stopping, seconds)
            is_through = self._rounds > rounds
        return is_through and self._board.words.phase is SyncPhase.CONNECTED

    def stop(self) -> bool:
        """Break off whatever is in progress and end the threads; true when they ended within a second.

        Only a connection attempt to an address that never answers can take longer; the thread then ends by itself
        and touches neither vault nor screens any more.
        """
        with self._woken:
            self._stopping = True
            self._woken.notify_all()
        self._gate.open_wide()
        self._express.ask_to_stop()
        self._carrier.ask_to_stop()
        self._engine.abandon()
        end = time.monotonic() + STOP_SECONDS
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        others = [one.join(max(0.0, end - time.monotonic())) for one in (self._express, self._carrier)]
        return all(others) and not self._thread.is_alive()

    def _try_now(self) -> None:
        with self._woken:
            self._triggers.hurry(time.monotonic())
            self._woken.notify_all()
        self._express.wake()

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
                now = time.monotonic()
                if self._sleep.was(now, self._wall()):
                    self._triggers.hurry(now)  # another place, another network: what was tried before says nothing
                    self._express.wake()
                left = self._triggers.due - now
                if left <= 0:
                    return True
                self._woken.wait(min(left, _LOOK_AT_THE_CLOCK))
        return False

    def _once(self) -> None:
        self._refresh()
        try:
            state = self._call(lambda store: store.state())
            self._board.begin(state.enrolment.office, state.enrolment.url)
            with self._gate.going(Level.WORDS):
                report = self._engine.round(
                    self._progress, lambda: self._stopping or self._halted, self._greeted,
                    reading=self._board.reading, with_files=False,
                )  # fmt: skip
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
        finally:
            self._busy_since = None

    def _refresh(self) -> None:
        with self._woken:
            afresh, self._afresh = self._afresh, False
            self._halted = False
            self._busy_since = time.monotonic()
            self._triggers.begin()
        if afresh:
            self._engine.start_afresh()

    def _greeted(self, store_now: str) -> None:
        """Compare clocks; a time that does not read says nothing."""
        with suppress(ValueError):
            self._board.clock_behind = (from_stamp(store_now) - self._clock.now()).total_seconds()

    def _progress(self, sent: int, total: int) -> None:
        self._board.progress(sent, total)
        if self._carries_much():
            self._express.wake()

    def _went_through(self, report: RoundReport) -> None:
        self._settle(self._board.after(report, self._clock.now()), again=report.again)
        if not report.again:
            self._carrier.wake()

    def _settle(self, status: SyncStatus, *, again: bool = False) -> None:
        with self._woken:
            self._triggers.went_through(time.monotonic(), again=again)
        self._board.put(status)

    def _did_not(self, problem: FieldKitError) -> None:
        if self._stopping:
            return
        if self._halted:
            self._afresh = True  # the line that was broken off says nothing about what was on it
            problem = Trouble("send.stopped", retry_after=REST_SECONDS)
        if problem.code == "send.certificate" and self._meets_a_portal():
            problem = Trouble("send.captive_portal", status=0, retry_after=0.0)
        told = problem.details.get("retry_after", 0.0)
        seconds = float(told) if isinstance(told, (int, float)) else 0.0
        with self._woken:
            wait = self._triggers.did_not(time.monotonic(), urgent=problem.code in _SOON_OVER, told=seconds)
        self._board.did_not(problem, self._clock.now() + timedelta(seconds=wait))

    def _meets_a_portal(self) -> bool:
        """Whether the stranger whose certificate was met is the network itself, which wants a sign-in first."""
        return self._allowance.network.wants_sign_in or wants_sign_in(self._board.url)

    def _hurried(self, came: Hurried) -> None:
        """Something urgent was tried. Where it arrived, the line carries: whatever else waits need not wait longer."""
        self._board.urgent(waits=came.waits)
        if came.receipts and self._board.words.phase is not SyncPhase.CONNECTED:
            self._try_now()

    def _carries_much(self) -> bool:
        """Whether something is under way that may take long: then the line for what is urgent is kept warm."""
        since = self._busy_since
        return self._carrier.is_carrying or (since is not None and time.monotonic() - since > _LONG_ROUND)

    def _files_may_go(self) -> bool:
        return self._allowance.may_go and time.monotonic() >= self._files_rest_until

    def _carried_files(self, carried: Carried) -> None:
        if not self._stopping:
            self._board.carried(carried)

    def _show_held(self) -> None:
        self._board.held(are_held=not self._allowance.may_go)

    def _tell(self, status: SyncStatus) -> None:
        if not self._stopping:
            self._deliver(lambda: self.changed.tell(status))
