"""What of the words held here a team-mate may know, when something is handed over without the central store between.

The store decides for whom it gives what; on a stick or a cable this laptop has to, by the very same rule
(``fieldkit.domain.restriction``). Envelopes always go, so every chain stays whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldkit.domain.readable import parsed
from fieldkit.domain.restriction import NEVER_RESTRICTED, Restriction, covered, ties_in, wall_of
from fieldkit.domain.revision import Envelope, heads
from fieldkit.kernel.ids import AssessmentId, RevisionId
from storage.engine import Database


def withheld(db: Database, assessment: AssessmentId, role: str, author: str) -> frozenset[str]:
    """The records of an assessment whose words are not for somebody with this role, who writes as ``author``.

    An account of a restriction that cannot be read here withholds nothing by itself, and the others hold.
    """
    accounts: dict[str, dict[RevisionId, tuple[tuple[RevisionId, ...], Restriction]]] = {}
    for record, envelope, content in db.rows(
        "SELECT record, envelope, content FROM revisions WHERE kind = ? AND assessment = ? AND content IS NOT NULL",
        (Restriction.KIND, assessment),
    ):
        value = _read(record, content)
        if value is not None:
            head = Envelope.from_bytes(envelope)
            accounts.setdefault(record, {})[head.id] = (head.parents, value)
    hidden: set[str] = set()
    ties: Mapping[str, frozenset[str]] | None = None
    for found in accounts.values():
        last = heads({revision: parents for revision, (parents, _) in found.items()})
        about = next(iter(found.values()))[1].about
        wall = wall_of([value for revision, (_, value) in found.items() if revision in last], _makers(db, about))
        if wall is not None and not wall.may_know(role, [author]):
            ties = _ties(db, assessment) if ties is None else ties
            hidden |= covered(wall.about, ties)
    return frozenset(hidden - _never(db, hidden))


def _read(record: str, content: bytes) -> Restriction | None:
    body = parsed(content)
    try:
        return Restriction.from_content(record, body) if body is not None else None
    except (ValueError, KeyError, TypeError):
        return None


def _makers(db: Database, about: str) -> list[str]:
    return [str(row[0]) for row in db.rows("SELECT DISTINCT author FROM revisions WHERE record = ?", (about,))]


def _ties(db: Database, assessment: AssessmentId) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for record, content in db.rows(
        "SELECT record, content FROM revisions WHERE assessment = ? AND content IS NOT NULL", (assessment,)
    ):
        body = parsed(content)
        if body is not None:
            found[record] = found.get(record, frozenset()) | ties_in(body)
    return found


def _never(db: Database, records: set[str]) -> set[str]:
    kinds = ", ".join(f"'{kind}'" for kind in sorted(NEVER_RESTRICTED))
    return {row[0] for row in db.rows(f"SELECT DISTINCT record FROM revisions WHERE kind IN ({kinds})")} & records
