"""Home on the screen (ux S3): what needs me, and today's visit under the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from fieldkit.kernel.ids import VisitId
from ui.presenters.home import AssessmentGroup, Home, HomeState, Need, VisitRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.typography import role_font
from ui.views.rendering import View, clear
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel

_ID = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class VisitTree(QTreeView):
    """Assessments with their visits; Enter opens the visit under the cursor."""

    def __init__(self, opened: Callable[[VisitId], None]) -> None:
        super().__init__()
        self._opened = opened
        named(self, "Assessments and visits", "home.visits")
        prepare_rows(self)
        self.setModel(QStandardItemModel(0, 3, self))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.activated.connect(self._activate)

    @property
    def items(self) -> QStandardItemModel:
        """The model."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    def show_groups(self, groups: tuple[AssessmentGroup, ...], first: VisitId | None) -> None:
        """List everything; the cursor stays where it was, or goes to today's visit."""
        before = self.current_visit() or first
        self.items.clear()
        self.items.setHorizontalHeaderLabels(["Assessment and visit", "When", "Notes"])
        for group in groups:
            self._add(group, before)
        self.expandAll()
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def current_visit(self) -> VisitId | None:
        """The visit under the cursor."""
        index = self.currentIndex()
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        return VisitId(found) if found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _add(self, group: AssessmentGroup, before: VisitId | None) -> None:
        head = [QStandardItem(group.assessment.name), QStandardItem(""), QStandardItem(group.notes)]
        head[0].setFont(role_font("heading2"))
        for item in head:
            item.setData(f"{group.assessment.name}, {group.notes}", _SPOKEN)
        self.items.appendRow(head)
        for visit in group.visits:
            row = [QStandardItem(visit.name), QStandardItem(_when(visit)), QStandardItem("")]
            row[0].setData(visit.visit.id, _ID)
            for item in row:
                item.setData(visit.sentence, _SPOKEN)
            head[0].appendRow(row)
            if visit.visit.id == before:
                self.setCurrentIndex(row[0].index())

    def _activate(self, index: QModelIndex) -> None:
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        if found:
            self._opened(VisitId(found))


class HomeView(View):
    """``needed`` is told which need's button was pressed."""

    def __init__(
        self,
        home: Home,
        opened: Callable[[VisitId], None],
        create: Callable[[], None],
        sample: Callable[[], None] | None,
        needed: Callable[[Need], None],
    ) -> None:
        super().__init__()
        self._needed = needed
        self.tree = VisitTree(opened)
        self.create_button = button("Create a visit", "home.create", kind="primary", icon_name="plus")
        self.create_button.clicked.connect(lambda: create())
        self._needs = QVBoxLayout()
        self._needs.setSpacing(6)
        self._needs_box = QWidget()
        self._needs_heading = HeadingLabel("Needs you", level=2)
        self._fault = Banner("home.fault")
        self._empty = self._empty_page(create, sample)
        self._body = QStackedWidget()
        self._body.addWidget(self.tree)
        self._body.addWidget(self._empty)
        self._lay_out()
        self.follow(home, self._render)

    def take_focus(self) -> None:
        shown = self._body.currentWidget()
        target = self.tree if shown is self.tree else self._first_empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Home"), 1)
        head.addWidget(self.create_button)
        needs = QVBoxLayout(self._needs_box)
        needs.setContentsMargins(0, 0, 0, 4)
        needs.addWidget(self._needs_heading)
        needs.addLayout(self._needs)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(10)
        rows.addLayout(head)
        rows.addWidget(self._fault)
        rows.addWidget(self._needs_box)
        rows.addWidget(self._body, 1)

    def _empty_page(self, create: Callable[[], None], sample: Callable[[], None] | None) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setSpacing(12)
        rows.addStretch(1)
        words = "No visits yet. Create a visit, or open the sample visit to try FieldKit."
        empty = EmptyState(words if sample else "No visits yet. Create a visit.")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(empty)
        row = QHBoxLayout()
        row.addStretch(1)
        self._first_empty = button("Create a visit", "home.create_first", kind="primary")
        self._first_empty.clicked.connect(lambda: create())
        row.addWidget(self._first_empty)
        if sample is not None:
            other = button("Open the sample visit", "home.sample")
            other.clicked.connect(lambda: sample())
            row.addWidget(other)
        row.addStretch(1)
        rows.addLayout(row)
        rows.addStretch(2)
        return page

    def _render(self, state: HomeState) -> None:
        wanted = self._empty if state.is_empty else self.tree
        if self._body.currentWidget() is not wanted:
            had = self._body.isAncestorOf(QApplication.focusWidget() or self)
            self._body.setCurrentWidget(wanted)
            if had:
                self.take_focus()
        self.create_button.setVisible(not state.is_empty)
        if state.loaded:
            had_focus = self.tree.hasFocus()
            self.tree.show_groups(state.groups, state.first)
            if had_focus:
                self.tree.setFocus()
        self._show_needs(state)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")

    def _show_needs(self, state: HomeState) -> None:
        clear(self._needs)
        self._needs_box.setVisible(bool(state.needs))
        self._needs_heading.setText(f"Needs you ({len(state.needs)})")
        for place, need in enumerate(state.needs):
            row = QFrame()
            row.setProperty("banner", "warning" if need.need is Need.STORE_KEY else "info")
            inner = QHBoxLayout(row)
            inner.setContentsMargins(12, 4, 8, 4)
            words = RoleLabel(need.text)
            words.setWordWrap(True)
            inner.addWidget(words, 1)
            press = button(need.need.value, f"home.need_{place}")
            press.clicked.connect(lambda _=False, which=need.need: self._needed(which))
            inner.addWidget(press)
            self._needs.addWidget(row)


def _when(visit: VisitRow) -> str:
    return f"{visit.when}   Today" if visit.is_today else visit.when
