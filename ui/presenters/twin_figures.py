"""One figure that two laptops imported is one note: joined when the team-mate's arrives, without anybody asking."""

from __future__ import annotations

from fieldkit.app.changes import ChangeSet
from fieldkit.app.metrics import join_twins, twins
from ui.presenters.presenter import Listening
from ui.presenters.services import Session
from ui.presenters.wording import ui


class TwinFigures:
    """Looks whenever figures come; writes only where there are twins, the same on every laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("metric"):
            self._session.workspace.ask_then(twins, lambda found: self._join() if found else None)

    def _join(self) -> None:
        self._session.workspace.perform(join_twins, initiator="figures", done=self._joined)

    def _joined(self, count: int) -> None:
        if count:
            figures = ui.count(count, "figure was", "figures were")
            self._session.say(f"{figures} imported on two laptops: each counts once")
