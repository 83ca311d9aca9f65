"""When the board is read: at once after a score, when changes come to rest after a note, and only while it is up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import TypeVar

from fieldkit.app.blind_scores import is_blind
from fieldkit.app.coverage import coverage
from fieldkit.app.ports import Questions
from fieldkit.app.score_ages import Badges, score_badges
from fieldkit.app.scores import ScoreBoard, score_board
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Coverage
from fieldkit.domain.framework import Framework
from fieldkit.domain.marks import Mark
from ui.presenters.services import Session
from ui.presenters.timing import Countdown

T = TypeVar("T")
REST = 0.3
"""Seconds without a change before it is read again: a received page of 200 notes is one reading, not 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The board, what evidence there is, what wants another look, and whether others' scores are hidden."""

    board: ScoreBoard
    coverage: Coverage
    badges: Badges
    is_blind: bool


Wanted = tuple[Framework, tuple[Mark, ...]]


class Depth(IntEnum):
    """How much may have changed; each holds those before it."""

    SUMS = 1
    """What is tried out: the board alone, 2 ms."""
    BADGES = 2
    """A score: which of them want another look, too."""
    ALL = 3
    """Notes, or another framework: coverage as well. Of 20,000 notes it is 40 ms of the vault's lane."""


def read_board(
    questions: Questions, assessment: Assessment, framework: Framework, tried: tuple[Mark, ...], today: date
) -> Read:
    """All of it as it stands now, as the person at this laptop may see it."""
    board, blind = _board(questions, assessment, framework, tried)
    return Read(
        board=board, coverage=coverage(questions, assessment, framework), is_blind=blind,
        badges=score_badges(questions, assessment.id, board, today),
    )  # fmt: skip


def _board(
    questions: Questions, assessment: Assessment, framework: Framework, tried: tuple[Mark, ...]
) -> tuple[ScoreBoard, bool]:
    blind = is_blind(questions, assessment.id, framework)
    return score_board(questions, assessment.id, framework, what_if=tried, is_blind=blind), blind


class Reading:
    """``wanted`` says what to read when it is time; the newest reading is told, an overtaken one is not.

    Sums are told first and what takes longer in questions of their own: a score moves its figures at once, and the
    next key never waits for all of it.
    """

    def __init__(
        self,
        session: Session,
        assessment: Assessment,
        read: Read,
        wanted: Callable[[], Wanted],
        done: Callable[[tuple[Mark, ...], Read], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._session = session
        self._assessment = assessment
        self._last = read
        self._wanted = wanted
        self._done = done
        self._failed = failed
        self._round = 0
        self._is_up = False
        self._stale: Depth | None = None
        self._rest = Countdown(session.later, self._again)

    def look(self, *, is_up: bool) -> None:
        """The page came up (what changed since is read) or was left (nothing is)."""
        self._is_up = is_up
        if not is_up:
            self._rest.drop()
        elif self._stale is not None:
            self._again()

    def changed(self, *, is_score: bool) -> None:
        """A score, or something that it rests on, changed."""
        self._stale = max(self._stale or Depth.SUMS, Depth.BADGES if is_score else Depth.ALL)
        if not self._is_up:
            return
        if is_score:
            self._again()
        else:
            self._rest.start(REST)

    def now(self, framework: Framework, tried: tuple[Mark, ...], depth: Depth = Depth.SUMS) -> None:
        """Read this; of another framework always all."""
        is_other = framework != self._last.board.framework
        depth = Depth.ALL if is_other else max(depth, self._stale or Depth.SUMS)
        self._rest.drop()
        self._stale = depth if depth > Depth.SUMS else None  # until it is told: a reading may be overtaken half way
        self._round += 1
        round_ = self._round

        def found(made: tuple[ScoreBoard, bool]) -> None:
            board, blind = made
            if is_other:
                self._whole(round_, framework, tried)
                return
            self._tell(round_, tried, replace(self._last, board=board, is_blind=blind))
            if depth is Depth.ALL:
                self._covered(round_, framework, tried)
            if depth >= Depth.BADGES:
                self._badges(round_, tried, board)

        self._ask(round_, lambda questions: _board(questions, self._assessment, framework, tried), found)

    def close(self) -> None:
        """Tell nothing more."""
        self._round += 1
        self._rest.drop()

    def _again(self) -> None:
        self.now(*self._wanted())

    def _whole(self, round_: int, framework: Framework, tried: tuple[Mark, ...]) -> None:
        today = self._today()
        self._ask(
            round_, lambda questions: read_board(questions, self._assessment, framework, tried, today),
            lambda read: self._tell(round_, tried, read, is_last=True),
        )  # fmt: skip

    def _badges(self, round_: int, tried: tuple[Mark, ...], board: ScoreBoard) -> None:
        today = self._today()
        self._ask(
            round_, lambda questions: score_badges(questions, self._assessment.id, board, today),
            lambda badges: self._tell(round_, tried, replace(self._last, badges=badges), is_last=True),
        )  # fmt: skip

    def _covered(self, round_: int, framework: Framework, tried: tuple[Mark, ...]) -> None:
        self._ask(
            round_, lambda questions: coverage(questions, self._assessment, framework),
            lambda covered: self._tell(round_, tried, replace(self._last, coverage=covered)),
        )  # fmt: skip

    def _today(self) -> date:
        return self._session.clock.now().astimezone().date()

    def _ask(self, round_: int, question: Callable[[Questions], T], done: Callable[[T], None]) -> None:
        def told(answer: T) -> None:
            if round_ == self._round:
                done(answer)

        self._session.workspace.ask_then(question, told, lambda problem: self._refused(round_, problem))

    def _tell(self, round_: int, tried: tuple[Mark, ...], read: Read, *, is_last: bool = False) -> None:
        if round_ == self._round:
            self._last = read
            self._stale = None if is_last else self._stale
            self._done(tried, read)

    def _refused(self, round_: int, problem: Exception) -> None:
        if round_ == self._round:
            self._stale = Depth.ALL
            self._failed(problem)
