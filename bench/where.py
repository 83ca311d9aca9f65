"""Where the time of sending goes: each step of a push and a pull by itself, with its processor time.

What the laptop and the store do is called directly, without HTTP and one after the other, so the steps add up to
more than the whole, in which some of them run side by side.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench.hands import Hand
from bench.office import Office
from bench.timing import Row, ms, show
from bench.vaults import new_meeting, record_many, without_stretching
from central.core import Core, find_device, open_core, standing
from central.judge import KnownDevice
from central.proving import prove_all
from central.pull import pull
from central.push import push
from fieldkit.domain.receipt import Cursor, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import AssessmentId
from sync.handing_in import PAGE, SHEETS_AT_ONCE
from sync.translate import device_key, domain_revision, page_cursor, read_message, wire_revision, witness
from sync.wire.frames import FrameReader, FrameWriter, Kind, compress, read_frames, read_sheet_payload
from sync.wire.messages import PageEnd, PullRequest
from tests.support.postgres import fresh_database, postgres_server

T = TypeVar("T")
NOTES = 10_000
_CHUNK = 65536
Page = tuple[list[Revision], PageEnd]


@dataclass(slots=True)
class Steps:
    """Rows of the table, filled step by step."""

    rows: list[Row] = field(default_factory=list)

    def __call__(self, work: str, step: Callable[[], T]) -> T:
        """Do one step and note what it took."""
        started, used = time.perf_counter(), time.process_time()
        result = step()
        used = time.process_time() - used
        figure = f"{ms(time.perf_counter() - started)}, processor {ms(used)}"
        self.rows.append(Row(work=work, figure=figure))
        return result


def run(notes: int = NOTES) -> None:
    """Print what each step takes."""
    without_stretching()
    with (
        postgres_server(durable=True) as server,
        fresh_database(server) as database,
        tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name,
    ):
        steps, folder = Steps(), Path(name)
        office = Office(folder / "office", database)
        first, second = Hand(folder / "a", "A Bench"), Hand(folder / "b", "B Bench")
        activity = new_meeting(first.vault)
        first.join(office.url, office.code("A Bench"))
        second.join(office.url, office.code("B Bench", activity.assessment))
        office.stop()
        record_many(first.vault, activity, range(notes))
        core = open_core(office.settings)
        _push(steps, core, first)
        _pull(steps, core, second, activity.assessment)
        core.close()
        first.close()
        second.close()
    show(f"Steps of sending {notes:,} notes (processor time is this process's; PostgreSQL has its own)", steps.rows)


def _push(steps: Steps, core: Core, hand: Hand) -> None:
    body = steps("push, laptop: read the outbox, frame, compress", lambda: b"".join(compress(_outgoing(hand))))
    sender = _device(core, hand)
    reply = steps("push, store: check, judge, COPY, sign, commit", lambda: b"".join(push(core, sender, _cut(body))))
    sheets = [
        Signed(data=data, signature=signature)
        for kind, payload in read_frames([reply])
        if kind is Kind.SHEET
        for data, signature in [read_sheet_payload(payload)]
    ]
    steps("push, store, behind it: every signature by itself", lambda: prove_all(core))
    steps("push, laptop: verify and keep the receipts", lambda: _keep(hand, sheets))


def _outgoing(hand: Hand) -> Iterator[bytes]:
    writer, after = FrameWriter(), 0
    while page := hand.vault.sync_store.outgoing(after, PAGE):
        for item in page:
            yield writer.revision(wire_revision(item.revision), item.revision.hash)
        after = page[-1].n


def _keep(hand: Hand, sheets: list[Signed]) -> None:
    for start in range(0, len(sheets), SHEETS_AT_ONCE):
        hand.vault.sync_store.keep_receipts(sheets[start : start + SHEETS_AT_ONCE])


def _pull(steps: Steps, core: Core, hand: Hand, assessment: AssessmentId) -> None:
    with core.database.read() as connection:
        epoch = standing(connection).epoch
    request = PullRequest(epoch=epoch, cursors={assessment: 0}, own_after=0)
    reader = _device(core, hand)
    body = steps("pull, store: read pages, frame, compress", lambda: b"".join(pull(core, reader, request)))
    frames = steps("pull, laptop: unpack", lambda: list(read_frames(_cut(body))))
    pages = steps("pull, laptop: hash and parse envelopes", lambda: list(_pages(frames)))
    steps("pull, laptop: check, project, index, encrypt, flush", lambda: _apply(hand, pages))


def _pages(frames: list[tuple[Kind, bytes]]) -> Iterator[Page]:
    reader, page = FrameReader(), list[Revision]()
    for kind, payload in frames:
        if kind is Kind.REVISION:
            page.append(domain_revision(reader.revision(payload)[0]))
        elif kind is Kind.PAGE_END:
            yield page, read_message(PageEnd, payload)
            page = []


def _apply(hand: Hand, pages: list[Page]) -> None:
    for page, end in pages:
        devices = [device_key(model) for model in end.devices]
        cursor: Cursor = page_cursor(end)
        seen: Witness = witness(end.witness)
        hand.vault.sync_store.apply_page(page, devices, cursor, seen)


def _device(core: Core, hand: Hand) -> KnownDevice:
    device = hand.vault.perform(lambda uow: uow.identity)[0].device
    with core.database.read() as connection:
        found = find_device(connection, device)
    assert found is not None
    return found


def _cut(body: bytes) -> list[bytes]:
    """The body as it comes off the network."""
    return [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
