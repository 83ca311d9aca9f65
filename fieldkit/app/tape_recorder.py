"""From the microphone on to a tape: sound is handed over on the library's thread and written on one of our own.

What has come is on the disk a second later. Nothing grows with the length of a recording: what waits to be written is
at most two minutes, and a disk that is slower than that ends the recording with what there is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum
from queue import Empty, Full, Queue
from threading import Thread

from fieldkit.app.tapes import Mark, Tape
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Trouble
from fieldkit.media.sound import Microphone, SoundDevices
from fieldkit.media.wav import LONGEST, SECOND, milliseconds

_WAITING = 1200
"""Pieces of 100 ms that may wait for the disk."""
_SILENCE = 5.0
"""Seconds without a piece, pauses apart, after which the microphone is taken for gone."""
_GAP = timedelta(seconds=2)
"""By so much the clock may be ahead of the sound; more is a laptop that slept, and a new stretch begins."""


class _Word(Enum):
    PAUSE = "pause"
    GO_ON = "go on"
    END = "end"


class TapeRecorder:
    """One recording. ``ended`` is told, on another thread, of what ended it before anybody stopped it.

    ``pause``, ``go_on`` and ``stop`` are called from one thread and take some 0.1 s.
    """

    def __init__(
        self, devices: SoundDevices, tape: Tape, started_at: datetime, clock: Clock, ended: Callable[[Exception], None]
    ) -> None:
        self._tape = tape
        self._started_at = started_at
        self._clock = clock
        self._ended = ended
        self._waiting: Queue[bytes | _Word] = Queue(_WAITING)
        self._held = bytearray()
        self._stretch: tuple[datetime, int] | None = None
        self._heard = 0
        self._is_full = False
        self._is_paused = False
        self._writer = Thread(target=self._write, name="fieldkit-sound", daemon=True)
        self._microphone: Microphone = devices.microphone(self._hear)

    @property
    def length(self) -> int:
        """Milliseconds of sound that have come."""
        return milliseconds(self._heard)

    @property
    def is_paused(self) -> bool:
        """Whether nothing is heard for now."""
        return self._is_paused

    def start(self) -> None:
        """Listen. Raises ``Trouble('audio.no_microphone')``; the recorder is closed then."""
        try:
            self._microphone.start()
        except FieldKitError:
            self._microphone.close()
            raise
        self._writer.start()

    def pause(self) -> None:
        """Hear nothing until ``go_on``."""
        if not self._is_paused:
            self._is_paused = True
            self._microphone.stop()
            self._tell(_Word.PAUSE)

    def go_on(self) -> None:
        """Listen again. Raises ``Trouble('audio.no_microphone')``; it stays paused then."""
        if self._is_paused:
            self._tell(_Word.GO_ON)
            try:
                self._microphone.start()
            except FieldKitError:
                self._tell(_Word.PAUSE)
                raise
            self._is_paused = False

    def stop(self) -> None:
        """End it; what was heard is on the tape when this returns, and the tape is closed."""
        self._microphone.stop()
        self._microphone.close()
        if self._writer.ident is not None:
            self._tell(_Word.END)
            self._writer.join()
        self._tape.close()

    def _hear(self, data: bytes) -> None:
        """On the library's thread: nothing here may wait or raise."""
        try:
            self._waiting.put_nowait(data)
            self._heard += len(data)
        except Full:
            self._is_full = True

    def _tell(self, word: _Word) -> None:
        while self._writer.is_alive():
            with suppress(Full):
                self._waiting.put(word, timeout=1.0)
                return

    def _write(self) -> None:
        try:
            self._run()
        except Exception as problem:  # told on the screens' thread, where a fault of ours reaches the crash sheet
            self._ended(problem)

    def _run(self) -> None:
        is_paused = False
        while True:
            try:
                piece = self._waiting.get(timeout=_SILENCE)
            except Empty:
                if is_paused:
                    continue
                self._flush()
                raise Trouble("audio.microphone_gone") from None
            if isinstance(piece, bytes):
                self._take(piece)
                continue
            self._flush()
            self._stretch = None
            is_paused = piece is _Word.PAUSE
            if piece is _Word.END:
                self._tape.put(Mark.END)
                return

    def _take(self, piece: bytes) -> None:
        if self._is_full:
            self._flush()
            raise Trouble("audio.too_slow")
        now = self._clock.now()
        if self._stretch is None or now - self._expected() > _GAP:
            self._flush()
            began = now - timedelta(milliseconds=milliseconds(len(piece)))
            self._stretch = (began, 0)
            at = max(0, (began - self._started_at) // timedelta(milliseconds=1))
            self._tape.put(Mark.STRETCH, json.dumps({"at": at}).encode())
        self._stretch = (self._stretch[0], self._stretch[1] + len(piece))
        self._held += piece
        if len(self._held) >= SECOND:
            self._flush()
            if self._tape.sound > LONGEST - 2 * SECOND:
                raise Trouble("audio.full")

    def _expected(self) -> datetime:
        """When the sound that has come of this stretch ended, by the clock."""
        assert self._stretch is not None
        return self._stretch[0] + timedelta(milliseconds=milliseconds(self._stretch[1]))

    def _flush(self) -> None:
        if self._held:
            data = bytes(self._held)
            self._held.clear()
            self._tape.put(Mark.SOUND, data)
