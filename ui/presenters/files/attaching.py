"""Attaching a file from the form: read and copied on the files lane, told as it goes on, stopped at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fieldkit.app import attachments
from fieldkit.app.attachments import Said, Taken
from fieldkit.app.file_store import FileStore
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.kernel.errors import FieldKitError
from fieldkit.media.kinds import kind_of
from fieldkit.media.source import source_of
from ui.presenters.files.forms import attach_fields, said_of
from ui.presenters.files.state import IDLE, Busy
from ui.presenters.forms import Form, Values
from ui.presenters.services import Session

Activities = list[tuple[str, str, Any]]
"""Id, title and visit of each."""

_STEP = 8 * 2**20
"""Bytes between two words of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A picture from the clipboard, as PNG."""

    data: bytes
    name: str


class AttachForm(Form):
    """A form whose main button first copies a file. ``told`` hears how far that is."""

    def __init__(
        self,
        session: Session,
        assessment: Any,
        activities: Activities,
        people: list[str],
        *,
        about: str,
        told: Callable[[Busy], None],
        done: Callable[[Attachment], None],
        pasted: Pasted | None = None,
        belongs: str = "Activity",
    ) -> None:
        """``activities`` are what the file may belong to, each called ``belongs``."""
        fields = attach_fields(
            [(key, title) for key, title, _ in activities],
            people,
            pasted=pasted.name if pasted else "",
            belongs=belongs,
        )
        place = assessment if belongs == "Activity" else about
        super().__init__(
            session, fields, place=f"form/attach/{place}", submit=self._record, done=done, initiator="files",
            first={"about": about, "purpose": "", "people": "", "declaration": "", "from_whom": "", "place": "",
                   "taken_on": "", "keep_location": "", "file": "", "pasted": ""},
        )  # fmt: skip
        self._assessment = assessment
        self._visits = {key: visit for key, _, visit in activities}
        self._told = told
        self._picture = pasted
        self._taken: Taken | None = None
        self._stopped = False
        self._is_copying = False

    def submit(self) -> None:
        """Check what can be checked, copy, then write the record."""
        if self.state.is_saving or self._is_copying:
            return
        values = self.entered
        self._clear()
        try:
            said = self._judged(lambda: self._said(values))
        except FieldKitError as problem:
            self._wrong(problem)
            return
        self._stopped, self._is_copying = False, True
        self._show(replace(self.state, is_saving=True, errors=(), fault=""))
        self._told(Busy(words="Reading the file…", is_bytes=True))
        self._session.workspace.work_on_files(
            lambda files: self._take(files, values, said), self._copied, self._not_copied
        )

    def stop(self) -> None:
        """Nothing is kept of a file that is being copied."""
        self._stopped = True

    def close(self) -> None:
        self.stop()
        super().close()

    def _said(self, values: Values) -> Said:
        about = values.get("about", "")
        origin = Origin.PASTED if self._picture else Origin.FILE
        return said_of(values, self._assessment, self._visits.get(about), origin=origin)

    def _take(self, files: FileStore, values: Values, said: Said) -> Taken:
        if self._picture is not None:
            attachments.check(said, kind_of(self._picture.data[:64]), self._session.clock.now())
            return attachments.take_bytes(files, self._picture.data, self._picture.name)
        path = Path(values["file"].strip().strip('"')).expanduser()
        with source_of(path) as source:
            attachments.check(said, attachments.media_of(source), self._session.clock.now())
            told = _Progress(self, source.size)
            return attachments.take_in(files, source, told, keep_location=values["keep_location"] == "yes")

    def go_on(self) -> None:
        """Raises ``Trouble('attach.stopped')`` once a person asked for it."""
        if self._stopped:
            raise attachments.stopped()

    def told(self, done: int, total: int) -> None:
        """From the files lane. Raises ``Trouble('attach.stopped')``."""
        self.go_on()
        busy = Busy(words="Copying the file into your vault…", done=done, total=total, is_bytes=True)
        self._session.workspace.lanes.deliver(lambda: self._told(busy))

    def _copied(self, taken: Taken) -> None:
        self._is_copying = False
        self._told(IDLE)
        if self._is_closed:
            return
        self._taken = taken
        self._show(replace(self.state, is_saving=False))
        super().submit()

    def _not_copied(self, problem: Exception) -> None:
        self._is_copying = False
        self._told(IDLE)
        if not self._is_closed:
            self._wrong(problem)

    def _record(self, values: Values) -> Callable[[Any], Attachment]:
        taken, said = self._taken, self._said(values)
        assert taken is not None, "nothing was copied"
        return lambda uow: attachments.attach(uow, taken, said)


class _Progress:
    """Tells in steps: a thousand words of progress a second would keep the screen from painting."""

    def __init__(self, form: AttachForm, total: int) -> None:
        self._form = form
        self._total = total
        self._next = 0

    def __call__(self, done: int) -> None:
        if done >= self._next or done >= self._total:
            self._next = done + _STEP
            self._form.told(done, self._total)
        else:
            self._form.go_on()
