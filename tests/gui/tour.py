"""A tour of every screen by keys, with a stop at each: for pictures and for the accessibility kit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt

from fieldkit.domain.assessment import ActivityKind
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.tour_accuracy import accuracy, accuracy_change
from tests.gui.tour_cases import cases
from tests.gui.tour_day import day_sheet
from tests.gui.tour_deciding import conflicts, deciding
from tests.gui.tour_disclosures import disclosures
from tests.gui.tour_escalations import escalations
from tests.gui.tour_files import files
from tests.gui.tour_final import contested_case, finals
from tests.gui.tour_findings import findings
from tests.gui.tour_frameworks import frameworks
from tests.gui.tour_guides import guides
from tests.gui.tour_handing import handing
from tests.gui.tour_interview import drop_in, interview
from tests.gui.tour_people import people
from tests.gui.tour_programme import programme
from tests.gui.tour_record import records
from tests.gui.tour_reports import reports
from tests.gui.tour_requests import requests
from tests.gui.tour_restricting import restricting
from tests.gui.tour_scores import scores
from tests.gui.tour_sign_in import sign_in
from tests.gui.tour_taking_in import taking_in
from tests.gui.tour_writing import writing
from ui.presenters.services import Enrolled
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.workbench import Page

_Key = Qt.Key


class Visitor(Protocol):
    """Somebody who looks at each screen."""

    stage: Stage

    def take(self, name: str) -> None:
        """The screen called ``name`` is up."""


_SETTINGS = {
    "31c-settings-keyboard": SettingsPage.KEYBOARD, "31d-settings-reading": SettingsPage.READING,
    "31e-settings-privacy": SettingsPage.PRIVACY, "31f-settings-packs": SettingsPage.PACKS,
    "31g-settings-office": SettingsPage.OFFICE, "31h-settings-storage": SettingsPage.STORAGE,
    "31k-settings-take-out": SettingsPage.TAKE_OUT,
    "31l-settings-take-in": SettingsPage.TAKE_IN,
    "31i-settings-about": SettingsPage.ABOUT, "31j-settings-network": SettingsPage.NETWORK,
}  # fmt: skip


def first_run(visitor: Visitor) -> None:
    """The wizard, page by page, to an empty Home and the form of a visit."""
    stage = visitor.stage
    stage.until(lambda: stage.window.wizard is not None and stage.window.wizard.state.checks)
    visitor.take("01-welcome")
    stage.tab_to("setup.start.restore")
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    visitor.take("01b-restore-with-mistakes")
    stage.alt(_Key.Key_B)
    stage.press(_Key.Key_Return)
    visitor.take("02-you-with-mistake")
    stage.tab_to("setup.name")
    stage.type("Asha Smith")
    stage.press(_Key.Key_Return)
    stage.type("gravel lantern")
    visitor.take("03-passphrase")
    stage.type(PASSPHRASE.removeprefix("gravel lantern"))
    stage.tab_to("setup.again")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.groups", 60)
    visitor.take("04-recovery-key")
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Space)
    visitor.take("05-how-will-you-work")
    _show_enrolled(stage)
    visitor.take("06-enrolled")
    stage.tab_to("setup.way.continue")
    stage.press(_Key.Key_Return)
    stage.settle()
    visitor.take("07-pack")
    stage.press(_Key.Key_Return)
    visitor.take("08-ready")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.focus.objectName() == "new_visit.assessment_name")
    stage.press(_Key.Key_Escape)
    stage.settle()
    visitor.take("09-home-empty")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "new_visit.assessment_name")
    stage.type("Northshire ICS")
    visitor.take("10-new-visit")
    stage.bench.stop_creating()
    stage.settle()
    stage.bench.go(Page.SEND)
    visitor.take("11-send-alone")
    stage.window.lock()
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type("not this one at all")
    stage.press(_Key.Key_Return)
    stage.until(lambda: not stage.shows("unlock.busy"), 30)
    visitor.take("12-locked")
    stage.find("unlock.forgotten").setFocus()
    stage.press(_Key.Key_Return)
    visitor.take("13-recovery")


def to_meeting(stage: Stage) -> None:
    """Up the agenda to the first meeting: an interview that only comes next asks for consent first."""
    day = stage.bench.visit
    assert day is not None
    stage.press(_Key.Key_Home)
    for _ in range(60):
        activity = day.line.activity if day.line is not None else None
        if activity is not None and activity.kind is ActivityKind.OBSERVATION:
            return
        stage.press(_Key.Key_Down)
    raise AssertionError("there is no meeting on the agenda")


def _open_sample(stage: Stage) -> None:
    stage.open_practice()
    stage.settle()
    stage.until(lambda: not stage.shows("home.need_0"))  # what waited when the sample was opened is on its way


def sample(visitor: Visitor) -> None:
    """The sample visit: Home, the visit, the live log in its states, Send, Settings, Help."""
    stage = visitor.stage
    _open_sample(stage)
    visitor.take("20-home")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    visitor.take("21-visit")
    to_meeting(stage)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    visitor.take("22-log")
    stage.type('dn: "nobody told us" about the audit #lc')
    visitor.take("23-log-completing")
    stage.type("-")
    stage.press(_Key.Key_Return)
    stage.note("! xy: No doctor on the ward at night, 943 476 5919 #lx")
    visitor.take("24-log-remarks")
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "amend.text")
    visitor.take("25-add-words")
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_T)
    stage.type("lear")
    visitor.take("26-tag")
    stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    visitor.take("27-withdraw")
    stage.press(_Key.Key_Return)
    stage.until(lambda: not stage.shows("withdraw.save"))
    stage.settle()
    visitor.take("28-withdrawn")
    stage.bench.go(Page.SEND)
    stage.settle()
    visitor.take("30-send")
    for name in ("30b-send-staying", "30c-send-sent", "30d-send-log"):
        stage.press(_Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        visitor.take(name)
    stage.press(_Key.Key_F1)
    visitor.take("32-help")
    stage.press(_Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    visitor.take("32b-shortcuts")
    stage.window.commands.run("guide")
    visitor.take("32c-guide")
    stage.bench.go(Page.SETTINGS)
    visitor.take("31-settings")
    for name, page in _SETTINGS.items():
        stage.desk.show_setting(page)
        stage.settle()
        visitor.take(name)
    stage.desk.show_setting(SettingsPage.RECOVERY)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("recovery.stored"))
    visitor.take("31b-recovery-key")
    stage.chord(_Key.Key_K)
    visitor.take("33-find-or-do")
    stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_F9)
    visitor.take("34-hidden")
    stage.press(_Key.Key_F9)


def own(visitor: Visitor) -> None:
    """A vault of one's own with a short visit and no office: what is empty, what stands alone, what is wrong."""
    stage = visitor.stage
    _unlock(stage)
    visitor.take("40-home-own")
    for name, page in (("41-evidence", Page.EVIDENCE), ("42-coverage", Page.COVERAGE), ("43-send", Page.SEND)):
        stage.bench.go(page)
        stage.settle()
        visitor.take(name)
        if page is Page.EVIDENCE:
            _say_more(visitor)
            _triangulate(visitor)
        if page is Page.COVERAGE:
            _balance(visitor)
    stage.bench.go(Page.VISIT)
    stage.settle()
    visitor.take("44-visit-own")


