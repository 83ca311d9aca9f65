"""What several laptops made of one record: its accounts, and which records have more than one that stands."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.account_rows import AccountRow, By, decision_in
from fieldkit.domain.merging import Account, merge, same_as
from fieldkit.domain.revision import heads
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import AssessmentId, AuthorId, EntryId, RecordId, RevisionId
from storage.engine import Database
from storage.entry_rows import Names, names_of
from storage.identity import fact
from storage.log import COLUMNS, Logged, at_home, of_record, read
from storage.notes import notes_of
from storage.readable import decode, why_not

_BY_RULE = b'"decision":{"by":"system"'
"""As canonical JSON spells it; what a person typed may hold it too, so what is found is read."""


def accounts(db: Database, record: str) -> list[AccountRow]:
    """Every revision of a record that is known here, in order of arrival."""
    return rows_of(db, at_home(record, of_record(db, record)))


def rows_of(db: Database, items: Sequence[Logged]) -> list[AccountRow]:
    """These revisions with who wrote them."""
    names, me = names_of(db), fact(db, "author")
    return [_row(item, names, me) for item in items]


def several(db: Database, assessment: str | None = None) -> list[RecordId]:
    """Records with more than one head, oldest first; most of them need nobody, which ``merge`` tells."""
    where, values = ("", ()) if assessment is None else (" AND assessment = ?", (assessment,))
    return [
        RecordId(row[0]) for row in db.rows(f"SELECT record FROM records WHERE heads > 1{where} ORDER BY first", values)
    ]


def contested(db: Database, assessment: str | None = None) -> list[EntryId]:
    """Notes that somebody withdrew while somebody else went on with them.

    Few notes are withdrawn: begun with the notes of the assessment, as SQLite would, it reads every page of the log.
    """
    where, values = ("", ()) if assessment is None else (" AND e.assessment = ?", (assessment,))
    rows = db.rows(
        "SELECT DISTINCT e.n FROM pointers p CROSS JOIN revisions r ON r.id = p.entry CROSS JOIN entries e ON e.n = r.n"
        f" WHERE p.kind = 'withdrawal' AND e.withdrawn = 0{where} ORDER BY e.n",
        values,
    )
    notes = notes_of(db, [row[0] for row in rows])
    return [note.entry.id for note in notes.values() if note.contested()]


def combined(db: Database, limit: int) -> list[AccountRow]:
    """The accounts shown now that were combined by rule, the newest first."""
    rows = db.rows(
        f"SELECT {', '.join('r.' + name for name in COLUMNS.split(', '))} FROM records k"
        " JOIN revisions r ON r.n = k.current WHERE instr(r.content, ?) > 0 ORDER BY r.n DESC LIMIT ?",
        (_BY_RULE, limit),
    )
    found = rows_of(db, [read(row) for row in rows])
    return [row for row in found if row.decision is not None and row.decision.by is By.SYSTEM]


def open_count(db: Database, assessment: str) -> int:
    """How many records of an assessment wait for a person's decision."""
    found = sum(
        merge(rows[0].kind, [row.account for row in rows]).is_open
        for record in several(db, assessment)
        if (rows := accounts(db, record))
    )
    return found + len(contested(db, assessment))


def over(db: Database, record: str) -> tuple[RevisionId, ...]:
    """What an edit of the account that is shown goes over: that one, and the other heads that say the same.

    A head that says something else is no parent of it: it would be gone without anybody having decided.
    """
    row = db.one(
        "SELECT r.id, k.heads FROM records k JOIN revisions r ON r.n = k.current WHERE k.record = ?", (record,)
    )
    if row is not None and row[1] == 1:
        return (RevisionId(row[0]),)
    known = [_account(item) for item in at_home(record, of_record(db, record))]
    if row is None or not any(one.revision == row[0] for one in known):  # nothing of it can be read here
        return tuple(sorted(heads({one.revision: one.parents for one in known})))
    return same_as(known, RevisionId(row[0]))


def _account(item: Logged) -> Account:
    envelope = item.revision.envelope
    body = item.content() if why_not(item) is None else None
    return Account(revision=envelope.id, hash=item.revision.hash, parents=envelope.parents, body=body)


def _row(item: Logged, names: Names, me: str) -> AccountRow:
    envelope, account = item.revision.envelope, _account(item)
    name, initials = names.get((envelope.assessment or "", envelope.author), ("", ""))
    return AccountRow(
        record=envelope.record, kind=envelope.kind, assessment=AssessmentId(envelope.assessment or ""), account=account,
        value=None if account.body is None else decode(item), author=AuthorId(envelope.author), author_name=name,
        author_initials=initials, is_mine=envelope.author == me, is_here=item.here,
        recorded_at=from_stamp(envelope.recorded_at), decision=decision_in(account.body or {}),
    )  # fmt: skip
