"""Microphones for tests that give what a test wants heard, at once; the real ones are ``Devices(silent=True)``."""

from __future__ import annotations

from fieldkit.kernel.errors import Trouble
from fieldkit.media.sound import Devices, Heard, Loudspeaker, Microphone, Wanted
from fieldkit.media.wav import PlainSound


class FedMicrophone:
    """Hears what ``feed`` is given while it listens."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self.is_open = True
        self.listens = False

    def start(self) -> None:
        self.listens = True

    def stop(self) -> None:
        self.listens = False

    def close(self) -> None:
        self.is_open = False

    def feed(self, data: bytes) -> None:
        """Somebody speaks."""
        if self.listens:
            self._heard(data)


class FedDevices:
    """Gives fed microphones, the last of which is ``microphones[-1]``; loudspeakers are miniaudio's silent ones."""

    def __init__(self) -> None:
        self.microphones: list[FedMicrophone] = []

    def microphone(self, heard: Heard) -> Microphone:
        self.microphones.append(FedMicrophone(heard))
        return self.microphones[-1]

    def loudspeaker(self, form: PlainSound, wanted: Wanted) -> Loudspeaker:
        return Devices(silent=True).loudspeaker(form, wanted)

    def feed(self, data: bytes) -> None:
        """To the microphone that was opened last."""
        self.microphones[-1].feed(data)


class NoDevices:
    """A laptop without sound."""

    def microphone(self, heard: Heard) -> Microphone:
        raise Trouble("audio.no_microphone")

    def loudspeaker(self, form: PlainSound, wanted: Wanted) -> Loudspeaker:
        raise Trouble("audio.no_loudspeaker")
