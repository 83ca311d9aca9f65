"""Frames carry exact bytes; damage is always declared, and no stream can take more memory than we allow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.revision import hash_of
from fieldkit.kernel.errors import Trouble
from sync.wire.frames import (
    LARGEST_FRAME,
    FrameReader,
    FrameWriter,
    Kind,
    WireRevision,
    compress,
    frame,
    read_frames,
    read_sheet_payload,
    sheet_payload,
)
from tests.support.chains import ChainBuilder, wire_form

FRAMES = st.lists(st.tuples(st.sampled_from(list(Kind)), st.binary(max_size=3000)), max_size=12)


def packed(frames: Iterable[tuple[Kind, bytes]]) -> bytes:
    return b"".join(compress(frame(kind, payload) for kind, payload in frames))


def cut_into(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@contextmanager
def only_declared_damage() -> Iterator[None]:
    """Let ``wire.damaged`` pass and nothing else."""
    try:
        yield
    except Trouble as trouble:
        if trouble.code != "wire.damaged":
            raise


def whole_frames(data: bytes) -> list[tuple[Kind, bytes]]:
    """The frames that were read before the damage; anything but declared damage propagates."""
    found: list[tuple[Kind, bytes]] = []
    with only_declared_damage():
        for item in read_frames(cut_into(data, 100)):
            found.append(item)
    return found


def chain(shared: list[bool]) -> list[WireRevision]:
    """One device's chain, some of it envelope only, with a second device's revision in the middle."""
    mine, other = ChainBuilder(1), ChainBuilder(2)
    revisions = [mine.write({"text": f'“{n}” ¦ \\ "prev":"~"'}) for n in range(len(shared))]
    found = [wire_form(r if is_shared else r.sealed()) for r, is_shared in zip(revisions, shared, strict=True)]
    return [*found[:3], wire_form(other.write()), *found[3:]]


@given(FRAMES, st.integers(1, 5000))
def test_frames_come_back_byte_for_byte_however_the_stream_is_cut(frames: list[tuple[Kind, bytes]], size: int) -> None:
    assert list(read_frames(cut_into(packed(frames), size))) == frames


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_revisions_come_back_byte_for_byte(shared: list[bool]) -> None:
    sent = chain(shared)
    writer, reader = FrameWriter(), FrameReader()
    hashes = [_hash(revision) for revision in sent]
    frames = [writer.revision(revision, hash_) for revision, hash_ in zip(sent, hashes, strict=True)]
    read = [reader.revision(payload) for _, payload in read_frames(compress(frames))]
    assert read == list(zip(sent, hashes, strict=True))


def test_the_hash_of_the_envelope_before_and_the_digest_beside_its_content_do_not_travel() -> None:
    builder, writer = ChainBuilder(), FrameWriter()
    first, second = builder.write(), builder.write()
    writer.revision(wire_form(first), first.hash)
    travelling = writer.revision(wire_form(second), second.hash)
    assert first.hash.encode() not in travelling
    assert second.envelope.digest.encode() not in travelling


def test_an_altered_content_does_not_become_the_one_the_envelope_promised() -> None:
    revision = wire_form(ChainBuilder().write())
    altered = WireRevision(revision.envelope, revision.signature, revision.salt, b'{"n":2}')
    read, _ = FrameReader().revision(FrameWriter().revision(altered, _hash(altered))[5:])
    assert read == altered


@given(FRAMES, st.data())
def test_a_stream_cut_short_gives_whole_frames_and_then_says_so(
    frames: list[tuple[Kind, bytes]], data: st.DataObject
) -> None:
    stream = packed(frames)
    end = data.draw(st.integers(0, len(stream) - 1))
    found = whole_frames(stream[:end])
    assert found == frames[: len(found)]
    with pytest.raises(Trouble, match=r"wire\.damaged"):
        list(read_frames([stream[:end]]))


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_a_flipped_bit_never_raises_anything_undeclared(shared: list[bool], data: st.DataObject) -> None:
    sent, writer = chain(shared), FrameWriter()
    stream = bytearray(b"".join(compress(writer.revision(r, _hash(r)) for r in sent)))
    bit = data.draw(st.integers(0, len(stream) * 8 - 1))
    stream[bit // 8] ^= 1 << bit % 8
    reader = FrameReader()
    for _, payload in whole_frames(bytes(stream)):
        with only_declared_damage():
            reader.revision(payload)


@given(st.binary(max_size=400))
def test_bytes_that_are_no_stream_of_ours_are_declared_damaged(noise: bytes) -> None:
    whole_frames(noise)
    whole_frames(zstandard.compress(noise))
    for read in (FrameReader().revision, read_sheet_payload):
        with only_declared_damage():
            read(noise)


@pytest.mark.parametrize("tail", [b"x", packed([(Kind.MESSAGE, b"{}")])])
def test_a_stream_that_goes_on_after_its_end_is_damaged(tail: bytes) -> None:
    with pytest.raises(Trouble, match=r"wire\.damaged"):
        list(read_frames([packed([(Kind.MESSAGE, b"{}")]), tail]))
    with pytest.raises(Trouble, match=r"wire\.damaged"):
        list(read_frames([packed([(Kind.MESSAGE, b"{}")]) + tail]))


@pytest.mark.parametrize(
    "head", [bytes([1]) + (LARGEST_FRAME + 1).to_bytes(4, "big"), bytes([9]) + (10).to_bytes(4, "big")]
)
def test_a_frame_too_large_or_of_no_kind_is_refused_by_its_head_alone(head: bytes) -> None:
    with pytest.raises(Trouble, match=r"wire\.damaged"):
        list(read_frames([zstandard.compress(head + bytes(100))]))


@pytest.mark.parametrize("kind", [0, 1])
def test_a_small_stream_that_unpacks_to_a_gigabyte_takes_bounded_memory(kind: int) -> None:
    machine = zstandard.ZstdCompressor(level=3).compressobj()
    head = bytes([kind]) + LARGEST_FRAME.to_bytes(4, "big")
    block = head + bytes(LARGEST_FRAME)
    bomb = b"".join(machine.compress(block) for _ in range(128)) + machine.flush()
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        count = len([len(payload) for _, payload in read_frames([bomb])]) if kind else len(whole_frames(bomb))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == (128 if kind else 0)
    assert peak < 8 * LARGEST_FRAME


def test_a_stream_that_asks_for_a_large_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    machine = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with pytest.raises(Trouble, match=r"wire\.damaged"):
        list(read_frames([machine.compress(frame(Kind.MESSAGE, b"{}")) + machine.flush()]))


@given(st.binary(min_size=1, max_size=200), st.binary(min_size=64, max_size=64))
def test_a_sheet_comes_back_with_its_signature(data: bytes, signature: bytes) -> None:
    assert read_sheet_payload(sheet_payload(data, signature)) == (data, signature)


def _hash(revision: WireRevision) -> str:
    return hash_of(revision.envelope)
