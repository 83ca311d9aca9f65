"""What is urgent goes by itself: its own thread, its own connection, its own small request, nothing in front of it.

A push of a day's notes, a page that is being read, a film of 500 MB and a line that hangs are all somebody else's: the
others pause (``sync.gate``) while this is under way. While there is much to carry, the line is kept warm, for greeting
a store over TLS takes six turns, and one of a second each is what a phone in a cellar has.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.app.ports import SyncState
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.gate import Gate, Level
from sync.greeting import say_hello
from sync.handing_in import HandIn
from sync.http import CentralStore
from sync.link import Call, Link, Speaker
from sync.pace import Pace
from sync.portion import Portion
from sync.runner import NEVER, Runner

WARM_SECONDS = 20.0
"""Between two greetings on an idle line, while others carry much: our store closes its side after thirty."""

HEAD_STARTS = (0.0, 6.0, 12.0)
"""Seconds after which each courier sets out: the first is back before that on any line that loses nothing."""

_SLOW_TURN = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurried:
    """What came of one try: ``receipts`` of urgent records; what still ``waits``, and why."""

    receipts: int = 0
    waits: bool = False
    problem: FieldKitError | None = None
    wait: float = 0.0


class Express:
    """Couriers, each with a line of its own: where the first has no answer after six seconds, the next sets out too.

    On a line that loses every third packet the answer then depends on the luckiest of three and not on one: what comes
    twice is the same to the store, and a courier that finds nothing left to carry stays at home.
    """

    def __init__(
        self, call: Call, app: str, connect: Callable[[str], CentralStore], gate: Gate,
        told: Callable[[Hurried], None], chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._couriers = [Courier(call, app, connect, gate, told, chance, start) for start in HEAD_STARTS]

    def start(self, is_warm_wanted: Callable[[], bool]) -> None:
        """Begin; ``is_warm_wanted`` tells whether others carry much just now."""
        first = self._couriers[0]
        for one in self._couriers:
            one.start(is_warm_wanted if one is first else lambda: is_warm_wanted() and first.is_slow)

    def wake(self) -> None:
        """Something urgent was saved, the network changed, or others begin to carry much."""
        for one in self._couriers:
            one.wake()

    def ask_to_stop(self) -> None:
        """Break off whatever is in progress."""
        for one in self._couriers:
            one.ask_to_stop()

    def join(self, seconds: float) -> bool:
        """Wait for the end; whether it came."""
        end = time.monotonic() + seconds
        ended = [one.join(max(0.0, end - time.monotonic())) for one in self._couriers]
        return all(ended)


class Courier:
    """Hands in what has priority 0, ``head_start`` seconds after it was woken; ``told`` hears of each try."""

    def __init__(
        self, call: Call, app: str, connect: Callable[[str], CentralStore], gate: Gate,
        told: Callable[[Hurried], None], chance: Callable[[], float], head_start: float,
    ) -> None:  # fmt: skip
        self._call, self._app, self._connect = call, app, connect
        self._gate, self._told, self._chance = gate, told, chance
        self._runner = Runner("fieldkit-express", self._once, self.close, head_start)
        self.is_slow = False
        """Whether the last greeting took longer than a second."""
        self._far: CentralStore | None = None
        self._greeted = 0
        self._is_warm_wanted: Callable[[], bool] = lambda: False
        self._pace = Pace()
        self._portion = Portion()

    def start(self, is_warm_wanted: Callable[[], bool]) -> None:
        """Begin; ``is_warm_wanted`` tells whether others carry much just now."""
        self._is_warm_wanted = is_warm_wanted
        self._runner.start()

    def wake(self) -> None:
        """Something urgent was saved, the network changed, or others begin to carry much."""
        self._runner.wake()

    def ask_to_stop(self) -> None:
        """Break off whatever is in progress."""
        self._runner.ask_to_stop()
        if self._far is not None:
            self._far.abandon()

    def join(self, seconds: float) -> bool:
        """Wait for the end; whether it came."""
        return self._runner.join(seconds)

    def _once(self) -> float:
        try:
            receipts = self._hand_in()
        except FieldKitError as problem:
            return self._did_not(problem)
        except Exception as error:  # a bug of ours must not end this for the rest of the day
            if self._runner.stopping:
                return NEVER
            _log.exception("handing in what is urgent ended in a bug")
            return self._did_not(Trouble("send.bug", kind=type(error).__name__))
        self._pace = self._pace.after_success()
        if receipts:
            self._told(Hurried(receipts=receipts))
        return WARM_SECONDS if self._is_warm_wanted() else NEVER

    def _hand_in(self) -> int:
        state = self._call(lambda store: store.state())
        link = Link(
            far=self._connected(state.enrolment.url), call=self._call, progress=lambda done, total: None,
            stopping=lambda: self._runner.stopping,
        )  # fmt: skip
        if not link.urgent(0, 1):
            self._keep_warm(link.far, state)
            return 0
        with self._gate.going(Level.URGENT):
            return self._push(link, state)

    def _push(self, link: Link, state: SyncState) -> int:
        if self._greeted != link.far.lines or not link.far.is_open:
            self._greet(link.far, state)
        speaker = Speaker(identity=state.identity, store_key=state.enrolment.store_key)
        job = HandIn(link, speaker, self._portion, state.unreceipted, is_brief=True)
        try:
            return job.run((link.urgent, lambda item: True)).receipts
        finally:
            self._portion = job.portion

    def _keep_warm(self, far: CentralStore, state: SyncState) -> None:
        if not self._is_warm_wanted() or self._gate.must_wait(Level.WORDS):
            return
        if self._greeted != far.lines or not far.is_open:
            self._greet(far, state)
        else:
            far.knock()

    def _greet(self, far: CentralStore, state: SyncState) -> None:
        """Nothing leaves before whoever is at the far end of this very line has proved to be the office."""
        began = time.monotonic()
        say_hello(far, state, self._app)
        self._greeted, self.is_slow = far.lines, time.monotonic() - began > _SLOW_TURN

    def _did_not(self, problem: FieldKitError) -> float:
        if isinstance(problem, Refusal) and problem.code == "send.not_enrolled":
            return NEVER
        if self._runner.stopping or not self._waits():
            return WARM_SECONDS if self._is_warm_wanted() else NEVER
        told = problem.details.get("retry_after", 0.0)
        self._pace = self._pace.after_trouble()
        wait = self._pace.wait(self._chance, urgent=True, told=told if isinstance(told, float) else 0.0)
        self._told(Hurried(waits=True, problem=problem, wait=wait))
        return wait

    def _waits(self) -> bool:
        try:
            first = self._call(lambda store: store.outgoing(0, 1))
        except Exception:  # the vault is being closed, or the very fault that was just told
            return False
        return bool(first) and first[0].revision.envelope.priority == 0

    def _connected(self, url: str) -> CentralStore:
        if self._far is None or self._far.url != url:
            self.close()
            self._far = self._connect(url)
        return self._far

    def close(self) -> None:
        """Give the connection back."""
        if self._far is not None:
            self._far.close()
            self._far = None
