"""The questions of one guide, to be changed: add, change, move, remove, and save as a version."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.guide import next_version
from fieldkit.exchange.xlsform.mapping import spelt
from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import GuidesState, Showing
from ui.presenters.guides.words import about
from ui.views.guides.reading import wrapped
from ui.views.guides.rows import Rows
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_UNSAVED = "Your changes are on this laptop. Your team gets them when you save them as a version"
_AS_IT_IS = "Nothing is changed yet"


class ChangePart(View):
    """In the list Enter changes and Delete removes; the rest are commands of the page."""

    def __init__(self, page: GuidesPage) -> None:
        super().__init__()
        self.page = page
        self._names: list[str] = []
        self._is_rendering = False
        self._title = wrapped(HeadingLabel())
        self._about = wrapped(RoleLabel())
        self._standing = wrapped(HintLabel())
        self.rows = Rows(("", "Question", "Section", "Tags"), "guides.questions", wide=1)
        self.rows.takes = self._takes
        self.rows.selectionModel().currentRowChanged.connect(lambda now, _: self._moved(now.row()))
        self.rows.activated.connect(lambda _: QTimer.singleShot(0, self, page.edit_question))  # not for this Enter
        self.save = self._made("Save as a version", "guides.save", page.save, kind="primary")
        self._put_back = self._made("Leave the changes", "guides.put_back", page.put_back)
        self._back = self._made("Back to the guides", "guides.back", page.leave)
        self._verbs = (
            self._made("Change", "guides.edit", page.edit_question),
            self._made("Add a question", "guides.add_question", page.add_question),
            self._made("Remove", "guides.remove", page.remove_question),
            self._made("Move up", "guides.up", lambda: page.move_question(-1)),
            self._made("Move down", "guides.down", lambda: page.move_question(1)),
            self._made("Title and words read out", "guides.about", page.edit_about),
        )
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.page.leave()
        else:
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Delete in the list; a command of the page would take it from the fields of a form."""
        if event.key() != Qt.Key.Key_Delete:
            return False
        self.page.remove_question()
        return True

    def _made(self, words: str, identifier: str, do: object, kind: str = "") -> ActionButton:
        made = button(words, identifier, kind=kind)
        made.clicked.connect(lambda: do())  # type: ignore[operator]
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        rows.addWidget(self._about)
        rows.addWidget(self.rows, 1)
        for some in (self._verbs[:3], self._verbs[3:]):
            row = QHBoxLayout()
            for one in some:
                row.addWidget(one)
            row.addStretch(1)
            rows.addLayout(row)
        rows.addWidget(self._standing)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self._put_back)
        foot.addStretch(1)
        rows.addLayout(foot)
        scrolled(inside, self)

    def _render(self, state: GuidesState) -> None:
        guide = state.changing
        if state.showing is not Showing.CHANGE or guide is None:
            return
        titles = {one.id: one.title for one in guide.sections}
        cells = [
            (str(n), one.text, titles.get(one.section, ""), spelt(one.targets, self.page.frameworks)[0])
            for n, one in enumerate(guide.asked, start=1)
        ]
        self._names = [one.id for one in guide.asked]
        self._is_rendering = True
        at = self._names.index(state.question) if state.question in self._names else 0
        self.rows.put(f"Questions of {guide.title}, {len(cells)}", cells, at)
        self._is_rendering = False
        self._title.setText(guide.title)
        self._about.setText(about(guide))
        row = state.row
        self.save.setText(f"Save as version {next_version(row.guide.version)}" if row else "Save as a version")
        self.save.setAccessibleName(self.save.text())
        self._standing.setText(_UNSAVED if state.has_changes else _AS_IT_IS)
        for one in (self.save, self._put_back):
            one.setEnabled(state.has_changes)

    def _moved(self, place: int) -> None:
        if not self._is_rendering and 0 <= place < len(self._names):
            self.page.choose_question(self._names[place])
