"""What the office's policy removes of the team's work: notes of team-mates, additions to them, and their files.

Of what this laptop wrote itself it has receipts. Of a team-mate's note, which may have come by a stick or a cable, it
has none: so the store is asked about each, in the very round that removes it, and what it does not say it holds with
its content stays. A fetched file has the store's signed word beside it. Days are counted by the store's own time from
when the last of a visit's notes was first seen here, so that what just came is not taken away at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fieldkit.app.purging import BACK, FILE_SEEN, PURGED, TEAM_SEEN
from fieldkit.kernel.clock import from_stamp, to_stamp
from storage.accounts import contested
from storage.attachments import NamedFile, held_files
from storage.engine import Database
from storage.identity import fact
from storage.log import COLUMNS, Logged, marks, read

MOST_AT_ONCE = 2_000
"""Notes of one visit that one round removes: more would hold the vault's one thread for seconds; the next goes on."""

_STEP = 500
_COLUMNS = ", ".join("r." + name for name in COLUMNS.split(", "))
_NAMES = "SELECT name FROM settings WHERE name GLOB ?"
_STRAYS = (
    "FROM pointers p JOIN revisions r ON r.n = p.n JOIN revisions x ON x.id = p.entry"
    " WHERE p.kind = 'addendum' AND r.here = ? AND r.content IS NOT NULL AND x.content IS NULL"
)
"""Additions whose words are here, to notes whose words are not: nobody can read them in their place."""
_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


@dataclass(slots=True, kw_only=True)
class TeamPart:
    """Of one visit: how many notes and additions of others have their words here, the newest of them, and files."""

    count: int = 0
    newest: int = 0
    files: list[NamedFile] = field(default_factory=list)
    strays: str = ""
    """The assessment whose additions to notes without words here go with this visit; empty where there are none."""

    def add(self, count: int, newest: int) -> None:
        """So many more, the newest of which is this."""
        self.count += count
        self.newest = max(self.newest, newest)


def homes(db: Database, visits: Mapping[str, str]) -> dict[str, str]:
    """By assessment (``visits`` gives that of each), the visit with which additions go whose notes were removed.

    A note that was removed no longer says of which visit it was. Of several that were, one answers for all: what is
    removed has to be at the office in any case, and is read back by assessment.
    """
    removed = (row[0].removeprefix(PURGED) for row in db.rows(_NAMES, (PURGED + "*",)))
    return {visits[visit]: visit for visit in sorted(removed, reverse=True) if visit in visits}


def counted(db: Database, visits: Collection[str], homes: Mapping[str, str]) -> dict[str, TeamPart]:
    """The team's part of these visits, without reading a word of it."""
    found = {visit: TeamPart() for visit in visits}
    if not visits:
        return found
    for visit, count, newest in db.rows("SELECT visit, count(*), max(n) FROM entries WHERE here = 0 GROUP BY visit"):
        if visit in found:
            found[visit].count, found[visit].newest = count, newest
    for visit, count, newest in db.rows(
        "SELECT e.visit, count(*), max(p.n) FROM pointers p JOIN revisions r ON r.n = p.n"
        " JOIN revisions x ON x.id = p.entry JOIN entries e ON e.n = x.n"
        " WHERE p.kind = 'addendum' AND r.here = 0 AND r.content IS NOT NULL GROUP BY e.visit"
    ):
        if visit in found:
            found[visit].add(count, newest)
    for assessment, count, newest in db.rows(f"SELECT r.assessment, count(*), max(p.n) {_STRAYS} GROUP BY 1", (0,)):
        if assessment in homes:
            part = found[homes[assessment]]
            part.add(count, newest)
            part.strays = assessment
    return found


def strays(db: Database, homes: Mapping[str, str]) -> list[tuple[str, Logged]]:
    """Additions made here to notes without words here, each with the visit that it goes with."""
    if not homes:
        return []
    found = [read(row) for row in db.rows(f"SELECT {_COLUMNS} {_STRAYS}", (1,))]
    return [(homes[at], one) for one in found if (at := one.revision.envelope.assessment or "") in homes]


