"""The files that records name: which are here, which wait to be handed in, and what the central store said of each."""

from __future__ import annotations

from dataclasses import dataclass

from storage.engine import Database, Row

_NAMED = (
    "SELECT r.id, r.record, r.assessment, r.author, json_extract(CAST(r.content AS TEXT), '$.sha256'),"
    " json_extract(CAST(r.content AS TEXT), '$.size'), json_extract(CAST(r.content AS TEXT), '$.exhibit'),"
    " json_extract(CAST(r.content AS TEXT), '$.name'), f.data IS NOT NULL, f.epoch, f.wanted, f.place, f.code, f.tries,"
    " r.here, k.heads"
    " FROM records k JOIN revisions r ON r.n = k.current"
    " LEFT JOIN file_places f ON f.assessment = r.assessment"
    " AND f.sha256 = json_extract(CAST(r.content AS TEXT), '$.sha256')"
    " WHERE k.kind = 'attachment' ORDER BY k.first"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file as its record names it, and where it stands with the central store.

    ``place`` is where a sending goes on, ``code`` why it does not, ``tries`` how often it arrived changed.
    """

    revision: str
    record: str
    assessment: str
    sha256: str
    size: int
    exhibit: str
    name: str
    is_mine: bool
    is_confirmed: bool
    epoch: str
    is_wanted: bool
    place: str
    code: str
    tries: int


def held_files(db: Database) -> list[NamedFile]:
    """The files of all attachments that can be read, in the order of their arrival."""
    return [_file(row) for row in db.rows(_NAMED)]


def named_files(db: Database) -> set[str]:
    """The SHA-256 of every file that any revision of an attachment names, those of a later version included."""
    rows = db.rows(
        "SELECT DISTINCT json_extract(CAST(content AS TEXT), '$.sha256') FROM revisions"
        " WHERE record IN (SELECT record FROM records WHERE kind = 'attachment' UNION SELECT r.record FROM later l"
        " JOIN revisions r ON r.n = l.n WHERE r.kind = 'attachment')"
        " AND kind NOT IN ('entry', 'addendum', 'filing')"
        " AND content IS NOT NULL AND json_valid(CAST(content AS TEXT))"
    )
    return {row[0] for row in rows if isinstance(row[0], str)}


def _file(row: Row) -> NamedFile:
    return NamedFile(
        revision=row[0], record=row[1], assessment=row[2], sha256=row[4], size=row[5], exhibit=row[6], name=row[7],
        is_mine=bool(row[14]), is_confirmed=bool(row[8]), epoch=row[9] or "", is_wanted=bool(row[10]),
        place=row[11] or "", code=row[12] or "", tries=row[13] or 0,
    )  # fmt: skip
