"""The one door to miniaudio: a microphone that hands sound over as it comes, a loudspeaker that asks for it.

Both call back from a thread of the library, a few times a second. ``Devices(silent=True)`` opens miniaudio's own null
device: it runs in real time like any other and hears and makes no sound, which is what tests use.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Protocol

from fieldkit.kernel.errors import Trouble
from fieldkit.media.wav import RATE, WIDTH, PlainSound

_PERIOD_MS = 100
"""Ten times a second: stopping waits for one of them at most."""

Heard = Callable[[bytes], None]
Wanted = Callable[[int], bytes]
"""Asked for up to so many bytes of sound; fewer than asked is silence, none is the end."""


class Microphone(Protocol):
    """An open microphone. ``start`` and ``stop`` may follow each other any number of times before ``close``."""

    def start(self) -> None:
        """Raises ``Trouble('audio.no_microphone')``."""

    def stop(self) -> None:
        """Nothing more is heard once this returns."""

    def close(self) -> None: ...


class Loudspeaker(Protocol):
    """An open loudspeaker; the same holds of it."""

    def start(self) -> None:
        """Raises ``Trouble('audio.no_loudspeaker')``."""

    def stop(self) -> None: ...
    def close(self) -> None: ...


class SoundDevices(Protocol):
    """What makes them; opening one may take a second."""

    def microphone(self, heard: Heard) -> Microphone:
        """Raises ``Trouble('audio.no_microphone')``. ``heard`` is called from another thread and must not raise."""

    def loudspeaker(self, form: PlainSound, wanted: Wanted) -> Loudspeaker:
        """Raises ``Trouble('audio.no_loudspeaker')``. ``wanted`` is called from another thread and must not raise."""


class Devices:
    """The microphone and the loudspeaker that the system has chosen for this person."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent

    def microphone(self, heard: Heard) -> Microphone:
        """See ``SoundDevices``."""
        code = "audio.no_microphone"

        def make(library: Any, backends: Any) -> Any:
            return library.CaptureDevice(
                input_format=library.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE,
                buffersize_msec=_PERIOD_MS, backends=backends, app_name="FieldKit",
            )  # fmt: skip

        return _Open(self._open(make, code), lambda: _hearing(heard), code)

    def loudspeaker(self, form: PlainSound, wanted: Wanted) -> Loudspeaker:
        """See ``SoundDevices``."""
        code = "audio.no_loudspeaker"

        def make(library: Any, backends: Any) -> Any:
            return library.PlaybackDevice(
                output_format=library.SampleFormat.SIGNED16, nchannels=form.channels, sample_rate=form.rate,
                buffersize_msec=_PERIOD_MS, backends=backends, app_name="FieldKit",
            )  # fmt: skip

        return _Open(self._open(make, code), lambda: _playing(wanted, form.channels * WIDTH), code)

    def _open(self, make: Callable[[Any, Any], Any], code: str) -> Any:
        """Raises ``Trouble(code)``; the null device is none unless it was asked for."""
        try:
            import miniaudio
        except (ImportError, OSError) as error:  # a bundle without it, or a system its library does not fit
            raise Trouble(code) from error
        try:
            device = make(miniaudio, [miniaudio.Backend.NULL] if self._silent else None)
        except miniaudio.MiniaudioError as error:
            raise Trouble(code) from error
        if device.backend == "Null" and not self._silent:  # the library's last resort would record nothing but silence
            device.close()
            raise Trouble(code)
        return device


class _Open:
    def __init__(self, device: Any, generator: Callable[[], Generator[Any, Any, None]], code: str) -> None:
        self._device = device
        self._generator = generator
        self._code = code

    def start(self) -> None:
        import miniaudio

        generator = self._generator()
        next(generator)
        try:
            self._device.start(generator)
        except miniaudio.MiniaudioError as error:
            self.stop()  # or a second try would be refused as one while it runs
            raise Trouble(self._code) from error

    def stop(self) -> None:
        import miniaudio

        try:
            self._device.stop()
        except miniaudio.MiniaudioError:  # it is gone, so it is stopped
            self._device.running = False

    def close(self) -> None:
        self._device.close()


def _hearing(heard: Heard) -> Generator[None, bytearray, None]:
    while True:
        data = yield
        heard(bytes(data))


def _playing(wanted: Wanted, frame: int) -> Generator[bytes, int, None]:
    frames = yield b""
    while True:
        frames = yield wanted(frames * frame)
