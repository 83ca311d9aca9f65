"""Region D of the page of people: who is chosen, or the open form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.people.page import OpenPanel, PanelKind, PeoplePage, PeopleState
from ui.presenters.wording import ui
from ui.views.form import FormPanel
from ui.views.rendering import SideView, View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.ADD: "Add the person", PanelKind.CHANGE: "Save", PanelKind.SAME: "They are one person",
    PanelKind.NAME: "Keep in the key",
}  # fmt: skip


class PeopleSide(SideView):
    """One form at a time, over the details."""

    def __init__(self, page: PeoplePage) -> None:
        super().__init__()
        self.page = page
        self.details: _Details = self.part(_Details(page))
        self._panel: FormPanel | None = None
        self._made_for: OpenPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(page, self._render)

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self.page.state.row is not None

    def take_focus(self) -> None:
        (self._panel or self.details).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: PeopleState) -> None:
        if state.panel is not self._made_for:
            self._drop()
            self._made_for = state.panel
            if state.panel is not None:
                self._open(state.panel)
        self.filled.emit()

    def _open(self, panel: OpenPanel) -> None:
        identifier = f"people.{panel.kind.name.lower()}"
        made = FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)
        self._panel = made
        self._stack.addWidget(made)
        self._stack.setCurrentWidget(made)
        self.opened.emit()
        made.take_focus()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        is_name = self._made_for is not None and self._made_for.kind is PanelKind.NAME
        panel.close_view()
        if is_name:
            panel.forget()
        if panel.isAncestorOf(QApplication.focusWidget() or self):
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._stack.setCurrentWidget(self.details)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()


class _Details(View):
    """The chosen person: role, notes, their other codes; the name while the key is open."""

    def __init__(self, page: PeoplePage) -> None:
        super().__init__()
        self.page = page
        self._empty = EmptyState("Select a person to see them here")
        self._title = HeadingLabel("", level=2)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.name = button("Put the name in the key", "people.name_them")
        self.change = button("Change", "people.change_them")
        self.same = button("Same person as somebody else", "people.same_as")
        self._others = QVBoxLayout()
        self._shown: object = None
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        rows.addLayout(aligned(self._empty))
        rows.addLayout(aligned(self._title))
        rows.addLayout(aligned(self._lines))
        for made, do in ((self.name, page.name_them), (self.change, page.change), (self.same, page.same_as)):
            made.clicked.connect(lambda _=False, do=do: do())
            rows.addLayout(aligned(made))
        rows.addLayout(aligned(self._others))
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)

    def take_focus(self) -> None:
        (self.change if self.change.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: PeopleState) -> None:
        row = state.row
        self._empty.setVisible(row is None)
        for made in (self._title, self.change, self.same):
            made.setVisible(row is not None)
        self.name.setVisible(row is not None and state.is_open)
        name = state.name(row.person.id) if row is not None else ""
        shown = (row, name)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        clear(self._others)
        self._title.setText(row.person.code.upper() if row is not None else "")
        if row is None:
            return
        told = (
            ("Name", name), ("Role", row.person.role), ("Organisation", row.person.organisation),
            ("Notes", ui.count(row.notes, "note")),
        )  # fmt: skip
        for label, words in told:
            if words:
                self._lines.addWidget(HintLabel(label))
                said = RoleLabel(words)
                said.setWordWrap(True)
                self._lines.addWidget(said)
        for each in row.others:
            words = f"{each.code.upper()} is somebody else"
            made = button(words, f"people.apart.{each.code}")
            made.clicked.connect(partial(self._apart, each.id))
            self._others.addWidget(made)

    def _apart(self, person: str, _: bool = False) -> None:
        self.page.tell_apart(person)
