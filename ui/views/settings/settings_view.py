"""Settings: a list of pages at the left, the page at the right; one of the two where there is no room for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.settings.pages import SettingsPages
from ui.presenters.settings_pages import SettingsPage
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.turns import turns
from ui.views.display import DisplayView
from ui.views.rendering import View
from ui.views.settings.about import AboutPage
from ui.views.settings.keyboard import KeyboardPage
from ui.views.settings.network import NetworkSettings
from ui.views.settings.office import OfficePage
from ui.views.settings.packs import PacksPage
from ui.views.settings.page import Page
from ui.views.settings.privacy import PrivacyPage
from ui.views.settings.reading import ReadingPage
from ui.views.settings.storage import StoragePage
from ui.views.settings.take_in import TakeInPage
from ui.views.settings.take_out import TakeOutPage
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel

_LIST = 300
_BOTH = 860
"""Pixels at 100 % text: the list beside the page, and the room below which only one of them is shown."""
_INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_Space)
LISTED = tuple(page for page in SettingsPage if page is not SettingsPage.RECOVERY)
"""The recovery key is part of privacy; under its own name it is only found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Does:
    """What buttons of Settings do outside it."""

    hide: Callable[[], object]
    lock: Callable[[], object]
    hand_in: Callable[[], object]


class SettingsView(View):
    """Each page is made when it is first shown."""

    def __init__(self, pages: SettingsPages, does: Does) -> None:
        super().__init__()
        self._pages = pages
        self._does = does
        self._made: dict[SettingsPage, View] = {}
        self._reads = False
        self._is_dressed = False
        self._undressed: list[View] = []
        self._up: View | None = None
        self.list = named(QListWidget(), "Settings pages", "settings.pages")
        prepare_rows(self.list)
        self.list.addItems([page.value for page in LISTED])
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.stack = QStackedWidget()
        self.back = button("All settings", "settings.back", icon_name="menu")
        self.back.clicked.connect(lambda: self._to_list())
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.stack, 1)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.list)
        across.addWidget(self._right, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 0, 0)
        self._heading = HeadingLabel("Settings")
        rows.addWidget(self._heading)
        rows.addLayout(across, 1)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemClicked.connect(lambda _: self._read())
        self.list.installEventFilter(self)
        self.list.setCurrentRow(0)
        appearance().follow(self, self._fit)
        self._fit()

    def dress(self) -> None:
        """Each page for itself: all nine with their 300 controls took 40 ms at once."""
        self._is_dressed = True
        for part in (self._heading, self.list, self.back, *self._made.values()):
            appearance().dress(part, is_page=True)

    def dressed(self) -> list[QWidget]:
        return [self._heading, self.list, self.back, self.view]

    def show_page(self, page: SettingsPage) -> None:
        """A page by its name, with the focus in it."""
        listed = SettingsPage.PRIVACY if page is SettingsPage.RECOVERY else page
        self.list.setCurrentRow(LISTED.index(listed))
        self._read()
        view = self._made[listed]
        if page is SettingsPage.RECOVERY and isinstance(view, PrivacyPage):
            view.show_recovery()

    def show_office(self) -> None:
        """The page of the office."""
        self.show_page(SettingsPage.OFFICE)

    def show_recovery(self) -> None:
        """The part of the recovery key."""
        self.show_page(SettingsPage.RECOVERY)

    def take_focus(self) -> None:
        if self._is_narrow and self._reads:
            self.view.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def view(self) -> View:
        """The page that is up."""
        return self._made[LISTED[self.list.currentRow()]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.list and isinstance(event, QKeyEvent) and is_key and event.key() in _INTO:
            self._read()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _BOTH * appearance().typography.percent / 100

    def _fit(self) -> None:
        is_narrow = self._is_narrow
        self.list.setVisible(not is_narrow or not self._reads)
        self._right.setVisible(not is_narrow or self._reads)
        self.back.setVisible(is_narrow)
        self._heading.setVisible(is_narrow and not self._reads)  # a page has its own, and a screen has one
        width = round(_LIST * appearance().typography.percent / 100)
        self.list.setMaximumWidth(16777215 if is_narrow else width)
        self.list.setMinimumWidth(0 if is_narrow else width)

    def _read(self) -> None:
        """Into the page."""
        self._show_chosen()
        self._reads = True
        self._fit()
        self.view.take_focus()

    def _to_list(self) -> None:
        self._reads = False
        self._fit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, row: int) -> None:
        page = LISTED[row]
        if page in self._made:
            self._show_chosen()
            return
        self._made[page] = self.part(self._make(page))
        self.stack.addWidget(self._made[page])
        if self._is_dressed:
            self._undressed.append(self._made[page])
            turns().soon(self._show_chosen)  # to make and to dress it are 12 ms each: a turn for either
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Does nothing where it is up already: it was wanted before its turn came."""
        if not shiboken6.isValid(self) or self._up is self.view:
            return
        self._up = view = self.view
        if view in self._undressed:
            self._undressed.remove(view)
            appearance().dress(view, is_page=True)
        appearance().freshen(view)
        self.stack.setCurrentWidget(view)
        if isinstance(view, Page):
            view.shown()

    def _make(self, page: SettingsPage) -> View:
        pages, say = self._pages, self._pages.session.say
        match page:
            case SettingsPage.KEYBOARD:
                return KeyboardPage(pages.keyboard, say)
            case SettingsPage.READING:
                return ReadingPage(pages.choices, pages.speller)
            case SettingsPage.PRIVACY:
                does = self._does
                return PrivacyPage(
                    pages.choices, pages.decided, pages.passphrase, pages.recovery, say, does.hide, does.lock
                )
            case SettingsPage.PACKS:
                return PacksPage(pages.packs)
            case SettingsPage.OFFICE:
                return OfficePage(pages.enrol, pages.office, pages.decided, pages.teams, self._does.hand_in)
            case SettingsPage.NETWORK:
                return NetworkSettings(pages.network)
            case SettingsPage.STORAGE:
                return StoragePage(pages.storage, is_practice=pages.session.is_practice)
            case SettingsPage.TAKE_OUT:
                return TakeOutPage(pages.take_out)
            case SettingsPage.TAKE_IN:
                return TakeInPage(pages.take_in)
            case SettingsPage.ABOUT:
                return AboutPage(pages.about, say)
            case _:
                return DisplayView(pages.display)
