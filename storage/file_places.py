"""What the central store has of each attached file, and what of it is still to be done from here.

A file counts as handed in by the store's signed word alone, of the epoch that stands: after a restored store every
file is offered again, which costs one question each where the store has it.
"""

from __future__ import annotations

from fieldkit.app.file_store import AUTOMATIC, FileStore
from fieldkit.app.rows import FileRow
from fieldkit.app.transfers import FileTask
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.file_receipt import FileReceipt, read_file_receipt
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId
from fieldkit.kernel.signing import VerifyKey
from storage import bars, records
from storage.attachments import NamedFile, held_files
from storage.engine import Database
from storage.identity import fact
from storage.outbox import N_MASK
from storage.purged import purged_files

BROUGHT = "hand_over/brought/"
"""Settings that say: the bytes of a team-mate's file came with a hand-over, for this assessment (then its SHA-256)."""


def rows(db: Database, assessment: AssessmentId | None) -> list[FileRow]:
    """The attachments, each with where its file stands, in the order of their arrival."""
    places = {one.record: one for one in held_files(db)}
    epoch = fact(db, "epoch")
    found = []
    for row in records.rows(db, Attachment.KIND, assessment=assessment):
        place = places[row.record]
        receipt = FileReceipt.from_bytes(place.data) if place.data else None
        found.append(
            FileRow(
                row=row, is_made_here=place.is_mine, is_confirmed=_counts(place, epoch), is_wanted=place.is_wanted,
                confirmed_at=from_stamp(receipt.received_at) if receipt else None, code=place.code,
            )
        )  # fmt: skip
    return found


def alone(db: Database) -> list[NamedFile]:
    """The files made here that are nowhere else, each once."""
    epoch = fact(db, "epoch")
    found = {one.sha256: one for one in held_files(db) if one.is_mine and not _counts(one, epoch)}
    return list(found.values())


def to_send(db: Database, files: FileStore) -> list[FileTask]:
    """What the store of this epoch has not confirmed and lies here: its record is there, urgent first, then small.

    Only what was attached here, or came here for this very assessment, by a line or a hand-over: somebody on one team
    who names the hash of another team's file would else be handed it by a laptop that is on both. What depends on a
    consent that was refused or withdrawn does not leave.
    """
    epoch = fact(db, "epoch")
    waiting = {row[0] for row in db.rows(f"SELECT place & {N_MASK} FROM outbox")}
    held, brought = _held(db), _brought(db)
    found = {}
    for one in held_files(db):
        may_go = one.n not in waiting and one.record not in held and _is_of_here(one, brought)
        if may_go and not _counts(one, epoch) and files.has(one.sha256):
            found[one.assessment, one.sha256] = one
    return [_task(one) for one in sorted(found.values(), key=lambda one: (one.priority, one.size))]


def may_leave(db: Database) -> list[NamedFile]:
    """What may be handed over at all: attached here, or come here for this very assessment, and held by no consent."""
    held, brought = _held(db), _brought(db)
    return [one for one in held_files(db) if one.record not in held and _is_of_here(one, brought)]


def to_fetch(db: Database, files: FileStore) -> list[FileTask]:
    """What the team attached and is not here: small files by themselves, large ones that somebody asked for."""
    held, purged = _held(db), purged_files(db)
    found = {}
    for one in held_files(db):
        by_itself = one.size <= AUTOMATIC and one.sha256 not in purged
        is_wanted = (one.is_wanted or by_itself) and one.record not in held
        if is_wanted and not files.has(one.sha256):
            found[one.sha256] = one
    return [_task(one) for one in sorted(found.values(), key=lambda one: (not one.is_wanted, one.size))]


def leaving(db: Database) -> list[NamedFile]:
    """Of the files that are nowhere else those that would go by themselves."""
    found = alone(db)
    held = _held(db) if found else set()
    return [one for one in found if one.record not in held]


def keep_receipt(db: Database, signed: Signed, store: VerifyKey, task: FileTask) -> None:
    """Verify and keep the store's word. Raises ``Refusal`` for one that is not its own, or of another file."""
    receipt = read_file_receipt(signed, store)
    if (receipt.assessment, receipt.sha256, receipt.size) != (task.assessment, task.sha256, task.size):
        raise Refusal("receipt.malformed")
    _row(db, task)
    db.run(
        "UPDATE file_places SET epoch = ?, data = ?, signature = ?, place = NULL, tries = 0, code = ''"
        " WHERE assessment = ? AND sha256 = ?",
        (receipt.epoch, signed.data, signed.signature, task.assessment, task.sha256),
    )


def keep_place(db: Database, task: FileTask, place: str | None) -> None:
    """Where a sending goes on, kept before the first byte leaves; ``None``: nowhere."""
    _row(db, task)
    db.run(
        "UPDATE file_places SET place = ? WHERE assessment = ? AND sha256 = ?", (place, task.assessment, task.sha256)
    )


def note(db: Database, task: FileTask, code: str) -> None:
    """Why this file did not go or come; empty: nothing stands in its way."""
    _row(db, task)
    db.run(
        "UPDATE file_places SET code = ?, tries = tries + 1 WHERE assessment = ? AND sha256 = ?",
        (code, task.assessment, task.sha256),
    )


def want(db: Database, assessment: str, sha256: str, *, is_wanted: bool) -> None:
    """Ask for a file, or for it no more."""
    db.run(
        "INSERT INTO file_places (assessment, sha256, wanted, tries, code) VALUES (?, ?, ?, 0, '')"
        " ON CONFLICT (assessment, sha256) DO UPDATE SET wanted = excluded.wanted, code = ''",
        (assessment, sha256, int(is_wanted)),
    )


def _row(db: Database, task: FileTask) -> None:
    db.run(
        "INSERT OR IGNORE INTO file_places (assessment, sha256, wanted, tries, code) VALUES (?, ?, 0, 0, '')",
        (task.assessment, task.sha256),
    )


def _is_of_here(one: NamedFile, brought: set[str]) -> bool:
    return one.is_mine or one.is_confirmed or f"{one.assessment}/{one.sha256}" in brought


def _brought(db: Database) -> set[str]:
    rows = db.rows("SELECT substr(name, ?) FROM settings WHERE name GLOB ?", (len(BROUGHT) + 1, BROUGHT + "*"))
    return {row[0] for row in rows}


def _held(db: Database) -> set[str]:
    """The attachments that a consent keeps out of use."""
    if not bars.are_there(db):
        return set()
    return {row.record for row in records.rows(db, Attachment.KIND) if row.barred is not None}


def _counts(one: NamedFile, epoch: str) -> bool:
    # A laptop that never had a line, and got the store's word on a stick, knows of no epoch that it could differ from.
    return one.is_confirmed and (one.epoch == epoch or not epoch)


def _task(one: NamedFile) -> FileTask:
    return FileTask(
        assessment=one.assessment, revision=one.revision, record=one.record, sha256=one.sha256, size=one.size,
        exhibit=one.exhibit, place=one.place or None, tries=one.tries,
    )  # fmt: skip
