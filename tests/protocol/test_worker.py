"""The sync thread: it sends by itself, says truthfully how things stand, keeps out of the way, and stops at once."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.app.lanes import ThreadLane
from fieldkit.app.ports import SyncStore
from fieldkit.kernel.clock import FixedClock
from sync.http import CentralStore
from sync.status import SyncPhase, SyncStatus
from sync.triggers import Pauses
from sync.worker import STOP_SECONDS, SyncWorker
from tests.central.kit import Office
from tests.support.fault_proxy import Fault, FaultProxy, always, in_turn
from tests.support.laptop import APP, Laptop, T

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
QUICK = Pauses(settle=0.05, longest_settle=0.2, watch=0.2)


class Desk:
    """A laptop whose vault lives on its store lane, and the worker beside it; screens are a list of statuses."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.lane = ThreadLane("store")
        self.laptop = self.on_lane(lambda: Laptop(folder, "Ada Lovelace", clock))
        self.seen: list[SyncStatus] = []
        self.worker = SyncWorker(
            self.call, lambda tell: tell(), clock, app=APP, pauses=QUICK, chance=lambda: 0.01,
            connect=lambda url: CentralStore(url, stall=30.0, connect=2.0),
        )  # fmt: skip
        self.worker.changed.listen(self.seen.append)

    def on_lane(self, job: Callable[[], T]) -> T:
        return self.lane.submit(job).result(20)

    def call(self, use: Callable[[SyncStore], T], /) -> T:
        return self.on_lane(lambda: self.laptop.call(use))

    def note(self, text: str) -> None:
        self.on_lane(lambda: self.laptop.note(text))
        self.worker.nudge()

    @property
    def everything_is_there(self) -> bool:
        return self.on_lane(lambda: self.laptop.standing.everything_is_there)

    def phases(self) -> list[SyncPhase]:
        return [status.phase for status in self.seen]

    def close(self) -> None:
        self.worker.stop()
        self.on_lane(self.laptop.close)
        self.lane.stop()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "ada", clock)
    yield made
    made.close()


@pytest.fixture
def joined(desk: Desk, office: Office, network: FaultProxy) -> Desk:
    """A desk that has joined the office."""
    desk.on_lane(lambda: desk.laptop.join(office.settings, network.url))
    desk.on_lane(desk.laptop.open_meeting)
    return desk


