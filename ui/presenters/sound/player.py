"""The recording that is played: from a note, from the list of files; paused, back and on by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.app.lanes import run
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.app.sound_links import BEFORE, clock
from fieldkit.app.sound_player import SoundPlayer
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.media.sound import Devices
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.sound.known import KnownRecordings
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence

STEP = 5000
"""Milliseconds of a step back or on."""
_TICK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerState:
    """``exhibit`` is empty while nothing is open. ``position`` and ``length`` in ms."""

    exhibit: str = ""
    position: int = 0
    length: int = 0
    is_playing: bool = False
    fault: str = ""

    @property
    def words(self) -> str:
        """``Playing AL7K-3, 12:31 of 45:00``."""
        if not self.exhibit:
            return ""
        how = "Playing" if self.is_playing else "Paused"
        return f"{how} {self.exhibit}, {clock(self.position)} of {clock(self.length)}"


class Player(Presenter[PlayerState]):
    """One for an open vault. ``is_recording`` tells whether the microphone is on, which would hear what is played."""

    def __init__(self, session: Session, known: KnownRecordings, is_recording: Callable[[], bool]) -> None:
        super().__init__(PlayerState())
        self._session = session
        self._known = known
        self._is_recording = is_recording
        self._player: SoundPlayer | None = None
        self._note = ""
        self._record = ""
        self._asked = 0
        self._is_closed = False
        self._unheed = known.changed.listen(self._held)
        self._tick = Countdown(session.later, self._ticked)

    def press(self, note: EntryRow | None) -> None:
        """The keys: play from before ``note``; on the note that is played already, or on none, pause or go on."""
        is_same = note is None or note.entry.id == self._note
        if self._player is not None and is_same:
            self.toggle()
            return
        if note is None:
            self._session.say("Select a note that was made while sound was recorded, then press the keys again")
            return
        place = self._known.place(note)
        if place is None:
            self._session.say("No sound was recorded when this note was made")
            return
        row = self._known.row(place.recording)
        if row is not None:
            self.play(row, place.position - BEFORE, note.entry.id)

    def play(self, row: RecordRow, position: int = 0, note: str = "") -> None:
        """Play from ``position`` (ms; what is before the beginning is the beginning)."""
        value: Attachment = row.value
        self.stop()
        try:
            if row.barred is not None:
                raise Mistake("audio.held")
            if self._is_recording():
                raise Mistake("audio.stop_first")
        except FieldKitError as problem:
            self._refused(problem)
            return
        self._asked += 1
        asked, session = self._asked, self._session
        files, devices = session.workspace.files, session.sound or Devices()

        def opened(player: SoundPlayer) -> None:
            if asked != self._asked or self._is_closed:
                player.close()
                return
            self._player, self._note, self._record = player, note, row.record
            self._show(PlayerState(exhibit=value.exhibit, length=player.length, position=player.position))
            self.toggle()

        lanes = session.workspace.lanes
        run(
            lanes.work, lanes.deliver, lambda: SoundPlayer(files, value.sha256, devices, max(0, position)), opened,
            self._refused,
        )  # fmt: skip

    def toggle(self) -> None:
        """Play, or pause."""
        player = self._player
        if player is None:
            return
        if player.is_playing:
            player.pause()
            self._tick.drop()
        else:
            try:
                if self._is_recording():
                    raise Mistake("audio.stop_first")
                player.play()
            except FieldKitError as problem:
                self._refused(problem)
                return
            self._tick.start(_TICK)
        self._now()
        self._session.say(self.state.words)

    def pause(self) -> None:
        """Be silent: the screen was hidden, or a recording begins."""
        if self._player is not None and self._player.is_playing:
            self.toggle()

    def skip(self, step: int) -> None:
        """``STEP`` back or on, as often as ``step`` says."""
        if self._player is None:
            self._session.say("Nothing is played")
            return
        self._player.seek(self._player.position + step * STEP)
        self._now()
        self._session.say(clock(self.state.position))

    def dismiss(self) -> None:
        """What was said was read."""
        self._show(replace(self.state, fault=""))

    def stop(self) -> None:
        """Close it."""
        self._asked += 1
        self._tick.drop()
        player, self._player = self._player, None
        self._note = self._record = ""
        if player is not None:
            player.close()
        self._show(PlayerState())

    def close(self) -> None:
        """The vault is about to be locked."""
        self._is_closed = True
        self._unheed()
        self.stop()

    def _held(self, rows: tuple[RecordRow, ...]) -> None:
        """A consent was taken back while it is played: not a word more."""
        if any(row.record == self._record and row.barred is not None for row in rows):
            self._refused(Mistake("audio.held"))

    def _now(self) -> None:
        player = self._player
        if player is not None:
            self._show(replace(self.state, position=player.position, is_playing=player.is_playing))

    def _ticked(self) -> None:
        player = self._player
        if player is None:
            return
        if player.problem is not None:
            self._refused(player.problem)
        elif player.is_at_end:
            player.pause()
            self._now()
            self._session.say("The recording is at its end")
        else:
            self._now()
            self._tick.start(_TICK)

    def _refused(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        self.stop()
        words = sentence(problem)
        self._show(PlayerState(fault=words))
        self._session.say(words, urgent=True)
