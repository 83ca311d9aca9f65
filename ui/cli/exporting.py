"""What ``fieldkit export …`` does: a private file or folder in one of the formats, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.export_files import FileOut
    from fieldkit.app.finalising import Final
    from fieldkit.app.ports import UnitOfWork
    from fieldkit.app.takeout.taking_out import Order, Written
    from fieldkit.app.takeout.ways import Way
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
    from fieldkit.app.takeout.taking_out import export_pieces
    from fieldkit.app.takeout.ways import Way

    if desk.options.out != "-":
        return _export(desk, Way.JSON)
    with opened(desk) as vault:
        subject = _subject(desk, vault)
        _warn(desk, vault, subject)
        order = _order(desk, vault, subject, _record(desk, vault, subject.id))
        for piece in export_pieces(order, None):
            desk.terminal.out.write(piece)
    return faults.OK


def export_folder(desk: Desk) -> int:
    """The export and the files of attachments beside it."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.FOLDER)


def export_tables(desk: Desk) -> int:
    """A workbook where the name ends in .xlsx, else a folder of CSV files."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.WORKBOOK if desk.options.out.casefold().endswith(".xlsx") else Way.TABLES)


def export_markdown(desk: Desk) -> int:
    """Pages to read and the files."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.MARKDOWN)


def export_word(desk: Desk) -> int:
    """Every report for the team as a Word document."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.WORD)


def export_refi(desk: Desk) -> int:
    """A project for other programs; what it cannot hold is said before it is written."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.REFI)


def export_codebook(desk: Desk) -> int:
    """The frameworks as codes."""
    from fieldkit.app.takeout.ways import Way

    return _export(desk, Way.CODEBOOK)


def _export(desk: Desk, way: Way) -> int:
    from fieldkit.app.takeout.taking_out import losses_of, take_out
    from fieldkit.app.takeout.ways import way_out
    from ui.cli.words import known_frameworks

    target = Path(desk.options.out).expanduser().absolute()
    _check_place(target)
    if not way_out(way).suffix and target.exists():
        raise Mistake("cli.folder_used", field="out", folder=str(target))
    with opened(desk) as vault:
        subject = _subject(desk, vault)
        _warn(desk, vault, subject)
        for loss in losses_of(way, vault.questions, subject.id, known_frameworks(subject)):
            desk.terminal.remark(f"Not in it: {loss}")
        order = _order(desk, vault, subject, _record(desk, vault, subject.id))
        try:
            written = take_out(way, order, target)
        except Trouble as trouble:
            if trouble.code != "export.not_written":
                raise
            raise Trouble("cli.export_unwritten", file=desk.options.out) from trouble
    _tell(desk, subject, way, written)
    return faults.OK


def _tell(desk: Desk, subject: Assessment, way: Way, written: Written) -> None:
    from fieldkit.app.takeout.ways import way_out
    from ui.presenters.files.words import size_of
    from ui.presenters.wording import ui

    is_folder, out = not way_out(way).suffix, desk.options.out
    facts: dict[str, object] = {"bytes": written.size, "assessment": subject.id, "format": way.value}
    words = f"‘{subject.name}’ exported to {out}, {written.size:,} bytes"
    if written.losses:
        facts["losses"] = list(written.losses)
    if is_folder:
        sizes = {one.path: one.value.size for one in written.files if one.withheld is None}
        facts["files"] = [one.told() for one in written.files]
        what = "export.json and " if way.value == "folder" else ""
        words = f"‘{subject.name}’ exported to {written.path}: {what}{ui.count(len(sizes), 'file', 'files')}"
        words += f" ({size_of(sum(sizes.values()))})"
    if way.value in ("tables", "word"):
        words = f"‘{subject.name}’ exported to {written.path}, {written.size:,} bytes"
    desk.terminal.show({"folder": str(written.path)} | facts if is_folder else {"file": out} | facts, words)
    _tell_withheld(desk, written.files)
    desk.terminal.say_narrowed()
    if way.value != "codebook":
        desk.terminal.remark(NOT_ENCRYPTED.replace("file", "folder") if is_folder else NOT_ENCRYPTED)


def _tell_withheld(desk: Desk, files: tuple[FileOut, ...]) -> None:
    from fieldkit.app.export_files import Withheld

    for why in Withheld:
        if some := [one.value.exhibit for one in files if one.withheld is why]:
            desk.terminal.remark(WITHHELD[why.value].format(exhibits=", ".join(some)))


def _subject(desk: Desk, vault: OpenVault) -> Assessment:
    from ui.cli import choose

    return choose.assessment(vault.questions, desk.options.assessment)


def _check_place(target: Path) -> None:
    if not target.absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="out", folder=str(target.absolute().parent))


def _order(desk: Desk, vault: OpenVault, subject: Assessment, final: Final) -> Order:
    from fieldkit import __version__
    from fieldkit.app.takeout.refi_project import RefiChoice
    from fieldkit.app.takeout.taking_out import Order
    from ui.cli.words import known_frameworks

    options = vars(desk.options)
    return Order(
        questions=vault.questions, files=vault.files, assessment=subject.id, frameworks=known_frameworks(subject),
        made_at=desk.clock.now(), app=f"FieldKit {__version__}", final=final,
        refi=RefiChoice(exact=bool(options.get("exact")), compat=bool(options.get("compat"))),
    )  # fmt: skip


def _warn(desk: Desk, vault: OpenVault, subject: Assessment) -> None:
    """What nobody saved, and roles that may tell who somebody is, are said before anything leaves."""
    from fieldkit.app.small_groups import small_of
    from fieldkit.app.takeout.left_behind import minded
    from ui.cli.words import known_frameworks
    from ui.presenters.people.words import small_line
    from ui.presenters.wording.takeout import BLIND_TAKEN, begun_words

    found = minded(vault.questions, subject.id)
    for words in (begun_words(found.begun), BLIND_TAKEN if found.is_blind else ""):
        if words:
            desk.terminal.remark(words)
    if words := small_line(small_of(vault.questions, subject.id, known_frameworks(subject))):
        desk.terminal.remark(words)


def _record(desk: Desk, vault: OpenVault, assessment: AssessmentId) -> Final:
    """Put it on the vault's own record before a byte leaves: an export unknown is worse than one broken off.

    Raises ``Refusal('final.open')`` where something is open and nobody said why it is exported all the same.
    """
    from fieldkit.app.finalising import finalise

    def record(uow: UnitOfWork) -> Final:
        final = finalise(uow, assessment, desk.options.although)
        uow.note_exported(assessment)
        return final

    return vault.perform(record)[0]
