"""What the page *Take work out* does: one assessment in one format, of the vault as it was when this began."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.allotted import as_seen
from fieldkit.app.finalising import Final, check_final, finalise
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import AssessmentId
from ui.launch.jobs import Job
from ui.presenters.settings.services import TakenOut, TakeOutChoice

if TYPE_CHECKING:
    from fieldkit.app.file_store import FileStore
    from fieldkit.app.ports import Questions, StillVault, UnitOfWork
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework
    from ui.presenters.services import Session

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def export_chosen(
    vault: StillVault, session: Session, files: FileStore, choice: TakeOutChoice, job: Job, app: str
) -> TakenOut:
    """Write it; it is on the vault's own record before its first byte.

    On the work lane. Raises ``Refusal('final.open')`` before anything is written where questions are open and no reason
    is given, ``Mistake('export.nothing')``, and what ``fieldkit.app.takeout.taking_out.take_out`` raises.
    """
    from fieldkit.app.export_files import Withheld
    from fieldkit.app.takeout.taking_out import Order, take_out
    from fieldkit.app.takeout.ways import Way, way_out

    questions = as_seen(vault.questions)
    subject = _subject(questions, choice.assessment)
    check_final(questions, subject.id, choice.reason)
    way = way_out(Way(choice.way))
    name = f"{_NOT_IN_NAMES.sub(' ', subject.name).strip() or 'Assessment'}{_ENDS.get(choice.way, '')}{way.suffix}"
    order = Order(
        questions=questions, files=files, assessment=subject.id, frameworks=_frameworks(session, subject),
        made_at=session.clock.now(), app=app, final=_record(session, subject.id, choice.reason),
        tell=lambda done, total: job.tell(f"Taking out ‘{subject.name}’…", done, total),
    )  # fmt: skip
    made = take_out(way.way, order, _free(choice.folder / name))
    withheld = sum(one.withheld not in (None, Withheld.HELD) for one in made.files)
    return TakenOut(path=made.path, size=made.size, withheld=withheld)


_ENDS = {"folder": " with files", "tables": " tables", "markdown": " pages", "word": " reports"}
"""What a folder is called after, beside the name of the assessment."""


def losses_in(vault: StillVault, session: Session, assessment: str, way: str) -> tuple[str, ...]:
    """What the format cannot hold, read on the work lane."""
    from fieldkit.app.takeout.taking_out import losses_of
    from fieldkit.app.takeout.ways import Way

    questions = as_seen(vault.questions)
    subject = _subject(questions, assessment)
    return losses_of(Way(way), questions, subject.id, _frameworks(session, subject))


def _subject(questions: Questions, assessment: str) -> Assessment:
    found = next((row.assessment for row in questions.assessments() if row.assessment.id == assessment), None)
    if found is None:
        raise Mistake("export.nothing")
    return found


def _record(session: Session, assessment: AssessmentId, reason: str) -> Final:
    """An export that nobody knows of is worse than one that was broken off."""

    def record(uow: UnitOfWork) -> Final:
        final = finalise(uow, assessment, reason)
        uow.note_exported(assessment)
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


def _free(path: Path) -> Path:
    found, n = path, 1
    while found.exists():
        found, n = path.with_name(f"{path.stem} ({n + 1}){path.suffix}"), n + 1
    return found
