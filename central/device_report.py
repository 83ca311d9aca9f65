"""What the office knows of one laptop, read from the log and its chains: the facts of a lost laptop's sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import device_tables, tables
from central.chains import chain_of
from central.core import Core
from central.device_certificates import kept
from central.judge import DISTRIBUTED
from central.sql import among, listed
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.entry import Entry
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.signing import fingerprint
from fieldkit.reports.lost_laptop import ChainThere, FileOut, LostLaptop, ProofOnly, ReadThere

Words = Callable[[Sequence[int]], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Who stopped it, and why."""

    by: str
    reason: str


def facts_of(core: Core, connection: Connection, device: str, stopped: Stopped, words_of: Words) -> LostLaptop:
    """Everything that is known of an enrolled laptop now, the ids it had before included."""
    ids = lineage(connection, device)
    row = connection.execute(_LAPTOP, {"device": device}).one()
    certificate = kept(connection, device)
    proofs, files_out = _proofs(connection, ids), _files(connection, ids)
    return LostLaptop(
        office=core.office, person=row.person, device=device, key_words=words_of(fingerprint(row.key)),
        enrolled_at=from_stamp(row.enrolled_at), seen_at=_last_heard(connection, ids), lost_at=core.clock.now(),
        by=stopped.by, reason=stopped.reason,
        certificate_until=certificate.certificate.valid_until if certificate else None,
        chains=tuple(_chain(connection, one) for one in ids), kinds=_kinds(connection, ids),
        contents=_count(connection, _CONTENTS, ids), files=_count(connection, _FILES_HERE, ids),
        waiting=_count(connection, _WAITING, ids), proofs=proofs, files_out=files_out, read=_read(connection, ids),
    )  # fmt: skip


def lineage(connection: Connection, device: str) -> list[str]:
    """The ids that this laptop has had, the present one first."""
    found = [device]
    while (before := connection.execute(_BEFORE, {"device": found[-1]}).scalar()) and str(before) not in found:
        found.append(str(before))
    return found


def _last_heard(connection: Connection, ids: Sequence[str]) -> Any:
    return from_stamp(max(connection.execute(_SEEN, {"ids": listed(ids)}).scalars()))


def _chain(connection: Connection, device: str) -> ChainThere:
    held, said = chain_of(connection, device), connection.execute(_SAID, {"device": device}).first()
    return ChainThere(
        device=device, high=held.high, hash=held.hash, highest=held.highest, told=said.head if said else 0,
        told_at=from_stamp(said.at) if said else None,
    )  # fmt: skip


