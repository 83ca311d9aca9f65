"""First run on the screen: the two helpers that are there before any secret, and the page of the moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QFrame, QRadioButton, QVBoxLayout

from ui.presenters.first_run import FirstRun, FirstRunState, Page
from ui.presenters.services import Say
from ui.views.back_keys import back_by_keys
from ui.views.entrance_bar import EntranceBar
from ui.views.first_run.pages import AnyPage, make_page
from ui.views.rendering import View

_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Wizard(View):
    """Makes each page when it is first shown."""

    def __init__(self, wizard: FirstRun, say: Say, display: Callable[[], None], help_: Callable[[], None]) -> None:
        super().__init__()
        self._wizard = wizard
        self._say = say
        self._pages: dict[Page, AnyPage] = {}
        self._shown: AnyPage | None = None
        self.bar = EntranceBar(display, help_)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.bar)
        back_by_keys(self, wizard.back)
        self._watched: QWindow | None = None
        self.follow(wizard, self._render)
        wizard.check()

    @property
    def page(self) -> AnyPage:
        """The page that is up."""
        assert self._shown is not None
        return self._shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._watched is None and (handle := self.window().windowHandle()) is not None:
            self._watched = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._wizard.active()
        return super().eventFilter(watched, event)

    def close_view(self) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        super().close_view()

    def take_focus(self) -> None:
        self.page.first().setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_chord = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        at = self.focusWidget()  # buttons and fields have an Enter of their own; the recovery key is a frame
        if is_enter and (is_chord or isinstance(at, QRadioButton) or type(at) is QFrame):
            self.page.go_on_by_keys()
        else:
            super().keyPressEvent(event)

    def _render(self, state: FirstRunState) -> None:
        page = self._pages.get(state.page)
        if page is None:
            page = self._pages[state.page] = make_page(state.page, self._wizard, self._say)
            self._rows.addWidget(page, 1)
        page.show_state(state)
        if page is not self._shown:
            for other in self._pages.values():
                other.setVisible(other is page)
            if self._shown is not None:
                self._forget_secrets(state)
                self._say(page.spoken)
            self._shown = page
            self.take_focus()

    def _forget_secrets(self, state: FirstRunState) -> None:
        """Once the vault is made, nothing of the passphrase stays in a field; a restored one's goes with its page."""
        if state.page is not Page.RESTORE and (left := self._pages.get(Page.RESTORE)) is not None:
            left.forget()
        if state.page is Page.RECOVERY and (old := self._pages.pop(Page.PASSPHRASE, None)) is not None:
            old.forget()
            self._rows.removeWidget(old)
            old.deleteLater()
