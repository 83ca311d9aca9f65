"""Erasure by law: contents, salts and files destroyed, envelopes kept; every laptop hears of it and does the same.

An order names one revision. What a person asks for is a record (a note, a consent, an attachment), so its other
revisions go with it, and what was added to a note goes with the note. Orders are numbered under the store's lock, so
a laptop that has heard number 7 never hears of number 6 later. They are signed by the store's key, and laptops give
them back to a store that was set back to a backup from before: the content is then destroyed once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, files, holds, tables
from central.alarms import ERASURES_LOST, raise_alarm
from central.core import Core, lock_standing, open_core
from central.off_disk import Disk, as_it_is, rewrite
from central.owners import as_owner
from central.settings import Settings
from central.sql import among, listed
from fieldkit.domain.erasure import ErasureOrder, read_erasure, sign_erasure
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from fieldkit.kernel.ids import RevisionId, is_id
from fieldkit.kernel.signing import VerifyKey
from sync.wire.erasures import MOST_ORDERS, ErasuresReply, ErasuresRequest, NumberedOrder
from sync.wire.requests import from_base64, to_base64

_ADDED = ("addendum", "filing", "withdrawal")
"""Kinds that say something of a note: they go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A revision that an erasure would take; ``has_content``: there is something of it to destroy here."""

    revision: str
    kind: str
    assessment: str
    has_content: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done, or (``is_trial``) would be: contents and files destroyed, revisions ordered away.

    ``disk``: where the contents' bytes are now.
    """

    targets: tuple[Target, ...]
    contents: int
    files: int
    is_trial: bool
    disk: Disk


def erase_record(
    settings: Settings,
    wanted: str,
    reason: str,
    ordered_by: str,
    *,
    is_trial: bool = False,
    is_only_this: bool = False,
    off_disk: bool = False,
    clock: Clock | None = None,
) -> Erased:
    """Destroy the content of a record (by its id or that of any of its revisions) with what was added to it.

    ``reason`` is told to every laptop; ``ordered_by`` is kept at the office alone. ``is_only_this``: one revision.
    ``off_disk``: PostgreSQL then rewrites the table, so the old bytes leave its files too; nothing is taken in
    meanwhile. Asked again of what is erased already, it only does that.

    Raises ``Mistake`` with ``central.no_reason``, ``central.no_name``, ``central.revision`` or ``central.held`` (a
    legal hold stands).
    """
    _check(reason, ordered_by, wanted)
    with closing(open_core(as_owner(settings), clock)) as core:
        with core.database.write() as connection:
            lock_standing(connection)
            targets = targets_of(connection, wanted, is_only_this=is_only_this)
            holds.assert_free(connection, [(one.assessment, one.revision) for one in targets])
            done = destroy(core, connection, targets, reason.strip(), ordered_by.strip(), is_trial=is_trial)
        return replace(done, disk=rewrite(core.database)) if off_disk and not is_trial else done


def destroy(
    core: Core, connection: Connection, targets: Sequence[Target], reason: str, ordered_by: str, *, is_trial: bool
) -> Erased:
    """Order ``targets`` away within the caller's transaction, which holds the store's lock."""
    disk = as_it_is(core.database)
    if is_trial:
        named = {pair for one in targets for pair in files.named_by(connection, one.revision)}
        contents = sum(one.has_content for one in targets)
        return Erased(targets=tuple(targets), contents=contents, files=len(named), is_trial=True, disk=disk)
    contents, gone = 0, 0
    for one in targets:
        order(core, connection, one.revision, reason, ordered_by)
        some, more = _destroy_one(core, connection, one.revision)
        contents, gone = contents + some, gone + more
    audit.note(
        core, connection, "content.erased", targets[0].revision if targets else "", actor=ordered_by,
        revisions=[one.revision for one in targets], reason=reason, contents=contents, files=gone,
    )  # fmt: skip
    return Erased(targets=tuple(targets), contents=contents, files=gone, is_trial=False, disk=disk)


def order(core: Core, connection: Connection, revision: str, reason: str, ordered_by: str, at: str = "") -> None:
    """Put a revision on the list, once: an order that stands is not changed, for laptops hold it signed.

    Numbers rise, and are no less than the seconds of the clock: a store that was set back and goes on ordering gives
    none again that it gave before, so laptops see that it forgot some.
    """
    if connection.execute(_KNOWN, {"revision": revision}).first() is None:
        row = {"revision": revision, "reason": reason, "at": at or core.stamp(), "ordered_by": ordered_by}
        connection.execute(tables.erasure.insert(), row)
    for one in connection.execute(_UNNUMBERED).scalars().all():
        last = connection.execute(_LAST).first()
        number, place = (last.number, last.place) if last is not None else (0, 0)
        change = tables.erasure.update().where(_erasure.revision == one)
        now = int(core.clock.now().timestamp())
        connection.execute(change.values(number=max(number + 1, now), place=place + 1))


def targets_of(connection: Connection, wanted: str, *, is_only_this: bool) -> list[Target]:
    """What goes with a revision or record; of one that is not here yet, itself alone."""
    ids = {wanted}
    if not is_only_this:
        record = connection.execute(_RECORD_OF, {"id": wanted}).scalar() or wanted
        # All revisions of a record but its first have parents, and the first has the record's id.
        ids |= {str(record), *map(str, connection.execute(_REVISIONS, {"record": str(record)}).scalars())}
        ids |= _additions(connection, str(record))
    found: dict[str, Target] = {}
    for row in connection.execute(_TARGETS, {"ids": listed(ids)}):
        before = found.get(row.revision)
        has = row.has_content or (before is not None and before.has_content)
        found[row.revision] = Target(
            revision=row.revision, kind=row.kind, assessment=row.assessment, has_content=has
        )  # fmt: skip
    if not found:
        return [Target(revision=wanted, kind="", assessment=tables.NOWHERE, has_content=False)]
    return list(found.values())


