"""What Settings do with the open vault: facts, backups, checking, exports, housekeeping, a new passphrase."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fieldkit import __version__
from fieldkit.app.lanes import run
from fieldkit.kernel.errors import Trouble
from ui.launch.jobs import Job
from ui.presenters.services import Failed, Session
from ui.presenters.settings.services import (
    BackupMade,
    ExportFound,
    ExportIn,
    Progress,
    Stop,
    StorageFacts,
    TakenOut,
    TakeOutChoice,
    Verified,
)

if TYPE_CHECKING:
    from fieldkit.app.file_store import FileStore
    from fieldkit.app.ports import Questions, StillVault, UnitOfWork, Vault
    from fieldkit.app.rows import Finding
    from storage.vault import OpenVault

_MOST_BITS = 10_000
"""Of housekeeping in one go: 10 ms each, so it ends within two minutes whatever there is."""


class VaultKeeping:
    """Implements ``ui.presenters.settings.services.VaultKeeper``."""

    def facts(self, session: Session, done: Callable[[StorageFacts], None], failed: Failed) -> None:
        """Sizes are read on the work lane, counts from the vault."""
        folder = session.folder

        def counted(found: tuple[int, int]) -> None:
            lanes = session.workspace.lanes
            run(lanes.work, lanes.deliver, lambda: _facts(folder, *found), done, failed)

        session.workspace.ask_then(_counts, counted, failed)

    def back_up(
        self, session: Session, folder: Path, progress: Progress, done: Callable[[BackupMade], None], failed: Failed
    ) -> Stop:
        """A proved copy beside the vault, then into one file at ``folder``; nothing typed waits for either."""
        workspace = session.workspace
        lanes = session.workspace.lanes
        job = Job(lanes, progress)

        def copied(file: str) -> None:
            ended = job.unless_stopped(failed, "backup.stopped")
            run(lanes.work, lanes.deliver, lambda: _carry(Path(file), folder, session, job), done, ended)

        progress("Making a backup…", 0, 0)
        copy = lambda _: workspace.look_over(lambda vault: vault.backup(), copied, failed)  # noqa: E731
        workspace.perform(_note_backup, initiator="backup", done=copy, failed=failed)
        return job.stop

    def verify(self, session: Session, progress: Progress, done: Callable[[Verified], None], failed: Failed) -> Stop:
        """Of the vault as it is now, while it goes on being written."""
        job = Job(session.workspace.lanes, progress)
        ended = job.unless_stopped(failed, "verify.stopped")
        session.workspace.look_over(lambda vault: _verified(vault, job), done, ended)
        return job.stop

    def take_out(
        self,
        session: Session,
        choice: TakeOutChoice,
        progress: Progress,
        done: Callable[[TakenOut], None],
        failed: Failed,
    ) -> Stop:
        """Of the vault as it is now, while it goes on being written."""
        from ui.launch.exports import export_chosen

        job = Job(session.workspace.lanes, progress)
        ended = job.unless_stopped(failed, "export.stopped")
        app = f"FieldKit {__version__}"

        def begin(files: FileStore) -> None:
            session.workspace.look_over(
                lambda vault: export_chosen(vault, session, files, choice, job, app), done, ended
            )

        session.workspace.work_on_files(lambda files: files, begin, ended)
        return job.stop

    def losses(
        self, session: Session, assessment: str, way: str, done: Callable[[tuple[str, ...]], None], failed: Failed
    ) -> None:
        """Read on the work lane: it looks at every note."""
        from ui.launch.exports import losses_in

        session.workspace.look_over(lambda vault: losses_in(vault, session, assessment, way), done, failed)

    def prove(
        self, session: Session, path: Path, progress: Progress, done: Callable[[ExportFound], None], failed: Failed
    ) -> Stop:
        """On the work lane but for what the vault knows of it."""
        from ui.launch.imports import prove_export

        job = Job(session.workspace.lanes, progress)
        prove_export(session, path, job, done, job.unless_stopped(failed, "import.stopped"))
        return job.stop

    def take_in(
        self,
        session: Session,
        found: ExportFound,
        progress: Progress,
        done: Callable[[ExportIn], None],
        failed: Failed,
    ) -> Stop:
        """Page by page: what is typed meanwhile is kept in between."""
        from ui.launch.imports import keep_export

        job = Job(session.workspace.lanes, progress)
        keep_export(session, found.proved, job, done, job.unless_stopped(failed, "import.stopped_within"))
        return job.stop

    def tidy(self, session: Session, done: Callable[[], None], failed: Failed) -> None:
        """Bit by bit, so that what is typed meanwhile is kept in between."""
        bits = 0

        def bit(more: bool) -> None:
            nonlocal bits
            bits += 1
            if more and bits < _MOST_BITS:
                session.workspace.maintain(lambda vault: vault.tidy(), bit, failed)
            else:
                done()

        bit(True)

    def change_passphrase(
        self, session: Session, present: str, fresh: str, done: Callable[[], None], failed: Failed
    ) -> None:
        """Only the key file is written again."""

        def change(vault: Vault) -> None:
            cast("OpenVault", vault).change_passphrase(present, fresh)

        session.workspace.maintain(change, lambda _: done(), failed)


def _counts(questions: Questions) -> tuple[int, int]:
    return questions.info().entries, questions.exposure().entries


def _facts(folder: Path, notes: int, only_here: int) -> StorageFacts:
    from storage.blob_copies import files_of
    from storage.places import copied_by

    backups = sorted((folder / "backups").glob("vault-*.db"))
    newest = max((one.stat().st_mtime for one in backups), default=None)
    return StorageFacts(
        folder=folder,
        vault_bytes=sum(one.stat().st_size for one in (*folder.glob("vault.db*"), *files_of(folder))),
        backups=len(backups),
        backup_bytes=sum(one.stat().st_size for one in backups),
        copied_by=copied_by(folder) or "",
        last_backup_at=datetime.fromtimestamp(newest, UTC) if newest is not None else None,
        notes=notes,
        only_here=only_here,
    )


def _carry(backup: Path, folder: Path, session: Session, job: Job) -> BackupMade:
    """Pack ``backup`` into one file at ``folder`` and let the copy beside the vault go, which was made only for it."""
    from storage.carried import SUFFIX, pack

    stamp = session.clock.now().astimezone().strftime("%Y-%m-%d %H%M")
    target = _free(folder / f"FieldKit {stamp}{SUFFIX}")
    is_elsewhere = _device(folder) != _device(backup.parent)
    try:
        size = pack(
            backup, target, lambda done, total: job.tell("Writing the backup and reading it back…", done, total)
        )
    except Trouble as error:
        raise Trouble(error.code, place="The memory stick" if is_elsewhere else "The disk") from error
    finally:
        for one in (backup, backup.with_suffix(".key")):
            one.unlink(missing_ok=True)
    place = f"memory stick ‘{folder.anchor.rstrip(os.sep) or folder}’" if is_elsewhere else str(folder)
    return BackupMade(file=target, place=place, size=size)


def _note_backup(uow: UnitOfWork) -> None:
    from storage.custody import Event
    from storage.vault import note_event

    note_event(uow, Event.BACKED_UP)


def _verified(vault: StillVault, job: Job) -> Verified:
    counted = 0

    def report(stage: str, done: int, total: int) -> None:
        nonlocal counted
        counted = max(counted, total)
        job.tell(f"Checking {_STAGES.get(stage, stage)}…", done, total)

    findings: list[Finding] = vault.verify(report)
    return Verified(records=vault.questions.info().revisions, findings=tuple(findings))


_STAGES: dict[str, str] = {}
"""What a stage of checking is called, where its own word is none a person would use."""


def _free(path: Path) -> Path:
    found, n = path, 1
    while found.exists():
        found, n = path.with_stem(f"{path.stem} ({n + 1})"), n + 1
    return found


def _device(folder: Path) -> int:
    try:
        return folder.stat().st_dev
    except OSError:
        return 0
