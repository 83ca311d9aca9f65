"""Proves that a bundle or an installation works: the locked window, unlocked by keys, a note typed, closed, read back.

With ``FIELDKIT_HOME`` naming an empty folder the vault stays there, so that another program can look at it; else
everything is thrown away. Its passphrase is ``CHECK_PASSPHRASE``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.launch.house import House
    from ui.places import Places

CHECK_PASSPHRASE = "check check check check"
_NOTE = "Chair asked who owns the recovery plan"
_SECONDS = 120.0


def run_check(argv: Sequence[str]) -> int:
    """Exit code 0 with one line of figures, or 1 with what did not work."""
    began = time.monotonic()
    from ui.launch.application import make_application

    app = make_application(argv)
    with _home() as places:
        _make_vault(places.vault)
        made = time.monotonic()
        from ui.launch.house import House

        house = House(app, places)
        try:
            house.open()
            app.processEvents()
            painted = time.monotonic() - made
            problem = _use(app, house)
        finally:
            house.shut_down()
        words = _read_back(places.vault)
    if problem or words != [_NOTE]:
        print(problem or "FieldKit did not read back what was typed", file=sys.stderr)
        return 1
    print(
        f"ready: locked screen {painted:.2f} s after the vault was made, "
        f"unlocked, note typed, closed and read back after {time.monotonic() - began:.2f} s"
    )
    return 0


@contextmanager
def _home() -> Iterator[Places]:
    from ui.places import HOME_VARIABLE, Places, find_places

    if os.environ.get(HOME_VARIABLE, "").strip() and not find_places().vault.exists():
        yield find_places()
        return
    with tempfile.TemporaryDirectory(prefix="fieldkit-check-") as folder:
        yield Places(home=Path(folder))


def _make_vault(folder: Path) -> None:
    """A vault with one meeting, whose log is what unlocking leads to."""
    from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
    from fieldkit.app.ports import UnitOfWork
    from fieldkit.domain.assessment import ActivityKind, PackPin, SubjectKind
    from fieldkit.frameworks.library import Library
    from fieldkit.kernel.clock import SystemClock
    from storage.vault import create_vault
    from ui.presenters.workbench import LAST_PLACE

    ref = Library().available()[0]
    vault = create_vault(folder, CHECK_PASSPHRASE, name="Check", initials="CK", clock=SystemClock())

    def plan(uow: UnitOfWork) -> None:
        pin = PackPin(id=ref.id, version=ref.version, digest=ref.digest)
        assessment = open_assessment(uow, "Check", SubjectKind(ref.subject), [pin])
        visit = plan_visit(uow, assessment.id, "Check")
        activity = plan_activity(uow, visit, ActivityKind.OBSERVATION, "Check")
        uow.set_setting(LAST_PLACE, f"log {activity.id}")

    try:
        vault.perform(plan)
    finally:
        vault.close()


def _use(app: QApplication, house: House) -> str:
    """Unlock, type and save by keys; what did not come to be, or nothing."""
    if not _until(app, lambda: _focus(app) == "unlock.passphrase"):
        return "The locked screen did not come"
    _type(app, f"{CHECK_PASSPHRASE}\n")
    if not _until(app, lambda: _focus(app) == "log.capture"):
        return "Unlocking did not lead to the log"
    _type(app, f"{_NOTE}\n")
    bench = house.window.bench
    if bench is None or not _until(app, lambda: bench.status.state.saved.startswith("Saved")):
        return "The note was not saved"
    return "The crash sheet is up" if house.has_crashed else ""


def _focus(app: QApplication) -> str:
    focused = app.focusWidget()
    return focused.objectName() if focused is not None else ""


def _type(app: QApplication, words: str) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for letter in words:
        key, text = (Qt.Key.Key_Return, "\r") if letter == "\n" else (Qt.Key.Key_unknown, letter)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focused = app.focusWidget()
            if focused is not None:
                app.sendEvent(focused, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _until(app: QApplication, holds: Callable[[], object]) -> bool:
    end = time.monotonic() + _SECONDS
    while not holds():
        if time.monotonic() > end:
            return False
        app.processEvents()
        time.sleep(0.002)
    return True


def _read_back(folder: Path) -> list[str]:
    from fieldkit.app.rows import EntryFilter
    from fieldkit.kernel.clock import SystemClock
    from storage.vault import open_vault

    vault = open_vault(folder, CHECK_PASSPHRASE, SystemClock())
    try:
        broken = [str(finding) for finding in vault.verify()]
        return broken or [row.entry.text for row in vault.questions.entries(EntryFilter())]
    finally:
        vault.close()
