"""Reading everything back before it is said to be saved (ux S4-A4): page by page, so that nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.rows import ReadBack
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.services import Session
from ui.presenters.wording import sentence

_PAGE = 200
"""Records read at once: some 4 ms of the store lane, so a note typed meanwhile is saved as fast as ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """``at`` is None until everything was read and held; a change afterwards takes it back."""

    read: int = 0
    wrong: int = 0
    is_running: bool = False
    at: datetime | None = None
    fault: str = ""

    @property
    def is_good(self) -> bool:
        """Whether every record was read back and holds, and nothing was written since."""
        return self.at is not None and not self.wrong and not self.fault


class ReadingBack:
    """Reads an assessment's records; ``told`` is called with each new state."""

    def __init__(self, session: Session, assessment: AssessmentId, told: Callable[[], None]) -> None:
        self._session = session
        self._assessment = assessment
        self._told = told
        self._run = 0
        self.state = CheckState()

    def start(self) -> None:
        """Read everything from the beginning."""
        self._run += 1
        self._become(CheckState(is_running=True))
        self._read(self._run, 0)

    def forget(self) -> None:
        """Something was written: what was read counts no more."""
        self._run += 1
        if self.state != CheckState():
            self._become(CheckState())

    def _read(self, run: int, after: int) -> None:
        assessment = self._assessment
        self._session.workspace.ask_then(
            lambda q: q.read_back(assessment, after, _PAGE),
            lambda page: self._page(run, page),
            lambda problem: self._failed(run, problem),
        )

    def _page(self, run: int, page: ReadBack) -> None:
        if run != self._run:
            return
        state = self.state
        state = replace(state, read=state.read + page.read, wrong=state.wrong + len(page.wrong))
        if page.is_end:
            self._become(replace(state, is_running=False, at=self._session.clock.now()))
        else:
            self._become(state)
            self._read(run, page.last)

    def _failed(self, run: int, problem: Exception) -> None:
        if run == self._run:
            self._become(CheckState(fault=sentence(problem)))

    def _become(self, state: CheckState) -> None:
        self.state = state
        self._told()
