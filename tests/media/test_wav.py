"""WAV as it is recorded and read to be played: the header is right by the standard library's own reader."""

from __future__ import annotations

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.kernel.errors import Mistake
from fieldkit.media import wav


@given(st.binary(max_size=4000).filter(lambda data: len(data) % 2 == 0))
def test_what_is_recorded_reads_back_sample_by_sample(sound: bytes) -> None:
    with wave.open(io.BytesIO(wav.header(len(sound)) + sound)) as found:
        assert (found.getframerate(), found.getnchannels(), found.getsampwidth()) == (16_000, 1, 2)
        assert found.readframes(found.getnframes()) == sound


def test_a_place_in_the_file_and_a_moment_are_the_same_thing() -> None:
    file = io.BytesIO(wav.header(3 * wav.SECOND) + bytes(3 * wav.SECOND))
    plain = wav.read_plain(file)
    assert (plain.start, plain.length) == (wav.HEADER, 3000)
    assert plain.place(1500) == wav.HEADER + wav.SECOND * 3 // 2
    assert plain.position(plain.place(1500)) == 1500
    assert plain.place(99_000) == wav.HEADER + 3 * wav.SECOND, "never beyond the end"
    assert plain.place(-3000) == wav.HEADER


def test_the_length_in_front_never_lies() -> None:
    for size in (-2, wav.LONGEST + 1):
        with pytest.raises(ValueError, match="size"):
            wav.header(size)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"RIFF", b"ID3\x03" + bytes(100), wav.header(10)[:30],
        wav.header(4)[:20] + struct.pack("<H", 3) + wav.header(4)[22:] + bytes(4),
        wav.header(4)[:34] + struct.pack("<H", 24) + wav.header(4)[36:] + bytes(6),
    ],
    ids=["nothing", "begun", "mp3", "cut off", "floats", "24 bits"],
)  # fmt: skip
def test_what_is_no_plain_wav_is_said_not_to_be_playable(data: bytes) -> None:
    with pytest.raises(Mistake, match=r"audio.not_playable"):
        wav.read_plain(io.BytesIO(data))
