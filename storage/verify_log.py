"""Checks of the log: envelopes, fingerprints, contents, signatures, chains and parents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fieldkit.app.rows import Finding
from fieldkit.domain.revision import (
    NO_HASH,
    SALT_BYTES,
    Envelope,
    Revision,
    digest_holds,
    hash_of,
    signature_holds,
)
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage.engine import Database, Row
from storage.findings import finding
from storage.identity import own_keys

Report = Callable[[str, int, int], None]
Maker = tuple[str, VerifyKey] | None

_COLUMNS = ("id", "record", "kind", "shape", "assessment", "author", "device", "seq", "priority", "recorded_at")
_PAGE = 500


@dataclass(slots=True)
class _Seen:
    """What the checks across revisions need of each: little enough for a million."""

    hashes: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    mine: dict[str, dict[int, str]] = field(default_factory=dict)
    links: list[tuple[str, str, int, str]] = field(default_factory=list)
    records: dict[str, tuple[str, str]] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)
    unsigned: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Pulled revisions whose own signature does not hold: id -> device, hash, kind."""


def log_findings(db: Database, tell: Report) -> list[Finding]:
    """Everything wrong with the log."""
    makers = _makers(db)
    seen, found = _Seen(), []
    total = int((db.one("SELECT coalesce(max(n), 0) FROM revisions") or (0,))[0])
    after = 0
    columns = "n, here, hash, envelope, signature, content, salt, " + ", ".join(_COLUMNS)
    while rows := db.rows(f"SELECT {columns} FROM revisions WHERE n > ? ORDER BY n LIMIT ?", (after, _PAGE)):
        for row in rows:
            found += _one(row, makers, seen)
        after = rows[-1][0]
        tell("log", after, total)
    return found + _covered(seen) + _links(seen) + _heads(db, seen) + _parents(seen)


def _makers(db: Database) -> dict[str, Maker]:
    found: dict[str, Maker] = {}
    for device, author, public in db.rows("SELECT device, author, public FROM team_devices"):
        try:
            found[device] = (author, VerifyKey(public))
        except ValueError:
            found[device] = None
    for device, (author, public) in own_keys(db).items():
        found[device] = (author, VerifyKey(public))
    return found


def _one(row: Row, makers: dict[str, Maker], seen: _Seen) -> list[Finding]:
    _n, here, kept_hash, data, signature, content, salt, *columns = row
    id_ = str(columns[0])
    try:
        envelope = Envelope.from_bytes(data)
    except Refusal:
        return [finding("verify.envelope", revision=id_)]
    revision = Revision(
        envelope=envelope, envelope_bytes=data, hash=hash_of(data), signature=signature, content=content, salt=salt
    )
    found = _against_columns(envelope, columns)
    if revision.hash != kept_hash:
        found.append(finding("verify.hash", revision=id_))
    if (content is None) != (salt is None) or (salt and len(salt) != SALT_BYTES) or not digest_holds(revision):
        found.append(finding("verify.digest", revision=id_, kind=envelope.kind))
    found += _signed(revision, makers.get(envelope.device), seen, here=bool(here))
    _remember(revision, bool(here), seen)
    return found


def _against_columns(envelope: Envelope, columns: list[Any]) -> list[Finding]:
    wrong = [name for name, kept in zip(_COLUMNS, columns, strict=True) if getattr(envelope, name) != kept]
    return [finding("verify.columns", revision=str(columns[0]), what=", ".join(wrong))] if wrong else []


def _signed(revision: Revision, maker: Maker, seen: _Seen, *, here: bool) -> list[Finding]:
    envelope = revision.envelope
    if maker is None:
        return [finding("verify.unknown_device", revision=envelope.id)]
    author, key = maker
    found = []
    if author != envelope.author:
        found.append(finding("verify.author", revision=envelope.id))
    if not signature_holds(revision, key):
        if here:
            found.append(finding("verify.signature", revision=envelope.id, kind=envelope.kind))
        else:
            seen.unsigned[envelope.id] = (envelope.device, revision.hash, envelope.kind)
    return found


def _covered(seen: _Seen) -> list[Finding]:
    """A team-mate's revision is as good as signed where the one after it names its hash and is: the device said both.

    That is how a page is checked when it is pulled, so a signature that does not hold inside a run is its maker's
    fault and no damage of this vault.
    """
    if not seen.unsigned:
        return []
    follows = {(device, fingerprint): id_ for id_, (device, fingerprint, _) in seen.unsigned.items()}
    bad = dict(seen.unsigned)
    good = [(device, before) for id_, device, _, before in seen.links if id_ not in bad]
    before_of = {id_: (device, before) for id_, device, _, before in seen.links if id_ in bad}
    while good:
        id_ = follows.get(good.pop(), "")
        if bad.pop(id_, None) is not None:
            good.append(before_of[id_])
    return [finding("verify.signature", revision=id_, kind=kind) for id_, (_, _, kind) in bad.items()]


def _remember(revision: Revision, here: bool, seen: _Seen) -> None:
    one = revision.envelope
    seen.hashes.setdefault((one.device, one.seq), set()).add(revision.hash)
    if here:
        seen.mine.setdefault(one.device, {})[one.seq] = revision.hash
    seen.links.append((one.id, one.device, one.seq, one.prev))
    seen.records[one.id] = (one.kind, one.record)
    seen.parents += [(one.id, parent) for parent in one.parents]


def _links(seen: _Seen) -> list[Finding]:
    """Each revision names the one before, where that is held; of team-mates' chains only parts are."""
    found = []
    for id_, device, seq, before in seen.links:
        held = seen.hashes.get((device, seq - 1))
        if before != NO_HASH and held is not None and before not in held:
            found.append(finding("verify.chain", revision=id_))
    return found


def _heads(db: Database, seen: _Seen) -> list[Finding]:
    """What this vault made itself is held without a gap, up to where it remembers to have come."""
    found = []
    for device, seq, fingerprint in db.rows("SELECT device, seq, hash FROM own_devices ORDER BY incarnation"):
        mine = seen.mine.get(device, {})
        missing = [number for number in range(1, seq + 1) if number not in mine]
        found += [finding("verify.gap", device=device, seq=number) for number in missing]
        last = max(mine, default=0)
        if last != seq or (seq and mine.get(seq) != fingerprint):
            found.append(finding("verify.head", device=device, found=last, expected=seq))
    return found


def _parents(seen: _Seen) -> list[Finding]:
    return [
        finding("verify.parents", revision=id_)
        for id_, parent in seen.parents
        if parent == id_ or seen.records.get(parent, seen.records[id_]) != seen.records[id_]
    ]
