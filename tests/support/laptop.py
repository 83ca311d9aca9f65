"""A laptop for protocol tests: a real vault, the real engine and real HTTP; only the passphrase is not stretched."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from central import admin
from central.settings import Settings
from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.changes import ChangeSet
from fieldkit.app.entries import NewEntry, file_evidence, record_entry
from fieldkit.app.ports import SyncStore, UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow, Standing
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import Clock
from storage import keys
from storage.keyfile import Cost
from storage.vault import OpenVault, create_vault, open_vault
from sync.engine import Engine, RoundReport
from sync.enrol import Enrolled, enrol
from sync.http import CentralStore

APP = "0.1.0"
PASSPHRASE = "four words for a laptop"
PIN = PackPin(id="ics", version="2023.1", digest="0" * 64)

T = TypeVar("T")


class Laptop:
    """One assessor's laptop. ``connect`` makes its way to the store, so that a test can put a proxy there."""

    def __init__(
        self, folder: Path, name: str, clock: Clock, connect: Callable[[str], CentralStore] | None = None
    ) -> None:
        self.folder = folder
        self.name = name
        self.clock = clock
        self.reports: list[RoundReport] = []
        self.changes: list[ChangeSet] = []
        self.before_call: Callable[[], None] = lambda: None
        self.after_call: Callable[[], None] = lambda: None
        self._connect = connect or CentralStore
        with unstretched():
            if folder.exists():
                self.vault: OpenVault = open_vault(folder, PASSPHRASE, clock)
            else:
                initials = "".join(word[0] for word in name.split())
                self.vault = create_vault(folder, PASSPHRASE, name=name, initials=initials, clock=clock)
        self.engine = Engine(self.call, APP, self._connect)

    def call(self, use: Callable[[SyncStore], T], /) -> T:
        """One local transaction, as the sync thread asks the store lane for it."""
        self.before_call()
        result = use(self.vault.sync_store)
        self.after_call()
        if isinstance(result, ChangeSet):
            self.changes.append(result)
        return result

    def join(self, settings: Settings, url: str, *assessments: str, role: str = "member") -> Enrolled:
        """Get a code from the office and redeem it at ``url``."""
        code = admin.invite(settings, self.name, assessments, role, self.clock).code
        identity = self.vault.perform(lambda uow: uow.identity)[0]
        return enrol(url, code, identity, self.call, clock=self.clock, app=APP, connect=self._connect)

    def open_meeting(self, name: str = "Northmoor") -> Activity:
        """A new assessment with one visit and one board meeting."""

        def plan(uow: UnitOfWork) -> Activity:
            assessment = open_assessment(uow, name, SubjectKind.INTEGRATED_CARE_SYSTEM, [PIN])
            visit = plan_visit(uow, assessment.id, "Visit 1")
            return plan_activity(uow, visit, ActivityKind.OBSERVATION, "Board")

        return self.vault.perform(plan)[0]

    def meeting(self) -> Activity:
        """The first meeting that is known here."""
        rows = self.vault.questions.assessments()
        visits = [visit for row in rows for visit in row.visits]
        return next(row.activity for visit in visits for row in self.vault.questions.activities(visit.id))

    def note(self, text: str, *, tagged: bool = True, activity: Activity | None = None) -> Entry:
        """Write a note; tagged ones leave the laptop, untagged ones stay."""
        evidence = (tag(),) if tagged else ()
        new = NewEntry(text=text, evidence=evidence)
        where = activity or self.meeting()
        return self.vault.perform(lambda uow: record_entry(uow, where, new))[0]

    def note_many(self, count: int) -> None:
        """Write ``count`` tagged notes in one transaction: their number matters, not how they came."""
        where = self.meeting()

        def write(uow: UnitOfWork) -> None:
            for n in range(count):
                record_entry(uow, where, NewEntry(text=f"{self.name} noticed point {n}", evidence=(tag(),)))

        self.vault.perform(write)

    def tag(self, entry: Entry) -> None:
        """File a note that was written without a tag."""
        self.vault.perform(lambda uow: file_evidence(uow, entry.id, [tag()]))

    def round(self) -> RoundReport:
        """One round with the store."""
        report = self.engine.round()
        self.reports.append(report)
        return report

    def start_again(self) -> None:
        """As after a kill: the engine forgets what it knew, the vault keeps what it holds."""
        self.before_call = self.after_call = lambda: None
        self.engine.close()
        self.engine = Engine(self.call, APP, self._connect)

    def settle(self, most: int = 4) -> int:
        """Rounds until nothing is left to do; how many it took."""
        for count in range(1, most + 1):
            if not self.round().again and not self.call(lambda store: store.state()).unreceipted:
                return count
        raise AssertionError(f"{self.name} has not settled after {most} rounds")

    @property
    def notes(self) -> list[EntryRow]:
        """Every note shown here."""
        return self.vault.questions.entries(EntryFilter(limit=1_000_000))

    @property
    def texts(self) -> list[str]:
        """The words of every note shown here, in alphabetical order."""
        return sorted(row.entry.text for row in self.notes)

    @property
    def standing(self) -> Standing:
        """What the hand-in screen would say."""
        return self.vault.questions.standing()

    @property
    def log(self) -> dict[str, Revision]:
        """Every revision held, by id."""
        return {revision.envelope.id: revision for revision in self.vault.questions.revisions()}

    def image(self, place: Path) -> Path:
        """A copy of the disk as it is now."""
        self.close()
        shutil.copytree(self.folder, place)
        self.__init__(self.folder, self.name, self.clock, self._connect)  # type: ignore[misc]
        return place

    def go_back_to(self, image: Path) -> None:
        """Restore the disk from an image."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.__init__(self.folder, self.name, self.clock, self._connect)  # type: ignore[misc]

    def close(self) -> None:
        """End."""
        self.engine.close()
        self.vault.close()


def tag() -> EvidenceItem:
    """A tag on a quality statement."""
    return EvidenceItem.new("ics", "learning_culture", "processes")


@contextmanager
def unstretched() -> Iterator[None]:
    """Passphrases by one hash instead of Argon2id (0.3 s each) while laptops are opened."""

    def cheap(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        return hashlib.sha256(salt + passphrase.encode()).digest()

    real, fitting = keys.stretch, keys.fitting_cost
    keys.stretch, keys.fitting_cost = cheap, lambda: Cost(t=3, m_kib=64 * 1024, p=4)
    try:
        yield
    finally:
        keys.stretch, keys.fitting_cost = real, fitting
