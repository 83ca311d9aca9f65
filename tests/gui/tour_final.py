"""The tour's stops where something final is printed over an open question: the form with the reason, the comparison."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import ActivityId
from storage.vault import OpenVault, open_vault
from tests.gui import worlds
from tests.gui.stage import NOON, PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from tests.support.contested import contest, follow
from tests.support.two_laptops import TwoLaptops
from ui.places import Places
from ui.presenters.page import Page

_Key = Qt.Key


def contested_case(home: Path) -> ActivityId:
    """A person's own vault with a followed case, of which a team-mate changed an event at the same time."""
    worlds.own(home, notes=3)
    clock = FixedClock(NOON)
    vault = open_vault(Places(home=home).vault, PASSPHRASE, clock)
    try:
        two = TwoLaptops(home / "other", clock, mine=vault, meeting=_meeting(vault))
        activity, event = follow(two, "Discharged, no letter")
        contest(
            two, event,
            happened=("Discharged on a Friday, no letter to the practice", "Discharged on Saturday without a letter"),
        )  # fmt: skip
        two.close()
    finally:
        vault.close()
    return activity.id


def _meeting(vault: OpenVault) -> Activity:
    (row,) = vault.questions.assessments()
    return vault.questions.activities(row.visits[0].id)[0].activity


def open_case(stage: Stage) -> None:
    """The case that is followed."""
    visit = stage.bench.home.state.first
    assert visit is not None
    rows = stage.bench.session.workspace.ask(lambda questions: questions.activities(visit)).result()
    activity = next(row.activity for row in rows if row.activity.kind.value == "case_track")
    stage.bench.open_activity(activity.id)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()


def finals(visitor: object) -> None:
    """A case and a comparison printed although a question is open."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_case(stage)
    take("96-case-open-question")
    stage.chord(_Key.Key_P)
    stage.until(lambda: stage.focus.objectName() == "case.final.reason")
    stage.settle()
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("96b-case-print-why")
    stage.bench.go(Page.COMPARE)
    stage.until(lambda: stage.bench.state.page is Page.COMPARE)
    stage.settle()
    stage.tab_to("compare.print")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "compare.final.reason")
    stage.settle()
    take("97-compare-print-why")
