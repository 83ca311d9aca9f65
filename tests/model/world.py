"""Everything that may happen between three laptops and an office, each step a method that a schedule can name.

``check`` holds the invariants that must be true after every step; ``settle`` lets the storm pass and holds that
everybody then agrees.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from itertools import count
from typing import Any

from sync.reconcile import Offer
from tests.model.laptop import Disk, Laptop
from tests.model.notes import Bug, Line, Rev, Sent
from tests.model.office import Log, Office, heads_of

LAPTOPS = 3
MOST_ROUNDS = 6
PHOTO = b"photo-bytes"
Step = tuple[Any, ...]


class World:
    """Laptops, office, the network between them, bundles on sticks, backups and images."""

    def __init__(self, bug: Bug | None = None) -> None:
        self.office = Office(bug)
        self.laptops = [Laptop(name, bug) for name in "ABC"[:LAPTOPS]]
        self.bug = bug
        self.born: dict[str, Rev] = {}
        self.ever_shared: set[str] = set()
        self.lost_disk: set[str] = set()
        self.late: list[list[Sent]] = []
        self.bundles: list[tuple[int, list[Sent]]] = []
        self.backups: list[Log] = []
        self.images: list[tuple[int, Disk]] = []
        self._ids = (f"r{n}" for n in count())
        self._devices = (f"d{n}" for n in count())

    def play(self, steps: Sequence[Step]) -> None:
        """Run a schedule, checking after every step, and settle."""
        for name, *arguments in steps:
            getattr(self, name)(*arguments)
            self.check()
        self.settle()

    # What people do

    def write(self, c: int, record: str, priority: int, shared: bool, merge: bool = False, photo: bool = False) -> None:
        rev = self.laptops[c].write(
            next(self._ids), record, priority, shared=shared, merge=merge, blob=PHOTO if photo else b""
        )
        self.born[rev.id] = rev
        if shared:
            self.ever_shared.add(rev.id)

    def share(self, c: int, k: int) -> None:
        """Tag a note that was not tagged when it was written."""
        private = sorted(self.laptops[c].disk.made - self.laptops[c].disk.shared)
        if private:
            self.laptops[c].disk.shared.add(private[k % len(private)])
            self.ever_shared.add(private[k % len(private)])

    # What rounds do

    def hand_in(self, c: int, fate: str, n: int, backwards: bool = False) -> None:
        laptop = self.laptops[c]
        if fate not in {"lost_request", "delayed"}:
            plan = laptop.hello(self.office, next(self._devices))
            if plan.offer is not Offer.UNRECEIPTED:
                return
        items, rest = laptop.outbox()[:n], laptop.outbox()[n:]
        if rest:
            urgent = min(item.rev.priority for item in rest)
            assert max(item.rev.priority for item in items) <= urgent, "something urgent is left behind"
        if self.bug is Bug.MARK_BEFORE_REPLY:
            laptop.got({item.rev.id: Line(laptop.disk.epoch or "", item.has_content) for item in items}, None)
        if fate == "lost_request":
            return
        if fate == "delayed":
            self.late.append(items)
            return
        items = items[::-1] if backwards else items
        lines = self.office.push(items)
        if fate == "twice":
            lines = self.office.push(items)
        if fate != "lost_reply":
            laptop.got(lines, self._witness(lines))

    def greet(self, c: int) -> None:
        """The first turn of a round, alone: anything may happen before the second."""
        self.laptops[c].hello(self.office, next(self._devices))

    def ask_missing(self, c: int) -> None:
        if self.laptops[c].offer is Offer.HELD:
            self.laptops[c].ask_missing(self.office)

    def give_missing(self, c: int, is_lost: bool) -> None:
        laptop = self.laptops[c]
        if laptop.lacking:
            lines = self.office.push(laptop.owed())
            if not is_lost:
                laptop.got_owed(lines, self._witness(lines))

    def read_in(self, c: int, n: int, crash: int | None = None) -> None:
        laptop = self.laptops[c]
        if not laptop.hello(self.office, next(self._devices)).meet_epoch:
            laptop.apply(self.office.pull(laptop.disk.device, laptop.disk.cursor, n), crash)

    # What the network does

    def deliver_late(self, k: int) -> None:
        if self.late:
            self.office.push(self.late.pop(k % len(self.late)))

    def begin_slowly(self, c: int) -> None:
        if items := self.laptops[c].outbox()[:1]:
            self.office.begin(items)

    def commit_slowly(self, k: int) -> None:
        if self.office.pending:
            self.office.commit(k % len(self.office.pending))

    def upload(self, c: int, is_lost: bool) -> None:
        self.laptops[c].upload(self.office, is_lost=is_lost)

    # Bundles, images, backups

    def export(self, c: int) -> None:
        items = self.laptops[c].outbox()
        self.bundles.append((c, items))
        if self.bug is Bug.EXPORT_IS_SENT:
            laptop = self.laptops[c]
            laptop.got({item.rev.id: Line(laptop.disk.epoch or "", item.has_content) for item in items}, None)

    def take_bundle(self, k: int, receipt: bool, keep: bool) -> None:
        """The office reads a bundle; its receipts go home with it, and count in the epoch that they name."""
        if not self.bundles:
            return
        c, items = self.bundles[k % len(self.bundles)]
        lines = self.office.push(items)
        laptop = self.laptops[c]
        mine = {i: line for i, line in lines.items() if i in laptop.disk.revs}
        if receipt and mine and self.office.log.epoch == laptop.disk.epoch:
            laptop.got(mine, self._witness(mine))
        if not keep:
            self.bundles.pop(k % len(self.bundles))

    def image(self, c: int) -> None:
        self.images.append((c, copy.deepcopy(self.laptops[c].disk)))

    def restore_image(self, k: int) -> None:
        if self.images:
            c, disk = self.images[k % len(self.images)]
            self.lost_disk |= self.laptops[c].disk.revs.keys() - disk.revs.keys()
            self.laptops[c].disk = copy.deepcopy(disk)
            self.laptops[c].restart()

    def backup(self) -> None:
        self.backups.append(self.office.backup())

    def restore_backup(self, k: int) -> None:
        if self.backups:
            self.office.restore(self.backups[k % len(self.backups)])

    # What must be true after every step

    def check(self) -> None:
        self._nothing_vanishes()
        self._receipts_are_true()
        self._nothing_is_altered()
        self._untagged_stays()
        self._no_cursor_runs_ahead()
        for name, data in self.office.blobs.items():
            assert hashlib.sha256(data).hexdigest() == name, "a corrupt file was accepted"

    def _nothing_vanishes(self) -> None:
        held = set(self.office.log.revs) | {i for laptop in self.laptops for i in laptop.disk.revs}
        groups = [items for _, items in self.bundles] + self.late + [[s for _, s in g] for g in self.office.pending]
        moving = {item.rev.id for items in groups for item in items}
        kept = {i for _, disk in self.images for i in disk.revs} | {i for log in self.backups for i in log.revs}
        for identity in self.born:
            assert identity in held | moving | kept | self.lost_disk, f"{identity} exists nowhere any more"

    def _receipts_are_true(self) -> None:
        for laptop in self.laptops:
            if not self._knows_the_office(laptop):
                continue  # it was restored, and the next hello will find out
            for identity in laptop.disk.made & laptop.disk.revs.keys():
                envelope, content = laptop.confirmed(identity)
                if envelope:
                    assert identity in self.office.log.revs, f"{laptop.name} believes that {identity} is there"
                if content:
                    assert identity in self.office.log.contents, (
                        f"{laptop.name} believes that the words of {identity} are"
                    )

    def _nothing_is_altered(self) -> None:
        stores = [self.office.log.revs, *(laptop.disk.revs for laptop in self.laptops)]
        for identity, rev in (pair for store in stores for pair in store.items()):
            assert identity in self.born, f"{identity} was never written"
            assert self.born[identity].hash == rev.hash, f"{identity} was altered"

    def _untagged_stays(self) -> None:
        assert self.office.log.contents <= self.ever_shared, "untagged words are at the office"
        for laptop in self.laptops:
            seen = laptop.disk.contents - laptop.disk.made
            mine = {i for i, rev in self.born.items() if rev.device.startswith(laptop.name)}
            assert seen <= self.ever_shared | mine | self.lost_disk, f"untagged words are on {laptop.name}"

    def _no_cursor_runs_ahead(self) -> None:
        log = self.office.log
        for laptop in self.laptops:
            disk = laptop.disk
            if self._knows_the_office(laptop):
                passed = {i for n, i, _ in log.entries if n <= disk.cursor and i in log.revs}
                assert passed <= disk.revs.keys() | self.lost_disk, f"{laptop.name} skipped {passed - disk.revs.keys()}"

    def _knows_the_office(self, laptop: Laptop) -> bool:
        disk = laptop.disk
        return disk.epoch == self.office.log.epoch and self.office.holds(disk.witnesses)

    # After the storm

    def settle(self) -> None:
        """No more faults: everybody agrees after a few rounds, and nothing that anybody holds is missing."""
        while self.office.pending:
            self.office.commit(0)
        for _ in range(MOST_ROUNDS):
            for laptop in self.laptops:
                self._whole_round(laptop)
        self.check()
        alive = {i for laptop in self.laptops for i in laptop.disk.revs}
        assert alive <= self.office.log.revs.keys(), f"{alive - self.office.log.revs.keys()} never reached the office"
        for laptop in self.laptops:
            self._agrees(laptop)
        for record in {rev.record for rev in self.born.values()}:
            self._every_revision_is_an_ancestor_of_a_head(record)

    def _whole_round(self, laptop: Laptop) -> None:
        plan = laptop.hello(self.office, next(self._devices))
        if plan.offer is Offer.HELD:
            laptop.ask_missing(self.office)
            if laptop.lacking:
                lines = self.office.push(laptop.owed())
                laptop.got_owed(lines, self._witness(lines))
        while items := laptop.outbox()[:2]:
            lines = self.office.push(items)
            before = len(laptop.outbox())
            laptop.got(lines, self._witness(lines))
            if len(laptop.outbox()) == before:
                break
        while (page := self.office.pull(laptop.disk.device, laptop.disk.cursor, 2)).cursor != laptop.disk.cursor:
            before_page = laptop.disk.cursor
            laptop.apply(page)
            if laptop.disk.cursor == before_page:
                break

    def _agrees(self, laptop: Laptop) -> None:
        disk, log = laptop.disk, self.office.log
        assert disk.revs.keys() == log.revs.keys(), f"{laptop.name} lacks {log.revs.keys() ^ disk.revs.keys()}"
        assert not laptop.outbox(), f"{laptop.name} still waits"
        assert not disk.reoffer, f"{laptop.name} still offers"
        assert (disk.shared & disk.contents) <= log.contents, f"tagged words of {laptop.name} never reached the office"
        assert log.contents <= disk.contents, f"{laptop.name} lacks words of {log.contents - disk.contents}"
        for record in {rev.record for rev in self.born.values()}:
            assert heads_of(disk.revs, record) == self.office.heads(record)

    def _every_revision_is_an_ancestor_of_a_head(self, record: str) -> None:
        revs = self.office.log.revs
        seen: set[str] = set()
        waiting = list(self.office.heads(record))
        while waiting:
            identity = waiting.pop()
            if identity in revs and identity not in seen:
                seen.add(identity)
                waiting += [type(identity)(parent) for parent in revs[identity].parents]
        assert seen == {i for i, rev in revs.items() if rev.record == record}, "a value is hidden"

    def _witness(self, lines: dict[str, Line]) -> Any:
        numbers = [n for n, i, _ in self.office.log.entries if i in lines]
        return self.office.witness(max(numbers, default=0))
