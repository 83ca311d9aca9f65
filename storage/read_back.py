"""Reading back: every record of an assessment fetched from the disk again and held against its fingerprint.

"Everything is saved on this laptop" is said of a visit only after this. It goes page by page, so that no note that is
being typed waits for it; signatures, receipts and projections are ``vault verify``'s.
"""

from __future__ import annotations

from fieldkit.app.rows import ReadBack
from fieldkit.domain.revision import Envelope, Revision, digest_holds, hash_of
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, RevisionId
from storage.engine import Database, Row

_COLUMNS = "n, id, hash, envelope, signature, content, salt"


def read_back(db: Database, assessment: AssessmentId, after: int, limit: int) -> ReadBack:
    """The next page beyond ``after`` (0 begins). What does not hold is named; damage of the file raises ``Trouble``."""
    if not after:
        db.rows("PRAGMA shrink_memory")  # forget what is in memory: the pages come from the disk, checked as they come
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM revisions WHERE n > ? AND assessment = ? ORDER BY n LIMIT ?",
        (after, assessment, limit),
    )
    wrong = tuple(RevisionId(str(row[1])) for row in rows if not _holds(row))
    return ReadBack(read=len(rows), wrong=wrong, last=int(rows[-1][0]) if rows else after, is_end=len(rows) < limit)


def _holds(row: Row) -> bool:
    _n, id_, fingerprint, data, signature, content, salt = row
    try:
        envelope = Envelope.from_bytes(data)
    except Refusal:
        return False
    one = Revision(
        envelope=envelope, envelope_bytes=data, hash=hash_of(data), signature=signature, content=content, salt=salt
    )
    return envelope.id == id_ and one.hash == fingerprint and digest_holds(one)
