"""Help: three parts under one heading, and whom to ask in the same place on each of them (WCAG 3.2.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ui.presenters.help import Help, HelpState, Part
from ui.presenters.services import Sheets
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.qt.theme import appearance
from ui.views.help.answers import AnswersPage
from ui.views.help.guide import GuidePart
from ui.views.help.sheet import SheetPage
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel

_PARTS = tuple(Part)
_LEAST_LINES = 15


class HelpView(View):
    """``find`` opens the palette with words; ``done`` goes back, where there is no main menu to go by."""

    def __init__(
        self, presenter: Help, sheets: Sheets, find: Callable[[str], None] | None = None,
        done: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._help = presenter
        self._done = done
        self._sheets = sheets
        self.answers = AnswersPage()
        self.sheet = SheetPage(presenter.find, find, lambda path: presenter.print_sheet(path, sheets))
        self.guide: GuidePart = self.part(GuidePart(presenter.guide))
        self.tabs = QTabWidget()
        self.contact = RoleLabel()
        self.report = button("Report a problem…", "help.report")
        self.report.clicked.connect(self._report)
        self.answers.guide.clicked.connect(lambda: presenter.show(Part.GUIDE, presenter.state.screen))
        self._notice = Banner("help.notice")
        self._part: Part | None = None
        self.ask_path: Callable[[], str] = self._ask_path
        self._lay_out(done)
        self._bind()
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        match self._help.state.part:
            case Part.SHORTCUTS:
                self.sheet.field.setFocus(Qt.FocusReason.TabFocusReason)
            case Part.GUIDE:
                self.guide.take_focus()
            case _:
                self.answers.guide.setFocus(Qt.FocusReason.TabFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self._find}

    def _find(self) -> None:
        """Ctrl+F: the field of this part; the short answers have none, so there the guide's."""
        if self._help.state.part is Part.ANSWERS:
            self._help.show(Part.GUIDE, self._help.state.screen)
        field = self.sheet.field if self._help.state.part is Part.SHORTCUTS else self.guide.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._done is not None:
            self._done()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, done: Callable[[], None] | None) -> None:
        for page, part in zip((self.answers, self.sheet, self.guide), _PARTS, strict=True):
            self.tabs.addTab(page, part.value)
        named(self.tabs.tabBar(), "Parts of help", "help.tabs")
        self.tabs.currentChanged.connect(lambda place: self._help.choose(_PARTS[place]))
        self.contact.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.contact, 1)
        foot.addWidget(self.report)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Help"), 1)
        if done is not None:
            back = button("Back to where I was", "help.done", kind="primary")
            back.clicked.connect(lambda: done())
            head.addWidget(back)
        rows.addLayout(head)
        rows.addWidget(self._notice)
        rows.addWidget(self.tabs, 1)
        rows.addLayout(foot)
        scrolled(inside, self)
        appearance().follow(self, self._fit)
        self._fit()

    def _fit(self) -> None:
        """Room for some lines of each part, however big the text and low the window: then the page scrolls."""
        self.tabs.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())

    def _bind(self) -> None:
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        self.take_focus()

    def _render(self, state: HelpState) -> None:
        self.answers.show_answers(state)
        self.sheet.show_sheet(state)
        self.contact.setText(f"For help: {state.contact[:1].lower()}{state.contact[1:]}.")
        words = state.fault or state.notice
        if words != self._notice.words:
            self._notice.say(words, "danger" if state.fault else "success")
        if state.part is Part.GUIDE:
            self.guide.begin()
        if state.part is not self._part:
            self._part = state.part
            self.tabs.setCurrentIndex(_PARTS.index(state.part))
            if self.isVisible():
                self.take_focus()

    def _report(self) -> None:
        path = self.ask_path()
        if path:
            self._help.report_problem(Path(path), self._sheets)

    def _ask_path(self) -> str:
        start = str(Path.home() / "FieldKit problem report.txt")
        path = file_to_save(self, "Save the report", start, "Text (*.txt);;PDF (*.pdf)")
        return path
