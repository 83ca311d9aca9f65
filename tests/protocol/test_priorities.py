"""What is urgent goes first on any line, files never hold up words, and no clock decides anything."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalation_rows import escalation
from fieldkit.app.escalations import NewEscalation, escalate, mark_seen
from fieldkit.domain.assessment import Activity
from fieldkit.domain.escalation import Danger, Escalation
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import RecordId
from storage.vault import open_vault
from sync.network import FilesOver, Network
from sync.status import SyncPhase
from sync.wire.frames import FrameReader, Kind, read_frames
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.protocol.test_worker import Desk, soon
from tests.support.bad_line import BadLine
from tests.support.fault_proxy import Fault, FaultProxy
from tests.support.laptop import PASSPHRASE, Laptop, unstretched

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


def raise_one(laptop: Laptop, meeting: Activity) -> Escalation:
    new = NewEscalation(
        assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), danger=Danger.YES,
        what="No cover on Ward 4 tonight",
    )  # fmt: skip
    return laptop.vault.perform(lambda uow: escalate(uow, new, shipped()))[0]


def attach_film(laptop: Laptop, size: int) -> None:
    meeting = laptop.meeting()
    taken = take_bytes(laptop.vault.files, hashlib.shake_128(b"film").digest(size), "film.mp4")
    said = Said(assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose="The ward")
    laptop.vault.perform(lambda uow: attach(uow, taken, said))


@pytest.fixture
def line(office: Office) -> Iterator[BadLine]:
    made = BadLine(urlsplit(office.running.url).port or 0, repeats_itself=True, delay=0.01)
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock, office: Office, line: BadLine) -> Iterator[Desk]:
    made = Desk(tmp_path / "ada", clock)
    made.on_lane(lambda: made.laptop.join(office.settings, line.url))
    made.on_lane(made.laptop.open_meeting)
    yield made
    line.turn(1e9, 0.0)
    made.close()


def delivered(desk: Desk, one: Escalation) -> bool:
    found = desk.on_lane(lambda: escalation(desk.laptop.vault.questions, one.id))
    return found.delivered_at is not None


def test_what_is_urgent_arrives_within_seconds_while_a_film_is_being_sent_over_a_slow_and_lossy_line(
    desk: Desk, line: BadLine
) -> None:
    """Invariant 10, on ten times the line of the bench and so in a tenth of its time."""
    desk.on_lane(lambda: attach_film(desk.laptop, 8_000_000))
    desk.on_lane(lambda: desk.laptop.engine.round(with_files=False))
    line.turn(100_000, 0.4)
    desk.worker.start()
    soon(lambda: desk.worker.status.bytes_done > 0)
    meeting = desk.on_lane(desk.laptop.meeting)
    for _ in range(2):
        one = desk.on_lane(lambda: raise_one(desk.laptop, meeting))
        began = time.monotonic()
        desk.worker.nudge(urgent=True)
        soon(lambda one=one: delivered(desk, one))  # type: ignore[misc]
        assert time.monotonic() - began < 5.0
    status = desk.worker.status
    assert status.bytes_done < 8_000_000
    assert not desk.everything_is_there


def test_a_note_goes_beside_a_film_and_a_colleague_s_seen_comes_back_beside_it(
    desk: Desk, line: BadLine, office: Office, tmp_path: Path
) -> None:
    desk.on_lane(desk.laptop.settle)
    meeting = desk.on_lane(desk.laptop.meeting)
    bob = Laptop(tmp_path / "bob", "Bob Brown", desk.laptop.clock)
    try:
        bob.join(office.settings, office.running.url, meeting.assessment)
        one = desk.on_lane(lambda: raise_one(desk.laptop, meeting))
        desk.on_lane(lambda: attach_film(desk.laptop, 8_000_000))
        desk.on_lane(lambda: desk.laptop.engine.round(with_files=False))
        bob.settle()
        bob.vault.perform(lambda uow: mark_seen(uow, one.id))
        bob.settle()
        line.turn(400_000, 0.0)
        desk.worker.start()
        soon(lambda: desk.worker.status.bytes_done > 0)
        desk.note("Beside the film")

        def seen() -> tuple[Any, ...]:
            return tuple(desk.on_lane(lambda: escalation(desk.laptop.vault.questions, one.id)).seen)

        soon(lambda: bool(seen()) and not desk.on_lane(lambda: desk.laptop.call(lambda s: s.state())).unreceipted)
        assert [row.author_name for row in seen()] == ["Bob Brown"]
        assert desk.worker.status.bytes_done < 8_000_000
    finally:
        bob.close()


def test_files_wait_on_a_metered_connection_words_do_not_and_one_word_of_a_person_lets_them_go(desk: Desk) -> None:
    desk.worker.network_changed(Network(is_metered=True, name="phone"))
    desk.on_lane(lambda: attach_film(desk.laptop, 300_000))
    desk.worker.start()
    soon(lambda: not desk.on_lane(lambda: desk.laptop.call(lambda s: s.state())).unreceipted)
    soon(lambda: desk.worker.status.phase is SyncPhase.CONNECTED)
    assert desk.worker.status.files_held
    assert desk.on_lane(lambda: desk.laptop.standing.files_missing) == 1
    desk.worker.files_over_metered(FilesOver.NEVER)
    desk.worker.send_files_anyway()
    assert desk.worker.status.files_held
    desk.worker.files_over_metered(FilesOver.ASK)
    soon(lambda: desk.everything_is_there)
    assert not desk.worker.status.files_held


def test_the_urgent_has_a_request_of_its_own_before_all_others(team: Team, network: FaultProxy) -> None:
    """Invariant 10: never behind priority 1 or more in a batch or on a connection, also when all is offered again."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    ada.note_many(30)
    raise_one(ada, meeting)
    ada.note_many(30)
    raise_one(ada, meeting)
    network.exchanges.clear()
    ada.round()
    pushes = [one for one in network.exchanges if one.path == "/v1/push"]
    assert [_priorities(one.request_body) for one in pushes] == [{0}, {1}]


