"""The log of revisions: putting them in, and reading them back exactly as they were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.revision import Envelope, Revision
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.ids import RevisionId
from storage.engine import Database, Row

COLUMNS = "n, here, envelope, signature, hash, content, salt"
"""What ``read`` needs, in its order."""

_INSERT = (
    "INSERT INTO revisions (n, id, record, kind, shape, assessment, author, device, seq, priority, recorded_at, hash,"
    " here, envelope, signature, content, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(slots=True, kw_only=True)
class Logged:
    """A revision in its place: ``n`` counts arrivals in this vault, ``here`` tells that it was made in it.

    ``body`` is the parsed content, filled by whoever has it at hand so that nothing is parsed twice. ``is_made``: it
    was written from a domain value a moment ago, so its form needs no check.
    """

    n: int
    here: bool
    revision: Revision
    body: dict[str, Any] | None = None
    is_made: bool = False

    def content(self) -> dict[str, Any] | None:
        """The parsed content; ``None`` where it did not travel or is not a JSON object."""
        if self.body is None and self.revision.content is not None:
            try:
                self.body = parse(self.revision.content)
            except (ValueError, RecursionError):  # not JSON, or nested beyond reason
                return None
        return self.body


def next_n(db: Database) -> int:
    """The number of the next arrival."""
    row = db.one("SELECT max(n) FROM revisions")
    return (row[0] if row and row[0] is not None else 0) + 1


def insert(db: Database, items: Sequence[Logged]) -> None:
    """Add revisions to the log."""
    if len(items) == 1:
        db.run(_INSERT, _values(items[0]))
    else:
        db.many(_INSERT, [_values(item) for item in items])


def disclose(db: Database, items: Iterable[Logged]) -> None:
    """Fill in contents that arrived after their envelopes; one that is already there is never replaced."""
    db.many(
        "UPDATE revisions SET content = ?, salt = ? WHERE n = ? AND content IS NULL",
        [(item.revision.content, item.revision.salt, item.n) for item in items],
    )


def read(row: Row) -> Logged:
    """A row of ``COLUMNS`` as a revision. Raises ``Refusal('revision.malformed')`` if its envelope cannot be read."""
    n, here, envelope, signature, fingerprint, content, salt = row
    revision = Revision(
        envelope=Envelope.from_bytes(envelope), envelope_bytes=envelope, hash=fingerprint, signature=signature,
        content=content, salt=salt,
    )  # fmt: skip
    return Logged(n=n, here=bool(here), revision=revision)


def scan(db: Database, assessment: str | None = None, *, step: int = 500) -> Iterator[Logged]:
    """Every revision in order of arrival, read in pages so that the connection stays free between them."""
    where, values = ("", ()) if assessment is None else (" AND assessment = ?", (assessment,))
    after = 0
    while True:
        rows = db.rows(f"SELECT {COLUMNS} FROM revisions WHERE n > ?{where} ORDER BY n LIMIT ?", (after, *values, step))
        if not rows:
            return
        for row in rows:
            yield read(row)
        after = rows[-1][0]


def of_record(db: Database, record: str) -> list[Logged]:
    """The revisions of one record that may have several, in order of arrival."""
    rows = db.rows(
        f"SELECT {COLUMNS} FROM revisions WHERE record = ? AND kind NOT IN ('entry', 'addendum', 'filing') ORDER BY n",
        (record,),
    )
    return [read(row) for row in rows]


def at_home(record: str, items: Sequence[Logged]) -> list[Logged]:
    """Those of a record's revisions that are of its own kind and assessment, which its first revision names.

    Whoever is only on another team may write a revision with this record's id there; it must not move the record out
    of the sight of its own team. Where the first is not known here, the least of what the others name is taken, so that
    every order of arrival ends the same.
    """
    if not items:
        return []
    homes = {item.revision.envelope.id: _home(item) for item in items}
    home = homes[RevisionId(record)] if record in homes else min(homes.values())
    return [item for item in items if _home(item) == home]


def _home(item: Logged) -> tuple[str, str]:
    return item.revision.envelope.assessment or "", item.revision.envelope.kind


def marks(count: int) -> str:
    """``?, ?, ?`` for an IN list."""
    return ", ".join("?" * count)


def _values(item: Logged) -> tuple[object, ...]:
    one = item.revision.envelope
    return (
        item.n, one.id, one.record, one.kind, one.shape, one.assessment, one.author, one.device, one.seq, one.priority,
        one.recorded_at, item.revision.hash, int(item.here), item.revision.envelope_bytes, item.revision.signature,
        item.revision.content, item.revision.salt,
    )  # fmt: skip
