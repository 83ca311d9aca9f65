"""The page Escalations: two lists, what is chosen beside them, every word of standing from receipts and records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.app.escalation_rows import EscalationRow, Stage
from fieldkit.domain.quality_risk import FOR_DISCUSSION
from ui.presenters.escalation import risk_words, words
from ui.presenters.escalation.page import EscalationsPage, EscalationsState
from ui.presenters.services import Sheets
from ui.presenters.wording import ui
from ui.qt.file_dialogs import file_to_save
from ui.views.escalation.side import EscalationsSide
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.views.who_knows import hear_restrictions, restricted_words
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

EMPTY = "No escalations in this assessment."
NO_RISKS = "No quality risks recorded."
_TINTS = {Stage.NO_CONTACT: "Red", Stage.CONTACTED: "Blue", Stage.CLOSED: "Grey"}


class EscalationsView(View):
    """``escalate`` opens the card."""

    def __init__(self, page: EscalationsPage, sheets: Sheets, escalate: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self.ask_path: Callable[[], str] = self._ask_path
        self.list = TaskList("Escalations", "escalations.list", self._opened)
        self.risks = TaskList("Quality risks", "escalations.risks", self._opened)
        self.empty = EmptyState(EMPTY)
        self._no_risks = EmptyState(NO_RISKS)
        self._passed_on = HeadingLabel("Concerns passed on", level=2)
        self._pointers = RoleLabel()
        self._pointers.setWordWrap(True)
        self.fault = Banner("escalations.fault")
        self.notice = Banner("escalations.notice")
        self._escalate = button("Escalate a risk", "escalations.escalate", kind="primary", icon_name="triangle-alert")
        self._escalate.clicked.connect(lambda: escalate())
        self._numbers = button("Numbers to ring", "escalations.numbers")
        self._numbers.clicked.connect(lambda: page.change_numbers())
        self._set_risk = button("Set a quality risk", "escalations.set_risk")
        self._set_risk.clicked.connect(lambda: page.set_risk())
        self._side: EscalationsSide = self.part(EscalationsSide(page, self._print))
        for one in (self.list, self.risks):
            one.currentRowChanged.connect(lambda _, one=one: self._moved(one))
        self._lay_out()
        self.follow(page, self._render)
        self.hear(hear_restrictions(page.session, lambda: self._render(page.state)))

    @property
    def side(self) -> EscalationsSide:
        return self._side

    def take_focus(self) -> None:
        target = self.list if self.list.count() else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {
            "add_contact": page.add_contact, "risk_numbers": page.change_numbers, "set_risk": page.set_risk,
        }  # fmt: skip

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Escalations"), 1)
        head.addWidget(self._numbers)
        head.addWidget(self._escalate)
        rows.addLayout(head)
        for each in (self.fault, self.notice, self.list, self.empty):
            rows.addWidget(each)
        rows.addSpacing(12)
        below = QHBoxLayout()
        below.addWidget(HeadingLabel("Quality risks", level=2), 1)
        below.addWidget(self._set_risk)
        rows.addLayout(below)
        rows.addWidget(HintLabel(FOR_DISCUSSION))
        rows.addWidget(self.risks)
        rows.addWidget(self._no_risks)
        rows.addSpacing(12)
        rows.addWidget(self._passed_on)
        rows.addWidget(self._pointers)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: EscalationsState) -> None:
        now = self.page.session.clock.now()
        lines = [self._line(row) for row in state.rows]
        self.list.show_lines(f"Escalations, {len(lines)}", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        today = now.astimezone().date()
        risks = [
            TaskLine(
                key=one.row.record, title=one.value.concern, status=risk_words.status(one, today), is_done=False,
                spoken=f"{one.value.concern}, {risk_words.status(one, today)}", mark="gauge",
                is_tinted=one.next_on < today, tint="Red",
            )
            for one in state.risks
        ]  # fmt: skip
        self.risks.show_lines(f"Quality risks, {len(risks)}", risks)
        self.risks.setVisible(bool(risks))
        self._no_risks.setVisible(not risks)
        for which, keys in (
            (self.list, [one.row.record for one in state.rows]), (self.risks, [one.row.record for one in state.risks]),
        ):  # fmt: skip
            _mark(which, keys.index(state.chosen) if state.chosen in keys else -1)
        self._pointers.setText("\n".join(words.pointer(one.value) for one in state.pointers))
        for one in (self._passed_on, self._pointers):
            one.setVisible(bool(state.pointers))
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)

    def _line(self, row: EscalationRow) -> TaskLine:
        now = self.page.session.clock.now()
        today, value = now.astimezone().date(), row.value
        where = f" · {value.place}" if value.place else ""
        news = "New to you" if row.is_news else ""
        alone = self.page.is_alone  # then every row would say the same of itself
        standing = () if alone else (words.delivered(row, today, is_alone=alone), words.seen(row, today))
        restricted = restricted_words(self.page.session, value.id)
        parts = (words.status(row, today), words.due(value, row, now), news, *standing, restricted)
        status = " · ".join(part for part in parts if part)
        title = f"{value.priority.value.upper()}  {value.what}{where}"
        return TaskLine(
            key=row.row.record, title=title, status=status, spoken=f"{title}. {status}", is_done=value.is_closed,
            is_tinted=not value.is_closed, tint="Red" if row.is_late(now) else _TINTS[row.stage],
            mark="" if value.is_closed else "triangle-alert" if row.needs_somebody(now) else "circle",
        )  # fmt: skip

    def _moved(self, which: TaskList) -> None:
        place = which.currentRow()
        rows = self.page.state.rows if which is self.list else self.page.state.risks
        if which.hasFocus() and 0 <= place < len(rows):
            self.page.choose(rows[place].row.record)

    def _opened(self, key: str) -> None:
        self.page.open(key)
        self._side.opened.emit()

    def _print(self) -> None:
        path = self.ask_path()
        if path:
            self.page.save_sheet(Path(path), self._sheets)

    def _ask_path(self) -> str:
        row = self.page.state.row
        name = f"Escalation {ui.day(row.value.opened_at.date())}.pdf" if row is not None else "Escalation.pdf"
        return file_to_save(self, "Save a sheet to print", name, "PDF (*.pdf)")


def _mark(which: TaskList, place: int) -> None:
    """Select the chosen row, or none; some row is always current, so that coming by Tab changes nothing."""
    flags = QItemSelectionModel.SelectionFlag
    model, current = which.selectionModel(), max(place, which.currentRow(), 0)
    with QSignalBlocker(which):
        if place >= 0:
            which.setCurrentRow(place)
        elif which.count():
            which.clearSelection()
            model.setCurrentIndex(which.model().index(min(current, which.count() - 1), 0), flags.NoUpdate)
