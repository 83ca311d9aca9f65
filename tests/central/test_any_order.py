"""Whatever the order, the repetition and the company in which revisions arrive, the store ends up the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from central import admin, tables
from central.certificate import certify
from central.core import Core, find_device, open_core
from central.items import Item, read_item
from central.judge import KnownDevice
from central.keep import keep_group
from central.settings import Settings
from fieldkit.domain.receipt import Certificate, ReceiptLine, ReceiptSheet
from fieldkit.domain.revision import Revision, digest_of
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, wire


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """A store without a server; every example uses devices and assessments of its own."""
    place = Settings(folder=tmp_path_factory.mktemp("order") / "central")
    admin.init(place, "Northmoor")
    with closing(open_core(place)) as core:
        yield core


def _enrolled(core: Core) -> tuple[Laptop, KnownDevice]:
    laptop = Laptop(None)  # type: ignore[arg-type]  # it talks to no office here
    row = {
        "id": laptop.device, "user": new_id(), "author": laptop.author, "key": laptop.key.public, "status": "active",
        "name": "", "initials": "", "app": "", "enrolled_at": "", "seen_at": "",
    }  # fmt: skip
    with core.database.write() as connection:
        connection.execute(tables.device.insert(), row)
        device = find_device(connection, laptop.device)
    assert device is not None
    return laptop, device


def _item(revision: Revision, with_content: bool) -> Item:
    wired = wire(revision if with_content else revision.sealed())
    return read_item(wired, revision.hash, digest_of(wired.salt, wired.content) if wired.content and wired.salt else "")


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[list[int]], list[list[tuple[int, bool]]]]:
    """Parents of up to eight revisions of one record, and batches that bring each at least once with content."""
    count = draw(st.integers(1, 8))
    parents = [
        draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=2, unique=True)) if n else [] for n in range(count)
    ]
    whole = [(n, True) for n in range(count)]
    extra = draw(st.lists(st.tuples(st.integers(0, count - 1), st.booleans()), max_size=6))
    order = draw(st.permutations(whole + extra))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=4)))
    batches = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    return parents, [batch for batch in batches if batch]


@given(deliveries())
@settings(max_examples=80)
def test_every_order_ends_in_the_same_certificate_and_one_receipt_for_each_part(
    core: Core, drawn: tuple[list[list[int]], list[list[tuple[int, bool]]]]
) -> None:
    parents, batches = drawn
    laptop, device = _enrolled(core)
    place, record = new_id(), new_id()  # the first revision takes the record's id
    revisions: list[Revision] = []
    for places in parents:
        named = [revisions[n].envelope.id for n in places]
        revisions.append(laptop.write(place, kind="visit", record=record, parents=named))
    lines: dict[int, ReceiptLine] = {}
    for batch in batches:
        items = [_item(revisions[n], whole) for n, whole in batch]
        for sheet in keep_group(core, device, items):
            lines |= {line.seq: line for line in ReceiptSheet.from_bytes(sheet.data).lines}
    certificate = Certificate.from_bytes(certify(core, laptop.device).data)
    assert (certificate.high, certificate.hash) == (len(revisions), revisions[-1].hash)
    assert certificate.contents == len(revisions)
    assert {line.outcome.value for line in lines.values()} <= {"accepted", "accepted_as_branch"}
    opened = [line.revision for line in lines.values() if line.has_content]
    assert sorted(opened) == sorted(revision.envelope.id for revision in revisions)
    with core.database.read() as connection:
        log = tables.log.c
        rows = connection.execute(sa.select(log.revision, log.part).where(log.assessment == place)).all()
        links = connection.execute(sa.select(tables.parent).where(tables.parent.c.assessment == place)).all()
    assert len(rows) == len(set(rows)) == len(lines)
    assert len(links) == sum(len(places) for places in parents)
