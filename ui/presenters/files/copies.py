"""A copy of an attached file outside the vault: on the vault's own record first, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fieldkit.app.file_store import FileStore
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import Mistake, Trouble
from ui.presenters.services import Failed, Session


def save_copy(session: Session, value: Attachment, path: Path, done: Callable[[object], None], failed: Failed) -> None:
    """Write it off the screens' thread. Fails with ``attach.exists``, ``attach.not_saved``, ``attach.not_here``."""

    def write(_: object) -> None:
        session.workspace.work_on_files(lambda files: write_copy(files, value, path), done, failed)

    session.workspace.perform(lambda uow: uow.note_exported(value.id), initiator="files", done=write, failed=failed)


def write_copy(files: FileStore, value: Attachment, target: Path) -> None:
    """Raises ``Mistake('attach.exists')``, ``Trouble('attach.not_saved' | 'attach.not_here' | 'attach.damaged')``."""
    if target.exists():
        raise Mistake("attach.exists", field="out", file=target.name)
    fresh = target.with_name(f".{target.name[:100]}.new")
    pieces = files.pieces(value.sha256)
    try:
        first = next(pieces, b"")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(first)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise Trouble("attach.not_saved", file=str(target)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
