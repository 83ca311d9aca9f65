"""Recording and playing without a screen: what is asked first, what ends it, where it is saved, what is said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.policies import ON, RECORD_AUDIO
from fieldkit.app.records import keep, revise
from fieldkit.app.sound_links import clock
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.entry import Entry
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.media import wav
from fieldkit.media.sound import Devices
from tests.presenters.room import Room
from tests.support.sounding import FedDevices, NoDevices
from ui.presenters.sound.known import KnownRecordings
from ui.presenters.sound.player import Player
from ui.presenters.sound.recorder import Recorder, Stage

TENTH = wav.SECOND // 10


@pytest.fixture
def recorder(room: Room) -> Iterator[Recorder]:
    room.vault.perform(lambda uow: uow.set_setting(RECORD_AUDIO, ON))
    room.session.sound = FedDevices()
    made = Recorder(room.session)
    yield made
    made.close()


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.002)


def _speak(room: Room, recorder: Recorder, tenths: int) -> None:
    devices = room.session.sound
    assert isinstance(devices, FedDevices)
    running = recorder._recorder
    assert running is not None
    for _ in range(tenths):
        room.clock.advance(0.1)
        devices.feed(b"\1\2" * (TENTH // 2))
        _until(running._waiting.empty)
        time.sleep(0.001)


def _begin(room: Room, recorder: Recorder) -> None:
    recorder.toggle(room.activity.id)
    recorder.start()
    assert recorder.state.stage is Stage.RECORDING


def _attachments(room: Room) -> list[Attachment]:
    return [row.row.value for row in room.vault.questions.files()]


def _consent(room: Room, agreed: Agreed) -> Consent:
    consent = Consent(
        id=RecordId(new_id()), assessment=room.activity.assessment, about=RecordId(room.activity.id), agreed=agreed
    )
    room.vault.perform(lambda uow: keep(uow, consent))
    return consent


def test_nobody_is_recorded_by_one_press_of_a_key(room: Room, recorder: Recorder) -> None:
    recorder.toggle(room.activity.id)
    assert recorder.state.question == room.said[-1].removeprefix("! ")
    assert "told and agreed to be recorded" in room.said[-1]
    recorder.toggle(room.activity.id)
    assert recorder.state.stage is Stage.NONE
    assert not list(room.vault.folder.glob("blobs/.tape-*"))
    assert room.session.sound.microphones == []  # type: ignore[union-attr]


def test_a_recording_is_asked_for_shown_paused_and_saved_with_its_consent(room: Room, recorder: Recorder) -> None:
    consent = _consent(room, Agreed.GIVEN)
    _begin(room, recorder)
    assert room.said[-1] == f"! Recording sound in {room.activity.title}"
    _speak(room, recorder, 31)
    room.later.pass_seconds(1.0)
    assert recorder.state.words == "Recording sound 0:03"
    recorder.pause()
    assert (recorder.state.stage, recorder.state.words) == (Stage.PAUSED, "Recording paused 0:03")
    recorder.pause()
    _speak(room, recorder, 10)
    recorder.toggle("")
    (value,) = _attachments(room)
    assert recorder.state.notice == f"Recording saved on this laptop as {value.exhibit}, 0:04"
    assert recorder.state.stage is Stage.NONE
    assert value.sound is not None
    assert (value.sound.consent, str(value.about), value.sound.length) == (consent.id, room.activity.id, 4100)
    assert not value.sound.is_cut_off
    assert not list(room.vault.folder.glob("blobs/.tape-*"))
    recorder.dismiss()
    assert recorder.state.notice == ""


def test_without_the_policy_it_is_said_who_sets_it_and_nothing_is_opened(room: Room, recorder: Recorder) -> None:
    room.vault.perform(lambda uow: uow.set_setting(RECORD_AUDIO, None))
    recorder.toggle(room.activity.id)
    assert recorder.state.stage is Stage.NONE
    assert "The office sets this for everybody" in recorder.state.fault
    recorder.start()
    assert room.session.sound.microphones == []  # type: ignore[union-attr]


def test_a_policy_turned_off_between_the_question_and_the_answer_counts(room: Room, recorder: Recorder) -> None:
    recorder.toggle(room.activity.id)
    room.vault.perform(lambda uow: uow.set_setting(RECORD_AUDIO, None))
    recorder.start()
    assert recorder.state.fault.startswith("Your organisation has not turned on sound recording")
    assert room.session.sound.microphones == []  # type: ignore[union-attr]


def test_a_consent_that_is_taken_back_ends_it_at_once_and_bars_what_there_is(room: Room, recorder: Recorder) -> None:
    import dataclasses

    consent = _consent(room, Agreed.GIVEN)
    _begin(room, recorder)
    _speak(room, recorder, 20)
    withdrawn = dataclasses.replace(consent, agreed=Agreed.WITHDRAWN)
    room.session.workspace.perform(lambda uow: revise(uow, withdrawn))
    assert not room.session.sound.microphones[-1].is_open  # type: ignore[union-attr]
    assert "A consent was taken back" in recorder.state.fault
    (row,) = room.vault.questions.files()
    assert row.row.barred is Agreed.WITHDRAWN
    assert row.row.value.sound.length == 2000
    known = KnownRecordings(room.session.workspace)
    known.load()
    player = Player(room.session, known, lambda: False)
    player.play(known.state[0])
    assert "so it is not played" in player.state.fault
    recorder.toggle(room.activity.id)
    assert recorder.state.fault.startswith("Not everybody in this activity agreed")


def test_a_policy_turned_off_by_the_office_ends_it_and_keeps_what_there_is(room: Room, recorder: Recorder) -> None:
    _begin(room, recorder)
    _speak(room, recorder, 10)
    room.session.workspace.perform(lambda uow: uow.set_setting(RECORD_AUDIO, None))
    assert recorder.state.fault.startswith("Your organisation turned sound recording off")
    assert len(_attachments(room)) == 1


def test_locking_ends_and_saves_it(room: Room, recorder: Recorder) -> None:
    _begin(room, recorder)
    _speak(room, recorder, 15)
    recorder.close()
    (value,) = _attachments(room)
    assert value.sound is not None
    assert (value.sound.length, value.sound.is_cut_off) == (1500, False)
    assert not list(room.vault.folder.glob("blobs/.tape-*"))
    recorder.toggle("")
    assert len(_attachments(room)) == 1


def test_a_recording_that_the_program_left_is_saved_at_the_next_opening(room: Room, recorder: Recorder) -> None:
    _begin(room, recorder)
    _speak(room, recorder, 20)
    running = recorder._recorder
    assert running is not None
    _until(lambda: running._tape.sound == 2 * wav.SECOND)
    (path,) = room.vault.folder.glob("blobs/.tape-*")
    torn = path.read_bytes()
    recorder.stop()
    path.write_bytes(torn)
    first = _attachments(room)
    next_run = Recorder(room.session)
    next_run.recover()
    both = _attachments(room)
    assert len(both) == 1, "the very same sound is saved already"
    assert both == first
    assert not list(room.vault.folder.glob("blobs/.tape-*"))
    next_run.close()


def test_a_laptop_without_a_microphone_says_so_and_keeps_nothing(room: Room, recorder: Recorder) -> None:
    room.session.sound = NoDevices()
    recorder.toggle(room.activity.id)
    recorder.start()
    assert recorder.state.stage is Stage.NONE
    assert recorder.state.fault.startswith("FieldKit found no microphone")
    assert not list(room.vault.folder.glob("blobs/.tape-*"))


def test_the_disk_guard_speaks_of_the_recording(
    room: Room, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.vault.files, "kept_free", 2**62)
    recorder.toggle(room.activity.id)
    recorder.start()
    assert "sound cannot be recorded" in recorder.state.fault
    assert recorder.state.stage is Stage.NONE


def _note(room: Room, text: str) -> Entry:
    return room.vault.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text=text)))[0]


def test_a_note_plays_from_three_seconds_before_it_and_the_keys_pause_and_step(room: Room, recorder: Recorder) -> None:
    _begin(room, recorder)
    _speak(room, recorder, 80)
    note = _note(room, "Said at eight seconds")
    _speak(room, recorder, 120)
    recorder.stop()
    room.clock.advance(5)
    later = _note(room, "Nobody recorded this")
    room.session.sound = Devices(silent=True)
    known = KnownRecordings(room.session.workspace)
    known.load()
    (value,) = _attachments(room)
    row = room.vault.questions.entry(note.id)
    assert known.words(row) == f"0:08 in recording {value.exhibit}"
    player = Player(room.session, known, lambda: recorder.state.is_on)
    player.press(room.vault.questions.entry(later.id))
    assert room.said[-1] == "No sound was recorded when this note was made"
    player.press(None)
    assert room.said[-1].startswith("Select a note")
    player.press(row)
    assert player.state.is_playing
    assert 4900 <= player.state.position < 7000, "the device may have taken some of it already"
    running = player._player
    assert running is not None
    _until(lambda: running.position > 5400)
    player.press(row)
    assert not player.state.is_playing
    here = player.state.position
    player.skip(-1)
    assert player.state.position == here - 5000
    player.skip(-1)
    assert player.state.position == 0
    player.skip(9)
    assert player.state.words == f"Paused {value.exhibit}, 0:20 of 0:20"
    player.press(None)
    assert player.state.is_playing
    assert player.state.position < 1000, "at its end it begins again"
    player.stop()
    assert player.state.words == ""
    player.close()
    known.close()


def test_nothing_is_played_into_a_recording(room: Room, recorder: Recorder) -> None:
    _begin(room, recorder)
    _speak(room, recorder, 20)
    recorder.stop()
    known = KnownRecordings(room.session.workspace)
    known.load()
    player = Player(room.session, known, lambda: recorder.state.is_on)
    recorder.toggle(room.activity.id)
    recorder.start()
    player.play(known.state[0])
    assert player.state.fault == "Stop the recording first. It would hear what is played"
    player.close()
    known.close()


def test_times_read_as_clocks_show_them() -> None:
    assert [clock(one) for one in (0, 59_999, 754_000, 3_723_000)] == ["0:00", "0:59", "12:34", "1:02:03"]