def told(core: Core, request: ErasuresRequest) -> ErasuresReply:
    """What was ordered after a number; orders given back are obeyed again where this store has lost them."""
    known = [signed for model in request.known if (signed := _ours(core, model.data, model.signature)) is not None]
    if known:
        _obey_again(core, known)
    with core.database.read() as connection:
        rows = connection.execute(_AFTER, {"after": request.after}).all()
    orders = [_numbered(core, row) for row in rows[:MOST_ORDERS]]
    return ErasuresReply(orders=orders, more=len(rows) > MOST_ORDERS)


def _check(reason: str, ordered_by: str, wanted: str) -> None:
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    if not ordered_by.strip():
        raise Mistake("central.no_name", field="by")
    if not is_id(wanted):
        raise Mistake("central.revision", field="revision", revision=wanted)


def _destroy_one(core: Core, connection: Connection, revision: str) -> tuple[int, int]:
    """Contents and files destroyed of one revision that is on the list."""
    table, named = tables.log, files.named_by(connection, revision)
    held = (table.c.revision == revision, table.c.content.is_not(None))
    contents = connection.execute(table.update().where(*held).values(content=None, salt=None)).rowcount
    return contents, sum(files.forget(core, connection, place, sha256) for place, sha256 in named)


def _obey_again(core: Core, known: Iterable[ErasureOrder]) -> None:
    orders = {one.revision: one for one in known}
    with core.database.read() as connection:
        held = set(connection.execute(_ON_LIST, {"ids": listed(orders)}).scalars())
    lost = [one for revision, one in orders.items() if revision not in held]
    if not lost:
        return
    try:
        settings = as_owner(core.settings)
    except Trouble:  # this server may not erase: a person has to, where the owner's role is known
        with core.database.write() as connection:
            raise_alarm(connection, core.stamp(), ERASURES_LOST, None, "")
        return
    with closing(open_core(settings, core.clock)) as owner, owner.database.write() as connection:
        lock_standing(connection)
        for one in lost:
            order(owner, connection, one.revision, one.reason, "given back by a laptop", one.at)
            _destroy_one(owner, connection, one.revision)
        audit.note(
            owner, connection, "content.erased_again", lost[0].revision, actor="a laptop",
            revisions=[one.revision for one in lost],
        )  # fmt: skip


def _ours(core: Core, data: str, signature: str) -> ErasureOrder | None:
    try:
        signed = Signed(data=from_base64(data), signature=from_base64(signature))
        return read_erasure(signed, VerifyKey(core.key.public))
    except FieldKitError:
        return None


def _numbered(core: Core, row: Any) -> NumberedOrder:
    made = ErasureOrder(store=core.store, revision=RevisionId(row.revision), reason=row.reason, at=row.at)
    signed = sign_erasure(made, core.key)
    return NumberedOrder(number=row.number, data=to_base64(signed.data), signature=to_base64(signed.signature))


def _additions(connection: Connection, entry: str) -> set[str]:
    """Revisions that say something of this note; contents name it, envelopes do not."""
    place = connection.execute(_PLACE_OF, {"id": entry}).scalar()
    if place is None:
        return set()
    found: set[str] = set()
    for row in connection.execute(_ADDITIONS, {"place": place}):
        if entry.encode("ascii") in row.content:
            try:
                body = parse(row.content)
            except (ValueError, RecursionError):
                continue
            if body.get("entry") == entry:
                found.add(str(row.revision))
    return found


_log, _erasure = tables.log.c, tables.erasure.c
_ID: sa.BindParameter[str] = sa.bindparam("id", type_=tables.Id)
_KNOWN = sa.select(_erasure.revision).where(_erasure.revision == sa.bindparam("revision", type_=tables.Id))
_UNNUMBERED = sa.select(_erasure.revision).where(_erasure.number.is_(None)).order_by(_erasure.at, _erasure.revision)
_LAST = (
    sa.select(_erasure.number, _erasure.place)
    .where(_erasure.number.is_not(None))
    .order_by(_erasure.number.desc())
    .limit(1)
)
_ON_LIST = sa.select(_erasure.revision).where(among(_erasure.revision, "ids"))
_AFTER = (
    sa.select(_erasure.revision, _erasure.reason, _erasure.at, _erasure.number)
    .where(_erasure.number > sa.bindparam("after"))
    .order_by(_erasure.number)
    .limit(MOST_ORDERS + 1)
)
_RECORD_OF = sa.select(_log.record).where(_log.revision == _ID).limit(1)
_PLACE_OF = sa.select(_log.assessment).where(_log.revision == _ID, _log.kind == "entry").limit(1)
_REVISIONS = sa.select(tables.parent.c.revision).where(
    tables.parent.c.record == sa.bindparam("record", type_=tables.Id)
)
_TARGETS = (
    sa.select(_log.revision, _log.kind, _log.assessment, _log.content.is_not(None).label("has_content"))
    .where(among(_log.revision, "ids"))
    .order_by(_log.seq)
)
_ADDITIONS = sa.select(_log.revision, _log.content).where(
    _log.assessment == sa.bindparam("place", type_=tables.Id),
    _log.kind.in_(_ADDED),
    _log.content.is_not(None),
)
