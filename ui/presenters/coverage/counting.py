"""When coverage is counted: once the changes come to rest, only while it is looked at, and never out of turn."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.coverage import coverage
from fieldkit.app.coverage_parts import Part
from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Coverage
from fieldkit.domain.framework import Framework
from ui.presenters.coverage.words import RowWords, rows_of
from ui.presenters.services import Session
from ui.presenters.timing import Countdown

REST = 0.3
"""Seconds without a change before it is counted again: a bulk tag or a received page is one recount, not hundreds."""
PATIENCE = 0.4
"""Seconds of counting after which the screen says so (ux 2.0.7)."""

Counted = tuple[Coverage, tuple[RowWords, ...]]
Wanted = tuple[Assessment, Framework, Part | None]


class Counting:
    """``wanted`` says what to count when it is time; the newest count is told, an overtaken one is not."""

    def __init__(
        self,
        session: Session,
        wanted: Callable[[], Wanted],
        done: Callable[[Counted], None],
        failed: Callable[[Exception], None],
        slow: Callable[[], None],
    ) -> None:
        self._session = session
        self._wanted = wanted
        self._done = done
        self._failed = failed
        self._round = 0
        self._is_up = False
        self._is_stale = True
        self._rest = Countdown(session.later, self.now)
        self._slow = Countdown(session.later, slow)

    def look(self, *, is_up: bool) -> None:
        """The screen came up or was left; a note that is taken elsewhere waits for no recount."""
        self._is_up = is_up
        if not is_up:
            self._rest.drop()
        elif self._is_stale:
            self.now()

    def soon(self) -> None:
        """Something that is counted changed."""
        self._is_stale = True
        if self._is_up:
            self._rest.drop()
            self._rest.start(REST)

    def now(self) -> None:
        """Count."""
        self._rest.drop()
        self._slow.drop()
        self._is_stale = False
        self._round += 1
        round_ = self._round
        assessment, framework, part = self._wanted()

        def ask(questions: Questions) -> Counted:
            found = coverage(questions, assessment, framework, part=part)
            return found, rows_of(framework, found)

        self._slow.start(PATIENCE)
        self._session.workspace.ask_then(
            ask, lambda found: self._counted(round_, found), lambda problem: self._refused(round_, problem)
        )

    def close(self) -> None:
        """Tell nothing more."""
        self._round += 1
        self._rest.drop()
        self._slow.drop()

    def _counted(self, round_: int, found: Counted) -> None:
        if round_ == self._round:  # else another part or framework was chosen meanwhile
            self._slow.drop()
            self._done(found)

    def _refused(self, round_: int, problem: Exception) -> None:
        if round_ == self._round:
            self._slow.drop()
            self._is_stale = True
            self._failed(problem)
