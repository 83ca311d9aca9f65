"""The page Record review: the records that were opened, the notes of one of them, and the line they are typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.models.log_model import LogModel
from ui.presenters.log.capture_line import LineState
from ui.presenters.record.page import RecordPage
from ui.presenters.record.state import FormKind, OpenForm, RecordState
from ui.presenters.services import Sheets
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.evidence.flow import FlowLayout
from ui.views.interview.edits import TalkEdit
from ui.views.labels import ElidedHeading
from ui.views.log.log_table import LogTable
from ui.views.log.name_hint import NameHint
from ui.views.log.paper_bar import ON, PaperBar
from ui.views.log.suggestion_list import SuggestionList
from ui.views.panels.form_panel import FormPanel
from ui.views.panels.side_stack import SideStack
from ui.views.record.look_list import LookList
from ui.views.record.side import RecordSide
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

EMPTY = "No record was opened yet. Open one first: nothing can be noted before it is said whose record it is, and why."
_SAVE = {FormKind.OPEN: "Open the record", FormKind.TAKE_BACK: "Hold its notes"}
_TABLE = 150
"""Pixels the notes have at least."""


class RecordView(View):
    """A form takes the whole page while it is open: it comes before anything else."""

    def __init__(self, page: RecordPage, sheets: Sheets) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        noting = page.noting
        self.heading = ElidedHeading(page.state.title)
        self.open = button("Open a record", "record.open", kind="primary", icon_name="plus")
        self.shut = button("Close the record", "record.close")
        self.print = button("Access log", "record.log")
        self.fault = Banner("record.fault")
        self.notice = Banner("record.notice")
        self.empty = EmptyState(EMPTY)
        self.list = LookList(page.choose, self._to_line, page.to_visit)
        self._of = HeadingLabel("", level=2)
        self._loose = HintLabel()
        self.table = LogTable("record.notes")
        self.model = LogModel(noting.rows, noting.reader, noting.hand_over.waiting, self)
        self.line = TalkEdit(noting.box.line, "Note from the record", "record.line", "What you find in it")
        self.paper: PaperBar = self.part(PaperBar(noting.paper, "record", self._to_line))
        self._names = NameHint()
        self._line_label, self._line_about = RoleLabel("Note from the record"), HintLabel()
        self.usual = RecordSide(page)
        self._side = SideStack(page.panels, noting.reader, self.usual, self.act)
        self.part(self._side)
        self._panel: FormPanel | None = None
        self._made_for: OpenForm | None = None
        self._body = QStackedWidget()
        self._main = QWidget()
        self._lay_out()
        self.suggestions = SuggestionList(self.line, noting.box.line.take_at, self)
        self._connect()

    @property
    def side(self) -> SideStack:
        return self._side

    def take_focus(self) -> None:
        if self._panel is not None:
            self._panel.take_focus()
        elif self.page.state.chosen:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {
            "open_record": page.open_record, "close_record": page.close_record, "access_log": self._save_log,
            "record_consent": page.take_back_consent, "note": self._to_line, "mark": page.noting.mark,
            "on_paper": page.noting.paper.turn, "time": lambda: page.noting.paper.ask(page.noting.box.line),
            "save": self._save, "replace_name": page.noting.box.line.replace_name,
            "walk_up": lambda: self.table.walk(-1), "walk_down": lambda: self.table.walk(1),
            "add_words": lambda: self.act("add_words"), "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
        }  # fmt: skip

    def act(self, action: str) -> None:
        """Something is to be done to the note under the cursor: open, add words, tag, withdraw, leave."""
        row, panels = self.table.current_row(), self.page.panels
        if action == "leave":
            self.take_focus()
        elif row is None:
            waiting = self.model.waiting_at(self.table.currentIndex().row())
            if waiting is not None and action in ("open", "add_words"):
                self.page.noting.edit_stuck(waiting.place)
        elif action == "open":
            self._side.open_note(row)
        elif action == "add_words":
            panels.add_words(row)
        elif action == "withdraw":
            panels.withdraw(row)
        elif action == "tag":
            panels.tag(self.table.chosen_rows() or [row])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.suggestions.isVisible():
            self.suggestions.place()

    def close_view(self) -> None:
        self.model.close()
        if self._panel is not None:
            self._panel.close_view()
        super().close_view()

    def _lay_out(self) -> None:
        presses = FlowLayout()
        for each in (self.open, self.shut, self.print):
            presses.addWidget(each)
        about = QHBoxLayout()
        about.setSpacing(12)
        about.addWidget(self._line_label)
        about.addWidget(self._line_about, 1)
        self.table.setMinimumHeight(_TABLE)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 6, 16, 10)
        rows.setSpacing(6)
        rows.addLayout(presses)
        for part in (self.fault, self.notice, self.empty, self.list, self._of, self._loose):
            rows.addWidget(part)
        rows.addLayout(about)
        rows.addWidget(self.line)
        rows.addWidget(self.paper)
        rows.addWidget(self._names)
        rows.addWidget(self.table, 1)
        rows.addStretch(0)
        scrolled(inside, self._main)
        self._line_label.setBuddy(self.line)
        self._body.addWidget(self._main)
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 0)
        top.addWidget(self.heading)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(top)
        around.addWidget(self._body, 1)

    def _connect(self) -> None:
        page, noting = self.page, self.page.noting
        self.open.clicked.connect(lambda: page.open_record())
        self.shut.clicked.connect(lambda: page.close_record())
        self.print.clicked.connect(lambda: self._save_log())
        self.table.show_model(self.model)
        self.table.acted.connect(self.act)
        self.table.near_top.connect(noting.rows.older)
        self.table.chosen.connect(self._note_chosen)
        self.line.saved.connect(lambda: noting.save())
        self.line.be_low(is_low=True)
        self.line.left.connect(lambda: (self.table if self.table.isVisible() else self.list).setFocus())
        self.line.entered.connect(lambda: self._side.show_note(None))
        self.follow(noting.box.line, self._render_line)
        self.follow(noting.paper, lambda _: self._render_line(noting.box.line.state))
        self.hear(noting.sought.found.listen(self._show_place))
        self.hear(noting.rows.moved.listen(lambda _: self._rows_moved()))
        self.follow(page, self._render)
        self._rows_moved()

    def _render(self, state: RecordState) -> None:
        self.heading.show_words(state.title)
        self.heading.setAccessibleName(state.title)
        self.list.show_rows(state.rows, state.chosen)
        row = state.row
        self.empty.setVisible(not state.rows)
        self._of.setText(row.title if row is not None else "")
        self.shut.setVisible(row is not None and row.is_open)
        self.print.setVisible(bool(state.rows))
        for each in (self._of, self._line_label, self._line_about, self.line):
            each.setVisible(row is not None)
        if row is not None:
            named(self.line, f"Note from {row.title[:200]}")
        self._loose.setText(f"{ui.count(state.loose, 'note')} here belong to no record that was opened")
        self._loose.setVisible(bool(state.loose))
        self._say(self.fault, state.fault, "danger")
        self._say(self.notice, state.recovered or state.remark or state.notice, "info")
        if state.form is not self._made_for:
            self._drop()
            self._made_for = state.form
            if state.form is not None:
                self._open_form(state.form)

    def _say(self, banner: Banner, words: str, kind: str) -> None:
        if banner.words != words:
            banner.say(words, kind, remedy="Dismiss" if words else "", do=self.page.dismiss)

    def _open_form(self, form: OpenForm) -> None:
        identifier = f"record.{form.kind.name.lower()}"
        made = FormPanel(form.kind.value, form.form, identifier, _SAVE[form.kind], self.page.close_form)
        self._panel = made
        self._body.addWidget(made)
        self._body.setCurrentWidget(made)
        if self.isVisible():
            made.take_focus()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        had_focus = panel.isAncestorOf(QApplication.focusWidget() or self)
        panel.close_view()
        self._body.setCurrentWidget(self._main)
        self._body.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        if had_focus:
            self.take_focus()

    def _render_line(self, state: LineState) -> None:
        self.line.render_line(state)
        self._names.render_line(state)
        self.suggestions.render_line(state)
        paper = ON if self.page.noting.paper.state.is_on else ""
        words = "   ".join(part for part in (paper, ui.clock(state.noticed_at) if state.noticed_at else "") if part)
        if self._line_about.text() != words:
            self._line_about.setText(words)

    def _rows_moved(self) -> None:
        count = self.model.rowCount() + self.page.noting.rows.older_count
        named(self.table, f"Notes of this record, {count:,}")
        self.table.setVisible(bool(count))
        self.page.panels.rows_changed(self.page.noting.rows.row)
        shown = self._side.details.shown
        if shown is not None:
            self._side.details.show_note(self.page.noting.rows.row(shown.entry.id))
        self.page.noting.sought.look()

    def _note_chosen(self) -> None:
        if self._side.details.shown is not None and self.table.hasFocus():
            self._side.show_note(self.table.current_row())

    def _show_place(self, place: int) -> None:
        self.table.go_to(place)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._side.show_note(self.table.current_row())

    def _to_line(self) -> None:
        if self.page.state.chosen:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.open_record()

    def _save(self) -> None:
        self.page.noting.save_again()
        session = self.page.bench.session
        session.say(f"{ui.SAVED_HERE} {ui.clock(session.clock.now())}")

    def _save_log(self) -> None:
        kinds = "PDF (*.pdf);;Web page (*.html);;Text (*.txt)"
        chosen = file_to_save(self, "Save the access log", "Access log.pdf", kinds)
        if chosen:
            self.page.save_log(Path(chosen), self._sheets)
