"""What has no tag yet, one note after the other, oldest first: tag it, and the next one is there."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.evidence.found_rows import FoundRows
from ui.presenters.log.panels import Panels, PanelState
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.presenter import Listening
from ui.presenters.services import Say
from ui.presenters.timing import Countdown, Later

UNTAGGED = "is:untagged"


class Triage:
    """Goes through the untagged notes. ``at`` tells the row that is looked at, for the list to go there."""

    def __init__(
        self, rows: FoundRows, panels: Panels, filter_by: Callable[[str], None], say: Say, later: Later
    ) -> None:
        self._rows, self._panels, self._filter_by, self._say = rows, panels, filter_by, say
        self._seen: set[EntryId] = set()
        self._picker: TagPicker | None = None
        self._is_reading = False
        # In a turn of its own: what closed the panel has to be told to everybody before the next one opens.
        self._soon = Countdown(later, self._next)
        self._listening = Listening()
        self._listening.add(rows.settled.listen(lambda _: self._settled()))
        self._listening.add(panels.changed.listen(self._panel_changed))
        self.at: Topic[int] = Topic()

    def go(self) -> None:
        """Begin with the oldest; while a note is being tagged leave it as it is and go to the next."""
        if self._picker is not None:
            self._next()
            return
        self._seen.clear()
        self._is_reading = True
        self._filter_by(UNTAGGED)
        self._settled()

    def close(self) -> None:
        """Hear nothing more."""
        self._soon.drop()
        self._listening.close()

    def _settled(self) -> None:
        if not self._is_reading:
            return
        if self._rows.is_complete:
            self._is_reading = False
            self._next()
        else:
            self._rows.more()

    def _next(self) -> None:
        self._picker = None
        row = next((one for one in reversed(self._rows.rows) if self._is_wanted(one)), None)
        if row is None:
            self._panels.close()
            self._say("No more notes without a tag")
            return
        self._seen.add(row.entry.id)
        place = self._rows.place(row.entry.id)
        if place is not None:
            self.at.tell(place)
        self._panels.tag([row])
        panel = self._panels.state.panel
        self._picker = panel if isinstance(panel, TagPicker) else None

    def _is_wanted(self, row: EntryRow) -> bool:
        return not row.evidence and row.withdrawal is None and row.entry.id not in self._seen

    def _panel_changed(self, state: PanelState) -> None:
        picker = self._picker
        if picker is None or state.panel is picker:
            return
        self._picker = None
        if state.panel is None and picker.is_saved:
            self._soon.start(0)
