"""What ``fieldkit attach`` and ``fieldkit attachment …`` do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.app.attachments import Said
    from fieldkit.app.rows import FileRow
    from fieldkit.domain.attachment import Attachment
    from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId
    from storage.vault import OpenVault

NOT_ENCRYPTED = "This copy is not encrypted. Delete it when you no longer need it"


def attach(desk: Desk) -> int:
    """Copy a file in, then write its record."""
    from fieldkit.app import attachments
    from fieldkit.media.source import source_of

    options = desk.options
    with opened(desk) as vault:
        said = _said(desk, vault)
        with source_of(Path(options.file)) as source:
            attachments.check(said, attachments.media_of(source), desk.clock.now())  # before anything is copied
            told = _progress(desk, source.size)
            taken = attachments.take_in(vault.files, source, told, keep_location=options.keep_location)
        value, _ = vault.perform(lambda uow: attachments.attach(uow, taken, said, again=options.again))
        _show(desk, vault, value.id)
        if value.dropped:
            desk.terminal.remark("The place where this photo was taken was removed from the copy.")
    return faults.OK


def list_files(desk: Desk) -> int:
    """Attached files in the order of their arrival."""
    from fieldkit.app.told import told_files
    from ui.cli import choose, words

    with opened(desk) as vault:
        _recover(desk, vault)
        asked = desk.options.assessment
        wanted = choose.assessment(vault.questions, asked).id if asked else None
        rows = told_files(vault.questions, vault.questions.files(wanted))
        facts = [_facts(vault, row) for row in rows]
        table = [
            (row.row.value.exhibit, row.row.value.name[:48], _size(row.row.value.size), row.row.value.purpose[:48],
             _state(vault, row))
            for row in rows
        ]  # fmt: skip
    lines = words.columns(("Exhibit", "File", "Size", "Purpose", "Where"), table)
    desk.terminal.show(facts, lines if rows else "No files attached yet. Attach one: fieldkit attach letter.pdf")
    return faults.OK


def show(desk: Desk) -> int:
    """Everything of one."""
    with opened(desk) as vault:
        _recover(desk, vault)
        _show(desk, vault, _found(vault, desk.options.exhibit).id)
    return faults.OK


def save(desk: Desk) -> int:
    """A plain copy: written beside, proved as it is read, moved into place; an existing file is never replaced."""
    from fieldkit.app.attachments import find_exhibit
    from ui.presenters.files.copies import write_copy

    target = Path(desk.options.out).expanduser().absolute()
    if not target.parent.is_dir():
        raise Mistake("cli.no_folder", field="out", folder=str(target.parent))
    with opened(desk) as vault:
        _recover(desk, vault)
        row = find_exhibit(vault.questions, desk.options.exhibit)
        if row.barred is not None:
            raise Mistake("attach.held", field="exhibit")
        value: Attachment = row.value
        vault.perform(lambda uow: uow.note_exported(value.id))
        write_copy(vault.files, value, target)
    desk.terminal.show({"file": str(target), "bytes": value.size}, f"{value.exhibit} saved to {target}")
    desk.terminal.remark(NOT_ENCRYPTED)
    return faults.OK


def withdraw(desk: Desk) -> int:
    """Out of use, with the reason."""
    from fieldkit.app import attachments

    with opened(desk) as vault:
        value = _found(vault, desk.options.exhibit)
        vault.perform(lambda uow: attachments.withdraw(uow, value.id, desk.options.reason))
        _show(desk, vault, value.id)
    return faults.OK


def fetch(desk: Desk) -> int:
    """Ask for a team-mate's file."""
    with opened(desk) as vault:
        value = _found(vault, desk.options.exhibit)
        if not vault.files.has(value.sha256):
            vault.perform(lambda uow: uow.want_file(value.id, is_wanted=True))
        _show(desk, vault, value.id)
    return faults.OK


def redact(desk: Desk) -> int:
    """A copy with black boxes as an exhibit of its own."""
    from fieldkit.app import attachments, previews
    from fieldkit.media.boxes import read_box

    boxes = [read_box(text) for text in desk.options.box]
    with opened(desk) as vault:
        value = _found(vault, desk.options.exhibit)
        taken, pages = previews.redact(vault.files, value, boxes, lambda done, total: None)
        said = previews.said_of_copy(value, len(boxes), pages, desk.options.purpose)
        made, _ = vault.perform(lambda uow: attachments.attach(uow, taken, said))
        _show(desk, vault, made.id)
    return faults.OK


