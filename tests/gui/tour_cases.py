"""The tour's stops at cases: an empty list, importing one, a sample, a case as table and lanes; all by keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fieldkit.app.cases import cases_of, follow_case
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.touchpoints import Event, add_touchpoint
from fieldkit.app.when_text import read_when
from tests.gui.stage import PASSPHRASE, Stage
from ui.presenters.page import Page

_Key = Qt.Key
NEEDS, PLACES = ("Frailty", "Dementia", "Learning disability", "Mental health"), ("Moor", "Vale", "Northport")
EVENTS = (
    ("2 mar 10:10", "Ambulance", "Called after a fall, arrival in 1h 50m"),
    ("2 mar 14:10", "Acute trust", "Admitted, surgery"), ("12 mar", "Acute trust", "Referred to memory clinic"),
    ("14 mar", "Acute trust", "Discharged, no letter #sp-"), ("about 2 apr", "Community nursing", "! First visit"),
    ("may", "Northshire County Council adult social care", "Care package agreed after a second request by the carer"),
)  # fmt: skip


class Visitor(Protocol):
    """Somebody who looks at each screen."""

    stage: Stage

    def take(self, name: str) -> None:
        """The screen called ``name`` is up."""


def case_list(folder: Path, count: int) -> Path:
    """A list of ``count`` cases as services send them, names and all, the last row with an NHS number in it."""
    file = folder / "cases.csv"
    rows = ["Surname,Description,Age,Primary need,Where they live,Locality,Ethnic group,Carer,Delayed discharge"]
    for n in range(count):
        said = f"Man {n}, rang 943 476 5919" if n == count - 1 else f"Woman {n}, fall at home, waited for care"
        need, place = NEEDS[n * 7 % 4], PLACES[n * 5 % 3]
        rows.append(f'Smith,"{said}",{60 + n % 35},{need},Own home,{place},White British,Daughter,Yes')
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def cases(visitor: Visitor) -> None:
    """From an empty list to a case that is followed through six events."""
    stage = visitor.stage
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.bench.home.state.loaded)
    stage.settle()
    stage.bench.go(Page.CASES)
    stage.until(lambda: stage.bench.state.page is Page.CASES)
    stage.settle()
    visitor.take("110-cases-empty")
    _import(visitor)
    stage.alt(_Key.Key_P)
    stage.settle()
    visitor.take("113-cases-proposal")
    stage.chord(_Key.Key_Return)
    stage.settle()
    visitor.take("114-cases-sampled")
    stage.press(_Key.Key_Return)
    stage.settle()
    visitor.take("115-cases-one")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.alt(_Key.Key_F)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()
    visitor.take("116-case-empty")
    _timeline(visitor)


def _import(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.alt(_Key.Key_I)
    stage.until(lambda: stage.focus.objectName() == "cases.import.file")
    visitor.take("111-cases-import")
    stage.tab_to("cases.import.file")
    with TemporaryDirectory() as folder:
        stage.type(str(case_list(Path(folder), 50)))
        stage.press(_Key.Key_Tab)
        stage.until(lambda: stage.shows("cases.import.good"))
    stage.settle()
    visitor.take("112-cases-preview")
    stage.tab_to("cases.import.good")
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.focus.objectName() == "cases.list")
    stage.settle()


def _timeline(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")
    stage.type("31 april")
    stage.chord(_Key.Key_Return)
    stage.settle()
    visitor.take("117-case-mistake")
    stage.tab_to("case.event.when")
    stage.chord(_Key.Key_A)
    for at, event in enumerate(EVENTS):
        _enter(stage, at, event)
    visitor.take("118-case")
    stage.alt(_Key.Key_S)
    stage.settle()
    visitor.take("119-case-lanes")
    stage.alt(_Key.Key_S)
    stage.alt(_Key.Key_V)
    stage.until(lambda: stage.focus.objectName() == "case.paste.text")
    QApplication.clipboard().setText(
        "12/03/2026 GP referral; ~April assessed\nthe carer rang\n3 may Acute trust: Seen #sp-"
    )
    stage.chord(_Key.Key_V)
    stage.press(_Key.Key_Tab)
    stage.type("Memory clinic")
    stage.until(lambda: stage.shows("case.paste.preview"))
    stage.settle()
    visitor.take("123-case-paste")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.press(_Key.Key_End)
    stage.alt(_Key.Key_G)
    stage.until(lambda: stage.focus.objectName() == "case.gap.text")
    visitor.take("124-case-gap")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.alt(_Key.Key_H)
    stage.until(lambda: stage.focus.objectName() == "case.handover.when")
    visitor.take("120-case-handover")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.window.commands.run("case_consent")
    stage.until(lambda: stage.shows("case.consent.save"))
    visitor.take("121-case-consent")
    stage.press(_Key.Key_Escape)
    stage.settle()
    _enter(stage, len(EVENTS), ("1 mar", "GP practice", "Rang about 943 476 5919"))
    visitor.take("122-case-remark")
    _another(stage)
    stage.alt(_Key.Key_Y)
    stage.until(lambda: stage.bench.state.page is Page.COMPARE)
    stage.settle()
    visitor.take("125-case-yield")
    stage.tab_to("compare.looks.given")
    stage.press(_Key.Key_Left)
    stage.settle()
    visitor.take("126-compare")


def _another(stage: Stage) -> None:
    """A second case with much the same way, so that there is something to compare."""
    workspace, visit = stage.bench.session.workspace, stage.bench.home.state.first
    assert visit is not None
    home = stage.bench.home.visit(visit)
    assert home is not None

    def follow(uow: UnitOfWork) -> None:
        case = cases_of(uow.questions, home.assessment.id)[1]
        activity = follow_case(uow, case.id, uow.questions.visit(visit))
        today = date(2026, 11, 12)
        for when, service, happened in (
            ("1 jun", "Ambulance", "Called"), ("1 jun", "Acute trust", "Admitted"),
            ("20 jun", "Acute trust", "Discharged"), ("24 jun", "Community nursing", "First visit"),
        ):  # fmt: skip
            event = Event(when=read_when(when, today), organisation=service, happened=happened)
            add_touchpoint(uow, activity, event, today)

    workspace.perform(follow).result()
    stage.settle()


def _enter(stage: Stage, before: int, event: tuple[str, str, str]) -> None:
    if not stage.shows("case.event.when"):
        stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")
    stage.type(event[0])
    stage.press(_Key.Key_Tab)
    stage.type(event[1])
    stage.press(_Key.Key_Tab)
    stage.type(event[2])
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.shows("case.event.when"))
    stage.settle()
    assert stage.shows("case.events"), f"event {before} was not taken"