def fill_files(
    db: Database, parts: dict[str, TeamPart], place_of: Callable[[NamedFile], str], has: Callable[[str], bool]
) -> None:
    """Files of others that lie here, that the store of this epoch signed for, and that nothing outside names."""
    epoch = fact(db, "epoch")
    by_file: dict[str, list[NamedFile]] = {}
    for file in held_files(db):
        by_file.setdefault(file.sha256, []).append(file)
    for sha256, named in by_file.items():
        places = {place_of(one) for one in named}
        is_signed = all(one.is_confirmed and one.epoch == epoch for one in named)
        if is_signed and places <= parts.keys() and not any(one.is_mine for one in named) and has(sha256):
            for place in places:
                parts[place].files.append(named[0])


def see(db: Database, parts: dict[str, TeamPart], now: datetime) -> None:
    """Remember when the newest of each visit, and each file, was first here in a closed visit."""
    for visit, part in parts.items():
        if part.count and _newest(db, visit) < part.newest:
            db.run(_PUT, (TEAM_SEEN + visit, f"{to_stamp(now)} {part.newest}"))
        names = [(FILE_SEEN + file.sha256, to_stamp(now)) for file in part.files]
        db.many("INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)", names)


def notes_due(db: Database, visit: str, part: TeamPart, days: int) -> datetime | None:
    """When the notes of others in a visit go; ``None`` where they were not seen yet, or there are none."""
    if not part.count or _newest(db, visit) < part.newest:
        return None
    seen = (_setting(db, TEAM_SEEN + visit) or "").partition(" ")[0]
    stamps = [stamp for stamp in (seen, _setting(db, BACK + visit)) if stamp]
    return from_stamp(max(stamps)) + timedelta(days=days) if stamps else None


def files_due(db: Database, part: TeamPart, days: int, now: datetime) -> list[NamedFile]:
    """The files of others whose days are over."""
    kept = [(file, _setting(db, FILE_SEEN + file.sha256)) for file in part.files]
    return [file for file, stamp in kept if stamp and from_stamp(stamp) + timedelta(days=days) <= now]


def contents(db: Database, visit: str, part: TeamPart) -> list[Logged]:
    """The oldest notes and additions of others in a visit; what people still have to decide about is left out."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM entries e JOIN revisions r ON r.n = e.n WHERE e.visit = ? AND e.here = 0"
        " AND r.content IS NOT NULL ORDER BY r.n LIMIT ?",
        (visit, MOST_AT_ONCE),
    )
    rows += db.rows(
        f"SELECT {_COLUMNS} FROM pointers p JOIN revisions r ON r.n = p.n JOIN revisions x ON x.id = p.entry"
        " JOIN entries e ON e.n = x.n WHERE p.kind = 'addendum' AND e.visit = ? AND r.here = 0"
        " AND r.content IS NOT NULL ORDER BY r.n LIMIT ?",
        (visit, MOST_AT_ONCE),
    )
    if part.strays:
        rows += db.rows(
            f"SELECT {_COLUMNS} {_STRAYS} AND r.assessment = ? ORDER BY r.n LIMIT ?", (0, part.strays, MOST_AT_ONCE)
        )
    asked = set(contested(db))
    found = [read(row) for row in rows]
    return [one for one in found if note_of(one) not in asked]


def among(db: Database, items: Sequence[Logged], held: Collection[str]) -> list[Logged]:
    """Those that the store said a moment ago it holds, and whose words are still here."""
    wanted = [item.n for item in items if item.revision.envelope.id in held]
    there: set[int] = set()
    for start in range(0, len(wanted), _STEP):
        some = wanted[start : start + _STEP]
        there |= {
            row[0]
            for row in db.rows(f"SELECT n FROM revisions WHERE content IS NOT NULL AND n IN ({marks(len(some))})", some)
        }
    return [item for item in items if item.n in there]


def forget_file(db: Database, sha256: str) -> None:
    """It is removed: when it is fetched again its days begin anew."""
    db.run("DELETE FROM settings WHERE name = ?", (FILE_SEEN + sha256,))


def note_of(item: Logged) -> str:
    """The note that this is, or was added to."""
    if item.revision.envelope.kind == "entry":
        return str(item.revision.envelope.id)
    return str((item.content() or {}).get("entry", ""))


def _newest(db: Database, visit: str) -> int:
    kept = (_setting(db, TEAM_SEEN + visit) or "").partition(" ")[2]
    return int(kept) if kept.isdecimal() else -1


def _setting(db: Database, name: str) -> str | None:
    row = db.one("SELECT value FROM settings WHERE name = ?", (name,))
    return str(row[0]) if row else None
