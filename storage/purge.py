"""Removing what the office has from this laptop, by the office's policy: see ``fieldkit.app.purging``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from fieldkit.app.purging import AGAIN, BACK, KEEP_DAYS, PURGED, PURGED_FILE, PurgeRow
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.receipt import Outcome
from fieldkit.kernel.clock import from_stamp, to_stamp
from storage import outbox, purge_team, records
from storage.accounts import contested
from storage.attachments import NamedFile, held_files
from storage.engine import Database
from storage.erasing import take_words_out
from storage.identity import fact
from storage.log import COLUMNS, Logged, read
from storage.outbox import CONFIRMED, FROM_ELSEWHERE
from storage.purge_team import TeamPart
from storage.purged import purged_files
from storage.sending import latest_certificate, standing

_COLUMNS = ", ".join("r." + name for name in COLUMNS.split(", "))
_TAKEN = frozenset({Outcome.ACCEPTED.value, Outcome.BRANCH.value})
_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


@dataclass(slots=True, kw_only=True)
class _Visit:
    id: str
    name: str
    assessment: str
    ends_on: str
    is_archived: bool
    notes: list[Logged] = field(default_factory=list)
    files: list[NamedFile] = field(default_factory=list)
    staying: int = 0
    last: str = ""
    """When the store kept the last of it, by its own word."""
    team: TeamPart = field(default_factory=TeamPart)


def keep_days(db: Database) -> int | None:
    """What the office decided."""
    kept = _setting(db, KEEP_DAYS)
    return int(kept) if kept and kept.isdecimal() else None


def rows(db: Database, has: Callable[[str], bool]) -> list[PurgeRow]:
    """Every closed visit with something of it that can go, and when that goes. ``has``: which files lie here."""
    days = keep_days(db)
    if days is None:
        return []
    now, why_not = _store_now(db)
    return [_row(db, one, days, now, why_not) for one in _visits(db, now, has)]


def asks(db: Database, has: Callable[[str], bool]) -> list[str]:
    """Revisions of team-mates whose words are due to go: the store is to be asked whether it holds them."""
    days, (now, why_not) = keep_days(db), _store_now(db)
    if days is None or now is None or why_not:
        return []
    due = [one for one in _visits(db, now, has) if _row(db, one, days, now, why_not).is_team_due]
    return [item.revision.envelope.id for one in due for item in purge_team.contents(db, one.id, one.team)]


def purge(
    db: Database, has: Callable[[str], bool], held: Collection[str] = ()
) -> tuple[list[PurgeRow], set[str], list[tuple[str, str]]]:
    """Remove what is due; call inside a transaction. The visits with what went, files to be destroyed, what changed.

    ``held``: revisions of team-mates that the store said in this round it holds; no other of theirs goes.
    """
    done, files, touched = [], set[str](), list[tuple[str, str]]()
    days, (now, why_not) = keep_days(db), _store_now(db)
    if days is None or now is None or why_not:
        return [], files, touched
    visits = _visits(db, now, has)
    for one in visits:
        row = _row(db, one, days, now, why_not)
        mine = one.notes if row.is_due else []
        team = _of_team(db, one, held) if row.is_team_due else []
        theirs = purge_team.files_due(db, one.team, days, now)
        gone = [*(one.files if row.is_due else []), *theirs]
        if not (mine or team or gone):
            continue
        if mine or team:
            touched += take_words_out(db, [*mine, *team]).touched
        for file in gone:
            db.run(_PUT, (PURGED_FILE + file.sha256, to_stamp(now)))
            purge_team.forget_file(db, file.sha256)
        files |= {file.sha256 for file in gone}
        db.run(_PUT, (PURGED + one.id, to_stamp(now)))
        done.append(
            replace(row, notes=len(mine), files=len(gone) - len(theirs), team=len(team), team_files=len(theirs))
        )
    purge_team.see(db, {one.id: one.team for one in visits}, now)
    return done, files, touched


def ask_again(db: Database, visit: str, assessment: str, now: datetime) -> None:
    """Have what was removed of a visit read from the office with the next sending."""
    db.run("DELETE FROM settings WHERE name = ?", (PURGED + visit,))
    db.run(_PUT, (BACK + visit, to_stamp(now)))
    db.run(_PUT, (AGAIN + assessment, to_stamp(now)))
    for one in held_files(db):
        if one.assessment == assessment:
            db.run("DELETE FROM settings WHERE name = ?", (PURGED_FILE + one.sha256,))


def again(db: Database) -> list[str]:
    """The assessments that are to be read from their beginning."""
    found = db.rows("SELECT name FROM settings WHERE name GLOB ?", (AGAIN + "*",))
    return [row[0].removeprefix(AGAIN) for row in found]


def came_again(db: Database, assessments: Sequence[str]) -> None:
    """They were read whole."""
    db.many("DELETE FROM settings WHERE name = ?", [(AGAIN + one,) for one in assessments])


def _store_now(db: Database) -> tuple[datetime | None, str]:
    """The store's time as it last signed it, and a code where nothing may be removed now."""
    certificate, now = latest_certificate(db), standing(db)
    if certificate is None or not now.everything_is_there:
        return None, "purge.not_all_there"
    if now.quarantined:
        return from_stamp(certificate.issued_at), "purge.set_aside"
    return from_stamp(certificate.issued_at), ""


