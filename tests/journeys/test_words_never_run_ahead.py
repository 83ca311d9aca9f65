"""T29: whatever the network does at any step of sending, no word on the screen runs ahead of the receipts table.

The real sync worker, a real central store and the fault proxy between them; everything runs on this one thread, so
that each change of a screen is held against the vault's receipts at that very moment.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.lanes import InlineLane, Lanes
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.clock import FixedClock
from storage.boxes import StoredBoxes
from storage.vault import OpenVault
from sync import handing_in
from sync.http import CentralStore
from sync.worker import SyncWorker
from tests.journeys.office import Office
from tests.presenters.room import SHELF, Hourglass
from tests.support.fault_proxy import EVERY_FAULT, Fault, always, in_turn
from tests.support.laptop import APP, Laptop, tag
from ui.launch.sending import SyncOffice
from ui.presenters.send import Send
from ui.presenters.services import Connection, OfficeState, Session
from ui.presenters.status_line import StatusLine
from ui.presenters.undo import UndoStack

_COUNTED = re.compile(r"([\d,]+)(?: of [\d,]+)?(?: items?)? (?:sent|confirmed)")
_EVERYTHING = re.compile(r"[Ee]verything (?:on this laptop )?has (?:reached|been confirmed)|^All .* confirmed")
STEPS = ("/v1/hello", "/v1/push", "/v1/pull")


class Killed(BaseException):
    """The laptop's power went."""


class Screens:
    """The Send page and the status line over one laptop; every change is judged as it happens. ``stall`` in seconds."""

    def __init__(self, laptop: Laptop, stall: float = 1.0) -> None:
        self.laptop = laptop
        self.ahead: list[str] = []
        self.seen: set[str] = set()
        self.base = _receipted(laptop.vault)
        self.later = Hourglass(laptop.clock)  # type: ignore[arg-type]
        self._calls: deque[Callable[[], None]] = deque()
        self._is_pumping = False
        lanes = Lanes(InlineLane(), InlineLane(), self._deliver)
        self._workspace = workspace = Workspace(laptop.vault, lanes)
        self.office = SyncOffice(workspace, laptop.clock, is_enrolled=True, office="Northmoor office")
        self.worker = SyncWorker(
            workspace.sync_call, self._deliver, laptop.clock, app=APP,
            connect=lambda url: CentralStore(url, stall=stall, connect=stall), chance=lambda: 0.5,
        )  # fmt: skip
        self.worker.changed.listen(self.office._told)  # as after ``start``, but for the thread
        session = Session(
            workspace=workspace, office=self.office, packs=SHELF, clock=laptop.clock, later=self.later,
            undo=UndoStack(), name="Ann Other", initials="AO", is_practice=False, folder=laptop.folder,
            say=self._said, typed_here=set(), boxes=StoredBoxes(),
        )  # fmt: skip
        self.send, self.status = Send(session), StatusLine(session)
        self.send.watch(is_watched=True)
        self.status.start()

    def note(self, *texts: str) -> None:
        """Notes as screens write them: everybody is told."""
        where = self.laptop.meeting()

        def write(uow: UnitOfWork) -> None:
            for text in texts:
                record_entry(uow, where, NewEntry(text=text, evidence=(tag(),)))

        self._workspace.perform(write)

    def round(self) -> None:
        """One round of the worker, with what the screens read afterwards."""
        self.send.send_now()
        self.worker._once()
        self.later.pass_seconds(0.5)

    def _deliver(self, call: Callable[[], None]) -> None:
        """As the screens' thread does: one call after the other, and after each of them the screen may be painted."""
        self._calls.append(call)
        if self._is_pumping:
            return
        self._is_pumping = True
        try:
            while self._calls:
                self._calls.popleft()()
                self.judge()
        finally:
            self._is_pumping = False

    def judge(self) -> None:
        """Hold what is shown now against the receipts as they are now."""
        state, status = self.send.state, self.status.state
        receipted, missing = _receipted(self.laptop.vault), _missing(self.laptop.vault)
        for row in state.confirmed:
            if row.record not in receipted:
                self.ahead.append(f"{row.title}: {row.status}")
        words = [state.headline, state.nothing_waits, state.progress.words, state.problem, status.waiting]
        for sentence in words:
            self._weigh(sentence, len(receipted), missing)
        if state.is_all_there and missing:
            self.ahead.append(f"all there, and {missing} are not")

    def close(self) -> None:
        """Leave the laptop."""
        self.send.close()
        self.status.close()
        self.office.close()
        self.worker._engine.close()

    def _said(self, text: str, urgent: bool = False) -> None:
        self._weigh(text, len(_receipted(self.laptop.vault)), _missing(self.laptop.vault))

    def _weigh(self, sentence: str, receipted: int, missing: int) -> None:
        self.seen.add(sentence)
        if _EVERYTHING.search(sentence) and missing:
            self.ahead.append(f"{sentence!r}, and {missing} are not")
        for count in _COUNTED.findall(sentence):
            if int(count.replace(",", "")) > receipted:
                self.ahead.append(f"{sentence!r}, and only {receipted} have a receipt")


