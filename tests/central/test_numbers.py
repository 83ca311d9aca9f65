"""Numbers become visible in commit order, so a reader never has to look back."""

from __future__ import annotations

import threading

import sqlalchemy as sa

from central import tables
from central.core import Core, find_device
from central.items import Item, read_item
from central.judge import KnownDevice
from central.keep import keep_group, keep_within
from fieldkit.domain.receipt import next_chain
from fieldkit.domain.revision import Revision, digest_of
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office, wire


def _item(revision: Revision) -> Item:
    return read_item(wire(revision), revision.hash, digest_of(revision.salt or b"", revision.content or b""))


def _device(core: Core, laptop: Laptop) -> KnownDevice:
    with core.database.read() as connection:
        device = find_device(connection, laptop.device)
    assert device is not None
    return device


def test_of_two_interleaved_commits_a_puller_never_misses_one(office: Office) -> None:
    core, place = office.running.core, new_id()
    slow, quick = office.laptop("Slow"), office.laptop("Quick")
    slow.push(slow.write(place))
    admin_joined = office.laptop("Quick", place)
    reader = office.laptop("Reader", place)
    begun, may_commit = threading.Event(), threading.Event()
    one, other = slow.write(place, "first"), admin_joined.write(place, "second")

    def first() -> None:
        with core.database.write() as connection:
            keep_within(core, connection, _device_in(connection, slow), [_item(one)])
            begun.set()
            may_commit.wait(4)  # a reader of SQLite waits for who writes, so there this is how long it takes

    def second() -> None:
        begun.wait(20)
        keep_group(core, _device(core, admin_joined), [_item(other)])

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    seen: list[Revision] = []
    cursor = 0
    for turn in range(4):
        if turn == 2:
            may_commit.set()
            for thread in threads:
                thread.join()
        page = reader.pull({place: cursor})
        seen += page.revisions
        assert page.cursors[place] >= cursor
        cursor = page.cursors[place]
    assert [revision.envelope.id for revision in seen[1:]] == [one.envelope.id, other.envelope.id]
    assert quick.user == admin_joined.user


def _device_in(connection: sa.engine.Connection, laptop: Laptop) -> KnownDevice:
    device = find_device(connection, laptop.device)
    assert device is not None
    return device


def test_pushes_at_once_are_numbered_without_gaps_and_chained(office: Office) -> None:
    place = new_id()
    first = office.laptop("First")
    first.push(first.write(place))
    laptops = [office.laptop(f"Person of team {n}", place) for n in range(4)]
    for laptop in laptops:
        for _ in range(30):
            laptop.write(place)
    threads = [threading.Thread(target=laptop.push) for laptop in laptops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = tables.log.c
    with office.running.core.database.read() as connection:
        rows = connection.execute(sa.select(log.seq, log.revision, log.hash, log.chain).order_by(log.seq)).all()
    assert [row.seq for row in rows] == list(range(1, 122))
    chain = ""
    for row in rows:
        chain = next_chain(chain, row.revision, row.hash.hex(), True)
        assert row.chain.hex() == chain


def test_a_group_that_cannot_be_kept_leaves_no_trace_and_takes_no_number(office: Office) -> None:
    core, ada = office.running.core, office.laptop("Ada")
    item = _item(ada.write(new_id()))
    try:
        with core.database.write() as connection:
            keep_within(core, connection, _device_in(connection, ada), [item])
            raise RuntimeError
    except RuntimeError:
        pass
    pushed = ada.push()
    assert [line.seq for line in pushed.read[0].lines] == [1]
