"""Urgent items that came by a phone: the text of a QR code, and what was told by voice with a check phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core, find_device, open_core
from central.judge import DISTRIBUTED
from central.push import push
from central.restricting import withheld
from central.settings import Settings
from central.urgent_tables import urgent_call
from central.visible import value_of
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.receipt import ReceiptSheet
from fieldkit.domain.urgent_phrase import phrase_numbers
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import new_id
from sync.wire.bundles.urgent import from_text
from sync.wire.frames import Kind, read_frames, read_sheet_payload

MOST_TOLD = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An urgent item that is here. ``outcome`` is the store's word on it, ``title`` what it says where it is shown."""

    record: str
    revision: str
    phrase: tuple[int, ...]
    received_at: str
    outcome: str
    title: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A call that was written down, and the item it belongs to once that is here."""

    phrase: tuple[int, ...]
    told: str
    by: str
    at: str
    item: Item | None


def take(settings: Settings, text: str, clock: Clock | None = None) -> list[Item]:
    """Take in the text of a code, exactly as a push does; what it was, also where it was here already.

    Raises ``Refusal('urgent.text' | 'handover.device_unknown')``.
    """
    with closing(open_core(settings, clock)) as core:
        device, body = from_text(text, core.key)
        with core.database.read() as connection:
            sender = find_device(connection, device)
        if sender is None:
            raise Refusal("handover.device_unknown", name="by phone")
        revisions = {line for sheet in _sheets(core, sender, body) for line in sheet}
        if not revisions:
            raise Refusal("urgent.text")
        with core.database.read() as connection:
            return [one for one in _items(connection) if one.revision in revisions]


def check(
    settings: Settings, phrase: Sequence[int], told: str = "", by: str = "", clock: Clock | None = None
) -> list[Item]:
    """The item with this phrase, if it is here; what was ``told`` is written down either way, once.

    Raises ``Mistake('urgent.told_long')``.
    """
    if len(told) > MOST_TOLD:
        raise Mistake("urgent.told_long", field="told", most=MOST_TOLD)
    with closing(open_core(settings, clock)) as core:
        if told.strip():
            _write_down(core, tuple(phrase), told.strip(), by.strip())
        with core.database.read() as connection:
            return [one for one in _items(connection) if one.phrase == tuple(phrase)]


def calls(settings: Settings, clock: Clock | None = None) -> list[Told]:
    """Every call that was written down, newest first, with its item."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        items = {one.phrase: one for one in _items(connection)}
        rows = connection.execute(sa.select(urgent_call).order_by(urgent_call.c.at.desc(), urgent_call.c.id)).all()
    found = []
    for row in rows:
        phrase = tuple(int(number) for number in row.phrase.split())
        found.append(Told(phrase=phrase, told=row.told, by=row.taken_by, at=row.at, item=items.get(phrase)))
    return found


def _write_down(core: Core, phrase: tuple[int, ...], told: str, by: str) -> None:
    row = {
        "id": new_id(), "phrase": " ".join(map(str, phrase)), "told": told, "taken_by": by, "at": core.stamp(),
    }  # fmt: skip
    same = (urgent_call.c.phrase == row["phrase"], urgent_call.c.told == told)
    with core.database.write() as connection:
        if connection.execute(sa.select(urgent_call.c.id).where(*same)).first() is None:
            connection.execute(urgent_call.insert(), row)


def _sheets(core: Core, sender: object, body: bytes) -> Iterator[list[str]]:
    for kind, payload in read_frames(push(core, sender, iter((body,)))):  # type: ignore[arg-type]
        if kind is Kind.SHEET:
            yield [line.revision for line in ReceiptSheet.from_bytes(read_sheet_payload(payload)[0]).lines]


def _items(connection: Connection) -> Iterator[Item]:
    """Escalations in the order of their arrival: one store has hundreds of them, not thousands."""
    hidden: dict[str, frozenset[str]] = {}
    for row in connection.execute(_ESCALATIONS):
        place = str(row.assessment)
        if place not in hidden:  # a person at the server is nobody's in particular
            hidden[place] = withheld(connection, place, None)
        may_show = row.outcome in DISTRIBUTED and row.record not in hidden[place]
        value = value_of(row) if row.content is not None and may_show else None
        yield Item(
            record=row.record, revision=row.revision, phrase=phrase_numbers(row.hash.hex()),
            received_at=row.received_at, outcome=row.outcome, title=value.title if value is not None else "",
            what=value.what if value is not None else "",
        )  # fmt: skip


_log = tables.log.c
_ESCALATIONS = (
    sa.select(
        _log.revision, _log.record, _log.kind, _log.author, _log.received_at, _log.hash, _log.envelope, _log.content,
        _log.outcome, _log.assessment,
    )
    .where(_log.kind == Escalation.KIND)
    .order_by(_log.seq)
)  # fmt: skip
