"""Whom to ring: each number large enough to read out, with a button that copies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldkit.domain.escalation_policy import PhoneNumber
from ui.presenters.escalation import words
from ui.presenters.services import Say
from ui.qt.accessibility import named
from ui.views.rendering import clear
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel

_CALL_POINTS = 20.0
"""At 100 % text: read from an arm's length (S11-A4)."""


class CallFirst(RoleLabel):
    """``Call 999 first``, at 20 points or more."""

    def __init__(self) -> None:
        super().__init__(words.CALL_FIRST, "body")
        self.setProperty("tone", "danger")
        named(self, words.CALL_FIRST, "escalate.call_first")

    def _fit(self) -> None:
        super()._fit()
        font = self.font()
        body, size = QGuiApplication.font().pointSizeF(), font.pointSizeF()
        font.setPointSizeF(max(size, _CALL_POINTS, body * _CALL_POINTS / 11))
        font.setBold(True)
        self.setFont(font)


class Numbers(QWidget):
    """``change`` leads to where they are edited."""

    def __init__(self, say: Say, change: Callable[[], None]) -> None:
        super().__init__()
        named(self, "Numbers to ring", "escalate.numbers")
        self._say = say
        self._shown: tuple[PhoneNumber, ...] | None = None
        self.after: QWidget | None = None
        """What Tab comes from."""
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._heading = HeadingLabel("People to tell", level=2)
        rows.addWidget(self._heading)
        rows.addLayout(self._grid)
        self._change = button("Change the numbers", "escalate.change_numbers", kind="link")
        self._change.clicked.connect(lambda: change())
        rows.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)

    def lead_with(self, words: str) -> None:
        """``Then tell`` once 999 comes first."""
        self._heading.setText(words)

    @property
    def last(self) -> QWidget:
        """Where Tab leaves it."""
        return self._change

    def show_numbers(self, numbers: Sequence[PhoneNumber]) -> None:
        """One line each; one without a number says so."""
        if tuple(numbers) == self._shown:
            return
        self._shown = tuple(numbers)
        clear(self._grid)
        before = self.after
        for place, one in enumerate(numbers):
            title = RoleLabel(one.title if one.number else f"{one.title}: {words.NO_NUMBER.lower()}")
            title.setWordWrap(True)
            self._grid.addWidget(title, 2 * place, 0, 1, 2)
            if one.number:
                self._grid.addWidget(RoleLabel(one.number, "heading2"), 2 * place + 1, 0)
                copy = button("Copy", f"escalate.copy.{place}", icon_name="copy")
                named(copy, f"Copy the number of {one.title}, {one.number}")
                copy.clicked.connect(lambda _=False, one=one: self._copy(one))
                self._grid.addWidget(copy, 2 * place + 1, 1)
                if before is not None:
                    QWidget.setTabOrder(before, copy)
                before = copy
        if before is not None:
            QWidget.setTabOrder(before, self._change)

    def _copy(self, one: PhoneNumber) -> None:
        QGuiApplication.clipboard().setText(one.number)
        self._say(f"Number of {one.title} copied")
