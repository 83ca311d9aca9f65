"""A page of one column in the middle, 640 px wide at 100 % text: what first run and unlock are written on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.presenters.field_error import FieldError
from ui.qt.theme import appearance
from ui.views.rendering import aligned
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel, TitleLabel

_WIDTH = 640


class ColumnPage(QWidget):
    """Heading, words, fields, buttons; scrolls only up and down."""

    def __init__(self, name: str, heading: str, step: str = "", *, is_title: bool = False) -> None:
        super().__init__()
        self._fields: dict[str, Field] = {}
        self._width = _WIDTH
        self._column = QWidget()
        self.rows = QVBoxLayout(self._column)
        self.rows.setContentsMargins(12, 12, 12, 24)
        self.rows.setSpacing(12)
        self.step = HintLabel(step)
        self.heading = TitleLabel(heading) if is_title else HeadingLabel(heading)
        self.summary = ErrorSummary(f"{name}.errors")
        self.banner = Banner(f"{name}.banner")
        self.busy = RoleLabel()
        self.busy.setObjectName(f"{name}.busy")
        self.busy.setParent(self._column)  # a page without buttons never lays it out: it would outlive the page
        self.busy.hide()
        for each in (self.step, self.summary, self.banner, self.heading):
            self.add(each)
        self.step.setVisible(bool(step))
        self._middle()
        appearance().follow(self, self._fit)
        self._fit()

    def stand_left(self) -> None:
        """Stand at the left of the room, beside a list, and not in its middle."""
        self._across.setStretch(0, 0)
        self._across.takeAt(0)

    def be_wide(self) -> None:
        """Take half as much again: for a page with a table."""
        self._width = round(_WIDTH * 1.5)
        self._fit()

    def say(self, words: str, role: str = "body") -> RoleLabel:
        """A paragraph."""
        label = RoleLabel(words, role)
        label.setWordWrap(True)
        self.add(label)
        return label

    def hint(self, words: str) -> HintLabel:
        """A paragraph of the second rank."""
        label = HintLabel(words)
        self.add(label)
        return label

    def field(self, name: str, field: Field) -> Field:
        """A field that mistakes can be shown at under ``name``."""
        self._fields[name] = field
        self.add(field)
        return field

    def part(self, name: str) -> Field:
        """The field called ``name``. Raises ``KeyError``."""
        return self._fields[name]

    def know(self, name: str, field: Field) -> Field:
        """A field that stands elsewhere on the page."""
        self._fields[name] = field
        return field

    def buttons(self, *widgets: QWidget) -> None:
        """The page's buttons, left, the main one first, and what is being done below them."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.rows.addSpacing(4)
        self.add(row)
        self.add(self.busy)

    def add(self, part: QWidget | QLayout) -> None:
        """One more part, lined up with the fields."""
        if isinstance(part, Field):
            self.rows.addWidget(part)
        else:
            self.rows.addLayout(aligned(part))

    def end(self) -> None:
        """Nothing comes below."""
        self.rows.addStretch(1)

    def show_errors(self, errors: Sequence[FieldError], *, summary: bool = True) -> None:
        """Each message at its field, and together at the top; one field alone needs no list and keeps the focus."""
        if not summary:
            found = {error.field: error.text for error in errors}
            for name, field in self._fields.items():
                field.set_error(found.get(name, ""))
            return
        shown = [(error.text, self._fields[error.field]) for error in errors if error.field in self._fields]
        if tuple(text for text, _ in shown) == self.summary.lines:
            return
        self.summary.show_errors(shown)

    def show_busy(self, words: str) -> None:
        """What is being done, in words."""
        self.busy.setText(words)
        self.busy.setVisible(bool(words))

    def show_fault(self, words: str) -> None:
        """What is not the person's doing."""
        if words != self.banner.words:
            self.banner.say(words, "danger") if words else self.banner.clear()

    def _middle(self) -> None:
        centred = QWidget()
        across = self._across = QHBoxLayout(centred)
        across.setContentsMargins(12, 0, 12, 0)
        across.addStretch(1)
        across.addWidget(self._column, 100)
        across.addStretch(1)
        scrolled(centred, self)

    def _fit(self) -> None:
        self._column.setMaximumWidth(round(self._width * appearance().typography.percent / 100))
