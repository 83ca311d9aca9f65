"""Beside a record review: what was said before the record was opened, answer by answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.record.page import RecordPage
from ui.presenters.record.state import RecordState
from ui.presenters.record.words import HELD, answers
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

EMPTY = "What was said of a record before it was opened stands here"


class RecordSide(View):
    """What is usual in region D of the page."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self.page = page
        self._empty = EmptyState(EMPTY)
        self._title = HeadingLabel("", level=2)
        self._title.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.take_back = button("They take consent back", "record.take_back")
        self.take_back.clicked.connect(lambda: page.take_back_consent())
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        rows.addLayout(aligned(self._empty))
        rows.addLayout(aligned(self._title))
        rows.addLayout(aligned(self._lines))
        rows.addLayout(aligned(self.take_back))
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)

    def take_focus(self) -> None:
        (self.take_back if self.take_back.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: RecordState) -> None:
        look = self.page.look
        self._empty.setVisible(look is None)
        self._title.setVisible(look is not None)
        self._title.setText(look.access.reference if look is not None else "")
        self.take_back.setVisible(look is not None and look.consent is not None and not look.is_held)
        lines = answers(look.access) if look is not None else ()
        if look is not None and look.is_held:
            lines = (("Held", HELD), *lines)
        if lines == self._shown:
            return
        self._shown = lines
        clear(self._lines)
        for label, words in lines:
            self._lines.addWidget(HintLabel(label))
            told = RoleLabel(words)
            told.setWordWrap(True)
            self._lines.addWidget(told)
