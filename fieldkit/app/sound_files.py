"""From a tape to an attachment: one WAV with its true length in front, and the record of when its sound was made.

The same way is gone when somebody stops a recording and when a tape is found that an earlier run of the program left;
the second is marked as cut off. A tape is dropped only once its record is durable, so a fault anywhere in between
costs nothing but doing it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from fieldkit.app.attachments import Said, Taken, attach
from fieldkit.app.file_store import FileStore
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.recording import About
from fieldkit.app.tapes import Mark, TapeStore
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.soundtrack import SoundTrack, Stretch
from fieldkit.kernel.ids import RecordId
from fieldkit.media import wav

AGREED = "Everybody there was told, and agreed to be recorded"
"""What a person says before every recording; it stands in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A tape that became a file and has no record yet."""

    tape: str
    taken: Taken
    said: Said


def make_file(files: FileStore, tape: str) -> Recorded | None:
    """Long for a long recording, and without the vault. ``None`` where there is no sound on the tape.

    Raises ``Trouble('attach.disk_full' | 'vault.disk')``; the tape stays as it is then.
    """
    found = _look_through(files.tapes, tape)
    if found is None:
        return None
    about, track, size = found
    taking = files.take(size=size + wav.HEADER)
    try:
        taking.write(wav.header(size))
        for mark, data in files.tapes.read(tape):
            if mark is Mark.SOUND:
                taking.write(data)
    except BaseException:
        taking.leave()
        raise
    local = about.started_at.astimezone()
    name = f"Recording {local:%Y-%m-%d %H%M}.wav"
    said = Said(
        assessment=about.assessment, visit=about.visit, about=RecordId(about.activity), origin=Origin.RECORDING,
        purpose=f"Sound of {about.title}"[:200], taken_on=local.date(), declaration=AGREED, sound=track,
    )  # fmt: skip
    taken = Taken(sha256=taking.keep(), size=size + wav.HEADER, media="audio/wav", name=name)
    return Recorded(tape=tape, taken=taken, said=said)


def attach_recording(uow: UnitOfWork, made: Recorded) -> Attachment:
    """The record; the one that is there already, where the tape was left by a fault just after it was written."""
    track = made.said.sound
    for row in uow.questions.records(Attachment.KIND, about=made.said.about):
        value: Attachment = row.value
        if track is not None and value.sound is not None and (value.sound.started_at, value.sha256) == (
            track.started_at, made.taken.sha256,
        ):  # fmt: skip
            return value
    return attach(uow, made.taken, made.said, again=True)


def save_tape(uow: UnitOfWork, files: FileStore, tape: str) -> Attachment | None:
    """Both at once, where the vault is about to be closed: 115 MB, an hour of sound, take about a second."""
    made = make_file(files, tape)
    return attach_recording(uow, made) if made is not None else None


def recover(files: FileStore) -> list[Recorded]:
    """Make files of the tapes that an earlier run of the program left; those without sound are dropped."""
    found = []
    for tape in files.tapes.left():
        made = make_file(files, tape)
        if made is not None:
            found.append(made)
        else:
            files.tapes.drop(tape)
    return found


def _look_through(tapes: TapeStore, tape: str) -> tuple[About, SoundTrack, int] | None:
    about: About | None = None
    begins: list[int] = []
    sizes: list[int] = []
    is_whole = False
    for mark, data in tapes.read(tape):
        if mark is Mark.FACTS:
            about = About.from_bytes(data)
        elif mark is Mark.STRETCH:
            begins.append(int(json.loads(data)["at"]))
            sizes.append(0)
        elif mark is Mark.SOUND and sizes:
            sizes[-1] += len(data)
        is_whole = mark is Mark.END
    size = sum(sizes)
    if about is None or not size:
        return None
    track = SoundTrack(
        started_at=_to_the_millisecond(about.started_at), stretches=_stretches(begins, sizes), consent=about.consent,
        is_cut_off=not is_whole,
    )  # fmt: skip
    return about, track, size


def _stretches(begins: list[int], sizes: list[int]) -> tuple[Stretch, ...]:
    """None begins before the one before it has ended: a clock that was put back in between may say so."""
    found: list[Stretch] = []
    passed = whole = 0
    for at, size in zip(begins, sizes, strict=True):
        passed += size
        length = wav.milliseconds(passed) - whole  # so that the lengths add up to that of the file
        whole += length
        if length:
            found.append(Stretch(at=max(at, found[-1].end if found else 0), length=length))
    return tuple(found)


def _to_the_millisecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
