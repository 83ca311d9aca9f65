"""Where the card "Escalate a risk" lies: over the window, or over a dialog of the app, whichever has the keys (S11-A2).

It is a part of the shell and of no page, so that it opens over pages, the palette, an open list and a hidden screen
alike, and everything under it is left exactly as it was.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFrame, QVBoxLayout, QWidget

from ui.presenters.escalation.card import EscalationCard
from ui.presenters.escalation.card_state import CardState
from ui.presenters.services import Say
from ui.presenters.shortcuts import Shortcuts
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.escalation.card import CardView
from ui.views.rendering import View
from ui.widgets.focus_ring import FocusRing

_WIDEST, _HIGHEST, _AROUND = 980, 660, 12
"""Pixels at 100 % text, and round the card."""
_VEIL = QColor(0, 0, 0, 110)


class CardOverlay(View):
    """``change_numbers`` leads to where they are edited, ``show_code`` to what was saved as a code for a phone."""

    def __init__(
        self, window: QWidget, card: EscalationCard, say: Say, shortcuts: Shortcuts, change_numbers: Callable[[], None],
        show_code: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._over = window
        self._before: QWidget | None = None
        self._dialog: QDialog | None = None
        self._ring: FocusRing | None = None
        named(self, "Escalate a risk", "escalate.overlay")
        self._frame = QFrame(self)
        self._frame.setProperty("card", "true")
        self._frame.setAutoFillBackground(True)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(0, 0, 0, 0)
        self.view: CardView = self.part(CardView(card, say, shortcuts, change_numbers, show_code))
        inside.addWidget(self.view)
        window.installEventFilter(self)
        self.hide()
        appearance().dress(self, is_page=True, waits=True)
        self._was_open = False
        self.follow(card, self._render)

    @property
    def is_shown(self) -> bool:
        """Whether it is up, over the window or over a dialog."""
        return self._was_open

    def close_view(self) -> None:
        self._over.removeEventFilter(self)
        self._leave_dialog()
        super().close_view()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round the card and never into what lies under it; the answers of a question are one stop."""
        stops = _stops(self.view)
        here = QApplication.focusWidget()
        at = next((place for place, one in enumerate(stops) if one is here or _share(one, here)), -1 if forward else 0)
        if stops:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), _VEIL)

    def _render(self, state: CardState) -> None:
        if state.is_open is self._was_open:
            return
        self._was_open = state.is_open
        self._come() if state.is_open else self._go()

    def _come(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # an open list lies over every part of the window
        self._before = QApplication.focusWidget()
        modal = QApplication.activeModalWidget()
        if modal is None:
            self.setGeometry(self._over.rect())
            self._place()
            appearance().freshen(self)
            self.show()
            self.raise_()
            if (sound := self._sound) is not None:
                sound.raise_()  # nobody is recorded without seeing it, whatever lies over the page
        else:
            self._lie_over_dialog()
        self.view.take_focus()

    def _go(self) -> None:
        self._leave_dialog()
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.window().activateWindow()  # of a dialog that the card lay over
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _lie_over_dialog(self) -> None:
        """A dialog of the app keeps every key from the window under it: the card comes as one more, on top."""
        dialog = QDialog(self._over)
        named(dialog, "Escalate a risk", "escalate.dialog")
        dialog.setWindowTitle("Escalate a risk")
        dialog.setModal(True)
        rows = QVBoxLayout(dialog)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.view)
        appearance().dress(dialog)
        self.view.show()
        dialog.rejected.connect(self.view.card.dismiss)
        room = self._room()
        dialog.resize(room.size())
        self._ring = FocusRing(dialog)  # the window's own ends at the window
        self._dialog = dialog
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _leave_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is None or not shiboken6.isValid(dialog):
            return
        inside = self._frame.layout()
        if inside is not None:
            inside.addWidget(self.view)
        dialog.rejected.disconnect()
        self._ring = None
        dialog.close()
        dialog.deleteLater()

    def _room(self) -> QRect:
        """Between the edges and above the status line, which goes on to say what is saved and what waits."""
        scale = appearance().typography.percent / 100
        status = self._over.findChild(QWidget, "status")
        below = status.height() if status is not None and status.isVisible() else 0
        above = self._sound.height() if self._sound is not None else 0
        room = self._over.rect().adjusted(_AROUND, _AROUND + above, -_AROUND, -_AROUND - below)
        width, height = min(room.width(), round(_WIDEST * scale)), min(room.height(), round(_HIGHEST * scale))
        return QRect(room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 3, width, height)

    @property
    def _sound(self) -> QWidget | None:
        """The line that says that sound is recorded, while it is there."""
        found = self._over.findChild(QWidget, "sound")
        return found if found is not None and found.isVisible() else None

    def _place(self) -> None:
        self._frame.setGeometry(self._room())


def _stops(inside: QWidget) -> list[QWidget]:
    """Where Tab stops within ``inside``, in order."""
    found: list[QWidget] = []
    one = inside.nextInFocusChain()
    while one is not None and one is not inside:
        can = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isEnabled() and one.isVisible()
        if can and inside.isAncestorOf(one) and not any(_share(other, one) for other in found):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _share(one: QWidget, other: QWidget | None) -> bool:
    """Whether both are answers of one question."""
    if not isinstance(one, QAbstractButton) or not isinstance(other, QAbstractButton):
        return False
    return one.group() is not None and one.group() is other.group()
