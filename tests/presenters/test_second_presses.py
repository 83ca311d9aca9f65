"""A second press before the first one is answered: a double click, or a key that is held, does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from fieldkit.app.lanes import InlineLane, Lanes
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room
from ui.presenters.settings.teams import TeamRow, Teams
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.paste import PasteProgramme
from ui.presenters.wording import sentence

T = TypeVar("T")


class SlowLane:
    """Does nothing until it is let go."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Keep it."""
        future: Future[T] = Future()
        self._waiting.append(lambda: future.set_result(call()))
        return future

    def let_go(self) -> None:
        """Do what waits, and what that asks for."""
        while self._waiting:
            self._waiting.pop(0)()

    def stop(self) -> None:
        """Nothing to end."""


def test_a_programme_is_planned_once(room: Room) -> None:
    slow = SlowLane()
    lanes = Lanes(slow, InlineLane(), lambda call: call())
    session = replace(room.session, workspace=Workspace(room.vault, lanes))
    day = VisitDay(session, read_visit(session, room.vault.questions, room.activity.visit))
    day.paste()
    form = day.state.panel
    assert isinstance(form, PasteProgramme)
    form.save("13:00 Interview: matron")
    form.save("13:00 Interview: matron")
    slow.let_go()
    found = [row.activity.title for row in room.vault.questions.activities(room.activity.visit)]
    assert found == ["ICB board", "Interview: matron"]
    day.close()


def test_taking_back_that_a_team_was_left_twice_is_a_sentence_and_no_fault(room: Room) -> None:
    said: list[str] = []
    session = replace(room.session, say=lambda words, urgent=False: said.append(words))
    teams = Teams(session)
    teams.stay(TeamRow(assessment=room.activity.assessment or "", name="Northmoor", words=""))
    assert said == [sentence(Mistake("team.not_left"))]
    teams.close()
