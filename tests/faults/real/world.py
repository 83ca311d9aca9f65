"""Everything that may happen between two laptops and their office, each step a method that a schedule can name.

A kill leaves the disk as it was at that moment: the folder is copied while the program has it open, the program is
given up, and the copy takes its place.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

from central import admin_devices, push
from central.keep import keep_group
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.app.assessments import introduce_author
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.app.replanning import change_activity
from fieldkit.domain.escalation import Danger
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import RecordId
from storage import pages
from sync.http import CentralStore
from tests.central.kit import Office
from tests.faults.real.start import BEGAN, NAMES, Start, memory_folder
from tests.handover.kit import at_office, centre, mate, read, write
from tests.protocol.test_interrupted import KilledError
from tests.support.fault_proxy import Exchange, Fault, FaultProxy, always, in_turn
from tests.support.laptop import Laptop

Step = tuple[Any, ...]
PATHS = ("hello", "push", "pull", "missing")


class World:
    """Two laptops of one team with clocks of their own, their office, the network, sticks, images and backups."""

    def __init__(self, start: Start) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fieldkit-world-", dir=memory_folder()))
        start.copy(self.folder)
        self.assessment = start.assessment
        self.clock = FixedClock(BEGAN)
        self.clocks = [FixedClock(BEGAN), FixedClock(BEGAN)]
        place = Settings(folder=self.folder / "central", port=0)
        self.office = Office(place, start_in_thread(place, self.clock), start.made, self.clock)
        self.network = FaultProxy(self.office.running.url, stall=0.05, record=True)
        self.network.start()
        connect = lambda url: CentralStore(self.network.url)  # noqa: E731 - the vaults name the port of their making
        self.laptops = [Laptop(self.folder / str(c), NAMES[c], clock, connect) for c, clock in enumerate(self.clocks)]
        self.done: Counter[str] = Counter()
        self.images: list[tuple[int, Path]] = []
        self.backups: list[Path] = []
        self.bundles: list[tuple[int, Path]] = []
        self.receipts: list[tuple[int, Path]] = []
        self.revoked: set[int] = set()
        self.rewound_since_revoked = False
        self.asking = 0
        self.suspecting: set[int] = set()
        self.count = 0

    def close(self) -> None:
        """End, and leave nothing."""
        for laptop in self.laptops:
            laptop.close()
        self.network.stop()
        self.office.running.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What people do

    def write(self, c: int, tagged: bool = True) -> None:
        self.count += 1
        self.laptops[c].note(f"note {self.count:03} by {c}", tagged=tagged)

    def tag_later(self, c: int, k: int) -> None:
        rows = [row for row in self.laptops[c].notes if row.is_mine and not row.evidence and row.withdrawal is None]
        if rows:
            self.laptops[c].tag(rows[k % len(rows)].entry)

    def withdraw(self, c: int, k: int) -> None:
        rows = [row for row in self.laptops[c].notes if row.withdrawal is None]
        if rows:
            entry = rows[k % len(rows)].entry.id
            self.laptops[c].vault.perform(lambda uow: withdraw_entry(uow, entry, "It was another meeting"))

    def urgent(self, c: int) -> None:
        laptop = self.laptops[c]
        meeting = laptop.meeting()
        new = NewEscalation(
            assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), danger=Danger.YES,
            what="No cover on Ward 4 tonight",
        )  # fmt: skip
        laptop.vault.perform(lambda uow: escalate(uow, new, shipped()))

    def retitle(self, c: int) -> None:
        """Change what both may change at once: the title of the meeting."""
        self.count += 1
        laptop, meeting = self.laptops[c], self.laptops[c].meeting()
        laptop.vault.perform(lambda uow: introduce_author(uow, meeting.assessment))
        laptop.vault.perform(lambda uow: change_activity(uow, meeting.id, title=f"Board {self.count} by {c}"))

    def attach(self, c: int, size: int) -> None:
        laptop, meeting = self.laptops[c], self.laptops[c].meeting()
        self.count += 1
        data = hashlib.shake_128(f"{self.count} {size}".encode()).digest(size)
        taken = take_bytes(laptop.vault.files, data, f"letter-{self.count}.pdf")
        said = Said(assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose="Waits")
        laptop.vault.perform(lambda uow: attach(uow, taken, said, again=True))  # one byte is often the same

    def clock_jump(self, c: int, seconds: int) -> None:
        """The laptop's clock is set, forward or back; 2 is the store's (an hour at most)."""
        clock, most = (self.clock, 3600) if c == 2 else (self.clocks[c], 10**9)
        clock.jump(max(-most, min(most, seconds)))

    # Rounds and what the network does to them

    def round(self, c: int, fault: str = "pass", path: str = "push", after: int = 0) -> None:
        """One round in which one request to ``path`` (the ``after``-th) meets ``fault``."""
        self.network.plan = in_turn(*[Fault.PASS] * after, Fault(fault), path=f"/v1/{path}")
        self._try(c)

    def torn_upload(self, c: int, fault: str, after: int) -> None:
        """One round in which a part of a file meets ``fault``."""
        self.network.plan = self._once(lambda path: path.startswith("/v1/files"), lambda: Fault(fault), after)
        self._try(c)

    def deliver_late(self) -> None:
        self.network.deliver_old()

    def _try(self, c: int) -> bool:
        self.network.exchanges.clear()
        self.asking = c
        try:
            self.laptops[c].round()
        except FieldKitError:
            self.laptops[c].start_again()
            self.suspecting.discard(c)
            return False
        finally:
            self.network.plan = always(Fault.PASS)
        if any(one.path == "/v1/push" and one.fault is not Fault.PASS for one in self.network.exchanges):
            self.suspecting.add(c)
        return True

    def _once(
        self, wanted: Callable[[str], bool], act: Callable[[], Fault], after: int = 0
    ) -> Callable[[str, bytes], Fault]:
        waiting = [after]

        def plan(path: str, body: bytes) -> Fault:
            if not waiting or not wanted(path):
                return Fault.PASS
            if waiting[0]:
                waiting[0] -= 1
                return Fault.PASS
            waiting.clear()
            return act()

        return plan

    @property
    def pushes(self) -> list[Exchange]:
        """What was handed in in the last round."""
        return [one for one in self.network.exchanges if one.path == "/v1/push" and one.fault is Fault.PASS]

    # Kills

    def kill_laptop(self, c: int, point: int, after: bool) -> None:
        """SIGKILL of the laptop's program at the ``point``-th local transaction of a round, before it or after it."""
        laptop, left = self.laptops[c], [point]

        def hook() -> None:
            if not left[0]:
                self._killed(laptop)
            left[0] -= 1

        setattr(laptop, "after_call" if after else "before_call", hook)
        self._round_and_die(c)

    def kill_in_page(self, c: int) -> None:
        """SIGKILL in the middle of the transaction that keeps a page."""
        laptop, real = self.laptops[c], pages.apply

        def dying(*arguments: Any) -> Any:
            real(*arguments)
            self._killed(laptop)

        with mock.patch.object(pages, "apply", dying):
            self._round_and_die(c)

    def _killed(self, laptop: Laptop) -> None:
        shutil.rmtree(self.folder / "left", ignore_errors=True)
        shutil.copytree(laptop.folder, self.folder / "left")
        raise KilledError

    def _round_and_die(self, c: int) -> None:
        laptop = self.laptops[c]
        try:
            self._try(c)
        except KilledError:
            laptop.before_call = laptop.after_call = lambda: None
            laptop.go_back_to(self.folder / "left")
            self.done["laptop killed in a transaction or between two"] += 1
        laptop.before_call = laptop.after_call = lambda: None

    def kill_store(self, c: int, after: bool) -> None:
        """The store dies when a push comes: before it has looked at it, or right after it was answered (unheard)."""
        copy = self.folder / "store-left"

        def act() -> Fault:
            if not after:
                self._copy_store(copy)
                return Fault.RESET
            return Fault.LOSE_REPLY

        self.network.plan = self._once(lambda path: path == "/v1/push", act)
        self._try(c)
        if after:
            self._copy_store(copy)
        if copy.exists():
            self._put_store(copy)

    def overtake(self, c: int) -> None:
        """While a third laptop's push is being taken in, another one's begins, is done, and is read."""
        slow = self.office.laptop("Cyd Slow", self.assessment)
        slow.write(self.assessment, "said slowly")
        real, waits, goes_on = keep_group, threading.Event(), threading.Event()

        def keeping(core: Any, sender: Any, items: Any) -> Any:
            if str(sender.id) == str(slow.device):
                waits.set()
                goes_on.wait(30)
            return real(core, sender, items)

        with mock.patch.object(push, "keep_group", keeping):
            pushing = threading.Thread(target=slow.push, name="slow push")
            pushing.start()
            waits.wait(30)
            try:
                for one in (c, 1 - c):
                    self._try(one)
            finally:
                goes_on.set()
                pushing.join()

    def restart_store(self) -> None:
        self.office.running.stop()
        self._start_store()

    # Sticks

    def export(self, c: int) -> None:
        """Write a hand-over file for the office; nothing counts as sent by it."""
        with suppress(FieldKitError):  # nothing waits
            self.count += 1
            given = write(self.laptops[c], centre(self.laptops[c]), self._stick(), f"{self.count}-{c}")
            self.bundles += [(c, path) for path in given.parts]

    def take_bundle(self, k: int, torn: int = 0, keep: bool = True) -> None:
        """The office reads one; ``torn``: only so many thousandths of it were copied."""
        if not self.bundles:
            return
        c, path = self.bundles[k % len(self.bundles)]
        if torn:
            whole, path = path, path.with_name(f"torn-{path.name}")
            data = whole.read_bytes()
            path.write_bytes(data[: len(data) * torn // 1000])
        for one in at_office(self.office, path):
            self.receipts += [(c, receipt) for receipt in one.receipts]
        if not keep:
            self.bundles.remove(self.bundles[k % len(self.bundles)])

    def bring_receipts(self, k: int) -> None:
        """A receipt file comes home, maybe again, maybe to a laptop that was restored meanwhile."""
        if self.receipts:
            c, path = self.receipts[k % len(self.receipts)]
            read(self.laptops[c], [path])

    def give_to_mate(self, c: int) -> None:
        """A hand-over file for the team-mate's laptop, read there twice."""
        giver, taker = self.laptops[c], self.laptops[1 - c]
        with suppress(FieldKitError, StopIteration):
            self.count += 1
            given = write(giver, mate(giver, taker.name), self._stick(), f"{self.count}-mate")
            read(taker, given.parts)
            read(taker, given.parts)

    def _stick(self) -> Path:
        folder = self.folder / "stick"
        folder.mkdir(exist_ok=True)
        return folder

    # Images and backups, and what the office decides

    def image(self, c: int) -> None:
        self.images.append((c, self.laptops[c].image(self.folder / f"image-{len(self.images)}")))

    def restore_image(self, k: int) -> None:
        if self.images:
            c, image = self.images[k % len(self.images)]
            self.laptops[c].go_back_to(image)

    def backup(self) -> None:
        self.backups.append(self.folder / f"backup-{len(self.backups)}")
        self._copy_store(self.backups[-1])

    def restore_backup(self, k: int) -> None:
        """Nobody tells the store that it was put back."""
        if self.backups:
            self.rewound_since_revoked |= bool(self.revoked)
            self._put_store(self.backups[k % len(self.backups)])

    def revoke_in_push(self, c: int) -> None:
        """The office stops a laptop while what it hands in is on its way."""
        device = self.laptops[c].call(lambda store: store.state()).identity.device

        def act() -> Fault:
            with suppress(FieldKitError):
                admin_devices.stop(self.office.settings, device, by="O. Office", clock=self.clock)
                self.revoked.add(c)
            return Fault.PASS

        self.network.plan = self._once(lambda path: path == "/v1/push", act)
        self._try(c)

    def _copy_store(self, to: Path) -> None:
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.office.settings.folder, to)

    def _put_store(self, copy: Path) -> None:
        self.office.running.stop()
        shutil.rmtree(self.office.settings.folder)
        shutil.copytree(copy, self.office.settings.folder)
        self._start_store()

    def _start_store(self) -> None:
        self.office.running = start_in_thread(self.office.settings, self.clock)
        self.network.upstream = self.office.running.url

    def join_again(self, c: int) -> None:
        """A laptop that a restored store does not know gets another code."""
        laptop = self.laptops[c]
        laptop.join(self.office.settings, self.network.url, self.assessment, role="lead")
