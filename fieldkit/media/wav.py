"""The one form in which sound is recorded: WAV, 16 kHz, one channel, 16 bits; and reading any plain WAV to play it.

Speech is whole in it, every program and every office reads it, and a second is 32,000 bytes: 115 MB an hour.
"""

from __future__ import annotations

import struct
import wave
from dataclasses import dataclass
from typing import IO

from fieldkit.kernel.errors import Mistake

RATE = 16_000
"""Samples a second."""
WIDTH = 2
"""Bytes of a sample."""
SECOND = RATE * WIDTH
"""Bytes of a second."""
HEADER = 44
"""Bytes before the sound."""
LONGEST = 2**31 - HEADER
"""Bytes of sound in one file, 18 hours: some readers take a length for a signed number."""


def header(size: int) -> bytes:
    """What stands before ``size`` bytes of recorded sound. Raises ``ValueError`` for more than ``LONGEST``."""
    if not 0 <= size <= LONGEST:
        raise ValueError("size")
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, SECOND, WIDTH, 8 * WIDTH)
    return b"RIFF" + struct.pack("<I", size + HEADER - 8) + b"WAVE" + form + b"data" + struct.pack("<I", size)


def milliseconds(size: int) -> int:
    """How long ``size`` bytes of recorded sound last."""
    return size * 1000 // SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSound:
    """A WAV that can be played. ``start`` is where its sound begins, ``size`` its bytes of sound."""

    rate: int
    channels: int
    start: int
    size: int

    @property
    def frame(self) -> int:
        """Bytes of one moment: a sample for each channel."""
        return WIDTH * self.channels

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.size // self.frame * 1000 // self.rate

    def place(self, position: int) -> int:
        """The byte of the file at which ``position`` (ms) begins, kept within the sound."""
        frames = min(max(0, position) * self.rate // 1000, self.size // self.frame)
        return self.start + frames * self.frame

    def position(self, place: int) -> int:
        """The ms at a byte of the file."""
        return (place - self.start) // self.frame * 1000 // self.rate


def read_plain(file: IO[bytes]) -> PlainSound:
    """Raises ``Mistake('audio.not_playable')`` for what is not a WAV of 16-bit samples, or is damaged."""
    try:
        found = wave.open(file, "rb")  # noqa: SIM115  # it is the caller's file, which stays open to be played
        channels, rate, width = found.getnchannels(), found.getframerate(), found.getsampwidth()
        found.setpos(0)
        size = found.getnframes() * channels * width
        found.readframes(0)
    except (wave.Error, EOFError, struct.error, ValueError) as error:
        raise Mistake("audio.not_playable") from error
    if width != WIDTH or not 1 <= channels <= 8 or not 4000 <= rate <= 192_000:
        raise Mistake("audio.not_playable")
    return PlainSound(rate=rate, channels=channels, start=file.tell(), size=size)
