"""The recording that runs: begun by a person after a question, shown as long as it goes on, saved whatever ends it.

``toggle`` asks, ``start`` begins: no key press alone records anybody. A consent that is taken back, or a policy that is
turned off, ends it at once; locking the vault ends and saves it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from fieldkit.app import sound_files
from fieldkit.app.changes import ChangeSet
from fieldkit.app.lanes import run
from fieldkit.app.recording import About, about_recording, begin_tape, check_may_record
from fieldkit.app.sound_files import Recorded
from fieldkit.app.sound_links import clock
from fieldkit.app.tape_recorder import TapeRecorder
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import FieldKitError, Trouble
from fieldkit.media.sound import Devices
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence

_SECOND = 1.0
_NOTICE = 10.0
"""Seconds for which it is shown what became of a recording; it stands among the messages too."""


class Stage(StrEnum):
    """How far a recording is."""

    NONE = "none"
    ASKING = "asking"
    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"
    SAVING = "saving"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderState:
    """``title`` names the activity. ``notice`` and ``fault`` stay until they are dismissed."""

    stage: Stage = Stage.NONE
    title: str = ""
    length: int = 0
    """Milliseconds of sound so far."""
    notice: str = ""
    fault: str = ""

    @property
    def is_on(self) -> bool:
        """Whether a microphone is in use, or only rests."""
        return self.stage in (Stage.RECORDING, Stage.PAUSED)

    @property
    def words(self) -> str:
        """The indicator, which tells nothing of anybody: ``Recording sound 12:34``."""
        return {
            Stage.STARTING: "Starting to record…", Stage.RECORDING: f"Recording sound {clock(self.length)}",
            Stage.PAUSED: f"Recording paused {clock(self.length)}", Stage.SAVING: "Saving the recording…",
        }.get(self.stage, "")  # fmt: skip

    @property
    def question(self) -> str:
        """What is asked before anything is recorded."""
        return f"Record sound in {self.title}? Start only if everybody there was told and agreed to be recorded"


class Recorder(Presenter[RecorderState]):
    """One for an open vault."""

    def __init__(self, session: Session) -> None:
        super().__init__(RecorderState())
        self._session = session
        self._about: About | None = None
        self._recorder: TapeRecorder | None = None
        self._tape = ""
        self._is_closed = False
        self._tick = Countdown(session.later, self._ticked)
        self._read = Countdown(session.later, lambda: self._show(replace(self.state, notice="")))
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def recover(self) -> None:
        """Save what an earlier run of the program left behind."""
        self._session.workspace.work_on_files(sound_files.recover, self._recovered, self._refused)

    def toggle(self, activity: str) -> None:
        """The keys: ask whether to record in ``activity``, or stop."""
        stage = self.state.stage
        if self.state.is_on:
            self.stop()
        elif stage is Stage.ASKING:
            self.refuse()
        elif stage is Stage.NONE:
            self._ask(activity)

    def start(self) -> None:
        """Everybody agreed: listen. What may have changed since the question is asked again."""
        about = self._about
        if self.state.stage is not Stage.ASKING or about is None:
            return
        self._show(replace(self.state, stage=Stage.STARTING))
        self._session.workspace.ask_then(
            lambda q: about_recording(q, about.activity, self._session.clock.now()), self._open, self._refused
        )

    def refuse(self) -> None:
        """Do not record after all."""
        if self.state.stage is Stage.ASKING:
            self._show(RecorderState())
            self._session.say("Nothing is recorded")

    def pause(self) -> None:
        """Pause, or go on."""
        recorder = self._recorder
        if recorder is None or not self.state.is_on:
            self._session.say("No recording runs")
            return
        try:
            recorder.go_on() if recorder.is_paused else recorder.pause()
        except FieldKitError as problem:
            self._show(replace(self.state, fault=sentence(problem)))
            return
        self._show(
            replace(
                self.state, stage=Stage.PAUSED if recorder.is_paused else Stage.RECORDING, length=recorder.length,
                fault="",
            )
        )  # fmt: skip
        self._session.say("Recording paused" if recorder.is_paused else "Recording goes on", urgent=True)

    def stop(self) -> None:
        """End it and make it an attachment."""
        if self._end():
            self._session.say("Recording stopped", urgent=True)
            self._save()

    def dismiss(self) -> None:
        """What was said was read."""
        self._show(replace(self.state, notice="", fault=""))

    def close(self) -> None:
        """The vault is about to be locked: end it and save it on the store lane, ahead of the closing of the vault.

        Nothing comes home any more then. Were the laptop switched off in between, the tape is found when it is opened.
        """
        self._is_closed = True
        self._listening.close()
        self._read.drop()
        self._end()
        tape, self._tape = self._tape, ""
        if not tape:
            return
        files = self._session.workspace.files

        def dropped(saved: Future[Any]) -> None:
            if saved.exception() is None:
                files.tapes.drop(tape)

        saved = self._session.workspace.perform(
            lambda uow: sound_files.save_tape(uow, files, tape), initiator="sound", failed=_lost
        )
        saved.add_done_callback(dropped)

    def _ask(self, activity: str) -> None:
        if not activity:
            self._refused(Trouble("audio.no_activity"))
            return
        now = self._session.clock.now()
        self._session.workspace.ask_then(lambda q: about_recording(q, activity, now), self._asked, self._refused)

    def _asked(self, about: About) -> None:
        self._about = about
        self._show(RecorderState(stage=Stage.ASKING, title=about.title))
        self._session.say(self.state.question, urgent=True)

    def _open(self, about: About) -> None:
        """Opening a microphone may take a second, so it is done off the screens' thread."""
        session = self._session
        files, lanes = session.workspace.files, session.workspace.lanes

        def opened() -> tuple[TapeRecorder, str]:
            tape = begin_tape(files.tapes, about)
            try:
                recorder = TapeRecorder(
                    session.sound or Devices(), tape, about.started_at, session.clock,
                    lambda problem: lanes.deliver(lambda: self._broke(problem, tape.name)),
                )  # fmt: skip
                recorder.start()
            except BaseException:
                tape.close()
                files.tapes.drop(tape.name)
                raise
            return recorder, tape.name

        run(lanes.work, lanes.deliver, opened, self._opened, self._refused)

    def _opened(self, found: tuple[TapeRecorder, str]) -> None:
        recorder, tape = found
        if self._is_closed:  # locked in the meantime: what was heard in it, if anything, is saved at the next opening
            recorder.stop()
            return
        self._recorder, self._tape = recorder, tape
        self._show(replace(self.state, stage=Stage.RECORDING))
        self._tick.start(_SECOND)
        self._session.say(f"Recording sound in {self.state.title}", urgent=True)

    def _end(self) -> bool:
        """Whether there was one to end; its sound is on the tape then."""
        recorder, self._recorder = self._recorder, None
        if recorder is None:
            return False
        self._tick.drop()
        recorder.stop()
        self._show(replace(self.state, stage=Stage.SAVING, length=recorder.length))
        return True

    def _save(self) -> None:
        tape = self._tape
        self._session.workspace.work_on_files(
            lambda files: sound_files.make_file(files, tape), self._made, self._not_saved
        )

    def _made(self, made: Recorded | None) -> None:
        if made is None:
            self._drop()
            self._finish("Nothing was heard, so nothing is kept of this recording")
            return
        self._session.workspace.perform(
            lambda uow: sound_files.attach_recording(uow, made), initiator="sound", done=self._attached,
            failed=self._not_saved,
        )  # fmt: skip

    def _attached(self, value: Attachment) -> None:
        self._drop()
        length = clock(value.sound.length) if value.sound else ""
        self._finish(f"Recording saved on this laptop as {value.exhibit}, {length}")

    def _drop(self) -> None:
        tape, self._tape = self._tape, ""
        if tape and not self._is_closed:
            self._session.workspace.files.tapes.drop(tape)

    def _finish(self, words: str) -> None:
        if self._is_closed:
            return
        self._about = None
        self._show(RecorderState(notice=words, fault=self.state.fault))
        self._read.start(_NOTICE)
        self._session.say(words)

    def _not_saved(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        self._tape = ""  # it stays on the disk, and is looked for when the vault is opened next
        self._show(RecorderState(fault=f"{sentence('audio.not_saved')}. {sentence(_ours(problem))}"))

    def _recovered(self, found: list[Recorded]) -> None:
        for made in found:
            self._session.workspace.perform(
                partial(sound_files.attach_recording, made=made), initiator="sound", done=self._kept(made),
                failed=self._refused,
            )  # fmt: skip

    def _kept(self, made: Recorded) -> Callable[[Attachment], None]:
        def kept(value: Attachment) -> None:
            self._session.workspace.files.tapes.drop(made.tape)
            track = value.sound
            length = clock(track.length) if track else ""
            how = "was cut off when FieldKit ended" if track and track.is_cut_off else "was not saved yet"
            words = f"A recording {how}. It is saved now as {value.exhibit}, {length}"
            self._show(replace(self.state, notice=words))
            self._session.say(words, urgent=True)

        return kept

    def _refused(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            self._show(RecorderState())
            raise problem
        self._about = None
        words = sentence(_ours(problem))
        self._show(RecorderState(fault=words))
        self._session.say(words, urgent=True)

    def _broke(self, problem: Exception, tape: str) -> None:
        """The recording ended by itself; what there is of it is saved."""
        if self._is_closed or tape != self._tape or self._recorder is None:
            return
        self._end()
        if isinstance(problem, FieldKitError):
            words = sentence(_ours(problem))
            self._show(replace(self.state, fault=words))
            self._session.say(words, urgent=True)
        self._save()
        if not isinstance(problem, FieldKitError):
            raise problem

    def _changed(self, changes: ChangeSet) -> None:
        """Somebody may have taken their consent back, here or on another laptop, or the office its leave."""
        about = self._about
        if about is not None and self.state.is_on and changes.touches("consent", "setting"):
            self._session.workspace.ask_then(
                lambda q: check_may_record(q, about.activity), lambda _: None, self._barred
            )

    def _barred(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        if self._end():
            words = sentence("audio.stopped_off" if problem.code == "audio.off" else "audio.stopped_consent")
            self._show(replace(self.state, fault=words))
            self._session.say(words, urgent=True)
            self._save()

    def _ticked(self) -> None:
        if self._recorder is not None:
            self._show(replace(self.state, length=self._recorder.length))
            self._tick.start(_SECOND)


def _ours(problem: FieldKitError) -> FieldKitError:
    """A full disk is told of a recording, and not of a file that somebody attaches."""
    return Trouble("audio.disk_full", **problem.details) if problem.code == "attach.disk_full" else problem


def _lost(problem: Exception) -> None:
    """The tape stays, and the next opening of the vault makes the file; nobody is there any more to be told."""