def _receipted(vault: OpenVault) -> set[str]:
    """Records made here of which a receipt is stored that speaks of exactly what is in the log."""
    rows = vault._db.rows(
        "SELECT r.record FROM receipts x JOIN revisions r ON r.id = x.revision AND r.hash = x.hash WHERE r.here = 1"
    )
    return {row[0] for row in rows}


def _missing(vault: OpenVault) -> int:
    """Revisions made here without any receipt, counted from the log itself."""
    row = vault._db.one("SELECT count(*) FROM revisions WHERE here = 1 AND id NOT IN (SELECT revision FROM receipts)")
    return int(row[0]) if row else 0


@pytest.fixture
def laptop(tmp_path: Path, office: Office) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "ann", "Ann Other", FixedClock(datetime.now(UTC)))
    made.join(office.settings, office.url)
    made.open_meeting()
    yield made
    made.close()


def _settled(screens: Screens, office: Office) -> None:
    """A good network again: everything arrives, and only now the screens say so."""
    office.network.plan = always(Fault.PASS)
    office.network.deliver_old()
    for _ in range(6):
        screens.round()
        if screens.send.state.is_all_there:
            return
    raise AssertionError(f"it did not arrive: {screens.send.state.headline}")


def test_no_fault_at_any_step_makes_a_word_run_ahead_of_the_receipts(laptop: Laptop, office: Office) -> None:
    office.network.stall = 1.2
    screens = Screens(laptop)
    for step in STEPS:
        for fault in EVERY_FAULT:
            screens.note(f"{step} meets {fault.value}")
            office.network.plan = in_turn(fault, path=step)
            screens.round()
            assert not screens.ahead, (step, fault)
            _settled(screens, office)
            assert not screens.ahead, (step, fault)
    screens.close()
    assert any(words.startswith("Not connected") for words in screens.seen)
    assert any("try again at" in words for words in screens.seen)
    assert "Everything has reached the central store. You can hand this laptop back." in screens.seen


def test_a_kill_between_any_two_steps_leaves_nothing_said_too_early(laptop: Laptop, office: Office) -> None:
    died = 0
    for moment in range(1, 15):
        screens = Screens(laptop)
        screens.note("One", "Two", "Three")
        laptop_calls = _dying(screens, moment)
        try:
            screens.round()
        except Killed:
            died += 1
        assert not screens.ahead
        screens.close()
        again = Screens(laptop)  # the program starts anew over what the disk holds
        again.judge()
        assert not again.ahead
        _settled(again, office)
        assert not again.ahead
        again.close()
        laptop_calls()
    assert died >= 5


def test_part_sent_says_how_many_and_when_the_rest_is_tried(laptop: Laptop, office: Office) -> None:
    screens = Screens(laptop)
    screens.note(*(f"Point {n}" for n in range(600)))  # two sheets of receipts; the line breaks behind the first
    office.network.plan = _cut_after(office, 70_000)
    screens.round()
    part = screens.office.state
    assert not screens.ahead
    if part.confirmed:
        assert re.match(r"\d+ of \d+ items confirmed\. \d+ will be tried again at ", screens.send.state.problem)
    _settled(screens, office)
    assert not screens.ahead
    screens.close()


def _stop_at(screens: Screens, least: int) -> OfficeState:
    """Select Stop once so many are confirmed; how things stand afterwards."""

    def stop(state: OfficeState) -> None:
        if state.connection is Connection.SENDING and state.sent >= least:
            screens.send.stop_sending()

    screens.office._worker = screens.worker
    leave = screens.office.changed.listen(stop)
    screens.send.send_now()
    screens.worker._once()
    leave()
    return screens.office.state


@pytest.mark.parametrize("least", [0, 1])
def test_stop_finishes_the_portion_and_rests_for_ten_minutes(
    laptop: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(handing_in, "SHEETS_AT_ONCE", 1)  # so that 1,200 notes come in three portions
    screens = Screens(laptop, stall=30.0)  # a store on a busy machine may think for over a second about 500 notes
    screens.note(*(f"Point {n}" for n in range(1200)))
    state = _stop_at(screens, least)
    assert getattr(state.problem, "code", "") == "send.stopped"
    assert least <= state.confirmed < 1200, "at most the portion that was under way went on"
    assert state.next_try_at is not None
    assert (state.next_try_at - laptop.clock.now()).total_seconds() == pytest.approx(600, abs=5)
    assert not screens.ahead
    _settled(screens, office)
    assert not screens.ahead
    screens.close()


def _dying(screens: Screens, moment: int) -> Callable[[], None]:
    """The power goes at the ``moment``-th local transaction of the round; returns what mends it."""
    count = 0
    engine = screens.worker._engine
    real = engine._call

    def call(use: object) -> object:
        nonlocal count
        count += 1
        if count == moment:
            raise Killed
        return real(use)  # type: ignore[arg-type]

    engine._call = call  # type: ignore[assignment]

    def mend() -> None:
        engine._call = real

    return mend


def _cut_after(office: Office, size: int) -> Callable[[str, bytes], Fault]:
    """Replies of a push are cut somewhere; the seeded dice of the proxy say where."""
    return in_turn(Fault.TRUNCATE_REPLY, path="/v1/push")
