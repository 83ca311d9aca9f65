"""Records of fieldwork as screens and commands read them: by kind, by subject, by their words, over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.barring import is_of_everybody
from fieldkit.domain.consent import Agreed
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.revision import heads
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.folding import folded
from fieldkit.kernel.ids import AuthorId, RecordId
from storage import bars, held_files, outbox
from storage.engine import Database, Row
from storage.entry_rows import SET_ASIDE, Names, names_of
from storage.identity import fact
from storage.log import COLUMNS, Logged, at_home, of_record, read
from storage.outbox import receipts_of
from storage.readable import decode, why_not

_COLUMNS = ", ".join("r." + name for name in COLUMNS.split(", "))


def about_of(kind: str, body: dict[str, Any]) -> str | None:
    """The record that one of fieldwork belongs to, from its content."""
    made = FIELDWORK.get(kind)
    return (body.get(made.ABOUT) or None) if made is not None and made.ABOUT else None


def words_of(item: Logged) -> str | None:
    """What search looks through, folded; ``None`` for kinds that are not of fieldwork."""
    if item.revision.envelope.kind not in FIELDWORK:
        return None
    return folded(str(decode(item).words))


def rows(
    db: Database, kind: str, *, assessment: str | None = None, visit: str | None = None, about: str | None = None
) -> list[RecordRow]:
    """The records of a kind in the order of their first arrival, each as its head shows it."""
    given = {"assessment": assessment, "visit": visit, "about": about}
    wanted = {name: value for name, value in given.items() if value is not None}
    where = "".join(f" AND k.{name} = ?" for name in wanted)
    found = db.rows(
        f"SELECT k.heads, {_COLUMNS} FROM records k JOIN revisions r ON r.n = k.current"
        f" WHERE k.kind = ?{where} ORDER BY k.first",
        (kind, *wanted.values()),
    )
    return _rows(db, found)


def row(db: Database, kind: str, record: str) -> RecordRow:
    """One record. Raises ``Mistake('record.unknown')``."""
    found = db.rows(
        f"SELECT k.heads, {_COLUMNS} FROM records k JOIN revisions r ON r.n = k.current"
        " WHERE k.kind = ? AND k.record = ?",
        (kind, record),
    )
    if not found:
        raise Mistake("record.unknown", kind=kind, record=record)
    return _rows(db, found)[0]


def history(db: Database, record: str) -> list[RecordRow]:
    """Every revision of a record that can be read here, oldest first."""
    items = [item for item in at_home(record, of_record(db, record)) if why_not(item) is None]
    last = len(heads({item.revision.envelope.id: item.revision.envelope.parents for item in items}))
    return _made(db, [(last, item) for item in sorted(items, key=lambda item: item.n)])


def find(db: Database, words: str, assessment: str | None, limit: int) -> list[RecordRow]:
    """Records in which every word (or its beginning) stands, newest first."""
    asked = folded(words).split()
    if not asked:
        return []
    where = "".join(" AND k.words LIKE ?" for _ in asked) + (" AND k.assessment = ?" if assessment else "")
    values = [f"% {word}%" for word in asked] + ([assessment] if assessment else [])
    found = db.rows(
        f"SELECT k.heads, {_COLUMNS} FROM records k JOIN revisions r ON r.n = k.current"
        f" WHERE k.words IS NOT NULL{where} ORDER BY k.current DESC LIMIT ?",
        (*values, limit),
    )
    return _rows(db, found)


def _rows(db: Database, found: Sequence[Row]) -> list[RecordRow]:
    return _made(db, [(one[0], read(one[1:])) for one in found])


def _made(db: Database, items: Sequence[tuple[int, Logged]]) -> list[RecordRow]:
    if not items:
        return []
    names, me = names_of(db), fact(db, "author")
    receipts = receipts_of(db, [(one.revision.envelope.id, one.revision.hash) for _, one in items])
    everybody = {one.revision.envelope.record for _, one in items if _is_of_everybody(one)}
    places = [_place(one) for _, one in items]
    held = bars.of_records(db, places, everybody)
    held |= held_files.of_attachments(db, {place[1] for place in places if place[0] == Attachment.KIND})
    return [_row(count, one, receipts, names, me, held) for count, one in items]


def _place(item: Logged) -> tuple[str, str, str, str | None]:
    envelope = item.revision.envelope
    return envelope.kind, envelope.assessment or "", envelope.record, about_of(envelope.kind, item.content() or {})


def _is_of_everybody(item: Logged) -> bool:
    return is_of_everybody(item.revision.envelope.kind, str((item.content() or {}).get("origin", "")))


def _row(
    count: int,
    item: Logged,
    receipts: dict[str, outbox.Receipted],
    names: Names,
    me: str,
    held: Mapping[str, Agreed],
) -> RecordRow:
    envelope = item.revision.envelope
    receipt = receipts.get(envelope.id, outbox.NOTHING)
    name, initials = names.get((envelope.assessment or "", envelope.author), ("", ""))
    return RecordRow(
        record=RecordId(envelope.record), kind=envelope.kind, value=decode(item), revision=envelope.id, heads=count,
        author=AuthorId(envelope.author), author_name=name, author_initials=initials, is_mine=envelope.author == me,
        recorded_at=from_stamp(envelope.recorded_at), status=_status(item, receipt),
        confirmed_at=from_stamp(receipt.at) if receipt.content and receipt.at else None,
        content=item.content() or {}, barred=held.get(envelope.record),
    )  # fmt: skip


def _status(item: Logged, receipt: outbox.Receipted) -> SendStatus:
    if receipt.outcome in SET_ASIDE:
        return SendStatus.QUARANTINED
    if receipt.content:
        return SendStatus.CONFIRMED
    return SendStatus.WAITING if item.here else SendStatus.FROM_TEAM
