"""What ``fieldkit export …`` does: a private file, or a folder with the files of attachments, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.export_files import FileOut
    from fieldkit.app.file_store import FileStore
    from fieldkit.app.finalising import Final
    from fieldkit.app.ports import UnitOfWork
    from fieldkit.domain.assessment import Assessment
    from fieldkit.kernel.ids import AssessmentId
    from storage.vault import OpenVault

WITHHELD = {
    "held": "Held by a consent, so not in it: {exhibits}",
    "not_attributable": "Would tell who is not attributable, so not in it: {exhibits}",
    "not_here": "Not on this laptop, so not in it: {exhibits}. Ask for each with fieldkit attachment fetch, then send",
    "damaged": "Damaged, so not in it: {exhibits}. Check the vault: fieldkit vault verify",
}
NOT_ENCRYPTED = "This file is not encrypted: whoever has it can read every note. Keep it as you would the vault"


def export_json(desk: Desk) -> int:
    """Write the export; its own JSON goes to standard output only where that was asked for."""
    from ui.cli import choose

    target = desk.options.out
    if target != "-":
        _check_place(Path(target))
    with opened(desk) as vault:
        subject = choose.assessment(vault.questions, desk.options.assessment)
        _warn(desk, vault, subject)
        final = _record(desk, vault, subject.id)
        pieces = _pieces(desk, vault, subject, final)
        if target == "-":
            for piece in pieces:
                desk.terminal.out.write(piece)
            return faults.OK
        size = write_pieces(pieces, Path(target))
    desk.terminal.show(
        {"file": target, "bytes": size, "assessment": subject.id},
        f"‘{subject.name}’ exported to {target}, {size:,} bytes",
    )
    desk.terminal.say_narrowed()
    desk.terminal.remark(NOT_ENCRYPTED)
    return faults.OK


def export_folder(desk: Desk) -> int:
    """The export and the files into a folder beside, which is moved into place once all of it is written."""
    from fieldkit.app.export_files import files_out
    from ui.cli import choose

    target = Path(desk.options.out).expanduser().absolute()
    _check_place(target)
    if target.exists():
        raise Mistake("cli.folder_used", field="out", folder=str(target))
    fresh = target.with_name(f".{target.name[:100]}.new")
    with opened(desk) as vault:
        subject = choose.assessment(vault.questions, desk.options.assessment)
        _warn(desk, vault, subject)
        final = _record(desk, vault, subject.id)
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
            files = write_files(vault.files, files_out(vault.questions, subject.id), fresh)
            size = write_pieces(_pieces(desk, vault, subject, final, files), fresh / "export.json")
            fresh.rename(target)
        except OSError as error:
            raise Trouble("cli.export_unwritten", file=str(target)) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    _tell_folder(desk, subject, target, size, files)
    return faults.OK


def _tell_folder(desk: Desk, subject: Assessment, target: Path, size: int, files: list[FileOut]) -> None:
    from fieldkit.app.export_files import Withheld
    from ui.presenters.files.words import size_of
    from ui.presenters.wording import ui

    out = {one.path: one.value.size for one in files if one.withheld is None}
    desk.terminal.show(
        {
            "folder": str(target), "bytes": size, "assessment": subject.id,
            "files": [one.told() for one in files],
        },
        f"‘{subject.name}’ exported to {target}: export.json and {ui.count(len(out), 'file', 'files')}"
        f" ({size_of(sum(out.values()))})",
    )  # fmt: skip
    for why in Withheld:
        if some := [one.value.exhibit for one in files if one.withheld is why]:
            desk.terminal.remark(WITHHELD[why.value].format(exhibits=", ".join(some)))
    desk.terminal.say_narrowed()
    desk.terminal.remark(NOT_ENCRYPTED.replace("file", "folder"))


def write_files(store: FileStore, files: list[FileOut], folder: Path) -> list[FileOut]:
    """Write each file that goes out, proved as it is read; one that is not here or is damaged is said to be so."""
    from fieldkit.app.export_files import FOLDER, Withheld
    from ui.presenters.files.copies import write_copy

    (folder / FOLDER).mkdir(mode=0o700)
    found = []
    for one in files:
        withheld = one.withheld
        if withheld is None and not store.has(one.value.sha256):
            withheld = Withheld.NOT_HERE
        elif withheld is None and not (folder / one.path).exists():
            try:
                write_copy(store, one.value, folder / one.path)
            except Trouble as trouble:
                if trouble.code != "attach.damaged":
                    raise
                withheld = Withheld.DAMAGED
        found.append(replace(one, withheld=withheld))
    return found


def _check_place(target: Path) -> None:
    if not target.absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="out", folder=str(target.absolute().parent))


def _pieces(
    desk: Desk, vault: OpenVault, subject: Assessment, final: Final, files: list[FileOut] | None = None
) -> Iterator[str]:
    from fieldkit import __version__
    from fieldkit.app.export import export_assessment
    from ui.cli.words import known_frameworks

    return export_assessment(
        vault.questions, subject.id, known_frameworks(subject), made_at=desk.clock.now(),
        app=f"FieldKit {__version__}", files=files, final=final,
    )  # fmt: skip


def _warn(desk: Desk, vault: OpenVault, subject: Assessment) -> None:
    """Roles that may tell who somebody is are said before anything leaves."""
    from fieldkit.app.small_groups import small_of
    from ui.cli.words import known_frameworks
    from ui.presenters.people.words import small_line

    if words := small_line(small_of(vault.questions, subject.id, known_frameworks(subject))):
        desk.terminal.remark(words)


def _record(desk: Desk, vault: OpenVault, assessment: AssessmentId) -> Final:
    """Put it on the vault's own record before a byte leaves: an export unknown is worse than one broken off.

    Raises ``Refusal('final.open')`` where something is open and nobody said why it is exported all the same.
    """
    from fieldkit.app.finalising import finalise
    from fieldkit.kernel.ids import new_id
    from storage.custody import Custody, Event

    def record(uow: UnitOfWork) -> Final:
        final = finalise(uow, assessment, desk.options.although)
        event = Custody(event=Event.EXPORTED, at=uow.clock.now(), detail=assessment)
        uow.append(new_id(), event, assessment=None)
        return final

    return vault.perform(record)[0]


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
