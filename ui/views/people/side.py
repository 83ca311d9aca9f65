"""Region D of the page of people: who is chosen, or the open form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.people.page import PeoplePage
from ui.presenters.people.state import OpenPanel, PanelKind, PeopleState
from ui.presenters.people.words import cut
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import bring_into_sight, scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.ADD: "Add the person", PanelKind.CHANGE: "Save", PanelKind.SAME: "They are one person",
    PanelKind.NAME: "Keep in the key",
}  # fmt: skip


class PeopleSide(FormSide):
    """One form at a time, over the details; what to mind of small numbers stands in it while it is filled in."""

    def __init__(self, page: PeoplePage) -> None:
        self.page = page
        self.details = _Details(page)
        self._small: HintLabel | None = None
        super().__init__(self.details, lambda: page.state.row is not None, self._made)
        self.follow(page, self._render)

    def _render(self, state: PeopleState) -> None:
        self.show_panel(state.panel)
        if state.panel is None:
            self._small = None
        elif self._small is not None and self._small.text() != state.filling:
            self._small.setText(state.filling)
            self._small.setVisible(bool(state.filling))
            if state.filling:
                bring_into_sight(self._small)

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"people.{panel.kind.name.lower()}"
        made = FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)
        self._small = None
        if panel.kind in (PanelKind.ADD, PanelKind.CHANGE):
            self._small = named(HintLabel(), "", f"{identifier}.small")
            self._small.setWordWrap(True)
            self._small.hide()
            made.view.put_after("organisation", self._small)
        return made


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
        self._asked = AskedBox(page.session)
        rows.addLayout(aligned(self._asked))
        self.hear(hear_asked(page.session, self._asked.again))
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
        self._asked.show_record(str(row.person.id) if row is not None else "")
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
            ("Name", name), ("Role", cut(row.person.role, 200)),
            ("Organisation", cut(row.person.organisation, 200)),
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
