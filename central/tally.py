"""How much each assessment holds: counted as the log grows, so that whoever looks counts no million rows.

The log is only ever added to, so a count up to number n stays right, and what came since is added to it. It is kept
in the transaction that checks signatures, behind each push (``central.proving``), and by whoever looks where that was
not done: by servers of an earlier version, or before there were counts. Only erasure by law changes rows that were
counted: its orders are numbered, and an assessment of which something was ordered away since is counted afresh.

Open questions are no sum: they are asked again where something came that may make or settle one, when somebody looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core
from central.judge import DISTRIBUTED
from central.running_tables import counted, tally
from central.sql import among, listed
from fieldkit import __version__
from fieldkit.domain.entry import Entry

_STEP = 5_000
"""Rows in one transaction of catching up: some 50 ms."""


class Tally(NamedTuple):
    """What is held of one assessment. ``last``: when the newest note came, as a stamp; empty where there is none."""

    revisions: int = 0
    notes: int = 0
    sealed: int = 0
    last: str = ""
    questions: int = 0


def follow(connection: Connection, before: int, upto: int) -> None:
    """Count the rows after ``before`` up to ``upto``, which were proved in this transaction.

    Nothing where the count stands elsewhere: catching up could take long, and is left to ``count_all``.
    """
    if connection.execute(_LOCKED).one().upto == before:
        _add(connection, before, upto)


def count_all(core: Core) -> None:
    """Count whatever is proved and not counted yet."""
    with core.database.read() as connection:
        stands = connection.execute(_STANDS).one()
    is_due = (stands.upto, stands.erasures) != (stands.proved, stands.ordered)
    while is_due and not core.closing.is_set():
        with core.database.write() as connection:
            is_due = _count_some(connection)


def tallies(connection: Connection, places: Collection[str]) -> dict[str, Tally]:
    """What was counted of these assessments; as it stands after ``count_all`` and ``ask_again``."""
    rows = connection.execute(_TALLIES, {"places": listed(places)})
    return {row.assessment: Tally(*row[1:]) for row in rows}


def stirred(connection: Connection, places: Collection[str]) -> dict[str, int]:
    """Those of which open questions are to be asked again, and up to which number."""
    rows = connection.execute(_STIRRED, {"places": listed(places), "by": __version__})
    return {row.assessment: row.stirred for row in rows}


def note_asked(connection: Connection, place: str, upto: int, count: int) -> None:
    """Keep the number of open questions that ``place`` had at ``upto``, unless somebody has asked later."""
    connection.execute(_ASKED, {"place": place, "upto": upto, "count": count, "by": __version__})


def everything(connection: Connection) -> int:
    """How many revisions the store holds in any part."""
    return int(connection.execute(_ALL).scalar_one())


def _count_some(connection: Connection) -> bool:
    """One step; whether another is due. Orders are looked at first: what is ordered later is seen the next time."""
    stands = connection.execute(_LOCKED).one()
    ordered = connection.execute(sa.select(_ORDERED)).scalar_one()
    if ordered != stands.erasures:
        _count_again(connection, stands.erasures, stands.upto)
        connection.execute(counted.update().values(erasures=ordered))
    proved = connection.execute(_PROVED).scalar_one()
    upto = min(proved, stands.upto + _STEP)
    if upto > stands.upto:
        _add(connection, stands.upto, upto)
    return bool(upto < proved)


def _add(connection: Connection, before: int, upto: int) -> None:
    """By as much as the rows that came changed what is held of their revisions."""
    came = connection.execute(_CAME, {"before": before, "upto": upto}).all()
    wanted = {"ids": listed({row.revision for row in came})}
    known = [row for row in connection.execute(_ALL_OF, wanted) if row.seq <= before] if came else []
    was, now = _notes(known), _notes([*known, *came])
    found: dict[str, dict[str, Any]] = {}
    seen = {row.revision for row in known}
    for row in came:
        one = found.setdefault(row.assessment, {"assessment": row.assessment, "revisions": 0, "stirred": 0})
        one["revisions"] += row.revision not in seen  # it belongs to the assessment of its first row
        seen.add(row.revision)
        if row.kind != Entry.KIND:  # a note alone makes no question
            one["stirred"] = row.seq
    for place, one in found.items():
        then, held = was.get(place, _Notes()), now.get(place, _Notes())
        one |= {"notes": held.notes - then.notes, "sealed": held.sealed - then.sealed, "last": held.last}
    if found:
        connection.execute(_GROW, list(found.values()))
    connection.execute(counted.update().values(upto=upto))


def _count_again(connection: Connection, after: int, upto: int) -> None:
    """Afresh of every assessment of which something was ordered away after the order number ``after``."""
    for place in connection.execute(_ORDERED_OF, {"after": after}).scalars().all():
        rows = connection.execute(_NOTES_OF, {"place": place, "upto": upto}).all()
        held = _notes(rows).get(place, _Notes())
        change = tally.update().where(tally.c.assessment == place)
        connection.execute(
            change.values(notes=held.notes, sealed=held.sealed, last=held.last, stirred=upto, asked_at=-1)
        )


class _Notes(NamedTuple):
    notes: int = 0
    sealed: int = 0
    last: str = ""


def _notes(rows: Iterable[Any]) -> dict[str, _Notes]:
    """Of rows of the log by assessment: notes that are there with words, and those known by their envelope only."""
    open_, whole, bare = (
        defaultdict[str, set[str]](set),
        defaultdict[str, set[str]](set),
        defaultdict[str, set[str]](set),
    )
    last = defaultdict[str, str](str)
    for row in rows:
        if row.kind != Entry.KIND or row.outcome not in DISTRIBUTED or row.is_unproved:
            continue
        (bare if row.part == "e" else whole)[row.assessment].add(row.revision)
        if row.has_content:
            open_[row.assessment].add(row.revision)
            last[row.assessment] = max(last[row.assessment], row.received_at)
    return {
        place: _Notes(len(open_[place]), len(bare[place] - whole[place]), last[place])
        for place in bare.keys() | whole.keys()
    }


_log = tables.log.c
_BEFORE: sa.BindParameter[int] = sa.bindparam("before", type_=tables.Number)
_UPTO: sa.BindParameter[int] = sa.bindparam("upto", type_=tables.Number)
_PLACE: sa.BindParameter[str] = sa.bindparam("place", type_=tables.Id)
_ROWS = sa.select(
    _log.seq, _log.revision, _log.assessment, _log.kind, _log.part, _log.outcome, _log.received_at,
    _log.content.is_not(None).label("has_content"),
    _log.seq.in_(sa.select(tables.unproved.c.seq)).label("is_unproved"),
)  # fmt: skip
_CAME = _ROWS.where(_log.seq > _BEFORE, _log.seq <= _UPTO).order_by(_log.seq)
_ALL_OF = _ROWS.where(among(_log.revision, "ids"))
"""Every row of the revisions that came: an envelope that is disclosed now, what stood apart before. Which are earlier
is not asked of the database: one that knows little of its table reads the index of all numbers for it."""
_NOTES_OF = _ROWS.where(_log.assessment == _PLACE, _log.kind == Entry.KIND, _log.seq <= _UPTO)

_erasure = tables.erasure.c
_NEWEST = sa.select(_erasure.place).where(_erasure.number.is_not(None)).order_by(_erasure.number.desc()).limit(1)
_UNNUMBERED = sa.select(sa.func.count(_erasure.revision)).where(_erasure.number.is_(None))
_ORDERED = sa.func.coalesce(_NEWEST.scalar_subquery(), 0) + _UNNUMBERED.scalar_subquery()
"""Orders to erase there are. Code of a version that numbered none leaves the number to whoever orders next."""
_LOCKED = sa.select(counted.c.upto, counted.c.erasures).with_for_update()
_STANDS = sa.select(
    counted.c.upto, counted.c.erasures, tables.proving.c.upto.label("proved"), _ORDERED.label("ordered")
).select_from(counted.join(tables.proving, sa.true()))
_PROVED = sa.select(tables.proving.c.upto)
_ORDERED_OF = (
    sa.select(_log.assessment)
    .distinct()
    .join_from(tables.erasure, tables.log, _log.revision == _erasure.revision)
    .where(sa.or_(_erasure.place > sa.bindparam("after"), _erasure.place.is_(None)))
)

_tally = tally.c
_ALL = sa.select(sa.func.coalesce(sa.func.sum(_tally.revisions), 0))
_TALLIES = sa.select(
    _tally.assessment, _tally.revisions, _tally.notes, _tally.sealed, _tally.last, _tally.questions
).where(among(_tally.assessment, "places"))
_STIRRED = sa.select(_tally.assessment, _tally.stirred).where(
    among(_tally.assessment, "places"),
    sa.or_(_tally.stirred > _tally.asked_at, _tally.asked_by != sa.bindparam("by")),
)
_ASKED = (
    tally.update()
    .where(_tally.assessment == _PLACE, _tally.asked_at <= _UPTO)
    .values(questions=sa.bindparam("count"), asked_at=_UPTO, asked_by=sa.bindparam("by"))
)
_GROW = sa.text(
    "INSERT INTO tally (assessment, revisions, notes, sealed, last, stirred, asked_at, asked_by, questions)"
    " VALUES (:assessment, :revisions, :notes, :sealed, :last, :stirred, -1, '', 0) ON CONFLICT (assessment) DO UPDATE"
    " SET revisions = tally.revisions + excluded.revisions, notes = tally.notes + excluded.notes,"
    " sealed = tally.sealed + excluded.sealed,"
    " last = CASE WHEN excluded.last > tally.last THEN excluded.last ELSE tally.last END,"
    " stirred = CASE WHEN excluded.stirred > tally.stirred THEN excluded.stirred ELSE tally.stirred END"
)
