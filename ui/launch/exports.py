"""Every assessment of the vault as a file that a stranger can read and check: the export of ``docs/export.md``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from fieldkit.app.export import export_assessment
from fieldkit.app.finalising import Final, check_final, finalise
from fieldkit.app.ports import StillVault, UnitOfWork
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from fieldkit.kernel.ids import new_id
from ui.launch.jobs import Job
from ui.presenters.services import Session
from ui.presenters.settings.services import Exported

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def export_all(vault: StillVault, session: Session, folder: Path, job: Job, app: str, reason: str = "") -> Exported:
    """One file an assessment, each on the vault's own record before its first byte.

    Of the vault as it was when this began, on the work lane. Raises ``Refusal('final.open')`` before anything is
    written where questions are open in any of them and no ``reason`` is given, ``Mistake('export.nothing')``,
    ``Trouble('export.not_written')``; what was begun is then removed, what was finished stays.
    """
    questions = vault.questions
    rows = questions.assessments()
    if not rows:
        raise Mistake("export.nothing")
    for row in rows:
        check_final(questions, row.assessment.id, reason)
    done, total, files, size = 0, sum(row.entries for row in rows), list[Path](), 0
    for row in rows:
        subject = row.assessment
        final = _record(session, subject, reason)
        pieces = export_assessment(
            questions,
            subject.id,
            _frameworks(session, subject),
            made_at=session.clock.now(),
            app=app,
            final=final,
        )
        file = _free(folder / f"{_NOT_IN_NAMES.sub(' ', subject.name).strip() or 'Assessment'}.json")
        size += _write(pieces, file, partial(job.tell, f"Exporting ‘{subject.name}’…", done, total))
        files.append(file)
        done += row.entries
    return Exported(files=tuple(files), size=size)


def _record(session: Session, subject: Assessment, reason: str) -> Final:
    """An export that nobody knows of is worse than one that was broken off."""
    from storage.custody import Custody, Event

    def record(uow: UnitOfWork) -> Final:
        final = finalise(uow, subject.id, reason)
        uow.append(new_id(), Custody(event=Event.EXPORTED, at=uow.clock.now(), detail=subject.id), assessment=None)
        return final

    recorded = session.workspace.perform(
        record,
        initiator="export",
        failed=lambda _: None,  # it is raised here, where the export ends
    )
    return recorded.result()[0]


def _frameworks(session: Session, subject: Assessment) -> list[Framework]:
    """Those of its packs that are on this laptop: a note must be readable although a pack is missing."""
    found = []
    for pin in subject.packs:
        with suppress(FieldKitError):
            found.append(session.packs.framework(pin))
    return found


def _write(pieces: Iterable[str], path: Path, tell: Callable[[], None]) -> int:
    fresh = path.with_name(f".{path.name}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8"))
                tell()
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        fresh.replace(path)
    except BaseException as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Trouble("export.not_written", folder=str(path.parent)) from error
        raise
    return size


def _free(path: Path) -> Path:
    found, n = path, 1
    while found.exists():
        found, n = path.with_stem(f"{path.stem} ({n + 1})"), n + 1
    return found
