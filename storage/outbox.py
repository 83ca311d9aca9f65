"""The outbox: which envelopes and contents have no verified receipt yet. A projection of log and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.revision import Revision
from fieldkit.domain.sharing import ALWAYS_SHARED, entry_is_shared
from storage.engine import Database
from storage.log import Logged, marks

ENVELOPE = 1
CONTENT = 2

STAYS = 0
LEAVES = 1
CONFIRMED = 2
FROM_ELSEWHERE = 3
"""Values of ``entries.sharing``: made here and staying, to be sent, receipted with its content; pulled."""

_STEP = 40
_LAST_PRIORITY = 9
N_MASK = (1 << _STEP) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A revision made here, and whether its content is to leave."""

    n: int
    id: str
    hash: str
    priority: int
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipted:
    """What the verified receipts of one revision say together."""

    kept: bool = False
    content: bool = False
    at: str = ""
    outcome: str = ""
    code: str = ""


NOTHING = Receipted()


def place_of(n: int, priority: int) -> int:
    """The key of the outbox: urgent first, then in order of arrival."""
    return min(priority, _LAST_PRIORITY) << _STEP | n


def waiting(item: Logged, shared: bool) -> Waiting:
    """A log item as the outbox sees it."""
    one = item.revision
    return Waiting(n=item.n, id=one.envelope.id, hash=one.hash, priority=one.envelope.priority, shared=shared)


def always_shared(revision: Revision) -> bool:
    """Whether the content leaves whatever becomes of notes."""
    return revision.envelope.kind in ALWAYS_SHARED


def settle(db: Database, items: Sequence[Waiting]) -> dict[int, Receipted]:
    """Put each revision into the outbox or take it out, by its receipts; these by ``n``."""
    found = receipts_of(db, [(item.id, item.hash) for item in items])
    told: dict[int, Receipted] = {}
    put, take = [], []
    for item in items:
        receipt = told[item.n] = found.get(item.id, NOTHING)
        wants = (0 if receipt.kept else ENVELOPE) | (CONTENT if item.shared and not receipt.content else 0)
        place = place_of(item.n, item.priority)
        if wants:
            put.append((place, wants))
        else:
            take.append((place,))
    if len(put) == 1:
        db.run("INSERT OR REPLACE INTO outbox (place, wants) VALUES (?, ?)", put[0])
    elif put:
        db.many("INSERT OR REPLACE INTO outbox (place, wants) VALUES (?, ?)", put)
    if take:
        db.many("DELETE FROM outbox WHERE place = ?", take)
    return told


def receipts_of(db: Database, revisions: Sequence[tuple[str, str]]) -> dict[str, Receipted]:
    """The receipts of ``(id, hash)`` pairs, each revision's put together; one for another hash proves nothing."""
    found: dict[str, Receipted] = {}
    hashes = dict(revisions)
    ids = list(hashes)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = db.rows(
            "SELECT revision, hash, has_content, received_at, outcome, code FROM receipts"
            f" WHERE revision IN ({marks(len(some))}) AND outcome <> 'corrupt' ORDER BY received_at",
            some,
        )
        for revision, fingerprint, has_content, at, outcome, code in rows:
            if fingerprint == hashes[revision]:
                before = found.get(revision, NOTHING)
                found[revision] = Receipted(
                    kept=True, content=before.content or bool(has_content), at=at, outcome=outcome, code=code
                )
    return found


def was_offered(db: Database, n: int) -> bool:
    """Whether a note's content left this laptop at least once."""
    return db.one("SELECT 1 FROM offered WHERE n = ?", (n,)) is not None


def sharing_of(*, has_evidence: bool, is_withdrawn: bool, was_sent: bool, is_confirmed: bool) -> int:
    """The value of ``entries.sharing`` of a note made here."""
    if not entry_is_shared(has_evidence=has_evidence, is_withdrawn=is_withdrawn, was_sent=was_sent):
        return STAYS
    return CONFIRMED if is_confirmed else LEAVES
