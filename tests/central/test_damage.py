"""One bad revision never holds up the others, and nothing that is not what it says is kept."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from central.push import MOST_UNREADABLE
from fieldkit.domain.revision import Revision, hash_of, make_revision, signed_message
from fieldkit.kernel.ids import new_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.frames import FrameWriter, Kind, WireRevision, compress, frame
from sync.wire.version import CONTENT_TYPE
from tests.central.kit import Laptop, Office, Pushed, push_body, wire


@pytest.fixture
def ada(office: Office) -> Laptop:
    return office.laptop("Ada")


def _send(laptop: Laptop, body: bytes) -> Pushed:
    return laptop.pushed(laptop.ask("POST", "/v1/push", body, CONTENT_TYPE))


def _frames(*payloads: tuple[Kind, bytes]) -> bytes:
    return b"".join(compress(frame(kind, payload) for kind, payload in payloads))


def _payload(revision: Revision, **changed: bytes) -> tuple[Kind, bytes]:
    value = replace(wire(revision), **changed)
    return Kind.REVISION, FrameWriter().revision(value, revision.hash)[5:]


def test_a_forged_signature_is_named_and_the_rest_is_kept(ada: Laptop) -> None:
    place = new_id()
    notes = [ada.write(place) for _ in range(3)]
    forged = make_revision(notes[1].envelope, notes[1].content or b"", notes[1].salt or b"", SigningKey.generate())
    pushed = _send(ada, _frames(_payload(notes[2]), _payload(forged), _payload(notes[0])))
    assert pushed.trailer.corrupt == [notes[1].envelope.id]
    assert pushed.outcomes(notes) == ["accepted", "-", "accepted"]
    assert ada.missing(notes) == [1]


def test_a_content_that_is_not_the_one_committed_to_is_named_and_not_kept(ada: Laptop) -> None:
    note, good = ada.write(new_id()), ada.write(new_id())
    pushed = _send(ada, _frames(_payload(note, content=b'{"text":"other"}'), _payload(good)))
    assert pushed.trailer.corrupt == ["#1"]
    assert pushed.outcomes([note, good]) == ["-", "accepted"]


def test_frames_of_another_kind_are_named_and_passed_over(ada: Laptop) -> None:
    note = ada.write(new_id())
    pushed = _send(ada, _frames((Kind.MESSAGE, b"{}"), _payload(note), (Kind.REVISION, b"\0\0")))
    assert pushed.trailer.corrupt == ["#1", "#3"]
    assert pushed.outcomes([note]) == ["accepted"]


def test_a_stream_that_breaks_off_keeps_what_came_before(ada: Laptop) -> None:
    notes = [ada.write(new_id(), os.urandom(8000).hex()) for _ in range(60)]
    whole = push_body(notes)
    pushed = _send(ada, whole[: len(whole) // 2])
    kept = pushed.outcomes(notes).count("accepted")
    assert 0 < kept < 60
    assert pushed.trailer.corrupt == [f"#{kept + 1}"]
    assert ada.push().outcomes(notes) == ["accepted"] * 60


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "Entry"},
        {"kind": "a\x00b"},
        {"kind": "x" * 65},
        {"kind": "\ud83d"},
        {"seq": 2**53 + 1, "prev": "0" * 64},
    ],
)
def test_envelopes_that_could_hurt_the_database_are_not_read(ada: Laptop, changed: dict[str, object]) -> None:
    good = ada.write(new_id())
    named = new_id()
    raw = {**json.loads(good.envelope_bytes), "id": named, "record": named, **changed}
    data = json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()
    value = WireRevision(data, ada.key.sign(signed_message(hash_of(data))), None, None)
    bad = Kind.REVISION, FrameWriter().revision(value, hash_of(data))[5:]
    pushed = _send(ada, _frames(bad, _payload(good)))
    assert pushed.trailer.corrupt == ["#1"]
    assert pushed.outcomes([good]) == ["accepted"]


def test_a_kind_and_a_shape_of_a_later_version_are_kept_verbatim(office: Office, ada: Laptop) -> None:
    place = new_id()
    later = ada.write(place, kind="case_step", shape=7, body={"new": ["things"]})
    assert ada.push().outcomes([later]) == ["accepted"]
    assert office.laptop("Ben", place).pull({place: 0}).revisions == [later]


def test_what_was_made_on_an_unknown_laptop_waits_for_a_person(office: Office, ada: Laptop) -> None:
    place = new_id()
    stranger, mine = Laptop(office), ada.write(place)
    foreign = stranger.write(place)
    pushed = ada.push(mine, foreign)
    assert pushed.outcomes([mine, foreign]) == ["accepted", "quarantined(device_unknown)"]
    assert ada.push(foreign).sheets == [sheet for sheet in pushed.sheets if sheet in ada.push(foreign).sheets]
    assert office.laptop("Ben", place).pull({place: 0}).revisions == [mine]


def test_a_laptop_cannot_write_in_another_persons_name(office: Office, ada: Laptop) -> None:
    eve, place = office.laptop("Eve"), new_id()
    posing = eve.write(place, author=ada.author)
    assert eve.push().outcomes([posing]) == ["quarantined(author_foreign)"]


def test_a_small_body_of_empty_frames_is_given_up(ada: Laptop) -> None:
    note = ada.write(new_id())
    empty = frame(Kind.REVISION, b"")
    body = b"".join(compress([frame(*_payload(note)), *(empty * 1000 for _ in range(500))]))
    assert len(body) < 2000
    pushed = _send(ada, body)
    assert pushed.outcomes([note]) == ["accepted"]
    assert len(pushed.trailer.corrupt) == MOST_UNREADABLE + 1


def test_a_body_that_unpacks_beyond_reason_is_read_up_to_the_limit(
    ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.push.UNPACKED_ANYWAY", 20_000)
    monkeypatch.setattr("central.push.UNPACKED_FOR_EACH", 1)
    place = new_id()
    notes = [ada.write(place, "the same words " * 200) for _ in range(40)]
    first = ada.push(*notes)
    taken = [note for note in notes if note.envelope.id in first.lines]
    assert taken == notes[: len(taken)]
    assert 0 < len(taken) < 40
    assert len(first.trailer.corrupt) == 1
    rest = notes[len(taken) :]
    assert next(iter(ada.push(*rest).lines)) == rest[0].envelope.id  # the next request goes on from there


def test_signatures_that_do_not_hold_are_looked_at_up_to_a_limit(ada: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("central.push.MOST_FORGED", 100)
    monkeypatch.setattr("central.push.GROUP_ROWS", 20)
    notes = [ada.write(None) for _ in range(600)]
    pushed = ada.push(*(replace(note, signature=bytes(64)) for note in notes))
    assert pushed.lines == {}
    assert 100 <= len(pushed.trailer.corrupt) < 300


def test_more_frames_than_any_laptop_sends_are_left(ada: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("central.push.MOST_FRAMES", 3)
    notes = [ada.write(None) for _ in range(5)]
    assert ada.push(*notes).outcomes(notes) == ["accepted"] * 3 + ["-"] * 2
