"""All of one assessment as one person may read it: what coverage, scores, reports and exports of the office rest on.

The very revisions that a laptop of that person would be given, page by page and with the same condition on membership
and the same walls. Who works on the server itself and names nobody is given everything but what is restricted. The
audit has a line before the first revision leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from central import audit, tables
from central.admin_team import find_person
from central.core import Core
from central.judge import DISTRIBUTED
from central.members import is_adviser, may_read
from central.proving import HANDED_ON, prove_all, proved_upto
from central.pull import SIGNERS
from central.restricting import walled
from central.sql import listed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake, Refusal

PAGE_ROWS = 500
_NOBODY = "00000000-0000-0000-0000-000000000000"
"""Who works on the server and names nobody is on no team; PostgreSQL wants an id all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A laptop that signed something: its id, whose it is, its public key."""

    device: str
    author: str
    public: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some revisions in the order of the log, with the laptops that signed them. Sealed ones have no content."""

    revisions: list[Revision]
    signers: list[Signer]


def reader(core: Core, name: str, assessment: str) -> str:
    """The id of who reads; empty where nobody is named: that is who works on the server.

    Raises ``Mistake('central.person_unknown' | 'central.adviser_reads')``, ``Refusal('central.not_found')`` for an
    assessment that they are not on the team of, or may not read.
    """
    if not name.strip():
        return ""
    with core.database.read() as connection:
        user = find_person(connection, name)
        if is_adviser(connection, user):
            raise Mistake("central.adviser_reads", field="as", name=name.strip())
        if connection.execute(_IS_READER, {"user": user, "place": assessment}).first() is None:
            raise Refusal("central.not_found")
    return user


def read_out(core: Core, assessment: str, user: str, what: str) -> Iterator[Page]:
    """Everything of ``assessment`` that is proved by now; ``what`` is read out of it stands in the audit.

    The actor of its lines is who works on the server: nobody proved to be ``user``, as whom they read.
    """
    prove_all(core)
    as_whom = {"as": user} if user else {}
    audit.note_alone(core, "evidence.read_out", assessment, what=what, **as_whom)
    with core.database.read() as connection:
        last = proved_upto(connection)
    after = 0
    while True:
        with core.database.read(user) if user else core.database.read() as connection:
            wanted = {"place": assessment, "after": after, "last": last}
            rows = connection.execute(_PAGE, wanted).all()
            if not rows:
                return
            sealed, covered = walled(connection, assessment, user or _NOBODY)
            signers = connection.execute(SIGNERS, {"ids": listed({row.device for row in rows})}).all()
        given = sum(row.record in covered - sealed and row.content is not None for row in rows)
        if given:
            audit.note_alone(core, "restricted.given", assessment, count=given, **as_whom)
        yield Page(
            revisions=[_revision(row, is_sealed=row.record in sealed) for row in rows],
            signers=[Signer(device=row.id, author=row.author, public=row.key) for row in signers],
        )
        after = rows[-1].seq


def _revision(row: Any, *, is_sealed: bool) -> Revision:
    if is_sealed:
        return Revision.read(row.envelope, row.signature)
    return Revision.read(row.envelope, row.signature, row.content, row.salt)


_log = tables.log.c
_PAGE = (
    sa.select(_log.seq, _log.record, _log.device, _log.envelope, _log.signature, _log.salt, _log.content)
    .where(
        _log.assessment == sa.bindparam("place"), _log.seq > sa.bindparam("after"), _log.seq <= sa.bindparam("last"),
        _log.outcome.in_(sorted(DISTRIBUTED)), HANDED_ON,
    )
    .order_by(_log.seq)
    .limit(PAGE_ROWS)
)  # fmt: skip
_IS_READER = sa.select(tables.member.c.user).where(
    tables.member.c.user == sa.bindparam("user"), tables.member.c.assessment == sa.bindparam("place"), may_read()
)
