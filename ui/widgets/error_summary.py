"""The panel at the top of a form that lists what is wrong, each line a link to its field (ux 2.0.6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.presenters.wording.toolkit import ERROR_PREFIX, THERE_IS_A_PROBLEM
from ui.qt.accessibility import named
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel
from ui.widgets.wrapping_link import WrappingLink


class ErrorSummary(QFrame):
    """Hidden until a main action finds mistakes; then it takes focus, so no announcement is needed."""

    def __init__(self, identifier: str = "errors.summary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("errorSummary", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, THERE_IS_A_PROBLEM, identifier)
        self._identifier = identifier
        self._links: list[QPushButton] = []
        self._fields: list[Field] = []
        self._rows = QVBoxLayout(self)
        heading = HeadingLabel(THERE_IS_A_PROBLEM, level=2)
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as high as it wraps
        self._rows.addWidget(heading)
        # Not Maximum: that would cap it at the height of its words before they wrapped.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of each line."""
        return tuple(link.text() for link in self._links)

    def show_errors(self, errors: Sequence[tuple[str, Field]]) -> None:
        """List ``errors`` here and at their fields in the same words, and take focus; none clears all."""
        self.clear()
        for place, (words, field) in enumerate(errors):
            field.set_error(words)
            self._fields.append(field)
            self._add_link(place, words, field)
        if errors:
            named(self, f"{THERE_IS_A_PROBLEM}. {'. '.join(self.lines)}")
            self.show()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Take every line and message away; what was typed stays."""
        for field in self._fields:
            field.set_error("")
        for link in self._links:
            self._rows.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._fields.clear()
        self._links.clear()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_title_prefix(is_wrong=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)  # also when its page is left: the title is the window's
        self._set_title_prefix(is_wrong=False)

    def _add_link(self, place: int, words: str, field: Field) -> None:
        link = named(WrappingLink(words), words, f"{self._identifier}.{place}")
        link.clicked.connect(lambda: field.control.setFocus(Qt.FocusReason.OtherFocusReason))
        self._rows.addWidget(link)
        QWidget.setTabOrder(self._links[-1] if self._links else self, link)  # made last, reached before the fields
        self._links.append(link)

    def _set_title_prefix(self, *, is_wrong: bool) -> None:
        window = self.window()
        title = window.windowTitle().removeprefix(ERROR_PREFIX)
        window.setWindowTitle(f"{ERROR_PREFIX}{title}" if is_wrong else title)
