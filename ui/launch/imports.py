"""What the page *Take work in* does: an export is proved off the screens' thread, then kept page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.lanes import run
from ui.launch.jobs import Job
from ui.presenters.services import Failed, Session
from ui.presenters.settings.services import ExportFound, ExportIn

if TYPE_CHECKING:
    from fieldkit.app.ports import UnitOfWork, Vault
    from fieldkit.app.takeout.export_in import ExportHead
    from fieldkit.app.takeout.taking_in import Here, Proved, TakenIn
    from fieldkit.kernel.ids import AssessmentId

_PROVING = "Checking the export…"


def prove_export(
    session: Session, path: Path, job: Job, done: Callable[[ExportFound], None], failed: Callable[[Exception], None]
) -> None:
    """Read its head, then what the vault knows of it, then all of it: nothing typed waits for the long parts."""
    workspace, lanes = session.workspace, session.workspace.lanes

    def headed(found: tuple[Path, ExportHead]) -> None:
        def look(vault: Vault) -> Here:  # of the whole vault, also for an adviser who is shown a part of it
            from fieldkit.app.takeout.taking_in import here_of

            return here_of(found[1], vault.questions, vault.sync_store)

        def known(here: Here) -> None:
            run(lanes.work, lanes.deliver, lambda: _proved(*found, here, job), done, failed)

        workspace.maintain(look, known, failed)

    def open_it() -> tuple[Path, ExportHead]:
        from fieldkit.app.takeout.taking_in import opened

        return opened(path)

    run(lanes.work, lanes.deliver, open_it, headed, failed)


def keep_export(session: Session, proved: Proved, job: Job, done: Callable[[ExportIn], None], failed: Failed) -> None:
    """On the work lane, a page of it at a time on the store lane; then hold the vault against the file."""
    workspace, lanes = session.workspace, session.workspace.lanes

    def keep() -> TakenIn:
        from fieldkit.app.takeout.taking_in import take_in_by

        tell = lambda now, all_: job.tell("Taking in…", now, all_)  # noqa: E731
        taken = take_in_by(proved, workspace.sync_call, tell)
        workspace.perform(lambda uow: _note(uow, proved.head.assessment), initiator="import").result()
        return taken

    def kept(taken: TakenIn) -> None:
        from fieldkit.app.takeout.digests import digest_of

        head = proved.head
        workspace.look_over(
            lambda vault: ExportIn(taken=taken, digest=digest_of(vault.questions, head.assessment, head.name)),
            done, failed,
        )  # fmt: skip

    run(lanes.work, lanes.deliver, keep, kept, failed)


def _proved(document: Path, head: ExportHead, here: Here, job: Job) -> ExportFound:
    from fieldkit.app.takeout.taking_in import prove_against
    from fieldkit.kernel.signing import fingerprint
    from ui.presenters.passphrases import word_list

    proved = prove_against(document, head, here, lambda now, all_: job.tell(_PROVING, now, all_))
    words = word_list()
    keys = [
        (str(one.device)[-8:], " ".join(words[number] for number in fingerprint(one.public)))
        for one in proved.strangers
    ]
    return ExportFound(proved=proved, keys=tuple(keys))


def _note(uow: UnitOfWork, assessment: AssessmentId) -> None:
    from storage.custody import Event
    from storage.vault import note_event

    note_event(uow, Event.IMPORTED, assessment)
