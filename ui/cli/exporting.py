"""What ``fieldkit export json`` does: the pieces of the export into a private file, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.kernel.ids import AssessmentId
    from storage.vault import OpenVault

NOT_ENCRYPTED = "This file is not encrypted: whoever has it can read every note. Keep it as you would the vault"


def export_json(desk: Desk) -> int:
    """Write the export; its own JSON goes to standard output only where that was asked for."""
    from fieldkit import __version__
    from fieldkit.app.export import export_assessment
    from fieldkit.app.people import people_of
    from fieldkit.domain.small_numbers import small_numbers
    from ui.cli import choose
    from ui.cli.words import known_frameworks
    from ui.presenters.people.words import small_line

    target = desk.options.out
    if target != "-" and not Path(target).absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="out", folder=str(Path(target).absolute().parent))
    with opened(desk) as vault:
        subject = choose.assessment(vault.questions, desk.options.assessment)
        _record(vault, subject.id)
        pieces = export_assessment(
            vault.questions, subject.id, known_frameworks(subject), made_at=desk.clock.now(),
            app=f"FieldKit {__version__}",
        )  # fmt: skip
        small = small_line(small_numbers(people_of(vault.questions, subject.id)))
        if target == "-":
            for piece in pieces:
                desk.terminal.out.write(piece)
            return faults.OK
        size = write_pieces(pieces, Path(target))
    desk.terminal.show(
        {"file": target, "bytes": size, "assessment": subject.id},
        f"‘{subject.name}’ exported to {target}, {size:,} bytes",
    )
    desk.terminal.remark(NOT_ENCRYPTED)
    if small:
        desk.terminal.remark(small)
    return faults.OK


def _record(vault: OpenVault, assessment: AssessmentId) -> None:
    """Put it on the vault's own record before a byte leaves: an export unknown is worse than one broken off."""
    from fieldkit.kernel.ids import new_id
    from storage.custody import Custody, Event

    vault.perform(
        lambda uow: uow.append(
            new_id(), Custody(event=Event.EXPORTED, at=uow.clock.now(), detail=assessment), assessment=None
        )
    )


def write_pieces(pieces: Iterator[str], path: Path) -> int:
    """Write with mode 0600 beside ``path`` and move there; how many bytes.

    Raises ``Trouble('cli.export_unwritten')``.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        fresh.replace(path)
    except BaseException as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Trouble("cli.export_unwritten", file=str(path)) from error
        raise
    return size