def _priorities(body: bytes) -> set[int]:
    reader, found = FrameReader(), set()
    for kind, payload in read_frames([body]):
        assert kind is Kind.REVISION
        revision, _ = reader.revision(payload)
        found.add(0 if b'"priority":0' in revision.envelope else 1)
    return found


def test_an_urgent_item_that_the_store_chokes_on_holds_up_no_word_for_more_than_one_round(
    team: Team, network: FaultProxy
) -> None:
    """Invariant 18."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    poisoned = raise_one(ada, meeting)
    ada.note_many(20)

    def chokes(path: str, body: bytes) -> Fault:
        if not path.endswith("/push"):
            return Fault.PASS
        ids = [FrameReader().revision(payload)[0].envelope for _, payload in read_frames([body])][:1]
        return Fault.E500 if any(poisoned.id.encode() in envelope for envelope in ids) else Fault.PASS

    network.plan = chokes
    for _ in range(2):
        try:
            ada.round()
        except Trouble:
            continue
    assert ada.call(lambda store: store.state()).unreceipted == 1
    network.plan = lambda path, body: Fault.PASS
    ada.engine.start_afresh()
    ada.settle()
    assert ada.call(lambda store: store.state()).unreceipted == 0


class Mad(FixedClock):
    """Jumps, stands still or runs backwards."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.steps, self._at = [0.0], 0

    def now(self) -> datetime:
        self._at += 1
        return super().now() + timedelta(seconds=self.steps[self._at % len(self.steps)])


@pytest.mark.parametrize(
    "steps", [[0.0], [86_400.0 * 400], [-float(n * 60) for n in range(50)], [0.0, 9e7, -9e7, 3600.0]]
)
def test_whatever_the_clock_says_the_same_notes_arrive(
    office: Office, network: FaultProxy, tmp_path: Path, clock: FixedClock, steps: list[float]
) -> None:
    """Invariant 15: a clock that is right, years ahead, running backwards, jumping."""
    clocks = [Mad(clock.now()) for _ in range(2)]
    ada, bob = (Laptop(tmp_path / name, name, mad) for name, mad in zip(("Ada", "Bob"), clocks, strict=True))
    try:
        ada.join(office.settings, network.url)
        ada.open_meeting()
        ada.settle()
        bob.join(office.settings, network.url, ada.meeting().assessment)
        bob.settle()
        for mad in clocks:
            mad.steps = steps
        for number in range(3):
            for laptop in (ada, bob):
                laptop.note(f"{laptop.name} {number}")
                laptop.round()
        for laptop in (ada, bob, ada):
            laptop.settle()
        expected = sorted(f"{name} {number}" for name in ("Ada", "Bob") for number in range(3))
        assert ada.texts == bob.texts == expected
        assert ada.standing.everything_is_there
        assert ada.vault.verify() == bob.vault.verify() == []
    finally:
        ada.close()
        bob.close()


def test_a_second_copy_of_the_app_cannot_send_from_the_same_vault(desk: Desk) -> None:
    """One sync at a time: the vault's own lock, which ends with the process that holds it."""
    with unstretched(), pytest.raises(Trouble, match=r"vault\.in_use"):
        open_vault(desk.laptop.folder, PASSPHRASE, desk.laptop.clock)


def test_a_try_on_another_network_comes_at_once(desk: Desk, line: BadLine) -> None:
    line.close()
    desk.worker.start()
    soon(lambda: desk.worker.status.phase is SyncPhase.NOT_CONNECTED)
    rounds = desk.worker.status.rounds
    desk.worker.network_changed(Network(name="another"))
    soon(lambda: desk.worker.status.rounds > rounds)
