"""One bad revision never holds up the others, and nothing that is not what it says is kept."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

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
