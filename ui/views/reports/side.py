"""Region D of Reports: the chosen report, what it is about, its two deeds; or why it is made all the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from ui.presenters.reports.page import ReportsPage, ReportsState
from ui.presenters.reports.words import LEAVES, STAYS, SUBJECT
from ui.qt.accessibility import named
from ui.views.form_side import FormSide
from ui.views.panels.final_panel import FinalFormPanel
from ui.views.rendering import View, aligned
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class ReportsSide(FormSide):
    """``save`` asks where to."""

    def __init__(self, page: ReportsPage, save: Callable[[], None]) -> None:
        super().__init__(_Chosen(page, save), lambda: True, lambda panel: FinalFormPanel(panel, page.close_panel))
        self.follow(page, lambda state: self.show_panel(state.panel))


class _Chosen(View):
    """The chosen report."""

    def __init__(self, page: ReportsPage, save: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._heading = HeadingLabel("", level=2)
        self._what, self._who = RoleLabel(), HintLabel()
        self.framework, self.subject = QComboBox(), QComboBox()
        self._framework = Field("Framework", self.framework, "reports.framework")
        self._subject = Field("About", self.subject, "reports.subject")
        self.word = named(QCheckBox("Save a Word document too"), "Save a Word document too", "reports.word")
        self.look = button("Look at its pages", "reports.preview", kind="primary")
        self.save_it = button("Save the report", "reports.save", icon_name="download")
        self.accuracy = button("Factual accuracy", "reports.accuracy")
        self.accuracy.clicked.connect(lambda: page.open_accuracy())
        self.framework.activated.connect(lambda _: page.choose_framework(self.framework.currentData()))
        self.subject.activated.connect(lambda _: page.choose_subject(self.subject.currentData()))
        self.word.toggled.connect(page.put_word)
        self.look.clicked.connect(lambda: page.preview())
        self.save_it.clicked.connect(lambda: save())
        for one in page.choice.frameworks:
            self.framework.addItem(f"{one.title}, pack {one.version}", one.id)
        self._framework.setVisible(len(page.choice.frameworks) > 1)
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        first = self.subject if self._subject.isVisible() else self.look if self.look.isEnabled() else self.word
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(10)
        for label in (self._heading, self._what, self._who):
            label.setWordWrap(True)
            rows.addLayout(aligned(label))
        for part in (self._framework, self._subject, self.word, self.look, self.save_it, self.accuracy):
            rows.addLayout(aligned(part))
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: ReportsState) -> None:
        self._heading.setText(state.kind.title)
        self._what.setText(state.lacks or state.kind.what)
        self.accuracy.setVisible(state.is_of_accuracy)
        self._who.setText(LEAVES if state.kind.leaves_team else STAYS)
        self._show_subjects(state)
        for each in (self.look, self.save_it):
            each.setEnabled(not state.busy and not state.lacks)

    def _show_subjects(self, state: ReportsState) -> None:
        self._subject.setVisible(bool(state.subjects))
        options = [(one.value, one.words) for one in state.subjects]
        if options != [(self.subject.itemData(at), self.subject.itemText(at)) for at in range(self.subject.count())]:
            self.subject.clear()
            for value, words in options:
                self.subject.addItem(words, value)
        self.subject.setCurrentIndex(max(self.subject.findData(state.subject), 0))
        named(self.subject, SUBJECT[state.kind.about] or "About", "reports.subject")
