"""What the locked screen may say of the work behind it: what kind of activity is open and when a note was last saved.

Remembered in memory only, from this run of the program: nothing of an assessment is kept outside the vault, so after a
restart the locked screen knows nothing. No name of a person, an organisation or a meeting is ever part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from fieldkit.kernel.clock import Clock
from ui.presenters.wording import ui

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.app.changes import ChangeSet
    from fieldkit.app.ports import Questions
    from fieldkit.app.workspace import Workspace
    from fieldkit.domain.assessment import ActivityKind

PLACE = "place"
"""The vault setting with the place that is open: ``log <activity>`` (``ui.presenters.workbench.LAST_PLACE``)."""
NOTHING_KNOWN = "Your work is saved on this laptop. Your passphrase opens it"

OPEN: Mapping[str, str] = {
    "observation": "An observation is open",
    "interview": "An interview is open",
    "focus_group": "A focus group is open",
    "case_track": "A case track is open",
    "drop_in": "A drop-in is open",
    "record_review": "A record review is open",
}
"""By ``ActivityKind``."""


class LockedHint:
    """Listens to the open vault; ``words`` are asked for once it is locked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._saved_at: datetime | None = None
        self._kind: ActivityKind | None = None
        self._workspace: Workspace | None = None

    def watch(self, workspace: Workspace) -> None:
        """A vault was opened. What an earlier one left behind is forgotten only when something new is known."""
        self._workspace = workspace
        workspace.changed.listen(lambda changes: self._changed(workspace, changes))
        workspace.ask_then(_kind_of_open, self._knows)

    @property
    def words(self) -> str:
        """``An observation is open. Last note saved 10:42``."""
        saved = f"Last note saved {ui.clock(self._saved_at)}" if self._saved_at else ""
        known = [words for words in (OPEN[self._kind] if self._kind else "", saved) if words]
        return ". ".join(known) or NOTHING_KNOWN

    def _changed(self, workspace: Workspace, changes: ChangeSet) -> None:
        if changes.touches("entry", "addendum") and changes.origin != "sync":
            self._saved_at = self._clock.now()
        if PLACE in changes.ids("setting"):
            workspace.ask_then(_kind_of_open, self._knows)

    def _knows(self, kind: ActivityKind | None) -> None:
        self._kind = kind


def _kind_of_open(questions: Questions) -> ActivityKind | None:
    from fieldkit.kernel.ids import ActivityId

    place, _, record = (questions.setting(PLACE) or "").partition(" ")
    return questions.activity(ActivityId(record)).kind if place == "log" and record else None