def _said(desk: Desk, vault: OpenVault) -> Said:
    from fieldkit.app.attachments import Said
    from fieldkit.domain.attachment import Origin, People
    from fieldkit.kernel.ids import RecordId
    from ui.cli import choose

    options = desk.options
    if options.comment:
        assessment, visit, about = _of_comment(vault, options.comment)
    elif options.note:
        entry = choose.note(vault.questions, options.note).entry
        assessment, visit, about = entry.assessment, entry.visit, RecordId(entry.id)
    else:
        activity = choose.activity(vault.questions, options.activity)
        assessment, visit, about = activity.assessment, activity.visit, RecordId(activity.id)
    people = People.DECLARED if options.declaration else People.NOBODY if options.nobody else People.NOT_A_PICTURE
    return Said(
        assessment=assessment, visit=visit, about=about, purpose=options.purpose,
        origin=Origin(options.origin), from_whom=options.from_whom, place=options.where, taken_on=_day(options.taken),
        people=people, declaration=options.declaration,
    )  # fmt: skip


def _of_comment(vault: OpenVault, wanted: str) -> tuple[AssessmentId, VisitId | None, RecordId]:
    """The comment of this reference, in whichever assessment it is."""
    from fieldkit.app.accuracy_rows import comment_row

    for row in vault.questions.assessments():
        try:
            found = comment_row(vault.questions, row.assessment.id, wanted)
        except Mistake:
            continue
        return row.assessment.id, None, found.row.record
    raise Mistake("accuracy.unknown_comment", wanted=wanted.strip()[:40])


def _day(text: str | None) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Mistake("attach.day", field="taken", text=str(text)[:40]) from error


def _found(vault: OpenVault, wanted: str) -> Attachment:
    from fieldkit.app.attachments import find_exhibit

    value: Attachment = find_exhibit(vault.questions, wanted).value
    return value


def _show(desk: Desk, vault: OpenVault, record: str) -> None:
    from fieldkit.app.told import told_files

    found = [row for row in vault.questions.files() if row.row.record == record]
    (row,) = told_files(vault.questions, found)
    value: Attachment = row.row.value
    facts = [
        ("Exhibit", value.exhibit), ("File", value.name), ("Size", _size(value.size)), ("Kind", _kind(value)),
        ("Purpose", value.purpose), ("From", value.from_whom), ("Where", value.place),
        ("Taken", str(value.taken_on or "")), ("People", value.declaration or value.people.value.replace("_", " ")),
        ("Removed", ", ".join(value.dropped)), ("Made from", _exhibit(vault, value.derived_from)),
        ("Sound", _sound(value)), ("SHA-256", value.sha256), ("Withdrawn", value.withdrawn),
        ("State", _state(vault, row)),
    ]  # fmt: skip
    desk.terminal.show(_facts(vault, row), [f"{label + ':':<11}{text}" for label, text in facts if text])


def _recover(desk: Desk, vault: OpenVault) -> None:
    """Save recordings that were cut off when the program ended: an exhibit that is asked for may be one."""
    from functools import partial

    from fieldkit.app import sound_files

    for made in sound_files.recover(vault.files):
        value, _ = vault.perform(partial(sound_files.attach_recording, made=made))
        vault.files.tapes.drop(made.tape)
        desk.terminal.remark(f"A recording that was not saved yet is saved now as {value.exhibit}.")


def _sound(value: Attachment) -> str:
    from fieldkit.app.sound_links import clock

    track = value.sound
    if track is None:
        return ""
    began = track.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{clock(track.length)}, recorded from {began}" + (", cut off" if track.is_cut_off else "")


def _exhibit(vault: OpenVault, record: str | None) -> str:
    found = [row.value.exhibit for row in vault.questions.records("attachment") if row.record == record]
    return found[0] if found else ""


def _facts(vault: OpenVault, row: FileRow) -> dict[str, Any]:
    value: Attachment = row.row.value
    return {
        "id": value.id, **value.to_content(), "author": row.row.author, "is_here": vault.files.has(value.sha256),
        "is_made_here": row.is_made_here, "is_confirmed": row.is_confirmed, "is_wanted": row.is_wanted,
    }  # fmt: skip


def _state(vault: OpenVault, row: FileRow) -> str:
    from ui.presenters.files.words import state

    out = "Out of use. " if row.row.value.withdrawn else ""
    return out + state(row, is_here=vault.files.has(row.row.value.sha256))


def _kind(value: Attachment) -> str:
    from fieldkit.media.kinds import spoken

    return spoken(value.media)


def _size(size: int) -> str:
    from ui.presenters.files.words import size_of

    return size_of(size)


def _progress(desk: Desk, total: int) -> Any:
    def told(done: int) -> None:
        if desk.terminal.err.isatty() and not desk.terminal.as_json:
            desk.terminal.err.write(f"\rCopying {_size(done)} of {_size(total)}" + ("\n" if done >= total else ""))
            desk.terminal.err.flush()

    return told