def _say_more(visitor: Visitor) -> None:
    """Secondary tags on a note by keys, then its details."""
    stage = visitor.stage
    stage.find("evidence.table").setFocus(Qt.FocusReason.OtherFocusReason)
    stage.press(_Key.Key_Home)
    stage.press(_Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    for typed in ("survey", "self-report"):
        stage.type(typed)
        stage.press(_Key.Key_Space)
        stage.press(_Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.type("survey")
    stage.settle()
    visitor.take("41c-evidence-secondary-tags")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "evidence.table")
    board = stage.bench.evidence
    stage.until(lambda: board is not None and any(len(row.secondary) == 2 for row in board.rows.rows))
    stage.settle()
    visitor.take("41d-evidence-secondary-details")


def _triangulate(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.find("evidence.table").setFocus(Qt.FocusReason.OtherFocusReason)
    stage.alt(_Key.Key_G)
    stage.until(lambda: stage.focus.objectName() == "triangle.statement")
    stage.until(lambda: stage.shows("triangle.counts"))  # counted over the whole vault, behind the screen
    stage.settle()
    visitor.take("41b-evidence-triangulation")
    stage.press(_Key.Key_Escape)


def _balance(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.alt(_Key.Key_V)
    stage.until(lambda: stage.shows("balance.counts"))  # counted over the whole vault, behind the screen
    stage.settle()
    visitor.take("42b-coverage-balance")
    stage.press(_Key.Key_Escape)


def large(visitor: Visitor) -> None:
    """Ten thousand notes in one meeting."""
    stage = visitor.stage
    _unlock(stage)
    stage.until(lambda: stage.bench.log is not None and stage.focus.objectName() == "log.capture")
    stage.settle()
    visitor.take("50-log-large")
    for name, page in (("51-evidence-large", Page.EVIDENCE), ("52-coverage-large", Page.COVERAGE)):
        stage.bench.go(page)
        stage.settle()
        visitor.take(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One start of the program: what lies on the laptop before, the way through, and how many stops it has at least."""

    walk: Callable[[Visitor], None]
    least: int
    prepare: Callable[[Path], object] = lambda home: None


PARTS: dict[str, Part] = {
    "first-run": Part(walk=first_run, least=14),
    "sample": Part(walk=sample, least=15, prepare=worlds.practice),
    "own": Part(walk=own, least=6, prepare=worlds.own),
    "large": Part(walk=large, least=3, prepare=lambda home: worlds.own(home, 10_000, in_log=True)),
    "escalations": Part(walk=escalations, least=9, prepare=worlds.own),
    "disclosures": Part(walk=disclosures, least=7, prepare=worlds.own),
    "drop-in": Part(walk=drop_in, least=3, prepare=worlds.own),
    "interview": Part(walk=interview, least=12, prepare=worlds.own),
    "files": Part(walk=files, least=6, prepare=worlds.own),
    "cases": Part(walk=cases, least=13, prepare=worlds.own),
    "guides": Part(walk=guides, least=9, prepare=worlds.own),
    "people": Part(walk=people, least=7, prepare=worlds.own),
    "records": Part(walk=records, least=7, prepare=worlds.own),
    "requests": Part(walk=requests, least=4, prepare=worlds.own),
    "frameworks": Part(walk=frameworks, least=4, prepare=worlds.own),
    "reports": Part(walk=reports, least=4, prepare=worlds.own),
    "scores": Part(walk=scores, least=5, prepare=worlds.own),
    "findings": Part(walk=findings, least=5, prepare=worlds.own),
    "accuracy": Part(walk=accuracy, least=5, prepare=worlds.own),
    "accuracy_change": Part(walk=accuracy_change, least=2, prepare=lambda home: worlds.own(home, 0)),
    "day": Part(walk=day_sheet, least=4, prepare=worlds.own),
    "handing": Part(walk=handing, least=11, prepare=worlds.own),
    "programme": Part(walk=programme, least=3, prepare=worlds.own),
    "deciding": Part(walk=deciding, least=8, prepare=conflicts),
    "final": Part(walk=finals, least=3, prepare=contested_case),
    "sign-in": Part(walk=sign_in, least=8, prepare=worlds.own),
    "writing": Part(walk=writing, least=5, prepare=worlds.own),
    "taking-in": Part(walk=taking_in, least=3, prepare=worlds.own),
    "restricting": Part(walk=restricting, least=3, prepare=worlds.own),
}


def _unlock(stage: Stage) -> None:
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.bench.home.state.loaded)
    stage.settle()


def _show_enrolled(stage: Stage) -> None:
    """What enrolling shows, without an office: the words are the presenter's own."""
    wizard = stage.window.wizard
    assert wizard is not None
    wizard.show_enrolled(
        Enrolled(
            office="Care Quality Commission",
            user="Asha Smith",
            store_words=("gravel", "lantern", "orbit", "velvet", "maple", "harbour"),
            laptop_words=("candle", "river", "pencil", "autumn", "copper", "signal"),
        )
    )
