"""Restricted disclosures on the screen: set up, closed, or open. Closed, no widget holds a word of what is in it."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from ui.presenters.box_door import Stage
from ui.presenters.disclosures.page import DisclosuresPage
from ui.presenters.disclosures.state import DisclosuresState
from ui.qt.presence import Presence
from ui.views.disclosures.desk import OpenDesk
from ui.views.disclosures.entry import SetUpPage, ShutPage
from ui.views.disclosures.side import DisclosuresSide
from ui.views.rendering import View


class DisclosuresView(View):
    """Keys and presses on it, or on what stands beside it, put its closing off."""

    def __init__(self, page: DisclosuresPage) -> None:
        super().__init__()
        self.page = page
        self._stage: Stage | None = None
        self.set_up = SetUpPage(page)
        self.locked = ShutPage(page)
        self._side: DisclosuresSide = self.part(DisclosuresSide(page))
        self.open_desk: OpenDesk = self.part(OpenDesk(page, self._side.opened.emit))
        self._stack = QStackedWidget()
        self._presence = Presence(self, page.active)
        for one in (self.set_up, self.locked, self.open_desk):
            self._stack.addWidget(one)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)
        self.follow(page, self._render)

    @property
    def side(self) -> DisclosuresSide:
        return self._side

    def take_focus(self) -> None:
        match self.page.state.stage:
            case Stage.NEW:
                self.set_up.take_focus()
            case Stage.SHUT:
                self.locked.take_focus()
            case Stage.OPEN:
                self.open_desk.take_focus()

    def close_view(self) -> None:
        super().close_view()
        self._presence.watch(is_on=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._heed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._heed()

    def _heed(self) -> None:
        self._presence.watch(is_on=self._stage is Stage.OPEN and self.isVisible())

    def _render(self, state: DisclosuresState) -> None:
        self.set_up.show_state(state)
        self.locked.show_state(state)
        if state.stage is self._stage:
            return
        had_focus = self._stage is not None and self._holds_focus()
        self._stage = state.stage
        self._heed()
        self._stack.setCurrentIndex((Stage.NEW, Stage.SHUT, Stage.OPEN).index(state.stage))
        if had_focus:
            self.take_focus()

    def _holds_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self or self.isAncestorOf(focused) or self._side.isAncestorOf(focused)
