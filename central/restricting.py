"""Who may know what, kept in step with what was handed in: ``fieldkit.domain.restriction`` over the log.

A page of a pull then asks one small table. What is computed here is computed again from the whole assessment whenever
one of its restrictions changes, and step by step for what comes after; most assessments have none and pay one look at
an index for each group.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.judge import DISTRIBUTED
from central.members import widen
from central.numbering import Numbered
from central.proving import HANDED_ON
from central.sql import among, listed
from central.team_tables import restricted, restriction
from central.visible import heads_of, value_of
from fieldkit.domain.readable import parsed
from fieldkit.domain.restriction import NEVER_RESTRICTED, Restriction, Wall, covered, ties_in, wall_of
from fieldkit.domain.revision import WRITTEN_ONCE
from fieldkit.domain.roles import Right, may


def withheld(connection: Connection, assessment: str, user: str | None) -> frozenset[str]:
    """The records of an assessment whose content ``user`` may not know.

    ``None`` is the office's token, which is nobody's in particular: it is shown nothing that is restricted.
    """
    walls = _walls(connection, assessment)
    if not walls:
        return frozenset()
    if user is not None:
        role = connection.execute(_ROLE, {"place": assessment, "user": user}).scalar() or ""
        authors = connection.execute(_AUTHORS, {"user": user}).scalars().all()
        walls = {record: wall for record, wall in walls.items() if not wall.may_know(role, authors)}
    if not walls:
        return frozenset()
    return frozenset(connection.execute(_COVERED, {"place": assessment, "those": listed(walls)}).scalars())


def walled(connection: Connection, assessment: str, user: str) -> tuple[frozenset[str], frozenset[str]]:
    """What ``withheld`` says, and every restricted record of the assessment."""
    if connection.execute(_ANY, {"place": assessment}).first() is None:
        return frozenset(), frozenset()
    return withheld(connection, assessment, user), frozenset(
        connection.execute(_ALL_COVERED, {"place": assessment}).scalars()
    )


def keep_in_step(connection: Connection, rows: Sequence[Numbered]) -> None:
    """After a group was kept: what its revisions restrict, and which of them are restricted."""
    shown = [row for row in rows if row.verdict.outcome in DISTRIBUTED and row.has_content]
    places = {row.verdict.item.assessment for row in shown} - {tables.NOWHERE}
    changed = {row.verdict.item.assessment for row in shown if row.verdict.item.kind == Restriction.KIND}
    for place in sorted(changed):
        compute(connection, place, rows[-1].seq)
    others = places - changed
    known = connection.execute(_PLACES, {"places": listed(others)}).scalars().all() if others else ()
    for place in known:
        if _is_touched(connection, place, [row for row in shown if row.verdict.item.assessment == place]):
            compute(connection, place, rows[-1].seq)


def compute(connection: Connection, assessment: str, number: int) -> None:
    """Compute an assessment's walls from its whole log; who knows more than before reads it again from the start."""
    before = {user: withheld(connection, assessment, user) for user in _members(connection, assessment)}
    walls, records = _found(connection, assessment)
    connection.execute(restriction.delete().where(restriction.c.assessment == assessment))
    connection.execute(restricted.delete().where(restricted.c.assessment == assessment))
    for record, wall in walls.items():
        row = {
            "record": record, "assessment": assessment, "about": wall.about, "roles": json.dumps(sorted(wall.roles)),
            "people": json.dumps(sorted(wall.people | wall.makers)),
        }  # fmt: skip
        connection.execute(restriction.insert(), row)
    covers = [
        {"assessment": assessment, "record": one, "restriction": record}
        for record, ones in records.items()
        for one in sorted(ones)
    ]
    if covers:
        connection.execute(restricted.insert(), covers)
    grown = [user for user, was in before.items() if was - withheld(connection, assessment, user)]
    widen(connection, assessment, grown, number)


def _is_touched(connection: Connection, assessment: str, rows: Iterable[Numbered]) -> bool:
    """Whether any of these is behind a wall, or belongs to what is; a leaf is noted, anything else says yes."""
    behind: dict[str, set[str]] = {}
    for record, wall in connection.execute(_BEHIND, {"place": assessment}):
        behind.setdefault(record, set()).add(wall)
    leaves = []
    for row in rows:
        item = row.verdict.item
        above = ties_in(parsed(item.content or b"") or {})
        walls = set().union(*(behind.get(one, set()) for one in above)) - behind.get(item.record, set())
        if item.kind in NEVER_RESTRICTED:
            continue
        if item.record in behind and row.verdict.is_new and item.id == item.record:
            return True  # what a wall was put up for before it came: now its author is known
        if walls and item.kind not in _LEAVES:
            return True  # something may belong to it that came before
        leaves += [{"assessment": assessment, "record": item.record, "restriction": wall} for wall in sorted(walls)]
        behind.setdefault(item.record, set()).update(walls)
    if leaves:
        connection.execute(restricted.insert(), leaves)
    return False


