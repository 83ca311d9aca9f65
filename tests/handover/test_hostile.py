"""A corpus of hostile and unlucky hand-over files, at a laptop and at the office: words, nothing half written."""

from __future__ import annotations

import json
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.bundles.entries import FilePart, Kind
from sync.wire.bundles.heads import HEAD, MAGIC, Place, What
from sync.wire.bundles.pieces import PIECE
from sync.wire.bundles.reading import open_part
from sync.wire.bundles.writing import Author, BundleWriter, Folder, Letter
from sync.wire.frames import Kind as Frame
from sync.wire.frames import compress, frame
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.handover.kit import at_office, centre, files, mate, read, write
from tests.support.chains import ChainBuilder, wire_form
from tests.support.laptop import Laptop
from ui.presenters.handing_over.words import lines

MOST_MEMORY = 120 * 2**20
"""Bytes: an entry of 64 MiB unpacked is the most that is ever looked at."""


def _mutations(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every structural boundary cut, a bit of every region flipped, and what sticks and mail gateways do."""
    pieces = (len(data) - HEAD) // PIECE
    for cut in (0, 1, len(MAGIC), HEAD - 1, HEAD, HEAD + 1):
        yield f"cut at {cut}", data[:cut]
    for piece in range(pieces):
        start = HEAD + piece * PIECE
        yield f"cut in piece {piece}", data[: start + PIECE - 1]
        for at in (0, 13, PIECE - 1):
            yield f"piece {piece}, byte {at}", _flipped(data, start + at)
        yield f"piece {piece} zeroed", data[:start] + bytes(PIECE) + data[start + PIECE :]
        yield f"piece {piece} left out", data[:start] + data[start + PIECE :]
    for at in (0, len(MAGIC) + 1, len(MAGIC) + 3, len(MAGIC) + 20, len(MAGIC) + 200):
        yield f"head byte {at}", _flipped(data, at)
    first, second = data[HEAD : HEAD + PIECE], data[HEAD + PIECE : HEAD + 2 * PIECE]
    yield "pieces swapped", data[:HEAD] + second + first + data[HEAD + 2 * PIECE :]
    yield "longer than it was", data + b"x" * 100
    yield "twice in one file", data + data
    yield "all zeros", bytes(len(data))
    yield "a zip", b"PK\x03\x04" + data[4:]
    yield "line ends changed", data.replace(b"\n", b"\r\n")


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 0x10,)) + data[at + 1 :]


def test_a_spoilt_file_costs_what_is_spoilt_and_no_more_at_a_laptop(team: Team, stick: Path) -> None:
    """Invariants 3 and 4: what is taken is genuine, and the good file afterwards adds what was missing."""
    ann, ben = _two(team)
    letter = _attach(ann, b"a letter " * 20_000)
    write(ann, mate(ann, "Ben Ode"), stick)
    (path,) = files(stick)
    data, genuine, count = path.read_bytes(), ann.log, 0
    for what, spoilt in _mutations(data):
        path.write_bytes(spoilt)
        (account,) = read(ben, [path])
        assert not account.is_whole, what
        assert _worded(account), what
        count += 1
    assert count > 50
    assert all(one.hash == genuine[name].hash for name, one in ben.log.items() if name in genuine)
    path.write_bytes(data)
    (good,) = read(ben, [path])
    assert good.is_whole
    assert letter.exhibit in good.files
    assert set(genuine) - set(ben.log) == {name for name, one in genuine.items() if one.envelope.assessment is None}
    assert ben.vault.verify() == []


def test_a_spoilt_file_costs_what_is_spoilt_and_no_more_at_the_office(office: Office, team: Team, stick: Path) -> None:
    """Invariant 12: nothing is stored but what the laptop wrote, byte for byte; the good file completes it."""
    ann = team("Ann Other")
    ann.open_meeting()
    ann.note_many(20)
    letter = _attach(ann, b"a letter " * 20_000)
    write(ann, centre(ann), stick)
    (path,) = files(stick)
    data = path.read_bytes()
    for what, spoilt in _mutations(data):
        path.write_bytes(spoilt)
        (done,) = at_office(office, path)
        assert not done.told.is_whole, what
        assert _worded(done.told, is_office=True), what
    path.write_bytes(data)
    (done,) = at_office(office, path)
    assert done.told.is_whole
    assert letter.exhibit in done.told.files
    genuine = {one.envelope_bytes for one in ann.log.values()}
    with sqlite3.connect(office.settings.folder / "central.db") as database:
        stored = [bytes(row[0]) for row in database.execute("SELECT envelope FROM log")]
    assert set(stored) == genuine
    assert len(stored) == len(genuine), "each once"
    for receipt in files(stick, ".fieldreceipt"):
        read(ann, [receipt])
    assert ann.standing.everything_is_there


Fill = Callable[[BundleWriter], None]


def _bomb(writer: BundleWriter) -> None:
    writer.add(Kind.REVISIONS, b"".join(compress(frame(Frame.REVISION, bytes(8 * 2**20)) for _ in range(200))))


def _many_tiny(writer: BundleWriter) -> None:
    writer.add(Kind.REVISIONS, b"".join(compress(frame(Frame.REVISION, b"") for _ in range(300_000))))


def _not_zstd(writer: BundleWriter) -> None:
    writer.add(Kind.REVISIONS, b"\x00" * 1000)
    writer.add(Kind.FILE, b"\xff\xff\xff\xff{}")
    writer.add(Kind.TEAM, b"x" * 70)
    writer.add(Kind.END, b"[1, 2]")


def _path_names(writer: BundleWriter) -> None:
    for exhibit in ("../../etc/passwd", "C:\\windows\\x", "CON", "a\0b"):
        part = FilePart(
            assessment=new_id(), revision=new_id(), exhibit=exhibit, sha256="a" * 64, size=3, offset=0, data=b"abc"
        )  # fmt: skip
        writer.add(Kind.FILE, part.to_bytes())


def _lying_counts(writer: BundleWriter) -> None:
    part = FilePart(
        assessment=new_id(), revision=new_id(), exhibit="E1", sha256="b" * 64, size=2**50, offset=2**49, data=b"abc"
    )  # fmt: skip
    writer.add(Kind.FILE, part.to_bytes())
    writer.add(Kind.FILE, part.to_bytes().replace(b'"offset":', b'"offset":-'))
    writer.add(Kind.END, json.dumps({"entries": -5, "revisions": 10**30, "files": 0, "is_last": 1}).encode())


def _other_team(writer: BundleWriter) -> None:
    chain = ChainBuilder()
    from sync.wire.frames import FrameWriter  # the frames of a stranger, well made

    frames = FrameWriter()
    body = [frames.revision(wire_form(one), one.hash) for one in chain.write_many(5)]
    writer.add(Kind.REVISIONS, b"".join(compress(body)))


def _later_version(writer: BundleWriter) -> None:
    writer.add(200, b"something of a later version")  # type: ignore[arg-type]


HOSTILE = (_bomb, _many_tiny, _not_zstd, _path_names, _lying_counts, _other_team, _later_version)


@pytest.mark.parametrize("fill", HOSTILE)
def test_what_a_known_laptop_could_put_into_a_file_does_no_harm(
    office: Office, team: Team, stick: Path, tmp_path: Path, fill: Fill
) -> None:
    """Bombs, names of paths, lying counts and strangers' records, signed by a laptop that is known."""
    ann, ben = _two(team)
    before, outside = set(ben.log), sorted(tmp_path.iterdir())
    tracemalloc.start()
    try:
        _forge(ann, mate(ann, "Ben Ode").public, Place.LAPTOP, stick, "to-ben", fill)
        _forge(ann, centre(ann).public, Place.CENTRE, stick, "to-office", fill)
        tracemalloc.reset_peak()
        (account,) = read(ben, [stick / "to-ben.fieldbundle"])
        (done,) = at_office(office, stick / "to-office.fieldbundle")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert _worded(account)
    assert _worded(done.told, is_office=True)
    assert set(ben.log) == before
    assert account.taken == 0
    assert sorted(tmp_path.iterdir()) == outside, "nothing is written under a name from a file"
    ann.note("still going")
    write(ann, mate(ann, "Ben Ode"), stick, "good")
    (good,) = read(ben, [stick / "good.fieldbundle"])
    assert good.is_whole


def test_a_file_says_whom_it_is_for_and_nobody_else_opens_it(office: Office, team: Team, stick: Path) -> None:
    """A wrong addressee, another office's store, a stranger's signature, a manifest from another file."""
    ann, ben = _two(team)
    write(ann, centre(ann), stick, "for-centre")
    (account,) = read(ben, [stick / "for-centre.fieldbundle"])
    assert [one.code for one in account.problems] == ["handover.not_for_you"]
    write(ann, mate(ann, "Ben Ode"), stick, "for-ben")
    (done,) = at_office(office, stick / "for-ben.fieldbundle")
    assert [one.code for one in done.told.problems] == ["handover.not_for_office"]
    to_ben = mate(ann, "Ben Ode").public
    _forge(ann, to_ben, Place.LAPTOP, stick, "forged", _not_zstd, key=SigningKey.generate())
    _forge(ann, to_ben, Place.LAPTOP, stick, "stranger", _not_zstd, key=SigningKey.generate(), device=new_id())
    codes = [one.problems[0].code for one in read(ben, [stick / "forged.fieldbundle", stick / "stranger.fieldbundle"])]
    assert sorted(codes) == ["handover.signer_unknown", "handover.signer_wrong"]
    _forge(ann, centre(ann).public, Place.CENTRE, stick, "at-office", _not_zstd, key=SigningKey.generate())
    (done,) = at_office(office, stick / "at-office.fieldbundle")
    assert [one.code for one in done.told.problems] == ["handover.signer_wrong"]


def test_a_receipt_that_the_office_did_not_sign_gives_no_tick(office: Office, team: Team, stick: Path) -> None:
    """Invariant 11: a team-mate's laptop cannot forge a receipt file, whatever it puts in."""
    ann, ben = _two(team)
    ann.note("mine")
    write(ann, centre(ann), stick, "work")
    at_office(office, stick / "work.fieldbundle")
    with (stick / "work.fieldreceipt").open("rb") as source:
        keys = ann.call(lambda store: store.hand_over.signing_keys())
        sheets = [one for one in open_part(source, keys).entries() if getattr(one, "kind", 0) == Kind.SHEET]
    waiting = ann.call(lambda store: store.state()).unreceipted
    _forge(ben, keys[0].public, Place.LAPTOP, stick, "forged", _not_zstd, what=What.RECEIPT)
    (account,) = read(ann, [stick / "forged.fieldbundle"])
    assert [one.code for one in account.problems] == ["handover.other_office"]
    assert ann.call(lambda store: store.state()).unreceipted == waiting
    assert sheets


def _forge(
    laptop: Laptop, to: bytes, place: Place, folder: Path, stem: str, fill: Fill, *, key: SigningKey | None = None,
    device: str = "", what: What = What.WORK,
) -> None:  # fmt: skip
    me = laptop.call(lambda store: store.hand_over.me())
    author = Author(device=device or me.device, author=me.author, name=me.name, app="9", key=key or me.key)
    letter = Letter(what=what, place=place, to=to, author=author, made_at="2026-11-12T09:00:00.000Z", asked={})
    with BundleWriter(letter, Folder(folder, stem, ".fieldbundle")) as writer:
        fill(writer)


def _worded(account: Account, *, is_office: bool = False) -> list[str]:
    found = lines(account, is_office=is_office)
    assert all("{" not in line and "…" not in line for line in found), found
    return found


def _attach(laptop: Laptop, data: bytes) -> Attachment:
    activity = laptop.meeting()
    taken = take_bytes(laptop.vault.files, data, "letter.pdf")
    said = Said(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows the waits"
    )
    return laptop.vault.perform(lambda uow: attach(uow, taken, said))[0]


def _two(team: Team) -> tuple[Laptop, Laptop]:
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    ben.note("hello")
    ben.settle()
    ann.settle()
    ann.note_many(20)
    return ann, ben
