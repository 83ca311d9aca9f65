"""The recordings of the open vault, kept at hand, so that a note can say at once where it is in one."""

from __future__ import annotations

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.app.sound_links import Place, place_of
from fieldkit.app.workspace import Workspace
from fieldkit.domain.attachment import Attachment
from ui.presenters.presenter import Listening, Presenter

_CHANGES = ("attachment", "consent")


class KnownRecordings(Presenter[tuple[RecordRow, ...]]):
    """Those in use; read again whenever one comes, changes or is held."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(())
        self._workspace = workspace
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read them."""
        self._workspace.ask_then(_read, self._show)

    def place(self, note: EntryRow) -> Place | None:
        """Where ``note`` is in one of them."""
        return place_of(note, self.state)

    def words(self, note: EntryRow) -> str:
        """``12:34 in recording AL7K-3``, or empty."""
        found = self.place(note)
        return found.words if found is not None else ""

    def row(self, value: Attachment) -> RecordRow | None:
        """The row of a recording."""
        return next((row for row in self.state if row.record == value.id), None)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_CHANGES):
            self.load()


def _read(questions: Questions) -> tuple[RecordRow, ...]:
    rows = questions.records(Attachment.KIND)
    return tuple(row for row in rows if row.value.sound is not None and not row.value.withdrawn)