def _visits(db: Database, now: datetime | None, has: Callable[[str], bool]) -> list[_Visit]:
    """Closed visits: archived here, or their last day is over."""
    today = now.date() if now is not None else date.min
    found = {}
    for row in db.rows(
        "SELECT r.record, r.assessment, json_extract(CAST(r.content AS TEXT), '$.name'),"
        " coalesce(json_extract(CAST(r.content AS TEXT), '$.ends_on'),"
        " json_extract(CAST(r.content AS TEXT), '$.starts_on'), '')"
        " FROM records k JOIN revisions r ON r.n = k.current WHERE k.kind = 'visit'"
    ):
        visit = _Visit(
            id=row[0], assessment=row[1], name=row[2], ends_on=row[3],
            is_archived=_setting(db, f"archived/{row[0]}") == "yes",
        )  # fmt: skip
        over = bool(visit.ends_on) and date.fromisoformat(visit.ends_on) < today
        if visit.is_archived or over:
            found[visit.id] = visit
    homes = purge_team.homes(db, {one.id: one.assessment for one in found.values()})
    parts = purge_team.counted(db, found.keys(), homes)
    strays = purge_team.strays(db, homes)
    asked = set(contested(db)) if found else set()
    for visit in found.values():
        visit.team = parts[visit.id]
        _fill_notes(db, visit, [one for place, one in strays if place == visit.id], asked)
    _fill_files(db, found, has)
    return [one for one in found.values() if one.notes or one.files or one.team.count or one.team.files]


def _fill_notes(db: Database, visit: _Visit, strays: Sequence[Logged], asked: Collection[str]) -> None:
    """The notes made here that the store holds whole, and what was added here to them and to team-mates' notes.

    What people still have to decide about (``asked``) is left out.
    """
    mine = db.rows(
        f"SELECT e.sharing, {_COLUMNS} FROM entries e JOIN revisions r ON r.n = e.n WHERE e.visit = ? AND r.here = 1",
        (visit.id,),
    )
    visit.staying = sum(row[0] != CONFIRMED for row in mine)
    notes = [read(row[1:]) for row in mine if row[0] == CONFIRMED]
    added = [
        read(row)
        for row in db.rows(
            f"SELECT {_COLUMNS} FROM entries e JOIN revisions x ON x.n = e.n JOIN pointers p ON p.entry = x.id"
            " JOIN revisions r ON r.n = p.n WHERE e.visit = ? AND e.sharing IN (?, ?) AND p.kind = 'addendum'"
            " AND r.here = 1 AND r.content IS NOT NULL",
            (visit.id, CONFIRMED, FROM_ELSEWHERE),
        )
    ]
    for one in [*notes, *added, *strays]:
        if purge_team.note_of(one) in asked:
            continue
        at = _received(db, one)
        if at:
            visit.notes.append(one)
            visit.last = max(visit.last, at)
        else:
            visit.staying += 1


def _of_team(db: Database, visit: _Visit, held: Collection[str]) -> list[Logged]:
    return purge_team.among(db, purge_team.contents(db, visit.id, visit.team), held) if held else []


def _fill_files(db: Database, visits: dict[str, _Visit], has: Callable[[str], bool]) -> None:
    """Files that the store has signed for in this epoch, and that nothing outside these visits names."""
    epoch, gone = fact(db, "epoch"), purged_files(db)
    attached = records.rows(db, Attachment.KIND)
    of_record = {str(row.record): str(row.value.visit or "") for row in attached if isinstance(row.value, Attachment)}
    parts = {visit.id: visit.team for visit in visits.values()}
    purge_team.fill_files(db, parts, lambda one: of_record.get(one.record, ""), has)
    by_file: dict[str, list[NamedFile]] = {}
    for file in held_files(db):
        by_file.setdefault(file.sha256, []).append(file)
    for sha256, named in by_file.items():
        places = {of_record.get(one.record, "") for one in named}
        whole = all(one.is_mine and one.is_confirmed and one.epoch == epoch for one in named)
        if sha256 in gone or not whole or not places <= visits.keys():
            continue
        for place in places:
            visits[place].files.append(named[0])


def _received(db: Database, item: Logged) -> str:
    """When the store kept a revision with its content, by a receipt that counts; empty where none does."""
    pair = (item.revision.envelope.id, item.revision.hash)
    found = outbox.receipts_of(db, [pair]).get(pair[0], outbox.NOTHING)
    return found.at if found.content and found.kept and found.outcome in _TAKEN else ""


def _row(db: Database, one: _Visit, days: int, now: datetime | None, why_not: str) -> PurgeRow:
    team_due = purge_team.notes_due(db, one.id, one.team, days)
    stamps = [stamp for stamp in (one.last, _setting(db, BACK + one.id), *_file_stamps(one)) if stamp]
    due = from_stamp(max(stamps)) + timedelta(days=days) if stamps else None
    return PurgeRow(
        visit=one.id, name=one.name, assessment=one.assessment, notes=len(one.notes), files=len(one.files),
        size=sum(file.size for file in one.files), staying=one.staying, due_at=due, why_not=why_not,
        is_due=bool(not why_not and due is not None and now is not None and due <= now),
        team=one.team.count, team_files=len(one.team.files), team_due_at=team_due,
        is_team_due=bool(not why_not and team_due is not None and now is not None and team_due <= now),
    )  # fmt: skip


def _file_stamps(one: _Visit) -> list[str]:
    from fieldkit.domain.file_receipt import FileReceipt

    return [FileReceipt.from_bytes(file.data).received_at for file in one.files if file.data]


def _setting(db: Database, name: str) -> str | None:
    row = db.one("SELECT value FROM settings WHERE name = ?", (name,))
    return str(row[0]) if row else None
