"""Region D of Information requests: what is chosen, or the open form with what is held already under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.app.requests import Held
from fieldkit.app.rows import RecordRow
from fieldkit.domain.request import RequestStatus
from fieldkit.kernel.ids import EntryId
from ui.presenters.requests.page import OpenPanel, PanelKind, RequestsPage, RequestsState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.ADD: "Add the request", PanelKind.CHANGE: "Save", PanelKind.RECEIVE: "Save", PanelKind.CLOSE: "Close it",
}  # fmt: skip
_KINDS = {"entry": "Note", "attachment": "File", "request": "Request", "touchpoint": "Case event", "guide": "Guide"}


class RequestsSide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: RequestsPage) -> None:
        self.page = page
        self.details = _Details(page)
        self._held: _HeldList | None = None
        super().__init__(self.details, lambda: page.state.row is not None, self._made)
        self.follow(page, self._render)

    def _render(self, state: RequestsState) -> None:
        self.show_panel(state.panel)
        if state.panel is None:
            self._held = None
        elif self._held is not None:
            self._held.show_held(state.held)

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"requests.{panel.kind.name.lower()}"
        made = FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)
        self._held = None
        if panel.kind is PanelKind.ADD:
            self._held = _HeldList(made.view, self.page.open_note)
            made.view.put_after("what", self._held)
        return made


class _HeldList(QWidget):
    """What the team holds that may answer the request being written.

    It has a parent from the first moment: shown without one it would be a window of its own, for a blink.
    """

    def __init__(self, parent: QWidget, open_note: Callable[[EntryId], None]) -> None:
        super().__init__(parent)
        self._open_note = open_note
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 8, 0, 0)
        self._rows.setSpacing(4)
        self._shown: tuple[Held, ...] = ()
        self.hide()

    def show_held(self, held: tuple[Held, ...]) -> None:
        """Show others."""
        if held == self._shown:
            return
        self._shown = held
        clear(self._rows)
        self._rows.addWidget(HeadingLabel("Held already, may answer this", level=2))
        for one in held:
            label = RoleLabel(f"{_KINDS.get(one.kind, 'Record')}: {one.words}")
            label.setWordWrap(True)
            self._rows.addWidget(label)
            if one.kind == "entry":
                self._rows.addWidget(self._way_to(one))
        self.setVisible(bool(held))

    def _way_to(self, note: Held) -> QWidget:
        """What is typed in the form stays there."""
        made = named(button("Open it at its source", "", kind="link"), f"Open it at its source: {note.words}",
                     f"requests.held.{note.record}")  # fmt: skip
        made.clicked.connect(lambda: self._open_note(EntryId(note.record)))
        return made


class _Details(View):
    """The chosen request, whole."""

    def __init__(self, page: RequestsPage) -> None:
        super().__init__()
        self.page = page
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        self._title = HeadingLabel("", level=2)
        self._title.setWordWrap(True)
        rows.addLayout(aligned(self._title))
        self._asked = AskedBox(page.session)
        rows.addLayout(aligned(self._asked))
        self.hear(hear_asked(page.session, self._asked.again))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        rows.addLayout(self._lines)
        self._buttons: dict[str, ActionButton] = {
            "ask": button("Mark as asked", "requests.ask", kind="primary"),
            "receive": button("Something came", "requests.receive"),
            "close": button("Close it", "requests.close"),
            "change": button("Change", "requests.change"),
        }
        deeds = {"ask": page.ask_now, "receive": page.receive, "close": page.close_it, "change": page.change}
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
            rows.addLayout(aligned(made))
        rows.addStretch(1)
        scrolled(inside, self)
        self._shown: RecordRow | None = None
        self.follow(page, self._render)

    def take_focus(self) -> None:
        first = next((made for made in self._buttons.values() if made.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: RequestsState) -> None:
        row = state.row
        self._asked.show_record(str(row.record) if row is not None else "")
        if row == self._shown:
            return
        self._shown = row
        clear(self._lines)
        self._title.setText(row.value.title if row is not None else "")
        if row is None:
            for made in self._buttons.values():
                made.hide()
            return
        value = row.value
        told = (
            ("Stands", self.page.status(value)), ("Why", value.reason), ("Asked of", value.asked_of),
            ("Asked by", row.author_name or value.asked_by),
            ("Asked on", ui.day(value.asked_on) if value.asked_on else ""), ("For", self.page.statements(value)),
            ("Held or public", value.held), ("What came of it", value.outcome),
            ("Received on", ui.day(value.received_on) if value.received_on else ""),
        )  # fmt: skip
        for name, words in told:
            if words:
                label = RoleLabel(words)
                label.setWordWrap(True)
                for part in (HintLabel(name), label):
                    holder = QWidget()  # one by one: a layout of wrapped words inside another is given its height twice
                    holder.setLayout(aligned(part))
                    self._lines.addWidget(holder)
        self._buttons["ask"].setVisible(value.status is RequestStatus.DRAFT)
        for name in ("receive", "close"):
            self._buttons[name].setVisible(value.status.is_open)
        self._buttons["change"].setVisible(True)
