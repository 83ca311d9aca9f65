"""The evidence list on the screen (ux S8): find, filter, select, tag together, open at the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.app.rows import EntryRow
from fieldkit.domain.evidence import Acquisition, Bearing
from fieldkit.kernel.ids import EntryId
from ui.models.evidence_model import EvidenceModel
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.state import EvidenceState
from ui.presenters.services import Say
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.evidence.evidence_side import EvidenceSide
from ui.views.evidence.evidence_table import EvidenceTable
from ui.views.evidence.foot import EvidenceFoot
from ui.views.evidence.head import EvidenceHead
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState

_LOW = 230
"""Pixels at 100 % text below which a page keeps only what is needed to find and read notes."""
NOTHING_YET = "No evidence yet. Notes, answers and case events appear here."


class EvidenceView(View):
    """``open_note`` shows a note at its source; ``back`` goes where one came from."""

    def __init__(
        self, board: EvidenceBoard, open_note: Callable[[EntryId], None], back: Callable[[], None], say: Say
    ) -> None:
        super().__init__()
        self.board = board
        self._open_note = open_note
        self._back = back
        self._say = say
        self._edition = -1
        self._said: tuple[str, ...] = ()
        self._wants_table = False
        self.head = EvidenceHead(board)
        self.fault = Banner("evidence.fault")
        self._model = EvidenceModel(board, self)
        self.table = EvidenceTable(board, self._model)
        self.empty = EmptyState(NOTHING_YET)
        self.clear = button("Clear filter", "evidence.clear")
        self.foot = EvidenceFoot(board)
        self._nothing = QWidget()
        self._body = QStackedWidget()
        self._side: EvidenceSide = self.part(EvidenceSide(board, self._act_on_shown))
        self._lay_out()
        self._connect()
        self.follow(board, self._render)
        self._cursor_moved()  # rows that were there before the table was told of nobody

    @property
    def side(self) -> EvidenceSide:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {
            "find": self._find,
            "filters": self._side.toggle_filters,
            "saved_filters": self._side.toggle_saved,
            **{f"bear_{one.value}": partial(self._bear, one) for one in Bearing},
            **{f"came_{one.value}": partial(self._came, one) for one in Acquisition},
            "triage": self.board.triage.go,
            "triangulation": lambda: self._side.toggle_triangle(self._current()),
            "add_to_finding": self._add_to_finding,
            "clear_filter": self.board.clear_filter,
            "select_all": self.board.choose_all,
            "open_at_source": lambda: self.act("open"),
            "tag": lambda: self.act("tag"),
            "add_words": lambda: self.act("add_words"),
            "withdraw": lambda: self.act("withdraw"),
        }
        for number in range(1, 7):
            found[f"category_{number}"] = partial(self._categorise, number)
        return found

    def _add_to_finding(self) -> None:
        """What is selected, or the note at the cursor, goes to Findings, where its finding is chosen."""
        current = self.note
        self.board.to_finding(current.entry.id if current is not None else None)

    @property
    def note(self) -> EntryRow | None:
        return self.table.current_row()

    def take_focus(self) -> None:
        self.head.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.board.state.filter:  # who was led here by a filter wants its notes
            self._go_to_table()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.board.look(is_up=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.board.look(is_up=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < _LOW * appearance().typography.percent / 100
        self.head.be_low(is_low=is_low)
        self.foot.be_low(is_low=is_low)

    def close_view(self) -> None:
        self._model.close()
        super().close_view()

    def act(self, action: str) -> None:
        """Something is to be done: ``open``, ``tag``, ``add_words``, ``withdraw``, ``leave`` or ``above``."""
        row = self.table.current_row()
        if action == "leave":
            self._leave()
        elif action == "above":
            self.head.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif action == "tag":
            self.board.tag(self._current())
        elif row is None:
            self._say("Select a note first")
        elif action == "open":
            self._open_note(row.entry.id)
        elif action == "add_words":
            self.board.panels.add_words(row)
        elif action == "withdraw":
            self.board.panels.withdraw(row)

    def _act_on_shown(self, action: str) -> None:
        """A button beside the note that is shown whole: it means that note, whatever is selected."""
        row = self._side.notes.details.shown
        if action == "tag" and row is not None:
            self.board.panels.tag([row])
        else:
            self.act(action)

    def _current(self) -> EntryId | None:
        """The note the cursor is on, where the person works in the list or on its details."""
        row = self.table.current_row()
        focused = QApplication.focusWidget()
        at_work = self.table.hasFocus() or (focused is not None and not self.isAncestorOf(focused))
        return row.entry.id if row is not None and at_work else None

    def _bear(self, bearing: Bearing) -> None:
        self.board.bear(bearing, self._current())

    def _came(self, acquisition: Acquisition) -> None:
        self.board.came(acquisition, self._current())

    def _categorise(self, number: int) -> None:
        self.board.categorise(number, self._current())

    def _find(self) -> None:
        self.head.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.box.selectAll()

    def _leave(self) -> None:
        if self.board.state.chosen:
            self.board.choose_none()
        else:
            self._back()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._nothing)
        inside.addStretch(1)
        inside.addWidget(self.empty)
        inside.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self._nothing)
        self._body.addWidget(self.table)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(6)
        rows.addWidget(self.head)
        rows.addWidget(self.fault)
        rows.addWidget(self._body, 1)
        rows.addWidget(self.foot)

    def _connect(self) -> None:
        self.head.box.acted.connect(self._box_acted)
        self.head.filters.clicked.connect(lambda: self._side.toggle_filters())
        self.head.saved.clicked.connect(lambda: self._side.toggle_saved())
        self.clear.clicked.connect(self._clear)
        self.foot.tag.clicked.connect(lambda: self.board.tag(None))
        self.foot.finding.clicked.connect(lambda: self._add_to_finding())
        self.table.acted.connect(self.act)
        self.table.moved.connect(self._cursor_moved)
        self.hear(self.board.rows.moved.listen(lambda _: self._rows_moved()))
        self.hear(self.board.rows.settled.listen(lambda _: self._answered()))
        self.head.box.edited.connect(self._typed_on)
        self.hear(self.board.triage.at.listen(self.table.go_to))

    def _typed_on(self) -> None:
        self._wants_table = False

    def _box_acted(self, action: str) -> None:
        if action == "all":
            self.board.choose_all()
        elif action == "leave":
            if self.head.box.text():  # what was typed first, then what is selected, then the page
                self.board.clear_filter()
            else:
                self._leave()
        else:
            if action == "enter":
                self.board.settle()
            if action == "down" or not self.board.state.problems:
                self._go_to_table()

    def _go_to_table(self) -> None:
        """Now, or once the answer is there: rows of the filter before must not be taken for those of this one."""
        self._wants_table = self.board.rows.is_searching
        if not self._wants_table and self._model.rowCount():
            self._show_body(self.board.state)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self) -> None:
        self._rows_moved()
        if self._wants_table and self.head.box.hasFocus():
            self._go_to_table()

    def _clear(self) -> None:
        self.board.clear_filter()
        self.head.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cursor_moved(self) -> None:
        self._side.show_note(self.table.current_row())

    def _rows_moved(self) -> None:
        self._side.show_note(self.table.current_row())
        self._show_body(self.board.state)

    def _render(self, state: EvidenceState) -> None:
        if state.edition != self._edition:
            self._edition = state.edition
            self.head.box.show_text(state.filter)
        self.head.show_state(state)
        self.foot.show_state(state)
        named(self.table, f"Evidence, {state.summary}")
        if state.problems != self._said:
            self._said = state.problems
            for problem in state.problems:
                self._say(problem)
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger", remedy="Dismiss", do=self.board.dismiss_fault) if state.fault else (
                self.fault.clear()
            )
        self._show_body(state)

    def _show_body(self, state: EvidenceState) -> None:
        if not state.has_begun or self.board.rows.is_searching:
            return  # what was there stays until there is an answer
        has_rows = self._model.rowCount() > 0
        is_filtered = bool(state.filter.strip())
        words = f"Nothing matches ‘{state.filter.strip()}’." if is_filtered else NOTHING_YET
        if self.empty.text() != words:
            self.empty.setText(words)
        self.clear.setVisible(is_filtered)
        target = self.table if has_rows else self._nothing
        if self._body.currentWidget() is not target:
            had_focus = self.table.hasFocus() or self.empty.hasFocus() or self.clear.hasFocus()
            self._body.setCurrentWidget(target)
            if had_focus:
                # Not the box: there Ctrl+Z would undo the filter, and not what has just emptied the list.
                (self.table if has_rows else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)
