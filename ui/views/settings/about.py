"""About FieldKit, the accessibility statement, licences, and reporting a problem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.services import Say
from ui.presenters.settings.about import GAPS, NAME, STATEMENT, About, AboutState
from ui.presenters.wording.ui import PRODUCT
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState
from ui.widgets.texts import CapturePlainTextEdit

_LINES = 5


class AboutPage(Page):
    """The page."""

    def __init__(self, about: About, say: Say) -> None:
        super().__init__("about", "About and accessibility statement")
        self._about = about
        words = f"{PRODUCT} {about.state.version}"
        self.version = named(EmptyState(words), words, "about.version")
        self.column.add(self.version)
        self.section("Accessibility statement")
        for words in STATEMENT:
            self.column.say(words)
        self.column.say("What is known not to be good enough yet:")
        for words in GAPS:
            self.column.say(f"–  {words}")
        self._report(say)
        self._licences()
        self.column.end()
        self.ask_path: Callable[[], str] = self._ask_path
        self.follow(about, self._render)

    def shown(self) -> None:
        self._about.load()

    def first(self) -> QWidget:
        return self.version

    def _report(self, say: Say) -> None:
        self.section("Report a problem")
        self.column.say("FieldKit writes a file that you can read first. Nothing of your notes is in it.")
        self.words = CapturePlainTextEdit()
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * _LINES)
        self.column.field("report", Field("What happened", self.words, "about.report"))
        self.save = button("Save the report", "about.save", icon_name="download")
        self.save.clicked.connect(lambda: self._save())
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        self.column.add(row)
        self._notice = Notice(say)
        self.column.add(self._notice)

    def _licences(self) -> None:
        self.section("What FieldKit is made of")
        self.licences = CapturePlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setMinimumHeight(self.licences.fontMetrics().lineSpacing() * 2 * _LINES)
        self.column.field(
            "licences", Field("Fonts, icons and libraries, and their licences", self.licences, "about.licences")
        )

    def _save(self) -> None:
        words = self.words.toPlainText()
        if self._about.check(words) and (path := self.ask_path()):
            self._about.report(path, words)

    def _ask_path(self) -> str:
        kinds = "Text (*.txt);;PDF (*.pdf)"
        path = file_to_save(self, "Save the report", str(Path.home() / NAME), kinds)
        return path

    def _render(self, state: AboutState) -> None:
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
        self._notice.show_words(state.notice)
        if state.licences and not self.licences.toPlainText():
            short = [
                " ".join(part for part in (one.name, one.version) if part) + f": {one.terms or 'see below'}"
                for one in state.licences
            ]
            texts = [f"{one.name}\n\n{one.text.strip()}" for one in state.licences if one.text]
            self.licences.setPlainText("\n".join(short) + "\n\n\n" + "\n\n\n".join(texts))
            self.licences.moveCursor(self.licences.textCursor().MoveOperation.Start)
