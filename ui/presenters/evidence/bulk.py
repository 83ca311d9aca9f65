"""Tagging many notes as one deed, with what is being done in words while it lasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldkit.domain.entry import Filing
from ui.presenters.log.note_actions import BATCH, NoteActions, Step
from ui.presenters.services import Failed, Session


class BulkActions(NoteActions):
    """``progress`` is told what is being done (``Tagging 1,200 notes``), and nothing once it is done."""

    def __init__(self, session: Session, troubled: Failed, progress: Callable[[str], None]) -> None:
        super().__init__(session, troubled)
        self._progress = progress

    def _run(self, steps: Sequence[Step], words: str, done: Callable[[list[Filing]], None]) -> None:
        def home(filings: list[Filing]) -> None:
            self._progress("")
            done(filings)

        if len(steps) > BATCH:
            self._progress(words)
        super()._run(steps, words, home)
