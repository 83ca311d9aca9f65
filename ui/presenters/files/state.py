"""What the files page shows: the list, what is chosen, the open form, the file that is looked at, a long job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.rows import FileRow
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.ids import RecordId
from ui.presenters.files.moments import Moment
from ui.presenters.files.words import size_of, state
from ui.presenters.forms import Form


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    ATTACH = "Attach a file"
    CORRECT = "What is said of this file"
    WITHDRAW = "Take out of use"
    NOTE = "Note about the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A row of the list, in words. ``is_here``: its bytes are on this laptop."""

    row: FileRow
    is_here: bool
    moments: tuple[Moment, ...] = ()
    """Of a recording the notes that were made meanwhile."""
    notes: tuple[Moment, ...] = ()
    """Those about it, oldest first."""
    is_silent: bool = False
    """Whose it is may not be told (any more)."""

    @property
    def value(self) -> Attachment:
        """The attachment."""
        found: Attachment = self.row.row.value
        return found

    @property
    def standing(self) -> str:
        """Where the file is."""
        return state(self.row, is_here=self.is_here)

    @property
    def can_be_played(self) -> bool:
        """Whether it is sound of the kind that is recorded here."""
        return self.value.media == "audio/wav" and self.is_here

    @property
    def sought(self) -> str:
        """What the filter looks through."""
        return f"{self.value.words} {self.standing}".casefold()

    @property
    def title(self) -> str:
        """Number, name and size."""
        return f"{self.value.exhibit}  {self.value.name} ({size_of(self.value.size)})"

    @property
    def status(self) -> str:
        """What it is evidence of, who attached it, where it is."""
        out = f"Out of use: {self.value.withdrawn}" if self.value.withdrawn else ""
        by = "" if self.row.is_made_here else f"by {self.row.row.author_name}"
        return " · ".join(part for part in (" ".join(self.value.purpose.split()), by, self.standing, out) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A file that is being copied in, drawn or blacked out. ``total`` 0 where the end is not known."""

    words: str = ""
    done: int = 0
    total: int = 0
    is_bytes: bool = False


IDLE = Busy()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesState:
    """``words`` filter the list; ``chosen`` is a record's id. ``looking``: the viewer is up, with its own state."""

    lines: tuple[FileLine, ...] = ()
    words: str = ""
    chosen: RecordId | None = None
    panel: OpenPanel | None = None
    looking: bool = False
    busy: Busy = IDLE
    notice: str = ""
    fault: str = ""

    @property
    def shown(self) -> tuple[FileLine, ...]:
        """The lines that match."""
        asked = self.words.casefold().split()
        return tuple(line for line in self.lines if all(word in line.sought for word in asked))

    @property
    def line(self) -> FileLine | None:
        """The file that is chosen."""
        return next((line for line in self.lines if line.row.row.record == self.chosen), None)
