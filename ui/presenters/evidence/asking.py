"""The question before notes change that were sent already (ux S8): all of them, only the others, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldkit.app.rows import EntryRow, SendStatus
from ui.presenters.evidence.state import SentQuestion, sent_question
from ui.presenters.services import Say

Deed = Callable[[Sequence[EntryRow]], None]


class Asking:
    """Holds what is to be done until the answer is there. ``show`` is given the question, or None."""

    def __init__(self, show: Callable[[SentQuestion | None], None], say: Say) -> None:
        self._show = show
        self._say = say
        self._then: tuple[Deed, list[EntryRow]] | None = None

    def before(self, rows: Sequence[EntryRow], verb: str, then: Deed) -> None:
        """Do it, after a question where sent notes are among several that change."""
        standing = [row for row in rows if row.withdrawal is None]
        sent = sum(row.status is SendStatus.CONFIRMED for row in standing)
        if not standing:
            self._say("Select at least one note to tag")
        elif not sent or len(standing) == 1:
            then(standing)
        else:
            self._then = (then, standing)
            self._show(sent_question(len(standing), sent, verb))

    def answer(self, *, only_unsent: bool) -> None:
        """Go on with all of them, or with the others only."""
        asked = self._then
        self.forget()
        if asked is not None:
            then, rows = asked
            then([row for row in rows if not (only_unsent and row.status is SendStatus.CONFIRMED)])

    def forget(self) -> None:
        """Nothing is to change after all."""
        self._then = None
        self._show(None)
