"""Decide in the real window, by keys alone (S12b): three conflicts in six keys, mistakes, undo, a flood."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.assessments import plan_activity
from fieldkit.app.open_questions import open_questions
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.replanning import change_activity
from fieldkit.domain.assessment import ActivityKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import ActivityId
from storage.vault import open_vault
from tests.gui import worlds
from tests.gui.stage import NOON, PASSPHRASE, Stage
from tests.gui.support.tree import unnamed
from tests.gui.tour_deciding import conflicts, open_decide
from tests.gui.tour_interview import unlock
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import quick_keys
from ui.places import Places
from ui.presenters.deciding.page import DecidePage
from ui.qt.theme import Appearance
from ui.views.deciding.page import DecideView
from ui.views.deciding.panes import Panes

_Key = Qt.Key


def _page(stage: Stage) -> DecidePage:
    found = stage.window.findChild(DecideView)
    assert isinstance(found, DecideView)
    return found.page


def _three(home: Path) -> None:
    """Three activities whose titles were changed twice."""
    worlds.own(home, notes=3)
    clock = FixedClock(NOON)
    vault = open_vault(Places(home=home).vault, PASSPHRASE, clock)
    try:
        (row,) = vault.questions.assessments()
        visit = row.visits[0]
        meeting = vault.questions.activities(visit.id)[0].activity
        plan = partial(plan_activity, visit=visit, kind=ActivityKind.OBSERVATION)
        made = [vault.perform(partial(plan, title=f"Meeting {n}"))[0] for n in range(2)]
        two = TwoLaptops(home / "other", clock, mine=vault, meeting=meeting)
        for one in (meeting, *made):
            two.here(partial(_titled, one.id, f"{one.title} in public"))
            two.there(partial(_titled, one.id, f"{one.title} of the falls group"))
        two.meet()
        two.close()
    finally:
        vault.close()


def _titled(activity: ActivityId, title: str, uow: UnitOfWork) -> None:
    change_activity(uow, activity, title=title)


@pytest.mark.usefixtures("qapp")
def test_three_conflicts_are_settled_in_six_keys_and_the_last_is_undone(look: Appearance, tmp_path: Path) -> None:
    with quick_keys():
        _three(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_decide(stage)
            page = _page(stage)
            assert len(page.state.questions) == 3
            for left in (2, 1, 0):
                stage.alt(_Key.Key_L)
                stage.chord(_Key.Key_Return)
                stage.until(partial(_are_left, page, left))
                stage.settle()
            titles = stage.bench.session.workspace.ask(_titles).result()
            assert sum(title.endswith("in public") for title in titles) == 3
            assert stage.shows("decide.empty") or "No decisions needed" in page.state.notice
            stage.chord(_Key.Key_Z)
            stage.until(lambda: len(page.state.questions) == 1)


def _are_left(page: DecidePage, count: int) -> bool:
    return len(page.state.questions) == count


def _titles(questions: object) -> list[str]:
    rows = questions.assessments()  # type: ignore[attr-defined]
    return [
        row.activity.title
        for one in rows
        for visit in one.visits
        for row in questions.activities(visit.id)  # type: ignore[attr-defined]
    ]


@pytest.mark.usefixtures("qapp")
def test_mistakes_stand_at_their_fields_and_the_panes_stack_where_it_is_narrow(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        conflicts(tmp_path, with_flood=True)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_decide(stage)
            page = _page(stage)
            assert len(page.state.floods) == 1
            assert unnamed(stage.window) == []
            stage.chord(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "decide.errors")
            assert set(page.state.errors) == {"title", "reason"}
            assert not _panes(stage)[0].is_stacked
            stage.resize(1092, 534)
            stage.until(lambda: _panes(stage)[0].is_stacked)
            stage.resize(1366, 688)
            stage.alt(_Key.Key_N)
            stage.until(lambda: stage.focus.objectName() == "decide.0.new")
            stage.type("Our board")
            stage.chord(_Key.Key_Return)
            stage.until(lambda: "Decision saved" in page.state.notice)
            titles = stage.bench.session.workspace.ask(_titles).result()
            assert "Our board" in titles
            count = len(stage.bench.session.workspace.ask(open_questions).result())
            stage.until(partial(_are_left, page, count))
            page.let_in(page.state.floods[0])
            stage.until(lambda: not page.state.floods)


def _panes(stage: Stage) -> list[Panes]:
    return [one for one in stage.window.findChildren(Panes) if one.isVisible()]
