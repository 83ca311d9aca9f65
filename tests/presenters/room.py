"""An open vault with what presenters need, all on one thread: a real encrypted vault, a clock moved by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit, read_agenda
from fieldkit.app.lanes import Lanes
from fieldkit.app.people import add_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.workspace import Workspace
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.topic import Topic
from storage.boxes import StoredBoxes
from storage.keyfile import FLOOR
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, new_vault
from ui.launch.shelf import Shelf
from ui.presenters.log.live_log import LiveLog
from ui.presenters.log.opening import read_facts
from ui.presenters.services import Connection, Enrolled, OfficeState, Session
from ui.presenters.timing import Cancel
from ui.presenters.undo import UndoStack

SHELF = Shelf()
"""Read once for all tests: a pack takes 100 ms."""


class Hourglass:
    """Time for presenters: nothing happens until ``pass_seconds``."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self._numbers = itertools.count()
        self._pending: list[tuple[float, int, Callable[[], None]]] = []
        self._now = 0.0

    def __call__(self, seconds: float, action: Callable[[], None]) -> Cancel:
        call = (self._now + seconds, next(self._numbers), action)
        self._pending.append(call)

        def cancel() -> None:
            if call in self._pending:
                self._pending.remove(call)

        return cancel

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass; what falls due happens in its order."""
        end = self._now + seconds
        while due := [call for call in self._pending if call[0] <= end]:
            call = min(due, key=lambda one: one[:2])
            self._pending.remove(call)
            self._clock.advance(call[0] - self._now)
            self._now = call[0]
            call[2]()
        self._clock.advance(end - self._now)
        self._now = end


class QuietOffice:
    """An office that does nothing by itself; ``become`` says how things stand."""

    def __init__(self) -> None:
        self.state = OfficeState(connection=Connection.STANDALONE)
        self.changed: Topic[OfficeState] = Topic()
        self.asked: list[str] = []
        self.signing: tuple[Callable[[str], None], Callable[[Enrolled], None], Callable[[Exception], None]]

    def become(self, state: OfficeState) -> None:
        """Things stand differently."""
        self.state = state
        self.changed.tell(state)

    def nudge(self) -> None:
        self.asked.append("nudge")

    def send_now(self) -> None:
        self.asked.append("now")

    def stop_sending(self) -> None:
        self.asked.append("stop")

    def send_files_anyway(self) -> None:
        self.asked.append("files anyway")

    def enrol(self, url: str, code: str, done: Callable[[Enrolled], None], failed: Callable[[Exception], None]) -> None:
        self.asked.append(f"enrol {url} {code}")
        done(Enrolled(office="Office", user="Ann Other", store_words=("one",), laptop_words=("two",)))

    def sign_in(
        self, url: str, code: str, opened: Callable[[str], None], done: Callable[[Enrolled], None],
        failed: Callable[[Exception], None], *, again: bool = False,
    ) -> None:  # fmt: skip
        self.asked.append(f"sign in {url} {code} {again}")
        self.signing = (opened, done, failed)

    def cancel_sign_in(self) -> None:
        self.asked.append("cancel")

    def keep_enrolment(self, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self.asked.append("keep")
        self.become(OfficeState(connection=Connection.UNKNOWN, office="Office"))
        done()


class Room:
    """A vault with one visit, one meeting of three agenda items, and a chair."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder = folder
        self.clock = clock
        self.said: list[str] = []
        self.later = Hourglass(clock)
        self.office = QuietOffice()
        self.typed_here: set[str] = set()
        self.vault = new_vault(folder, clock)
        self.session = self._session()
        self.activity = self.vault.perform(self._plan)[0]

    def _session(self) -> Session:
        return Session(
            workspace=Workspace(self.vault, Lanes.inline()), office=self.office, packs=SHELF, clock=self.clock,
            later=self.later, undo=UndoStack(), name="Ann Other", initials="AO", is_practice=False,
            folder=self.folder, say=self._say, typed_here=self.typed_here,
            boxes=StoredBoxes(FLOOR, self.folder, self.clock),
        )  # fmt: skip

    def _say(self, text: str, urgent: bool = False) -> None:
        self.said.append(f"! {text}" if urgent else text)

    def _plan(self, uow: UnitOfWork) -> Activity:
        pins = [offer.pin for offer in SHELF.offers()]
        assessment = open_assessment(uow, "Northshire", SubjectKind.INTEGRATED_CARE_SYSTEM, pins[:1])
        visit = plan_visit(uow, assessment.id, "Visit 1", starts_on=self.clock.now().date())
        add_person(uow, visit, "ch", "Chair")
        items = read_agenda("08:30 Welcome\n09:00 Quality report\n10:00 Winter plan")
        return plan_activity(uow, visit, ActivityKind.OBSERVATION, "ICB board", starts="08:30", items=items)

    def open_log(self) -> LiveLog:
        """The live log of the meeting, as opening it makes it."""
        log = LiveLog(self.session, read_facts(self.session, self.vault.questions, self.activity.id))
        log.start()
        return log

    def crash_and_reopen(self) -> None:
        """The program ended without a goodbye and was started again."""
        self.vault.close()
        self.typed_here = set()
        self.vault = open_vault(self.folder, PASSPHRASE, self.clock)
        self.session = self._session()

    def rows(self) -> list[EntryRow]:
        """Every note in the vault."""
        return self.vault.questions.entries(EntryFilter(limit=1000))

    def close(self) -> None:
        """Put the vault away."""
        self.vault.close()


def type_line(log: LiveLog, text: str) -> None:
    """Key by key, as the field tells it."""
    before = log.line.state.text
    for end in range(1, len(text) + 1):
        log.line.typed(before + text[:end], len(before) + end)


def failing(vault: OpenVault, error: Exception) -> Callable[[], None]:
    """Make every write fail with ``error`` until the returned function is called: a disk that is full."""
    good = vault.perform

    def refuse(*_: object, **__: object) -> object:
        raise error

    vault.perform = refuse  # type: ignore[method-assign,assignment]

    def mend() -> None:
        vault.perform = good  # type: ignore[method-assign]

    return mend
