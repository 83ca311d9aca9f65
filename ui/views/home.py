"""Home on the screen (ux S3): what needs me, and today's visit under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.kernel.ids import VisitId
from ui.presenters.home import Home, HomeState, Need, NeedRow
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.home_side import HomeSide
from ui.views.rendering import View, clear
from ui.views.scrolling import Scrolling
from ui.views.visit_tree import VisitTree
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel

_LOW = 200
"""Pixels of height at 100 % text, below which the room between the parts goes to the visits."""
_NOTHING = "No visits yet. Create a visit, or open the sample visit to try FieldKit."
_ALL_ARCHIVED = "Every visit is archived. Show archived lists them: Delete on one brings it back. Or create a visit."


class HomeView(View):
    """``needed`` is told which need's button was pressed; ``instead`` stands in region D in place of the details."""

    def __init__(
        self,
        home: Home,
        opened: Callable[[VisitId], None],
        create: Callable[[], None],
        sample: Callable[[], None] | None,
        needed: Callable[[NeedRow], None],
        instead: View | None = None,
    ) -> None:
        super().__init__()
        self._home = home
        self._needed = needed
        self._shown_needs: tuple[NeedRow, ...] = ()
        self.tree = VisitTree()
        self.tree.opened.connect(lambda visit: opened(VisitId(visit)))
        self.tree.chosen.connect(lambda visit: home.choose(VisitId(visit) if visit else None))
        self.tree.removed.connect(home.archive)
        self.create_button = button("Create a visit", "home.create", kind="primary", icon_name="plus")
        self.create_button.clicked.connect(lambda: create())
        self._archived = button("Show archived", "home.archived")
        self._archived.clicked.connect(lambda: home.show_archived())
        self._needs = QVBoxLayout()
        self._needs.setSpacing(6)
        self._needs_box = QWidget()
        self._needs_heading = HeadingLabel("Needs you", level=2)
        self._fault = Banner("home.fault")
        self._empty_words = EmptyState()
        self._nothing = _NOTHING if sample else "No visits yet. Create a visit."
        self._empty = self._empty_page(create, sample)
        self._body = QStackedWidget()
        self._body.addWidget(self.tree)
        self._body.addWidget(self._empty)
        self._side: HomeSide = self.part(HomeSide(home, lambda: self._open(opened), instead))
        self._lay_out()
        self.follow(home, self._render)

    @property
    def side(self) -> HomeSide:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "change_visit": self._home.change,
            "archive_visit": self._home.archive,
            "show_archived": self._home.show_archived,
        }

    def take_focus(self) -> None:
        if self._side.has_panel:
            self._side.take_focus()
            return
        shown = self._body.currentWidget()
        target = self.tree if shown is self.tree else self._first_empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space(2 if self.height() < _LOW * appearance().typography.percent / 100 else 10)

    def _space(self, between: int) -> None:
        if (rows := self.layout()) is not None:
            rows.setContentsMargins(16, between, 16, between)
            rows.setSpacing(between)
            self._inner.setContentsMargins(0, 0, 0, 0)
            self._inner.setSpacing(between)

    def _open(self, opened: Callable[[VisitId], None]) -> None:
        if self._home.state.chosen is not None:
            opened(self._home.state.chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Home"), 1)
        head.addWidget(self._archived)
        head.addWidget(self.create_button)
        needs = QVBoxLayout(self._needs_box)
        needs.setContentsMargins(0, 0, 0, 4)
        needs.addWidget(self._needs_heading)
        needs.addLayout(self._needs)
        page = QWidget()  # in a low window at 200 % text two rows of needs and the visits want more than there is
        self._inner = QVBoxLayout(page)
        for part in (self._fault, self._needs_box):
            self._inner.addWidget(part)
        self._inner.addWidget(self._body, 1)
        rows = QVBoxLayout(self)
        rows.addLayout(head)
        rows.addWidget(Scrolling(page), 1)
        self._space(10)

    def _empty_page(self, create: Callable[[], None], sample: Callable[[], None] | None) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setSpacing(12)
        rows.addStretch(1)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(self._empty_words)
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
        self._empty_words.setText(_ALL_ARCHIVED if state.archived else self._nothing)
        self.create_button.setVisible(not state.is_empty)
        self._archived.setVisible(bool(state.archived))
        words = "Hide archived" if state.shows_archived else f"Show archived ({state.archived})"
        named(self._archived, words).setText(words)
        if state.loaded:
            self.tree.show_groups(state.groups, state.first)
        self._show_needs(state.needs)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")

    def _show_needs(self, needs: tuple[NeedRow, ...]) -> None:
        if needs == self._shown_needs and self._needs_box.isVisible() == bool(needs):
            return
        self._shown_needs = needs
        had = self._needs_box.isAncestorOf(QApplication.focusWidget() or self)
        clear(self._needs)
        self._needs_box.setVisible(bool(needs))
        self._needs_heading.setText(f"Needs you ({len(needs)})")
        before: QWidget = self.create_button
        for place, need in enumerate(needs):
            before = self._add_need(place, need, before)
        if had:
            self.take_focus()

    def _add_need(self, place: int, need: NeedRow, before: QWidget) -> QWidget:
        """A row whose button Tab reaches after ``before``: rows that come later would else be reached last."""
        row = QFrame()
        row.setProperty("banner", "warning" if need.need is Need.STORE_KEY else "info")
        inner = QHBoxLayout(row)
        inner.setContentsMargins(12, 4, 8, 4)
        words = RoleLabel(need.text)
        words.setWordWrap(True)
        inner.addWidget(words, 1)
        press = button(need.need.value, f"home.need_{place}")
        named(press, f"{need.need.value}, {need.text}")
        press.clicked.connect(lambda _=False, which=need: self._needed(which))
        inner.addWidget(press)
        self._needs.addWidget(row)
        QWidget.setTabOrder(before, press)
        return press
