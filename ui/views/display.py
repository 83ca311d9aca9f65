"""Text size, colours, rows, movement and dimming on the screen, with a sample that shows each change at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.display import (
    COLOUR_WORDS,
    MOVEMENT_WORDS,
    ROW_WORDS,
    SAME,
    SIZES,
    Colours,
    Display,
    DisplayState,
    Movement,
    Rows,
)
from ui.presenters.settings.deeds import DisplayDeeds
from ui.presenters.undo import UndoStack
from ui.qt.accessibility import named
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel, StatusPill
from ui.widgets.tab_stop import stop_at_the_chosen

DIM = "Dim the screen while a live log is open, by dark colours"
_ACROSS = 4


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
        grid.setHorizontalSpacing(20)
        across = 2 if any(len(text) > len(SAME) for text in words) else _ACROSS
        for place, text in enumerate(words):
            radio = QRadioButton(text)
            named(radio, f"{text}, {name.lower()}", f"{identifier}.{place}")
            self.group.addButton(radio, place)
            grid.addWidget(radio, place // across, place % across, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(across, 1)
        rows.addLayout(grid)
        self.group.idClicked.connect(chosen)
        stop_at_the_chosen(self.group)

    def mark(self, place: int) -> None:
        """Show which one holds."""
        if place >= 0:
            self.group.button(place).setChecked(True)

    @property
    def first(self) -> QWidget:
        """Where the focus starts."""
        return self.group.checkedButton() or self.group.button(0)


class DisplayView(View):
    """Changes at once; there is no button to confirm. ``done`` goes back where there is somewhere to go back to."""

    def __init__(self, display: Display | DisplayDeeds, done: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._own = display if isinstance(display, DisplayDeeds) else DisplayDeeds(display, UndoStack())
        self._is_alone = not isinstance(display, DisplayDeeds)
        deeds = self._own
        sizes: tuple[int | None, ...] = (None, *SIZES)
        words = tuple(SAME if size is None else f"{size} %" for size in sizes)
        colours, rows, movements = list(Colours), list(Rows), list(Movement)
        self._sizes = Choices("Text size", "display.size", words, lambda at: deeds.size(sizes[at]))
        self._colours = Choices(
            "Colours", "display.colours", tuple(COLOUR_WORDS[one] for one in colours),
            lambda at: deeds.colours(colours[at]),
        )  # fmt: skip
        self._rows = Choices(
            "Row height", "display.rows", tuple(ROW_WORDS[one] for one in rows), lambda at: deeds.rows(rows[at])
        )
        self._movement = Choices(
            "Movement", "display.movement", tuple(MOVEMENT_WORDS[one] for one in movements),
            lambda at: deeds.movement(movements[at]),
        )  # fmt: skip
        self._dim = named(QCheckBox(DIM), DIM, "display.dim")
        self._dim.clicked.connect(lambda is_on: deeds.dim(dims_log=bool(is_on)))
        self._lay_out(done)
        self.follow(deeds.display, self._render)

    def take_focus(self) -> None:
        self._sizes.first.setFocus(Qt.FocusReason.TabFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Before a vault is open there is no other stack to undo from."""
        return {"undo": self._own.undo.undo, "redo": self._own.undo.redo} if self._is_alone else {}

    def _lay_out(self, done: Callable[[], None] | None) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(35, 12, 24, 24)  # where the headings of the other pages of Settings stand
        rows.setSpacing(10)
        rows.addWidget(HeadingLabel("Text size and colours" if self._is_alone else "Display"))
        rows.addWidget(HintLabel("Changes show at once. Ctrl and plus or minus change the text size anywhere"))
        rows.addWidget(_example())
        for each in (self._sizes, self._colours, self._rows, self._movement):
            rows.addWidget(each)
        rows.addWidget(self._dim, 0, Qt.AlignmentFlag.AlignLeft)
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
        size = 0 if state.is_same_size else SIZES.index(state.percent) + 1 if state.percent in SIZES else -1
        self._sizes.mark(size)
        self._colours.mark(list(Colours).index(state.colours))
        self._rows.mark(list(Rows).index(state.rows))
        self._movement.mark(list(Movement).index(state.movement))
        self._dim.setChecked(state.dims_log)


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
    for text, tag in (("Learning culture", "grey"), ("Waiting to send", "blue"), ("Saved on this laptop", "plain")):
        pill = StatusPill()
        pill.show_status(text, tag)
        row.addWidget(pill)
    row.addStretch(1)
    rows.addLayout(row)
    return card
