"""Playing a WAV of the vault: read and proved piece by piece as it is heard, never written anywhere in the clear."""

from __future__ import annotations

from threading import Lock

from fieldkit.app.file_store import FileStore
from fieldkit.kernel.errors import FieldKitError
from fieldkit.media.sound import SoundDevices
from fieldkit.media.wav import read_plain


class SoundPlayer:
    """One open file. Everything but what the loudspeaker asks for is called from one thread."""

    def __init__(self, files: FileStore, sha256: str, devices: SoundDevices, position: int = 0) -> None:
        """Raises ``Mistake('audio.not_playable')``, ``Trouble('audio.no_loudspeaker')``, and what opening it raises."""
        self._lock = Lock()
        self._file = files.open(sha256)
        try:
            self._form = read_plain(self._file)
            self._place = self._form.place(position)
            self._speaker = devices.loudspeaker(self._form, self._next)
        except BaseException:
            self._file.close()
            raise
        self.is_playing = False
        self.problem: FieldKitError | None = None
        """What kept it from being read on."""

    @property
    def length(self) -> int:
        """Milliseconds of it all."""
        return self._form.length

    @property
    def position(self) -> int:
        """Milliseconds: what was handed to the loudspeaker last."""
        return self._form.position(self._place)

    @property
    def is_at_end(self) -> bool:
        """Whether there is nothing more to hear, or to read."""
        return self.problem is not None or self._place >= self._end

    def play(self) -> None:
        """Begin, or go on; from the beginning where it was at its end. Raises ``Trouble('audio.no_loudspeaker')``."""
        if self.is_at_end and self.problem is None:
            self.seek(0)
        if not self.is_playing:
            self._speaker.start()
            self.is_playing = True

    def pause(self) -> None:
        """Be silent, and stay where it is."""
        if self.is_playing:
            self.is_playing = False
            self._speaker.stop()

    def seek(self, position: int) -> None:
        """Go to a ms, kept within the file."""
        with self._lock:
            self._place = self._form.place(position)

    def close(self) -> None:
        """Be silent for good."""
        self.pause()
        self._speaker.close()
        self._file.close()

    @property
    def _end(self) -> int:
        return self._form.start + self._form.size // self._form.frame * self._form.frame

    def _next(self, size: int) -> bytes:
        """On the library's thread, which must meet no error."""
        with self._lock:
            try:
                self._file.seek(self._place)
                data = self._file.read(min(size, self._end - self._place))
            except (FieldKitError, OSError, ValueError) as error:
                self.problem = error if isinstance(error, FieldKitError) else FieldKitError("attach.damaged")
                return b""
            whole = len(data) - len(data) % self._form.frame
            self._place = self._place + whole if whole else self._end  # a file that ends early ends here
            return data[:whole]
