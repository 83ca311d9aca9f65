"""Looks at each screen of a tour and writes down what is wrong, under the number of the test of ux 6.2 that says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget

from tests.gui.stage import Stage
from tests.gui.support import fit, focus, meaning, mistakes, paint, tree
from tests.gui.support.keyboard import KeyboardTrap, tab_cycle, unreachable
from tests.gui.support.looks import Look
from tests.gui.support.shot import Shot
from ui.presenters.commands import COMMANDS
from ui.presenters.display import Rows
from ui.shell.details_box import DetailsBox

_COMMANDS = frozenset(command.id for command in COMMANDS)
_OVER = ("palette", "log.suggestions", "evidence.suggestions", "spelling.list")
"""What lies above a page for a moment, takes Tab for itself, and may cover what is below."""
_TEXT, _MARK = 4.5, 3.0


class Inspector:
    """``expected`` holds the Tab order of each screen in this layout; None: it is only written down in ``orders``."""

    def __init__(self, stage: Stage, look: Look, expected: dict[str, list[str]] | None = None) -> None:
        self.stage = stage
        self.look = look
        self.expected = expected
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.orders: dict[str, list[str]] = {}
        self.words: dict[str, list[str]] = {}
        stage.house.display.rows(look.rows)
        stage.show_as(look.colours, look.percent, look.size)

    def take(self, name: str) -> None:
        """The screen called ``name`` is up."""
        self.stage.settle()
        self.seen.append(name)
        window = self.stage.window
        self._note(name, "T01", tree.unnamed(window))
        self._note(name, "T02", tree.label_not_in_name(window))
        self._note(name, "T03", tree.identifier_faults(window))
        self._note(name, "T04", meaning.unspoken_rows(window))
        self._note(name, "T06", [*self._heading(), *meaning.nameless_regions(window)])
        self._note(name, "T09", self._small())
        self._note(name, "T10" if self.look.percent == 100 else "T11", self._fit())
        self._note(name, "T14", self._pale())
        self._note(name, "T16", meaning.colour_only(window))
        self._note(name, "T17", meaning.only_dragged(window, _COMMANDS))
        self._note(name, "T18", meaning.only_hovered(window))
        self._note(name, "T21", mistakes.mistake_faults(window))
        self._note(name, "T27", meaning.moving(window))
        self.words[name] = meaning.every_word(window)
        self._keyboard(name)

    def _note(self, screen: str, test: str, found: list[str]) -> None:
        self.faults += [f"{test} {screen}: {one}" for one in found]

    def _heading(self) -> list[str]:
        found = meaning.main_headings(self._top)
        if not found and not self._shown("main"):  # region D lies over the page, with a heading of its own
            return [] if tree.headings(self.stage.window) else ["no heading"]
        return [] if len(found) == 1 else [f"{len(found)} headings of the first level: {found}"]

    def _small(self) -> list[str]:
        comfortable = 32 if self.look.rows is Rows.COMFORTABLE else 24
        status = self.stage.window.findChild(QWidget, "status")  # 28 px high (ux 2.0.1), so its parts cannot be 32
        found = []
        for one in paint.targets(self.stage.window):
            in_status = status is not None and status.isAncestorOf(one)
            is_link = one.property("kind") == "link"  # a line of words; 24 px as WCAG 2.5.8 wants
            is_large = isinstance(one, QPushButton | QToolButton) and not (in_status or is_link)
            least = comfortable if is_large else 24
            if one.width() < least or one.height() < least:
                found.append(f"{type(one).__name__} {one.objectName()} is {one.width()}x{one.height()}, {least} needed")
        return found

    def _fit(self) -> list[str]:
        window = self.stage.window
        found = [*paint.clipped(window), *fit.outside(window), *fit.scrolls_across(window)]
        if self._over() is None:
            over = self._details_over()
            found += fit.overlapping(self._top, over) + (fit.overlapping(over) if over is not None else [])
        if self.look.percent >= 150 or self.look.size[0] < 1000:
            menu = window.findChild(QWidget, "menu")
            if menu is not None and menu.isVisible() and not menu.hasFocus():
                found.append("the main menu stands beside the page where there is room for one column only")
        return found

    def _pale(self) -> list[str]:
        window = self.stage.window
        shot = Shot(window)
        words = [one for one in paint.labelled(window) if one.text().strip() and not _is_covered(one, window)]
        found = [
            f"{type(one).__name__} {one.text()[:30]!r} is painted at {ratio:.2f}"
            for one in words
            if shot.of(one).size() == one.size() and (ratio := shot.text_contrast(one)) < _TEXT
        ]
        fields = [*tree.visible(window, QLineEdit), *tree.visible(window, QPlainTextEdit)]
        self._note(
            self.seen[-1], "T15",
            [
                f"the edge of {one.objectName()} is painted at {ratio:.2f}"
                for one in fields
                if tree.is_control(one) and not _is_covered(one, window)
                and shot.of(one).size() == one.size() and not one.property("frameless")
                and (ratio := shot.edge_contrast(one)) < _MARK
            ],
        )  # fmt: skip
        return found

    @property
    def _top(self) -> QWidget:
        """What has every key: the card of an escalation while it is up, which covers what it lies over."""
        return next(iter(self._shown("escalate")), self.stage.window)

    def _over(self) -> QWidget | None:
        found = next((one for name in _OVER for one in self._shown(name)), None)
        card = found.parentWidget() if found is not None else None  # a list of suggestions lies in a card with a hint
        return card if card is not None and card.property("card") == "true" else found

    def _details_over(self) -> QWidget | None:
        """Region D, where it lies over the right of the page for want of room beside it."""
        return next((one for one in self.stage.window.findChildren(DetailsBox) if one.is_over), None)

    def _shown(self, name: str) -> list[QWidget]:
        return [one for one in self.stage.window.findChildren(QWidget, name) if one.isVisible()]

    def _keyboard(self, name: str) -> None:
        start = QApplication.focusWidget()
        if start is None:
            self._note(name, "T07", ["nothing has the focus"])
            return
        if self._over() is not None or self._shown("hidden.show"):
            return  # Tab takes a choice there, or there is one button and nothing else
        put_back = _caret(start)
        try:
            order = tab_cycle(start)
        except KeyboardTrap as trap:
            self._note(name, "T07", [str(trap)])
            return
        put_back()
        self._note(name, "T07", focus.missed_answers(order))
        self._note(name, "T07", [f"Tab does not reach {one}" for one in unreachable(self._top, order)])
        self.orders[name] = focus.names(order)
        if self.expected is not None and self.orders[name] != self.expected.get(name):
            self._note(name, "T07", [f"Tab order {self.orders[name]}, expected {self.expected.get(name)}"])
        if self.look.is_deep:
            self._note(name, "T13", focus.invisible_focus(self.stage.window, order))
            start.setFocus()
            put_back()


def _caret(widget: QWidget) -> Callable[[], None]:
    """Tab selects what is in a field; whoever types on does not expect that."""
    if not isinstance(widget, QLineEdit):
        return lambda: None
    at = widget.cursorPosition()

    def put_back() -> None:
        widget.deselect()
        widget.setCursorPosition(at)

    return put_back


def _is_covered(widget: QWidget, window: QWidget) -> bool:
    """Whether a list or a panel lies over a part of it for now: over its middle or one of its corners."""
    inside = widget.rect().adjusted(1, 1, -1, -1)
    points = (inside.center(), inside.topLeft(), inside.topRight(), inside.bottomLeft(), inside.bottomRight())
    tops = (window.childAt(widget.mapTo(window, point)) for point in points)
    return any(top is not None and top is not widget and not widget.isAncestorOf(top) for top in tops)
