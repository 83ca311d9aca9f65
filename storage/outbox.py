"""The outbox: which envelopes and contents have no verified receipt yet. A projection of log and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.receipt import Outcome
from fieldkit.domain.revision import Revision
from fieldkit.domain.sharing import ALWAYS_SHARED, content_was_sent, entry_is_shared
from storage import sieve
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
_PLACE = f"(min(r.priority, {_LAST_PRIORITY}) << {_STEP} | r.n)"
_OWN_RECEIPTS = (
    "receipts x JOIN revisions r ON r.id = x.revision AND r.hash = x.hash WHERE r.here = 1 AND x.outcome <> 'corrupt'"
)
SETTLED = "(x.has_content OR x.outcome = 'erased')"
"""Nothing of the content is owed any more: it is there, or the office has erased it and wants it never again."""

_TAKEN = "x.revision NOT IN (SELECT revision FROM said)"
_EPOCH = "SELECT value FROM facts WHERE name = 'epoch'"
_FIRST_SHEET = "min(x.sheet) OVER (PARTITION BY x.revision, x.epoch)"
"""Epochs have no order but that in which they were met."""


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
    """What the verified receipts of one revision say together.

    After a new epoch, and until everything held was offered again, only receipts of that epoch make it ``kept`` or
    its ``content`` confirmed; ``sent`` tells whether the content was ever confirmed by any. Of several outcomes the
    store's last word counts, by its own numbers: clocks may be put back.
    """

    kept: bool = False
    content: bool = False
    sent: bool = False
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


def settle(db: Database, items: Sequence[Waiting], *, is_new: bool = False) -> None:
    """Put each revision into the outbox or take it out, by its receipts; what is new has none."""
    found = receipts_of(db, [] if is_new else [(item.id, item.hash) for item in items])
    put, take = [], []
    for item in items:
        receipt = found.get(item.id, NOTHING)
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


def receipts_of(db: Database, revisions: Sequence[tuple[str, str]]) -> dict[str, Receipted]:
    """The receipts of ``(id, hash)`` pairs, each revision's put together; one for another hash proves nothing.

    Of a revision that the store has not taken since (``said``), only receipts of the epoch that stands now count.
    """
    found: dict[str, Receipted] = {}
    hashes = dict(revisions)
    ids = list(hashes)
    only = trusted_epoch(db) if ids else None
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = db.rows(
            "SELECT x.revision, x.hash, x.epoch, x.has_content, x.received_at, x.outcome, x.code, s.revision IS NULL"
            " FROM receipts x LEFT JOIN said s ON s.revision = x.revision"
            f" WHERE x.revision IN ({marks(len(some))}) AND x.outcome <> 'corrupt'"
            f" ORDER BY x.epoch = ({_EPOCH}), {_FIRST_SHEET}, x.seq",
            some,
        )
        for revision, fingerprint, epoch, has_content, at, outcome, code, is_taken in rows:
            if fingerprint == hashes[revision]:
                before = found.get(revision, NOTHING)
                counts = (is_taken and only is None) or epoch == (only or _epoch(db))
                content = bool(has_content) or outcome == Outcome.ERASED
                found[revision] = Receipted(
                    kept=before.kept or counts,
                    content=before.content or (counts and content),
                    sent=before.sent or bool(has_content),
                    at=at, outcome=outcome, code=code,
                )  # fmt: skip
    return found


def trusted_epoch(db: Database) -> str | None:
    """The only epoch whose receipts count for now; ``None`` when all do."""
    row = db.one("SELECT value FROM facts WHERE name = 'reoffer'")
    return _epoch(db) if row is not None and row[0] == "yes" else None


def _epoch(db: Database) -> str | None:
    epoch = db.one(_EPOCH)
    return str(epoch[0]) if epoch else None


def distrust_other_epochs(db: Database) -> None:
    """The store was set back: what older receipts confirmed waits again until it is known to be there."""
    epoch = trusted_epoch(db)
    db.run(
        f"""
        INSERT INTO outbox (place, wants)
        SELECT {_PLACE}, (CASE WHEN max(x.epoch = ?1) THEN 0 ELSE {ENVELOPE} END)
            | (CASE WHEN max({SETTLED}) AND NOT max({SETTLED} AND x.epoch = ?1) THEN {CONTENT} ELSE 0 END)
        FROM {_OWN_RECEIPTS} GROUP BY r.n
        HAVING NOT max(x.epoch = ?1) OR (max({SETTLED}) AND NOT max({SETTLED} AND x.epoch = ?1))
        ON CONFLICT (place) DO UPDATE SET wants = wants | excluded.wants
        """,
        (epoch,),
    )
    db.run(
        f"UPDATE entries SET sharing = {LEAVES} WHERE sharing = {CONFIRMED}"
        f" AND n NOT IN (SELECT r.n FROM {_OWN_RECEIPTS} AND {SETTLED} AND x.epoch = ?)",
        (epoch,),
    )
    sieve.level_sharing(db)


def trust_all_epochs(db: Database) -> None:
    """Everything held was offered: receipts of every epoch count again, but for what the store has not taken."""
    for wanted, condition in ((ENVELOPE, "1"), (CONTENT, SETTLED)):
        places = f"SELECT {_PLACE} FROM {_OWN_RECEIPTS} AND {condition} AND {_TAKEN}"
        db.run(f"UPDATE outbox SET wants = wants & ~{wanted} WHERE wants & {wanted} AND place IN ({places})")
    db.run("DELETE FROM outbox WHERE wants = 0")
    db.run(
        f"UPDATE entries SET sharing = {CONFIRMED} WHERE sharing = {LEAVES}"
        f" AND n IN (SELECT r.n FROM {_OWN_RECEIPTS} AND {SETTLED} AND {_TAKEN})"
    )
    sieve.level_sharing(db)


def was_offered(db: Database, n: int) -> bool:
    """Whether a note's content was put into a request that may have reached the central store."""
    return db.one("SELECT 1 FROM offered WHERE n = ?", (n,)) is not None


def sharing_of(
    *,
    has_evidence: bool,
    was_tagged: bool,
    is_withdrawn: bool,
    is_barred: bool,
    was_offered: bool,
    receipt: Receipted,
) -> int:
    """The value of ``entries.sharing`` of a note made here; its tags are those put on by this vault itself.

    What a consent bars counts as sent only when that is proved: after a lost reply the next round asks with the
    envelope alone, and the receipt tells whether the words had arrived.
    """
    was_sent = content_was_sent(
        was_offered=was_offered and not is_barred, is_receipted=receipt.sent, was_tagged=was_tagged
    )
    may_leave = not is_withdrawn and not is_barred
    if not entry_is_shared(has_evidence=has_evidence, may_leave=may_leave, was_sent=was_sent):
        return STAYS
    return CONFIRMED if receipt.content else LEAVES
