"""Sound from a microphone to an attachment: bytes and times right, nothing lost by a kill, memory flat, rules kept."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import tracemalloc
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app import sound_files
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.policies import ON, RECORD_AUDIO
from fieldkit.app.recording import about_recording, begin_tape
from fieldkit.app.records import keep
from fieldkit.app.sound_links import place_of, recordings
from fieldkit.app.tape_recorder import TapeRecorder
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.soundtrack import SoundTrack, Stretch
from fieldkit.kernel.clock import Clock, FixedClock, SystemClock
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.media import wav
from fieldkit.media.sound import Devices
from storage.vault import OpenVault, open_vault
from tests.support.sounding import FedDevices
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note, quick_keys

START = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
TENTH = wav.SECOND // 10


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


def _allowed(folder: Path, clock: Clock) -> tuple[OpenVault, Activity]:
    vault = new_vault(folder / "vault", clock)
    activity = a_meeting(vault)
    do(vault, lambda uow: uow.set_setting(RECORD_AUDIO, ON))
    return vault, activity


def _recorder(
    vault: OpenVault, activity: Activity, devices: object, clock: Clock, problems: list[Exception] | None = None
) -> tuple[TapeRecorder, str]:
    about = about_recording(vault.questions, activity.id, clock.now())
    tape = begin_tape(vault.files.tapes, about)
    told = problems if problems is not None else []
    return TapeRecorder(devices, tape, about.started_at, clock, told.append), tape.name  # type: ignore[arg-type]


def _saved(vault: OpenVault, tape: str) -> Attachment:
    value = do(vault, lambda uow: sound_files.save_tape(uow, vault.files, tape))
    assert value is not None
    vault.files.tapes.drop(tape)
    return value


def _sound(vault: OpenVault, value: Attachment) -> bytes:
    with wave.open(io.BytesIO(b"".join(vault.files.pieces(value.sha256)))) as found:
        assert (found.getframerate(), found.getnchannels(), found.getsampwidth()) == (16_000, 1, 2)
        return bytes(found.readframes(found.getnframes()))


def test_the_library_records_two_seconds_a_pause_and_one_more(tmp_path: Path) -> None:
    clock = SystemClock()
    vault, activity = _allowed(tmp_path, clock)
    recorder, tape = _recorder(vault, activity, Devices(silent=True), clock)
    recorder.start()
    time.sleep(2.0)
    recorder.pause()
    heard = recorder.length
    time.sleep(1.0)
    assert recorder.length == heard, "nothing is heard in a pause"
    recorder.go_on()
    time.sleep(1.0)
    recorder.stop()
    value = _saved(vault, tape)
    track = value.sound
    assert track is not None
    first, second = track.stretches
    assert first.length == pytest.approx(2000, abs=300)
    assert second.length == pytest.approx(1000, abs=300)
    assert second.at - first.end == pytest.approx(1000, abs=400)
    assert first.at < 1000
    assert not track.is_cut_off
    assert len(_sound(vault, value)) == value.size - wav.HEADER
    assert wav.milliseconds(value.size - wav.HEADER) == track.length == recorder.length
    assert vault.files.tapes.left() == ()
    assert (value.media, value.origin, value.declaration) == ("audio/wav", "recording", sound_files.AGREED)
    vault.close()


def test_every_sample_is_there_and_a_note_is_found_where_it_was_made(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, tape = _recorder(vault, activity, devices, clock)
    recorder.start()
    said = bytearray()

    def speak(tenths: int) -> None:
        for _ in range(tenths):
            piece = os.urandom(TENTH)
            said.extend(piece)
            clock.advance(0.1)
            devices.feed(piece)
            while not recorder._waiting.empty():  # so that each piece is taken at its own time
                time.sleep(0.001)

    speak(35)
    early = note(vault, activity, "Said at three and a half")
    recorder.pause()
    clock.advance(20)
    in_pause = note(vault, activity, "Said in the pause")
    clock.advance(20)
    recorder.go_on()
    speak(15)
    late = note(vault, activity, "Said at five")
    clock.advance(60)
    recorder.stop()
    after = note(vault, activity, "Said to nobody")
    value = _saved(vault, tape)
    assert _sound(vault, value) == bytes(said)
    rows = recordings(vault.questions, activity.assessment)

    def place(entry: object) -> int | None:
        found = place_of(vault.questions.entry(entry.id), rows)  # type: ignore[attr-defined]
        return found.position if found is not None else None

    assert place(early) == pytest.approx(3500, abs=120)
    assert place(in_pause) == pytest.approx(3500, abs=1)
    assert place(late) == pytest.approx(5000, abs=120)
    assert place(after) is None
    assert vault.questions.entry(late.id).entry.noticed_at == late.noticed_at, "a stored time is never rewritten"
    vault.close()


def test_a_laptop_that_slept_puts_nothing_out_of_step(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, tape = _recorder(vault, activity, devices, clock)
    recorder.start()
    for gap in (0.1,) * 20 + (3600.0,) + (0.1,) * 20:
        clock.advance(gap)
        devices.feed(bytes(TENTH))
        while not recorder._waiting.empty():
            time.sleep(0.001)
        time.sleep(0.002)
    recorder.stop()
    track = _saved(vault, tape).sound
    assert track is not None
    assert track.length == 4100
    assert track.position(START + timedelta(seconds=3603)) == pytest.approx(3000, abs=200)
    vault.close()


_RECORDS = """
import sys, time
from pathlib import Path
from fieldkit.app.recording import about_recording, begin_tape
from fieldkit.app.tape_recorder import TapeRecorder
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.ids import ActivityId
from fieldkit.media.sound import Devices
from storage.vault import open_vault
from tests.support.vaults import PASSPHRASE, quick_keys
with quick_keys():
    clock = SystemClock()
    vault = open_vault(Path(sys.argv[1]), PASSPHRASE, clock)
    about = about_recording(vault.questions, ActivityId(sys.argv[2]), clock.now())
    recorder = TapeRecorder(Devices(silent=True), begin_tape(vault.files.tapes, about), about.started_at, clock, print)
    recorder.start()
    print("on", flush=True)
    while True:
        time.sleep(0.05)
        print(recorder.length, flush=True)
