"""Proves that a bundle or an installation works: window painted, vault made, a note written and read back, closed."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 60.0


def run_check(argv: Sequence[str]) -> int:
    """Everything in a folder that is thrown away. Exit code 0 with one line of figures, or 1 with what did not work."""
    began = time.monotonic()
    from ui.launch.application import make_application

    app = make_application(argv)
    with tempfile.TemporaryDirectory(prefix="fieldkit-check-") as folder:
        from ui.launch.house import House
        from ui.places import Places

        house = House(app, Places(home=Path(folder)))
        house.open()
        app.processEvents()
        painted = time.monotonic() - began
        try:
            words = _write_a_note(house.lanes, Path(folder) / "vault")
        finally:
            house.shut_down()
    if words != _NOTE:
        print("FieldKit did not read back what it wrote", file=sys.stderr)
        return 1
    print(
        f"ready: first screen after {painted:.2f} s, note written and read back after {time.monotonic() - began:.2f} s"
    )
    return 0


_NOTE = "Chair asked who owns the recovery plan"


def _write_a_note(lanes: object, folder: Path) -> str:
    from fieldkit.app.lanes import Lanes

    assert isinstance(lanes, Lanes)
    return lanes.store.submit(lambda: _note(folder)).result(_SECONDS)


def _note(folder: Path) -> str:
    from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
    from fieldkit.app.entries import NewEntry, record_entry
    from fieldkit.app.ports import UnitOfWork
    from fieldkit.app.rows import EntryFilter
    from fieldkit.domain.assessment import ActivityKind, PackPin, SubjectKind
    from fieldkit.frameworks.library import Library
    from fieldkit.kernel.clock import SystemClock
    from storage.vault import create_vault

    ref = Library().available()[0]
    vault = create_vault(folder, "check check check check", name="Check", initials="CK", clock=SystemClock())

    def write(uow: UnitOfWork) -> None:
        pin = PackPin(id=ref.id, version=ref.version, digest=ref.digest)
        assessment = open_assessment(uow, "Check", SubjectKind(ref.subject), [pin])
        visit = plan_visit(uow, assessment.id, "Check")
        activity = plan_activity(uow, visit, ActivityKind.OBSERVATION, "Check")
        record_entry(uow, activity, NewEntry(text=_NOTE))

    try:
        vault.perform(write)
        return vault.questions.entries(EntryFilter())[0].entry.text
    finally:
        vault.close()
