"""Views and presenters: a view listens from when it is made until it is closed, and renders what it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from ui.presenters.presenter import Listening, Presenter
from ui.qt.theme import appearance

if TYPE_CHECKING:  # the first screens are views too, and rows take 50 ms to import
    from fieldkit.app.rows import EntryRow

S = TypeVar("S")


class View(QWidget):
    """A screen or a part of one. ``close_view`` must be called before it is thrown away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listening = Listening()
        self._parts: list[View] = []

    def follow(self, presenter: Presenter[S], render: Callable[[S], None]) -> None:
        """Render the presenter's state now and whenever it changes."""
        self._listening.add(presenter.changed.listen(render))
        render(presenter.state)

    def hear(self, leave: Callable[[], None]) -> None:
        """Something to leave on closing."""
        self._listening.add(leave)

    def part(self, view: Any) -> Any:
        """A view inside this one, closed with it."""
        self._parts.append(view)
        return view

    def close_view(self) -> None:
        """Hear nothing more."""
        self._listening.close()
        for part in self._parts:
            part.close_view()

    def take_focus(self) -> None:
        """Put the focus where this screen begins."""
        self.setFocus()

    def dress(self) -> None:
        """Give it the look of a page, once it stands where it stays; a page of several pages gives it to each."""
        appearance().dress(self, is_page=True)

    def dressed(self) -> list[QWidget]:
        """What of it has the look for itself, of that which is shown when it is."""
        return [self]

    def pieces(self) -> list[QWidget]:
        """Big parts of it, each to be thrown away for itself; none where it is no bigger than a page."""
        return []

    @property
    def side(self) -> SideView | None:
        """What stands in region D while this page is up."""
        return None

    @property
    def note(self) -> EntryRow | None:
        """The note that was chosen on this screen, or that asks for something: what a risk is escalated from."""
        return None

    @property
    def note_at_hand(self) -> EntryRow | None:
        """The note that is shown whole beside this screen, or was chosen on it: whose sound is played."""
        return (self.side.note if self.side is not None else None) or self.note

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What the commands of ``ui.presenters.commands`` do while this page is up, over what they do everywhere."""
        return {}


class SideView(View):
    """Region D of a page. ``opened`` and ``closed``: a panel came or went; ``filled``: more or less is there."""

    opened = Signal()
    closed = Signal()
    filled = Signal()

    @property
    def has_something(self) -> bool:
        """Whether there is anything to show here."""
        return True

    @property
    def waits_to_be_asked(self) -> bool:
        """Whether it stays away, also where there is room for it, until it is opened; then it lies over the page."""
        return False


_FIELD_INDENT = 11
"""Pixels by which a field's label stands in from its frame, which keeps room for the bar of a mistake."""


def aligned(widget: QWidget | QLayout) -> QHBoxLayout:
    """``widget`` in a layout that lines it up with the labels of fields above and below it."""
    row = QHBoxLayout()
    row.setContentsMargins(_FIELD_INDENT, 0, 0, 0)
    if isinstance(widget, QLabel):  # a hint's policy caps it at the height of its words before they wrapped
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    row.addWidget(widget) if isinstance(widget, QWidget) else row.addLayout(widget)
    return row


def clear(layout: QLayout) -> None:
    """Throw away every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def line() -> QFrame:
    """A thin line between parts; decoration only."""
    made = QFrame()
    made.setProperty("line", "true")
    made.setFixedHeight(1)
    return made
