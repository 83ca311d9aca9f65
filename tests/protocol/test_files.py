"""Files of attachments over real HTTP: every byte arrives, whatever breaks, and only those hear of it who may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from central import admin
from central.file_folder import FOLDER
from central.file_settling import Settling
from fieldkit.app.assessments import plan_activity
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.records import keep, revise
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import RecordId, new_id
from sync.wire import files as tus
from sync.wire.routes import FILE_BEGIN, FILE_READ
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import Fault, FaultProxy, in_turn, seeded
from tests.support.laptop import Laptop

PART = 64 * 1024


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tus, "PART", PART)
    monkeypatch.setattr(tus, "MOST_AT_ONCE", PART)
    monkeypatch.setattr(tus, "LONGEST_STREAM", PART)
    monkeypatch.setattr("sync.flow.FIRST_PART", PART)


def _bytes(length: int, seed: int = 1) -> bytes:
    return hashlib.shake_128(f"{length} {seed}".encode()).digest(length)


def _attach(laptop: Laptop, data: bytes, name: str = "letter.pdf") -> Attachment:
    activity = laptop.meeting()
    taken = take_bytes(laptop.vault.files, data, name)
    said = Said(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows the waits"
    )
    return laptop.vault.perform(lambda uow: attach(uow, taken, said))[0]


def _held(laptop: Laptop, value: Attachment) -> bytes:
    return b"".join(laptop.vault.files.pieces(value.sha256))


def _at_the_office(office: Office, value: Attachment) -> bytes:
    sha256 = value.sha256
    return (office.settings.folder / FOLDER / sha256[:2] / sha256[2:4] / sha256).read_bytes()


def _through(laptop: Laptop, most: int = 60) -> int:
    """Rounds until nothing of words or files is left, over whatever line; how many broke."""
    broken = 0
    for _ in range(most):
        try:
            report = laptop.round()
        except FieldKitError:
            broken += 1
            continue
        if not report.again and laptop.vault.questions.standing().everything_is_there:
            return broken
    raise AssertionError("it never got through")


def test_a_file_is_equal_at_the_office_and_on_a_team_mates_laptop(office: Office, team: Team) -> None:
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    small, large = _attach(ann, _bytes(300_000)), _attach(ann, b"\0" * 1)
    assert ann.vault.questions.exposure().files == 2
    assert not ann.standing.everything_is_there
    ann.settle()
    assert ann.vault.questions.exposure().files == 0
    assert ann.standing.everything_is_there
    assert all(row.is_confirmed and row.is_made_here for row in ann.vault.questions.files(activity.assessment))
    ben = team("Ben Mate", activity.assessment)
    ben.settle()
    for value in (small, large):
        assert _at_the_office(office, value) == _held(ann, value) == _held(ben, value)
    assert ben.vault.verify() == ann.vault.verify() == []


def test_nothing_more_is_asked_once_everything_is_there(team: Team) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    _attach(ann, _bytes(200_000))
    ann.settle()
    assert ann.round().turns == 1


@pytest.mark.parametrize("seed", range(4))
def test_kills_and_a_bad_line_cost_no_byte_and_no_more_than_a_part(
    office: Office, network: FaultProxy, team: Team, seed: int
) -> None:
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    ann.settle()
    data = _bytes(10 * PART + 77, seed)
    value = _attach(ann, data)
    network.plan = seeded(seed, share=0.3, faults=(Fault.RESET, Fault.LOSE_REPLY, Fault.E503, Fault.DUPLICATE))
    broken = 0
    for _ in range(200):
        try:
            report = ann.round()
        except FieldKitError:
            broken += 1
            ann.start_again()
            continue
        if not report.again and ann.standing.everything_is_there:
            break
    assert broken
    assert _at_the_office(office, value) == data
    sent = [one for one in network.exchanges if one.request.startswith(b"PATCH ")]
    assert len(sent) <= 11 + broken + network.counts[Fault.DUPLICATE] + 11
    ben = team("Ben Mate", activity.assessment)
    _through(ben, 200)
    assert _held(ben, value) == data


def test_a_sending_goes_on_where_it_stood_after_both_sides_went_off(
    office: Office, network: FaultProxy, team: Team, backups: StoreBackups
) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    ann.settle()
    value = _attach(ann, _bytes(6 * PART))
    network.plan = in_turn(*[Fault.PASS] * 6, Fault.RESET)
    with pytest.raises(Trouble):
        ann.round()
    before = len(network.exchanges)
    ann.start_again()
    backups.restart()
    ann.settle()
    again = [one for one in network.exchanges[before:] if one.request.startswith(b"PATCH ")]
    assert 0 < len(again) < 6
    assert not [one for one in network.exchanges[before:] if one.request.startswith(b"POST /v1/files")]
    assert _at_the_office(office, value) == _held(ann, value)


def test_files_in_a_row_cost_a_turn_each_and_a_word_that_does_not_come_is_asked_for(
    office: Office, network: FaultProxy, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tus, "LONGEST_STREAM", 8 * PART)
    monkeypatch.setattr(tus, "SMALL", 1_000)
    ann = team("Ann Lead")
    ann.open_meeting()
    ann.settle()
    for are_lost in (False, True):
        values = [_attach(ann, _bytes(PART + number, number + 9 * are_lost), f"{number}.pdf") for number in range(5)]
        ann.engine.round(with_files=False)
        before = len(network.exchanges)
        if are_lost:
            monkeypatch.setattr(Settling, "words", lambda self, device, most, seconds: [])
        assert ann.round().files_sent == 5
        asked = [one.request.split(b" ")[:2] for one in network.exchanges[before:]]
        begun = [method for method, path in asked if path == b"/v1/files" and method == b"POST"]
        assert len([method for method, _ in asked if method == b"PATCH"]) == 5
        assert len(begun) == (5 if are_lost else 2), "the first, and the second: what the line carries is not known yet"
        assert ann.standing.everything_is_there
        assert all(_at_the_office(office, value) == _held(ann, value) for value in values)


def test_a_file_the_team_has_sent_already_costs_one_question(network: FaultProxy, team: Team) -> None:
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    data = _bytes(5 * PART)
    _attach(ann, data)
    ann.settle()
    ben = team("Ben Mate", activity.assessment)
    ben.settle()
    with pytest.raises(FieldKitError, match=r"attach\.already"):
        _attach(ben, data)
    before = len(network.exchanges)
    taken = take_bytes(ben.vault.files, data, "again.pdf")
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="A second copy")
    ben.vault.perform(lambda uow: attach(uow, taken, said, again=True))
    ben.settle()
    assert not [one for one in network.exchanges[before:] if one.request.startswith(b"PATCH ")]


def test_who_is_on_another_team_learns_nothing_of_a_file_by_its_hash(
    office: Office, network: FaultProxy, team: Team
) -> None:
    ann = team("Ann Lead")
    ann.open_meeting("Northmoor")
    data = _bytes(4 * PART)
    value = _attach(ann, data)
    ann.settle()
    eve = team("Eve Other")
    eve.open_meeting("Southmoor")
    mine = _attach(eve, data)
    eve_identity = eve.vault.perform(lambda uow: uow.identity)[0]
    far = eve.engine._connected(network.url)
    before = len(network.exchanges)
    eve.settle()
    parts = [one for one in network.exchanges[before:] if one.request.startswith(b"PATCH ")]
    assert len(parts) == 4, "she has to prove that she holds every byte of it herself"
    record = ann.vault.questions.record("attachment", value.id)
    headers = {tus.LENGTH: str(value.size), tus.METADATA: tus.revision_metadata(record.revision), **tus.TUS}
    with pytest.raises(Refusal, match=r"central\.not_found"):
        far.exchange(FILE_BEGIN, FILE_BEGIN.path, headers, b"", eve_identity)
    with (
        pytest.raises(Refusal, match=r"central\.not_found"),
        far.file(FILE_READ, FILE_READ.path.format(revision=record.revision), 0, eve_identity),
    ):
        pass
    assert _held(eve, mine) == data


def test_a_store_that_lies_about_a_receipt_confirms_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    first, second = _attach(ann, _bytes(1000)), _attach(ann, _bytes(2000))
    real = tus.read_receipt
    seen: list[tuple[bytes, bytes]] = []

    def other(headers: dict[str, str]) -> tuple[bytes, bytes] | None:
        found = real(headers)
        if found:
            seen.append(found)
        return seen[0] if found else None

    monkeypatch.setattr(tus, "read_receipt", other)
    ann.round()
    rows = {row.row.value.sha256: row for row in ann.vault.questions.files()}
    assert sum(row.is_confirmed for row in rows.values()) == 1
    assert {first.sha256, second.sha256} == rows.keys()
    assert ann.vault.questions.exposure().files == 1


def test_large_files_of_the_team_come_when_they_are_asked_for(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.file_places.AUTOMATIC", 1000)
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    value = _attach(ann, _bytes(3 * PART))
    ann.settle()
    ben = team("Ben Mate", activity.assessment)
    ben.settle()
    assert not ben.vault.files.has(value.sha256)
    assert ben.standing.everything_is_there, "what only the team made is not his to hand in"
    assert ben.vault.verify() == []
    ben.vault.perform(lambda uow: uow.want_file(value.id, is_wanted=True))
    assert ben.round().files_received == 1
    assert _held(ben, value) == _bytes(3 * PART)


def test_a_store_without_room_takes_words_and_the_file_waits_and_says_why(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.files._FULL_SECONDS", 0.0)
    ann = team("Ann Lead")
    ann.open_meeting()
    value = _attach(ann, _bytes(2 * PART))
    with monkeypatch.context() as full:
        full.setattr("central.file_checks.KEPT_FREE", 10**18)
        ann.note("Written while it waits #lc")
        assert ann.round().files_sent == 0
    (row,) = ann.vault.questions.files()
    assert (row.code, row.is_confirmed) == ("central.files_full", False)
    assert ann.vault.questions.exposure().files == 1
    assert _held(ann, value) == _bytes(2 * PART)
    assert ann.round().files_sent == 1
    (row,) = ann.vault.questions.files()
    assert (row.code, row.is_confirmed) == ("", True)


def test_while_the_store_puts_a_file_away_nothing_is_sent_again_and_its_word_comes_later(
    team: Team, network: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.files._LATER_SECONDS", 0.0)
    ann = team("Ann Lead")
    ann.open_meeting()
    _attach(ann, _bytes(2 * PART))
    with monkeypatch.context() as slow:
        slow.setattr("central.file_keeping.FileKeeping.put_away", lambda *_: False)
        assert ann.round().files_sent == 0
    assert not ann.standing.everything_is_there, "every byte is there, and no word of the store"
    before = len(network.exchanges)
    assert ann.round().files_sent == 1
    assert not [one for one in network.exchanges[before:] if one.request.startswith(b"PATCH ")]
    assert ann.standing.everything_is_there


def test_while_the_place_of_files_is_away_notes_go_and_the_file_says_why(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.files._FULL_SECONDS", 0.0)

    def away(*_: object) -> bool:
        raise Trouble("central.files_unavailable")

    ann = team("Ann Lead")
    ann.open_meeting()
    _attach(ann, _bytes(2 * PART))
    with monkeypatch.context() as down:
        down.setattr("central.file_keeping.FileKeeping.put_away", away)
        ann.note("Written while it waits #lc")
        assert ann.round().files_sent == 0
        assert ann.call(lambda store: store.state()).unreceipted == 0, "words went"
    (row,) = ann.vault.questions.files()
    assert (row.code, row.is_confirmed) == ("central.files_unavailable", False)
    assert ann.round().files_sent == 1


def test_a_sending_that_expired_is_begun_again(office: Office, network: FaultProxy, team: Team) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    ann.settle()
    value = _attach(ann, _bytes(6 * PART))
    network.plan = in_turn(*[Fault.PASS] * 6, Fault.RESET)
    with pytest.raises(Trouble):
        ann.round()
    ann.clock.advance(31 * 86_400)  # type: ignore[attr-defined]
    ann.start_again()
    ann.settle()
    assert _at_the_office(office, value) == _held(ann, value)


def test_words_written_while_a_file_goes_do_not_wait_for_it(team: Team) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    ann.settle()
    _attach(ann, _bytes(12 * PART))
    order: list[str] = []

    def filing(exhibit: str, done: int, total: int) -> None:
        order.append("file")
        if len(order) == 4:
            ann.note("Somebody is in danger")
            order.append("note")

    while ann.engine.round(filing=filing).again:
        order.append("round")
    noted = order.index("note")
    assert order[noted : noted + 2] == ["note", "round"] or order[noted : noted + 3] == ["note", "file", "round"]
    assert ann.standing.everything_is_there


def test_after_a_restored_store_files_are_offered_again(
    office: Office, network: FaultProxy, team: Team, backups: StoreBackups
) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    ann.settle()
    earlier = backups.make()
    value = _attach(ann, _bytes(2 * PART))
    ann.settle()
    backups.go_back_to(earlier)
    for path in (office.settings.folder / FOLDER).rglob(value.sha256):
        path.unlink()
    _through(ann, 8)
    assert _at_the_office(office, value) == _held(ann, value)


def test_what_the_office_erases_takes_the_file_with_it(office: Office, team: Team) -> None:
    ann = team("Ann Lead")
    ann.open_meeting()
    kept, gone = _attach(ann, _bytes(500)), _attach(ann, _bytes(600))
    ann.settle()
    admin.erase(office.settings, ann.vault.questions.record("attachment", gone.id).revision, "The law asks for it")
    assert _at_the_office(office, kept) == _bytes(500)
    with pytest.raises(FileNotFoundError):
        _at_the_office(office, gone)


def test_a_file_whose_consent_is_taken_back_goes_nowhere_any_more(team: Team, network: FaultProxy) -> None:
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    sent = _attach(ann, _bytes(3000))
    ann.settle()
    unsent = _attach(ann, _bytes(4000))
    refused = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.REFUSED
    )
    ann.vault.perform(lambda uow: keep(uow, refused))
    ann.settle()
    assert not ann.call(lambda store: store.files_to_send())
    assert ann.vault.questions.exposure().files == 1, "it is lost with the laptop all the same"
    row = next(row for row in ann.vault.questions.files() if row.row.record == unsent.id)
    assert row.row.barred is Agreed.REFUSED
    assert not row.is_confirmed
    ben = team("Ben Mate", activity.assessment)
    ben.settle()
    assert not ben.vault.files.has(sent.sha256)
    far, identity = ben.engine._connected(network.url), ben.vault.perform(lambda uow: uow.identity)[0]
    path = FILE_READ.path.format(revision=ann.vault.questions.record("attachment", sent.id).revision)
    with pytest.raises(Refusal, match=r"central\.file_held"), far.file(FILE_READ, path, 0, identity):
        pass


def _attach_again(laptop: Laptop, data: bytes, activity: Activity, **said: Any) -> Attachment:
    """A second record of the same bytes, about another activity."""
    taken = take_bytes(laptop.vault.files, data, "again.pdf")
    words = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="Something else", **said)
    return laptop.vault.perform(lambda uow: attach(uow, taken, words, again=True))[0]


@pytest.mark.parametrize("is_late", [False, True])
def test_a_second_record_of_a_held_file_gives_it_to_nobody(office: Office, team: Team, is_late: bool) -> None:
    ann = team("Ann Lead")
    activity = ann.open_meeting()
    data = _bytes(3000)
    _attach(ann, data)
    first = ann.vault.questions.records(Attachment.KIND)[0].record
    ann.settle()
    visit = ann.vault.questions.visits(activity.assessment)[0]
    walk = ann.vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, "Ward walk"))[0]
    refused = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.WITHDRAWN
    )
    second: list[Attachment] = []
    steps: list[Callable[[], object]] = [
        lambda: ann.vault.perform(lambda uow: keep(uow, refused)),
        lambda: second.append(_attach_again(ann, data, walk)),
        lambda: second.append(_attach_again(ann, _bytes(50), walk, derived_from=first)),
    ]
    for step in steps if is_late else [*steps[1:], steps[0]]:
        step()
        ann.settle()
    assert [row.row.barred for row in ann.vault.questions.files()] == [Agreed.WITHDRAWN] * 3
    ben = team("Ben Mate", activity.assessment)
    ben.settle()
    assert [row.row.barred for row in ben.vault.questions.files()] == [Agreed.WITHDRAWN] * 3
    assert not any(ben.vault.files.has(one.row.value.sha256) for one in ben.vault.questions.files())
    far, identity = ben.engine._connected(office.running.url), ben.vault.perform(lambda uow: uow.identity)[0]
    for row in ben.vault.questions.files():
        path = FILE_READ.path.format(revision=row.row.revision)
        with pytest.raises(Refusal, match=r"central\.file_held"), far.file(FILE_READ, path, 0, identity):
            pass
    told = office.read(f"/v1/assessments/{activity.assessment}/records?kind=attachment").json["records"]
    assert [(one["barred"], one["content"]) for one in told] == [("withdrawn", {})] * 3
    ann.vault.perform(lambda uow: revise(uow, replace(refused, agreed=Agreed.GIVEN)))
    ann.settle()
    ben.settle()
    assert all(ben.vault.files.has(one.row.value.sha256) for one in ben.vault.questions.files())


def test_a_laptop_on_two_teams_hands_a_file_of_one_to_the_other_for_nobodys_hash(office: Office, team: Team) -> None:
    ann = team("Ann Lead")
    northmoor = ann.open_meeting("Northmoor")
    secret = _attach(ann, _bytes(4000))
    ann.settle()
    eve = team("Eve Other")
    southmoor = eve.open_meeting("Southmoor")
    bait = _attach(eve, _bytes(10, seed=5))
    named = replace(
        bait, id=RecordId(new_id()), sha256=secret.sha256, size=secret.size, exhibit="EOXX-9", name="bait.pdf"
    )  # fmt: skip
    eve.vault.perform(lambda uow: keep(uow, named))
    eve.settle()
    admin.add_member(office.settings, "Ann Lead", southmoor.assessment, clock=ann.clock)
    ann.settle()
    assert any(row.row.record == named.id for row in ann.vault.questions.files(southmoor.assessment))
    eve.start_again()  # she asks at once, and not in a minute
    eve.settle()
    assert not eve.vault.files.has(secret.sha256)
    assert ann.vault.questions.files(northmoor.assessment)[0].is_confirmed