def _kinds(connection: Connection, ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((row.kind, row.many) for row in connection.execute(_KINDS, {"ids": listed(ids)}))


def _count(connection: Connection, query: sa.Select[Any], ids: Sequence[str]) -> int:
    return int(connection.execute(query, {"ids": listed(ids)}).scalar_one())


def _proofs(connection: Connection, ids: Sequence[str]) -> tuple[ProofOnly, ...]:
    """Notes that came by their envelope alone, by assessment, with the dates in their envelopes."""
    dates: dict[str, list[str]] = {}
    for row in connection.execute(_PROOFS, {"ids": listed(ids), "kind": Entry.KIND}):
        dates.setdefault(str(row.assessment), []).append(parse(row.envelope)["recorded_at"])
    return tuple(
        ProofOnly(
            assessment=name_of(connection, place), notes=len(found), first=from_stamp(min(found)),
            last=from_stamp(max(found)),
        )
        for place, found in sorted(dates.items())
    )  # fmt: skip


def _files(connection: Connection, ids: Sequence[str]) -> tuple[FileOut, ...]:
    found: dict[str, FileOut] = {}
    for row in connection.execute(_ATTACHED, {"ids": listed(ids), "kind": Attachment.KIND}):
        try:
            one = Attachment.from_content(row.record, parse(row.content))
        except (KeyError, ValueError, TypeError):  # of a later version
            continue
        place = {"place": row.assessment, "sha256": one.sha256}
        if connection.execute(_HAS_FILE, place).first() is None:
            found[one.sha256] = FileOut(exhibit=one.exhibit, kind=one.media, size=one.size, sha256=one.sha256)
    return tuple(sorted(found.values(), key=lambda one: one.exhibit))


def _read(connection: Connection, ids: Sequence[str]) -> tuple[ReadThere, ...]:
    reached: dict[str, tuple[int, str]] = {}
    for row in connection.execute(_READ, {"ids": listed(ids)}):
        place = str(row.assessment)
        reached[place] = max(reached.get(place, (0, "")), (row.upto, row.at))
    return tuple(
        ReadThere(
            assessment=name_of(connection, place), upto=upto, at=from_stamp(at),
            kinds=tuple(
                (row.kind, row.many)
                for row in connection.execute(_GIVEN, {"place": place, "upto": upto, "ids": listed(ids)})
            ),
        )
        for place, (upto, at) in sorted(reached.items())
    )  # fmt: skip


def name_of(connection: Connection, assessment: str) -> str:
    """What an assessment is called, or its id while its record has not come."""
    row = connection.execute(_NAME, {"place": assessment, "kind": Assessment.KIND}).first()
    if row is None:
        return assessment
    try:
        return str(parse(row.content)["name"])
    except (KeyError, ValueError, TypeError):
        return assessment


_log, _device = tables.log.c, tables.device.c
_LAPTOP = (
    sa.select(_device.key, _device.enrolled_at, tables.user.c.name.label("person"))
    .join_from(tables.device, tables.user, tables.user.c.id == _device.user)
    .where(_device.id == sa.bindparam("device"))
)
_BEFORE = sa.select(_device.predecessor).where(_device.id == sa.bindparam("device"))
_SEEN = sa.select(_device.seen_at).where(among(_device.id, "ids"))
_SAID = sa.select(device_tables.device_said.c.head, device_tables.device_said.c.at).where(
    device_tables.device_said.c.device == sa.bindparam("device")
)
_OF_IT = among(_log.device, "ids")
_KINDS = (
    sa.select(_log.kind, sa.func.count(_log.revision.distinct()).label("many"))
    .where(_OF_IT)
    .group_by(_log.kind)
    .order_by(_log.kind)
)
_CONTENTS = sa.select(sa.func.count(_log.revision.distinct())).where(_OF_IT, _log.part == "c")
_FILES_HERE = sa.select(sa.func.count(tables.file.c.sha256.distinct())).where(among(tables.file.c.device, "ids"))
_WAITING = (
    sa.select(sa.func.count())
    .select_from(tables.quarantine)
    .where(
        among(tables.quarantine.c.sender, "ids"),
        tables.quarantine.c.released_as.is_(None),
        ~sa.exists().where(device_tables.intake_decision.c.seq == tables.quarantine.c.seq),
    )
)
_other = tables.log.alias("other").c
_PROOFS = sa.select(_log.assessment, _log.envelope).where(
    _OF_IT,
    _log.kind == sa.bindparam("kind"),
    _log.part == "e",
    ~sa.exists().where(_other.revision == _log.revision, _other.part == "c"),
)
_ATTACHED = sa.select(_log.record, _log.assessment, _log.content).where(
    _OF_IT, _log.kind == sa.bindparam("kind"), _log.content.is_not(None)
)
_HAS_FILE = sa.select(tables.file.c.sha256).where(
    tables.file.c.assessment == sa.bindparam("place"), tables.file.c.sha256 == sa.bindparam("sha256")
)
_READ = sa.select(
    device_tables.device_read.c.assessment, device_tables.device_read.c.upto, device_tables.device_read.c.at
).where(among(device_tables.device_read.c.device, "ids"))
_GIVEN = (
    sa.select(_log.kind, sa.func.count(_log.record.distinct()).label("many"))
    .where(
        _log.assessment == sa.bindparam("place"),
        _log.seq <= sa.bindparam("upto"),
        _log.part == "c",
        _log.outcome.in_(sorted(DISTRIBUTED)),
        sa.not_(_OF_IT),
    )
    .group_by(_log.kind)
    .order_by(_log.kind)
)
_NAME = (
    sa.select(_log.content)
    .where(_log.assessment == sa.bindparam("place"), _log.kind == sa.bindparam("kind"), _log.content.is_not(None))
    .order_by(_log.seq.desc())
    .limit(1)
)
