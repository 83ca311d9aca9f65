"""Beside Home: the chosen visit, or the form of a new or changed one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.home import Home, HomeState
from ui.presenters.home_rows import VisitRow
from ui.presenters.new_visit import NewVisit
from ui.presenters.visit_changes import ChangeVisit
from ui.presenters.wording import ui
from ui.views.change_visit import change_visit_panel
from ui.views.new_visit import NewVisitPanel
from ui.views.panels.frame import PanelFrame
from ui.views.rendering import SideView, View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel


class VisitDetails(View):
    """What is known of the visit under the cursor; its buttons do what the keys do."""

    def __init__(self, opened: Callable[[], None], change: Callable[[], None], archive: Callable[[], None]) -> None:
        super().__init__()
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(16, 12, 12, 12)
        self._rows.setSpacing(8)
        scrolled(inside, self)
        self._empty = EmptyState("Select a visit to see it here")
        self._heading = HeadingLabel("Visit details", level=2)
        self._name = _wrapped(RoleLabel("", "heading2"))
        self._lines = [_wrapped(RoleLabel()) for _ in range(6)]
        self.open_button = button("Open visit", "home.open", kind="primary")
        self._change = button("Change", "home.change")
        self._archive = button("Archive", "home.archive")
        for one, do in ((self.open_button, opened), (self._change, change), (self._archive, archive)):
            one.clicked.connect(lambda _=False, do=do: do())
        self._keys = HintLabel("Enter opens, F2 changes, Delete archives. An archived visit is kept")
        buttons = (self.open_button, self._change, self._archive)
        for widget in (self._heading, self._empty, self._name, *self._lines):
            self._rows.addWidget(widget)
        for press in buttons:
            self._rows.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addWidget(self._keys)
        self._rows.addStretch(1)
        self.show_visit(None)

    def show_visit(self, row: VisitRow | None) -> None:
        """Show a visit, or that none is chosen."""
        self._empty.setVisible(row is None)
        for widget in (self._name, *self._lines, self.open_button, self._change, self._archive, self._keys):
            widget.setVisible(row is not None)
        if row is None:
            return
        self._name.setText(row.name)
        lines = _lines_of(row)
        for label, words in zip(self._lines, (*lines, *([""] * len(self._lines))), strict=False):
            label.setText(words)
            label.setVisible(bool(words))
        self._archive.setText("Bring back" if row.is_archived else "Archive")
        self._archive.setAccessibleName(f"{self._archive.text()}, {row.name}")

    def take_focus(self) -> None:
        target = self.open_button if self.open_button.isVisible() else self._empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class HomeSide(SideView):
    """Region D of Home. ``instead`` stands there while no form is open: what there is to try, while practising."""

    def __init__(self, home: Home, opened: Callable[[], None], instead: View | None = None) -> None:
        super().__init__()
        self._home = home
        self._instead = instead
        self.details: VisitDetails | None = None
        if instead is None:
            self.details = self.part(VisitDetails(opened, home.change, home.archive))
        self._panel: PanelFrame | None = None
        self._made_for: NewVisit | ChangeVisit | None = None
        self._usual: View = self.details or self.part(instead)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._usual)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(home, self._render)

    @property
    def has_something(self) -> bool:
        """Whether there is a form, or a visit to show."""
        return self._panel is not None or self._instead is not None or self._home.chosen is not None

    @property
    def has_panel(self) -> bool:
        """Whether a form is open."""
        return self._panel is not None

    def take_focus(self) -> None:
        (self._panel or self._usual).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: HomeState) -> None:
        if self.details is not None:
            self.details.show_visit(self._home.chosen)
        if state.panel is not self._made_for:
            self._drop()
            self._made_for = state.panel
            if state.panel is not None:
                self._open(state.panel)
        self.filled.emit()

    def _open(self, panel: NewVisit | ChangeVisit) -> None:
        close = self._home.close_panel
        self._panel = change_visit_panel(panel) if isinstance(panel, ChangeVisit) else NewVisitPanel(panel, close)
        self._stack.addWidget(self._panel)
        self._stack.setCurrentWidget(self._panel)
        self.opened.emit()
        self._panel.take_focus()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.close_view()
        had = panel.isAncestorOf(QApplication.focusWidget() or self)
        if had:
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._stack.setCurrentWidget(self._usual)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()


def _lines_of(row: VisitRow) -> list[str]:
    counts = row.counts
    found = (
        row.assessment.name, row.when, row.visit.place, ui.count(counts.activities, "activity", "activities"),
        ui.count(counts.notes, "note"), row.waiting,
    )  # fmt: skip
    return [words for words in found if words]


def _wrapped(label: RoleLabel) -> RoleLabel:
    label.setWordWrap(True)
    return label
