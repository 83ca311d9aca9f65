"""Text size, colours, row height and, in an open vault, the laptop's standing with the office (ux S14)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.display import COLOUR_WORDS, ROW_WORDS, SIZES, Colours, Display, DisplayState, Rows
from ui.qt.accessibility import named
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel, StatusPill


class Choices(QFrame):
    """A question and its answers side by side, wrapping after four."""

    def __init__(self, name: str, identifier: str, words: tuple[str, ...], chosen: Callable[[int], None]) -> None:
        super().__init__()
        named(self, name, identifier)
        self.group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(HeadingLabel(name, level=2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for place, text in enumerate(words):
            radio = QRadioButton(text)
            named(radio, f"{text}, {name.lower()}", f"{identifier}.{place}")
            self.group.addButton(radio, place)
            grid.addWidget(radio, place // 3, place % 3, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(3, 1)
        rows.addLayout(grid)
        self.group.idClicked.connect(chosen)

    def mark(self, place: int) -> None:
        """Show which one holds."""
        if place >= 0:
            self.group.button(place).setChecked(True)


class DisplayView(View):
    """Changes at once; there is no button to confirm. ``done`` goes back where there is somewhere to go back to."""

    def __init__(self, display: Display, done: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._sizes = Choices(
            "Text size", "display.size", tuple(f"{size} %" for size in SIZES), lambda at: display.size(SIZES[at])
        )
        colours, rows = list(Colours), list(Rows)
        self._colours = Choices(
            "Colours", "display.colours", tuple(COLOUR_WORDS[one] for one in colours),
            lambda at: display.colours(colours[at]),
        )  # fmt: skip
        self._rows = Choices(
            "Row height", "display.rows", tuple(ROW_WORDS[one] for one in rows), lambda at: display.rows(rows[at])
        )
        self._lay_out(done)
        self.follow(display, self._render)

    def take_focus(self) -> None:
        checked = self._sizes.group.checkedButton() or self._sizes.group.button(0)
        checked.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self, done: Callable[[], None] | None) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(24, 16, 24, 24)
        rows.setSpacing(16)
        rows.addWidget(HeadingLabel("Text size and colours"))
        rows.addWidget(HintLabel("Changes show at once. Ctrl and plus or minus change the text size anywhere"))
        for each in (self._sizes, self._colours, self._rows, _example()):
            rows.addWidget(each)
        if done is not None:
            back = button("Back to where I was", "display.done", kind="primary")
            back.clicked.connect(lambda: done())
            row = QHBoxLayout()
            row.addWidget(back)
            row.addStretch(1)
            rows.addLayout(row)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: DisplayState) -> None:
        self._sizes.mark(SIZES.index(state.percent) if state.percent in SIZES else -1)
        self._colours.mark(list(Colours).index(state.colours))
        self._rows.mark(list(Rows).index(state.rows))


def _example() -> QFrame:
    card = QFrame()
    card.setProperty("card", "true")
    rows = QVBoxLayout(card)
    rows.setContentsMargins(16, 12, 16, 12)
    words = RoleLabel("10:42   Chair asked who owns the recovery plan")
    words.setWordWrap(True)
    rows.addWidget(words)
    row = QHBoxLayout()
    row.setSpacing(16)
    for text, tag in (("Waiting to send", "blue"), ("Saved on this laptop", "plain")):
        pill = StatusPill()
        pill.show_status(text, tag)
        row.addWidget(pill)
    row.addStretch(1)
    rows.addLayout(row)
    return card