"""


def test_a_kill_loses_two_seconds_at_most_and_the_rest_is_an_attachment_marked_cut_off(tmp_path: Path) -> None:
    clock = SystemClock()
    vault, activity = _allowed(tmp_path, clock)
    vault.close()
    running = subprocess.Popen(
        [sys.executable, "-c", _RECORDS, str(tmp_path / "vault"), activity.id], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert running.stdout is not None
    with running.stdout as told:
        assert told.readline() == "on\n"
        heard = 0
        while heard < 3500:
            heard = int(told.readline())
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    vault = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    vault.tidy()
    (found,) = sound_files.recover(vault.files)
    value = do(vault, lambda uow: sound_files.attach_recording(uow, found))
    again = do(vault, lambda uow: sound_files.attach_recording(uow, found))
    assert again.id == value.id, "a fault between the record and the dropping of the tape makes no second one"
    vault.files.tapes.drop(found.tape)
    track = value.sound
    assert track is not None
    assert track.is_cut_off
    assert heard - 2000 <= track.length <= heard + 1000
    assert len(_sound(vault, value)) == value.size - wav.HEADER
    assert sound_files.recover(vault.files) == []
    assert vault.verify() == []
    vault.close()


def test_nothing_of_the_sound_lies_on_the_disk_in_the_clear(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, _ = _recorder(vault, activity, devices, clock)
    recorder.start()
    words = b"These samples are somebody's voice" * 100
    for _ in range(30):
        devices.feed(words[:TENTH])
    recorder.stop()
    (path,) = (tmp_path / "vault" / "blobs").glob(".tape-*")
    data = path.read_bytes()
    assert len(data) > 3000
    assert b"somebody" not in data
    assert activity.id.encode() not in data
    vault.close()


def test_a_tape_is_good_up_to_wherever_it_was_torn_and_no_piece_can_be_moved(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, tape = _recorder(vault, activity, devices, clock)
    recorder.start()
    for number in range(60):
        clock.advance(0.1)
        devices.feed(bytes([number]) * TENTH)
    recorder.stop()
    (path,) = (tmp_path / "vault" / "blobs").glob(".tape-*")
    whole, tapes = path.read_bytes(), vault.files.tapes
    pieces = list(tapes.read(tape))
    assert pieces[-1] == ("E", b"")
    for size in (0, 10, 75, 200, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        found = list(tapes.read(tape))
        assert found == pieces[: len(found)]
        assert len(found) < len(pieces)
    sealed = wav.SECOND + 28 + 5
    at = len(whole) - 33 - 2 * sealed  # the last two whole seconds, the other way round
    path.write_bytes(whole[:at] + whole[at + sealed : at + 2 * sealed] + whole[at : at + sealed] + whole[-33:])
    assert len(list(tapes.read(tape))) == len(pieces) - 3
    other = path.with_name(".tape-" + new_id())
    other.write_bytes(whole)
    assert list(tapes.read(other.name.removeprefix(".tape-"))) == [], "a tape under another name opens no more"
    vault.close()


def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, tape = _recorder(vault, activity, devices, clock)
    recorder.start()
    piece = os.urandom(TENTH)
    tracemalloc.start()
    try:
        peaks = []
        for _ in range(6):
            tracemalloc.reset_peak()
            for _ in range(100):  # ten seconds
                devices.feed(piece)
                while recorder._waiting.qsize() > 50:
                    time.sleep(0.001)
            peaks.append(tracemalloc.get_traced_memory()[1])
        recorder.stop()
        tracemalloc.reset_peak()
        made = sound_files.make_file(vault.files, tape)
        making = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made is not None
    assert made.taken.size == 60 * wav.SECOND + wav.HEADER
    assert max(peaks) < 2_000_000, peaks
    assert making < 3_000_000, "the file is made piece by piece too"
    vault.close()


def test_a_disk_that_runs_full_ends_the_recording_and_keeps_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices, problems = FedDevices(), list[Exception]()
    recorder, tape = _recorder(vault, activity, devices, clock, problems)
    recorder.start()
    for _ in range(20):
        devices.feed(bytes(TENTH))
    end = time.monotonic() + 5
    while recorder._tape.sound < wav.SECOND and time.monotonic() < end:
        time.sleep(0.005)
    monkeypatch.setattr(vault.files, "kept_free", 2**62)
    for _ in range(20):
        devices.feed(bytes(TENTH))
    while not problems and time.monotonic() < end:
        time.sleep(0.005)
    assert isinstance(problems[0], Trouble)
    assert problems[0].code == "attach.disk_full"
    recorder.stop()
    monkeypatch.undo()
    value = _saved(vault, tape)
    assert value.sound is not None
    assert value.sound.length >= 1000
    assert value.sound.is_cut_off
    monkeypatch.setattr(vault.files, "kept_free", 2**62)
    about = about_recording(vault.questions, activity.id, clock.now())
    with pytest.raises(Trouble, match=r"attach.disk_full"):
        begin_tape(vault.files.tapes, about)
    vault.close()


def test_nothing_is_recorded_without_the_policy_and_without_consent_where_the_kind_needs_one(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault = new_vault(tmp_path / "vault", clock)
    meeting = a_meeting(vault)
    with pytest.raises(Refusal, match=r"audio.off"):
        about_recording(vault.questions, meeting.id, START)
    do(vault, lambda uow: uow.set_setting(RECORD_AUDIO, ON))
    assert about_recording(vault.questions, meeting.id, START).consent is None

    import dataclasses

    from fieldkit.app.assessments import revise_activity

    interview = do(
        vault, lambda uow: revise_activity(uow, dataclasses.replace(meeting, kind=ActivityKind.INTERVIEW))
    )  # fmt: skip
    with pytest.raises(Mistake, match=r"audio.no_consent"):
        about_recording(vault.questions, interview.id, START)

    def consent(agreed: Agreed, person: str = "") -> Consent:
        value = Consent(
            id=RecordId(new_id()), assessment=meeting.assessment, about=RecordId(meeting.id), agreed=agreed,
            person=person,
        )  # fmt: skip
        do(vault, lambda uow: keep(uow, value))
        return value

    given = consent(Agreed.GIVEN)
    about = about_recording(vault.questions, interview.id, START)
    assert (about.consent, about.title) == (given.id, "Interview 01"), "the plan's own title may tell who it is"
    consent(Agreed.WITHDRAWN, person="2")
    with pytest.raises(Mistake, match=r"audio.no_consent"):
        about_recording(vault.questions, interview.id, START)
    vault.close()


def test_one_person_of_a_group_who_takes_consent_back_holds_the_sound_they_are_in_and_no_letter(tmp_path: Path) -> None:
    clock = FixedClock(START)
    vault, activity = _allowed(tmp_path, clock)
    devices = FedDevices()
    recorder, tape = _recorder(vault, activity, devices, clock)
    recorder.start()
    for _ in range(10):
        devices.feed(bytes(TENTH))
    recorder.stop()
    value = _saved(vault, tape)
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="A letter")
    letter = do(vault, lambda uow: attach(uow, take_bytes(vault.files, b"words", "letter.txt"), said))
    withdrawn = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.WITHDRAWN,
        person="2",
    )  # fmt: skip
    do(vault, lambda uow: keep(uow, withdrawn))
    held = {row.record: row.barred for row in vault.questions.records(Attachment.KIND)}
    assert held == {value.id: Agreed.WITHDRAWN, letter.id: None}
    vault.close()


_STRETCHES = st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**7)), min_size=1, max_size=8)


@given(_STRETCHES, st.integers(-5000, 10**9))
def test_a_position_lies_in_the_sound_and_never_runs_back(parts: list[tuple[int, int]], at: int) -> None:
    stretches, passed = [], 0
    for gap, length in parts:
        stretches.append(Stretch(at=passed + gap, length=length))
        passed += gap + length
    track = SoundTrack(started_at=START, stretches=tuple(stretches), consent=RecordId(new_id()), is_cut_off=True)
    assert SoundTrack.from_content(track.to_content()) == track
    found = track.position(START + timedelta(milliseconds=at))
    inside = stretches[0].at <= at <= stretches[-1].end
    assert (found is not None) == inside
    if found is not None:
        assert 0 <= found <= track.length
        later = track.position(START + timedelta(milliseconds=min(at + 1000, stretches[-1].end)))
        assert later is not None
        assert found <= later <= found + 1000


@pytest.mark.parametrize(
    "wrong",
    [
        {"started_at": "yesterday"}, {"stretches": [{"at": 5, "length": -1}]},
        {"stretches": [{"at": True, "length": 1}]}, {"stretches": [{"at": 0, "length": 50}, {"at": 49, "length": 1}]},
        {"stretches": [{"at": 0, "length": 2**60}]}, {"stretches": "all"}, {"consent": "x"}, {"consent": 5},
        {"cut_off": 1},
    ],
)  # fmt: skip
def test_a_soundtrack_that_is_not_of_its_form_is_refused(wrong: dict[str, object]) -> None:
    good = SoundTrack(started_at=START, stretches=(Stretch(at=0, length=5),)).to_content()
    with pytest.raises((KeyError, TypeError, ValueError)):
        SoundTrack.from_content({**good, **wrong})