def _found(connection: Connection, assessment: str) -> tuple[dict[str, Wall], dict[str, set[str]]]:
    """The walls that stand by their restriction, and the records behind each."""
    ties: dict[str, frozenset[str]] = {}
    never: set[str] = set()
    authors: dict[str, str] = {}
    accounts: dict[str, list[Any]] = {}
    for row in connection.execute(_CONTENTS, {"place": assessment}):
        if row.kind == Restriction.KIND:
            accounts.setdefault(row.record, []).append(row)
        if row.kind in NEVER_RESTRICTED:
            never.add(row.record)
        else:
            ties[row.record] = ties.get(row.record, frozenset()) | ties_in(parsed(row.content) or {})
        if row.revision == row.record:
            authors[row.record] = row.author
    walls: dict[str, Wall] = {}
    records: dict[str, set[str]] = {}
    sees_all = _see_all(connection, assessment)
    for record, rows in accounts.items():
        wall = _wall(rows, sees_all, authors)
        if wall is not None and wall.about not in never:
            walls[record] = wall
            records[record] = covered(wall.about, ties) - never
    return walls, records


def _wall(rows: list[Any], sees_all: frozenset[str], authors: dict[str, str]) -> Wall | None:
    """The wall of one restriction: of its accounts those that somebody wrote who may know."""
    found = [(row, value) for row in rows if isinstance(value := value_of(row), Restriction)]
    if not found:
        return None
    first = next((row.author for row, _ in found if row.revision == row.record), "")
    maker = authors.get(found[0][1].about, "")
    entitled = {first, maker} | sees_all
    counted: list[tuple[Any, Restriction]] = []
    for row, value in found:
        if not first or row.author in entitled:
            counted.append((row, value))
            entitled |= set(value.people)
    standing = [value for _, value in heads_of(counted)] if counted else []
    about = {value.about for value in standing}
    if len(about) > 1:  # nobody moves a restriction from one record to another
        standing = [value for value in standing if value.about == found[0][1].about]
    return wall_of(standing, {maker} - {""})


def _see_all(connection: Connection, assessment: str) -> frozenset[str]:
    """The authors on the team who know whatever is restricted."""
    rows = connection.execute(_TEAM_AUTHORS, {"place": assessment})
    return frozenset(row.author for row in rows if may(row.role, Right.SEE_RESTRICTED))


def _walls(connection: Connection, assessment: str) -> dict[str, Wall]:
    return {
        row.record: Wall(
            about=row.about, roles=frozenset(json.loads(row.roles)), people=frozenset(json.loads(row.people))
        )
        for row in connection.execute(_STANDING, {"place": assessment})
    }  # fmt: skip


def _members(connection: Connection, assessment: str) -> list[str]:
    return list(connection.execute(_MEMBERS, {"place": assessment}).scalars())


_LEAVES = WRITTEN_ONCE - {"entry"} | {"withdrawal"}
"""Kinds to which nothing belongs."""

_log, _member, _device = tables.log.c, tables.member.c, tables.device.c
_PLACE: sa.BindParameter[str] = sa.bindparam("place", type_=tables.Id)
_ROLE = sa.select(_member.role).where(_member.assessment == _PLACE, _member.user == sa.bindparam("user"))
_AUTHORS = sa.select(_device.author).distinct().where(_device.user == sa.bindparam("user"))
_MEMBERS = sa.select(_member.user).where(_member.assessment == _PLACE)
_TEAM_AUTHORS = (
    sa.select(_device.author, _member.role)
    .join_from(tables.member, tables.device, _device.user == _member.user)
    .where(_member.assessment == _PLACE)
)
_STANDING = sa.select(restriction).where(restriction.c.assessment == _PLACE)
_ANY = sa.select(restriction.c.record).where(restriction.c.assessment == _PLACE).limit(1)
_PLACES = sa.select(restriction.c.assessment).distinct().where(among(restriction.c.assessment, "places"))
_BEHIND = sa.select(restricted.c.record, restricted.c.restriction).where(restricted.c.assessment == _PLACE)
_ALL_COVERED = sa.select(restricted.c.record).distinct().where(restricted.c.assessment == _PLACE)
_COVERED = (
    sa.select(restricted.c.record)
    .distinct()
    .where(restricted.c.assessment == _PLACE, among(restricted.c.restriction, "those"))
)
_CONTENTS = (
    sa.select(_log.revision, _log.record, _log.kind, _log.author, _log.hash, _log.envelope, _log.content)
    .where(_log.assessment == _PLACE, _log.outcome.in_(sorted(DISTRIBUTED)), HANDED_ON, _log.content.is_not(None))
    .order_by(_log.seq)
)
