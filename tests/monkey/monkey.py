"""A monkey at the real window over real vaults: nothing it does may be an error, a freeze, or the program's end."""

from __future__ import annotations

import faulthandler
import random
import sys
import traceback
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from storage.vault import open_vault
from tests.gui.stage import PASSPHRASE, Stage
from tests.monkey.deeds import Deeds
from tests.monkey.pulse import Pulse, Stall
from ui.places import Places
from ui.practice import world

_TRAIL = 25
_HARMLESS = ("This plugin does not support", "QFileDialog", "Populating font family aliases")
_BEAT_MS = 2
_SHUT_OUT = 3_000
"""Inputs outside the vault in a row: some sixty tries of the right passphrase and of practice, with their waits."""
_REST_MS = (20, 120)
_TICK = (0.05, 3.0)
"""Seconds that the day goes on with each deed: a monkey's afternoon is a day of an assessor."""


@dataclass(slots=True)
class Outcome:
    """What came of it; ``faults`` empty is what is wanted."""

    events: int = 0
    faults: list[str] = field(default_factory=list)
    stalls: list[Stall] = field(default_factory=list)
    longest: float = 0.0
    pages: Counter[str] = field(default_factory=Counter)
    notes: int = 0


class Monkey:
    """Acts by timer, so that a question in a window of its own does not stop it."""

    def __init__(self, stage: Stage, seed: int, events: int, told: Callable[[str], None] | None = None) -> None:
        self._stage = stage
        self._chance = random.Random(seed)
        self._left = events
        self._told = told
        self._shut_out = 0
        self._trail: deque[str] = deque(maxlen=_TRAIL)
        self._deeds = Deeds(self._chance, lambda: stage.window, stage.house.display)
        self._pulse = Pulse()
        self._loop = QEventLoop()
        self._beat = QTimer()
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(lambda: self._pulse.beat(self._trail[-1] if self._trail else "nothing"))
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """All of it, or up to the first fault."""
        before = qInstallMessageHandler(self._complained)
        guard, sys.excepthook = sys.excepthook, self._caught
        self._pulse.start()
        self._beat.start()
        QTimer.singleShot(0, self._next)
        try:
            self._loop.exec()
        finally:
            self._beat.stop()
            self._pulse.stop()
            qInstallMessageHandler(before)
            sys.excepthook = guard
        self.outcome.stalls, self.outcome.longest = self._pulse.stalls, self._pulse.longest
        return self.outcome

    def _next(self) -> None:
        if self._is_over():
            self._leave_dialogs()
            self._loop.quit()
            return
        is_rest = self._chance.random() < 0.04
        # First, so that a dialog opened by the deed does not stop the hands.
        QTimer.singleShot(self._chance.randint(*_REST_MS) if is_rest else 0, self._next)
        self._left -= 1
        self.outcome.events += 1
        self._stage.clock.advance(self._chance.uniform(*_TICK))
        self._stage.window.stir()  # these events go to the controls, past the window, where real ones arrive
        self._pulse.beat("an input")
        try:
            did = self._deeds.do()
        except Exception:
            self._fault(f"the monkey's own hands: {traceback.format_exc()}")
            return
        if did:
            self._trail.append(did)
            if self._told is not None:
                self._told(did)
        self._pulse.beat(f"after {self._trail[-1]}")
        self._look()

    def _leave_dialogs(self) -> None:
        """A question in a window of its own has a loop of its own, which would keep ours from ending."""
        for _ in range(5):
            asked = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if asked is not None:
                asked.close()

    def _look(self) -> None:
        bench = self._stage.window.bench
        self._shut_out = self._shut_out + 1 if bench is None else 0
        if self._shut_out > _SHUT_OUT:
            faulthandler.dump_traceback(all_threads=True)
            self._fault(f"{_SHUT_OUT} inputs and no way in")
        self.outcome.pages[bench.state.page.value if bench is not None else "outside"] += 1

    def _is_over(self) -> bool:
        house = self._stage.house
        if house.has_crashed:
            self._fault("the crash sheet is up")
        elif not self._stage.window.isVisible():
            self._fault("the window is gone")
        elif house.wants_restart:
            self._fault("the program wants to begin again")
        return self._left <= 0 or bool(self.outcome.faults)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """As the crash sheet would, but whole: a report for a stranger holds no words of the error."""
        self._fault("".join(traceback.format_exception(kind, error, trace)))

    def _complained(self, kind: QtMsgType, _where: object, words: str | None) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(one in (words or "") for one in _HARMLESS):
            self._fault(f"Qt complains: {words}")

    def _fault(self, words: str) -> None:
        if len(self.outcome.faults) < 5:
            self.outcome.faults.append(words + "\nafter\n  " + "\n  ".join(self._trail))


def let_loose(home: Path, seed: int, events: int, told: Callable[[str], None] | None = None) -> Outcome:
    """A monkey for ``events`` deeds over what lies in ``home``; afterwards every vault there is proved."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stage = Stage(home)
    try:
        outcome = Monkey(stage, seed, events, told).run()
        for left in QApplication.topLevelWidgets():  # a menu or a dialog that was open when the time was up
            if left is not stage.window and left.isVisible():
                left.close()
    finally:
        has_crashed = stage.house.has_crashed
        stage.house.shut_down()
        app.processEvents()
    if has_crashed and not outcome.faults:
        outcome.faults.append("the crash sheet was up at the end")
    _prove(home, stage, outcome)
    return outcome


def _prove(home: Path, stage: Stage, outcome: Outcome) -> None:
    places = Places(home=home)
    stage.clock.advance(3600)  # the monkey may have guessed passphrases; the wait for that is over
    for folder, passphrase in ((places.vault, PASSPHRASE), (places.practice / "vault", world.PASSPHRASE)):
        if (folder / "vault.key").exists():
            vault = open_vault(folder, passphrase, stage.clock)
            try:
                outcome.faults += [f"{folder.parent.name}: {finding}" for finding in vault.verify()]
                outcome.notes += vault.questions.info().entries
            finally:
                vault.close()
