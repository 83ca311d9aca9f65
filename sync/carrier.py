"""Files beside words: their own thread and connection, so that a film holds up no note and no answer from the team.

Files go while words rest. While a round of words is under way they pause at the next few bytes, yet a part of one goes
at least every ten minutes; on a metered connection they wait until somebody allows them.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fieldkit.kernel.errors import FieldKitError, Trouble
from sync.bundle.handing_on import HandingOn
from sync.cargo import Cargo
from sync.files import Carried, Files
from sync.flow import Flow
from sync.gate import Gate, Level
from sync.http import CentralStore
from sync.link import Call, Link, Speaker
from sync.pace import Pace
from sync.runner import NEVER, Runner
from sync.status import SyncStatus

_GAVE_WAY = "send.stopped"
_AFTERWARDS = 1.0
"""Seconds until it begins again; the gate holds it until the urgent is through."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What one run of the program remembers of files and of the line; losing it costs a few bytes."""

    aside: dict[tuple[str, str], float] = field(default_factory=dict)
    flow: Flow = field(default_factory=Flow)


class Carrier:
    """Carries files from ``start`` to ``stop``, whenever ``wake`` says that words went through.

    ``may_go`` is asked before each part. ``filing`` and ``ended`` are told on its own thread.
    """

    def __init__(
        self, call: Call, connect: Callable[[str], CentralStore], gate: Gate, *,
        may_go: Callable[[], bool], filing: Callable[[SyncStatus], None],
        began: Callable[[], None], ended: Callable[[Carried], None], chance: Callable[[], float],
    ) -> None:  # fmt: skip
        self._call, self._connect, self._gate = call, connect, gate
        self._may_go, self._filing, self._ended, self._chance = may_go, filing, ended, chance
        self._began = began
        self._runner = Runner("fieldkit-files", self._once, self.close)
        self._far: CentralStore | None = None
        self._memory = _Memory()
        self._pace = Pace()
        self._rests_until = 0.0
        self._afresh = False
        self._cargo: Cargo | None = None
        self._at: tuple[str, int, int] = ("", 0, 0)
        self.is_carrying = False
        """Whether bytes of a file are on their way."""

    def start(self) -> None:
        """Begin to wait for ``wake``."""
        self._runner.start()

    def wake(self) -> None:
        """Words have just gone through, or files may go again."""
        self._runner.wake()

    def start_afresh(self) -> None:
        """A person asked: try everything again that was left aside."""
        self._afresh, self._rests_until = True, 0.0

    def break_off(self) -> None:
        """End the request in progress; what the store has of the file stays there."""
        if self._far is not None:
            self._far.break_off()

    def ask_to_stop(self) -> None:
        """Break off whatever is in progress."""
        self._runner.ask_to_stop()
        if self._far is not None:
            self._far.abandon()

    def join(self, seconds: float) -> bool:
        """Wait for the end; whether it came."""
        return self._runner.join(seconds)

    def close(self) -> None:
        """Give the connection back."""
        if self._far is not None:
            self._far.close()
            self._far = None

    def _once(self) -> float:
        if self._afresh:
            self._afresh, self._memory, self._pace = False, _Memory(flow=self._memory.flow), Pace()
        if time.monotonic() < self._rests_until or not self._may_go():
            return NEVER  # the next round of words wakes this again
        try:
            carried = self._carry()
        except FieldKitError as problem:
            self._did_not(problem)
            if problem.code == _GAVE_WAY and self._may_go():
                return _AFTERWARDS
        except Exception as error:  # a bug of ours must not end this for the rest of the day
            if not self._runner.stopping:
                _log.exception("carrying files ended in a bug")
                self._did_not(Trouble("send.bug", kind=type(error).__name__))
        else:
            self._pace = self._pace.after_success()
            self._ended(carried)
        return NEVER

    def _carry(self) -> Carried:
        state = self._call(lambda store: store.state())
        link = Link(
            far=self._connected(state.enrolment.url), call=self._call, progress=lambda done, total: None,
            stopping=self._must_stop, filing=self._file, flow=self._memory.flow, part_went=self._gate.part_went,
        )  # fmt: skip
        speaker = Speaker(identity=state.identity, store_key=state.enrolment.store_key)
        going, coming = self._call(lambda store: (store.files_to_send(), store.files_to_fetch()))
        self._cargo = Cargo(going, coming, time.monotonic())
        try:
            carried = Files(link, speaker, self._memory.aside, sys.maxsize).run()
            on = HandingOn(call=self._call, far=link.far, identity=state.identity, stopping=self._must_stop).run()
            return replace(carried, problem=carried.problem or on.problem)
        finally:
            self.is_carrying = False

    def _file(self, exhibit: str, done: int, size: int) -> None:
        was, self.is_carrying, self._at = self.is_carrying, done < size, (exhibit, done, size)
        if self.is_carrying and not was:
            self._began()
        self._say()

    def _say(self) -> None:
        exhibit, done, size = self._at
        if self._cargo is not None and exhibit and self._far is not None:
            self._filing(self._cargo.stands(exhibit, min(size, done + self._far.leaving), size, time.monotonic()))

    def _let_pass(self) -> float:
        """Before each piece of a part."""
        if self.is_carrying:
            self._say()
            if self._far is not None and self._must_give_way():
                self._far.drop()
                raise Trouble(_GAVE_WAY)
        return self._gate.let_pass(Level.FILES)

    def _must_give_way(self) -> bool:
        """On a slow line what lies in the buffers would go beside the urgent for seconds: then the part is given up.

        It comes again, 256 KiB at most.
        """
        is_slow = self._memory.flow.is_slow or (self._far is not None and self._far.is_slow)
        return is_slow and self._gate.must_wait(Level.WORDS) and not self._gate.owes_a_part

    def _must_stop(self) -> bool:
        """Asked before each part: words that are under way go first, however long they take."""
        while not self._runner.stopping and self._may_go():
            self._gate.let_pass(Level.FILES)
            if not self._gate.must_wait(Level.FILES):
                return False
        return True

    def _did_not(self, problem: FieldKitError) -> None:
        if self._runner.stopping or problem.code == "send.not_enrolled":
            return
        if problem.code == "send.stopped" or not self._may_go():
            self._ended(Carried())
            return
        told = problem.details.get("retry_after", 0.0)
        self._pace = self._pace.after_trouble()
        wait = self._pace.wait(self._chance, told=told if isinstance(told, float) else 0.0)
        self._rests_until = time.monotonic() + wait
        self._ended(Carried(problem=problem))

    def _connected(self, url: str) -> CentralStore:
        if self._far is None or self._far.url != url:
            self.close()
            self._far = self._connect(url)
            self._far.let_pass = self._let_pass
        return self._far