def soon(truth: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that must come true."""
    end = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.005)


def test_a_laptop_on_its_own_says_so_and_asks_nobody(desk: Desk, network: FaultProxy) -> None:
    desk.worker.start()
    soon(lambda: desk.phases() == [SyncPhase.NOT_ENROLLED])
    assert network.counts.total() == 0
    assert desk.worker.status.phase is SyncPhase.NOT_ENROLLED


def test_a_saved_note_is_sent_by_itself_and_its_progress_shown(joined: Desk) -> None:
    joined.worker.start()
    soon(lambda: joined.worker.status.phase is SyncPhase.CONNECTED)
    joined.note("The plan was agreed")
    soon(lambda: joined.everything_is_there)
    soon(lambda: joined.worker.status.phase is SyncPhase.CONNECTED)
    sending = [status for status in joined.seen if status.phase is SyncPhase.SENDING]
    assert sending
    assert all(0 <= status.sent <= status.total for status in sending)
    last = joined.worker.status
    assert (last.office, last.sent, last.total, last.code) == ("Northmoor office", 0, 0, "")
    assert last.last_confirmed_at == joined.laptop.clock.now()


def test_it_works_by_itself_once_a_connection_appears(joined: Desk, network: FaultProxy) -> None:
    network.plan = always(Fault.REFUSE)
    joined.note("Written in a cellar")
    joined.worker.start()
    soon(lambda: joined.worker.status.phase is SyncPhase.NOT_CONNECTED)
    status = joined.worker.status
    assert status.code == "send.cut_off"
    assert status.retry_at is not None
    assert not joined.everything_is_there
    network.plan = in_turn()
    soon(lambda: joined.everything_is_there)
    soon(lambda: joined.worker.status.phase is SyncPhase.CONNECTED)
    assert joined.worker.status.problem is None


def test_a_team_mate_s_work_comes_in_by_itself(
    joined: Desk, office: Office, network: FaultProxy, tmp_path: Path
) -> None:
    joined.note("First")
    joined.worker.start()
    soon(lambda: joined.everything_is_there)
    meeting = joined.on_lane(joined.laptop.meeting)
    bob = Laptop(tmp_path / "bob", "Bob Brown", joined.laptop.clock)
    try:
        bob.join(office.settings, network.url, meeting.assessment)
        bob.settle()
        bob.note("From Bob")
        bob.settle()
        soon(lambda: joined.on_lane(lambda: joined.laptop.texts) == ["First", "From Bob"])
    finally:
        bob.close()
    assert any(changes.touches("entry") for changes in joined.laptop.changes)


def test_a_refusal_is_trouble_with_its_code_and_the_wait_is_the_store_s(joined: Desk, network: FaultProxy) -> None:
    network.plan = always(Fault.E503)
    joined.worker.start()
    soon(lambda: joined.worker.status.phase is SyncPhase.TROUBLE)
    assert joined.worker.status.code == "send.busy"


def test_send_now_does_not_wait_for_the_next_try(joined: Desk, network: FaultProxy, clock: FixedClock) -> None:
    worker = SyncWorker(
        joined.call, lambda tell: tell(), clock, app=APP, pauses=Pauses(), chance=lambda: 0.999, connect=CentralStore
    )
    network.plan = in_turn(*[Fault.E503] * 4)
    worker.start()
    try:
        for tries in range(1, 5):
            soon(lambda n=tries: network.counts[Fault.E503] >= n)  # type: ignore[misc]
            worker.send_now()
        soon(lambda: worker.status.phase is SyncPhase.CONNECTED)
        assert joined.everything_is_there
    finally:
        worker.stop()


def test_it_stops_within_a_second_while_the_store_keeps_silent(joined: Desk, network: FaultProxy) -> None:
    network.plan = always(Fault.STALL)
    network.stall = 5.0
    joined.worker.start()
    soon(lambda: network.counts[Fault.STALL] > 0)
    began = time.monotonic()
    assert joined.worker.stop()
    assert time.monotonic() - began < STOP_SECONDS
    told = len(joined.seen)
    time.sleep(0.05)
    assert len(joined.seen) == told
    network.stall = 0.0


def test_stopping_in_the_middle_of_a_long_round_loses_nothing(joined: Desk) -> None:
    joined.on_lane(lambda: joined.laptop.note_many(3000))
    joined.worker.start()
    soon(lambda: SyncPhase.SENDING in joined.phases(), 30)
    assert joined.worker.stop()
    joined.on_lane(joined.laptop.start_again)
    joined.on_lane(joined.laptop.settle)
    assert joined.everything_is_there


def test_closing_tries_once_more_and_says_whether_that_went_through(joined: Desk, network: FaultProxy) -> None:
    joined.worker.start()
    soon(lambda: joined.worker.status.phase is SyncPhase.CONNECTED)
    joined.on_lane(lambda: joined.laptop.note("On the way out"))
    assert joined.worker.finish(30.0)
    assert joined.everything_is_there
    network.plan = always(Fault.REFUSE)
    assert not joined.worker.finish(30.0)


@pytest.mark.logs("a round ended in a bug", "handing in what is urgent ended in a bug")
def test_a_bug_of_ours_does_not_end_sending_for_the_day(joined: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real, times = joined.laptop.call, itertools.count()

    def broken_once(use: Callable[[SyncStore], T], /) -> T:
        if next(times) < 6:  # each of the threads meets it
            raise ZeroDivisionError
        return real(use)

    monkeypatch.setattr(joined.laptop, "call", broken_once)
    joined.worker.start()
    soon(lambda: "send.bug" in [status.code for status in joined.seen])
    soon(lambda: joined.worker.status.phase is SyncPhase.CONNECTED)
    assert joined.everything_is_there


def test_it_never_holds_the_store_lane_while_it_waits_for_the_network(joined: Desk, network: FaultProxy) -> None:
    network.plan = always(Fault.STALL)
    network.stall = 2.0
    joined.worker.start()
    soon(lambda: network.counts[Fault.STALL] > 0)
    began = time.monotonic()
    joined.on_lane(lambda: joined.laptop.note("Typed while the store keeps silent"))
    assert time.monotonic() - began < 1.0
    assert threading.active_count() < 20
    network.stall = 0.0
