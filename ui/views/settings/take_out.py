"""Take work out: an assessment, a format, a folder; what to mind is said before the button is pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from fieldkit.app.takeout.ways import WAYS
from ui.presenters.settings.take_out import TakeOut, TakeOutState
from ui.qt.accessibility import named
from ui.views.file_field import FileField
from ui.views.progress import Progress
from ui.views.scrolling import bring_into_sight
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.choices import Choices
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText


class TakeOutPage(Page):
    """The formats are those of ``fieldkit.app.takeout.ways.WAYS``."""

    def __init__(self, taking: TakeOut) -> None:
        super().__init__("take_out", "Take work out")
        self._taking = taking
        self._is_busy = False
        self.column.say(
            "At any time, without a connection and without your office. Nothing that is taken out is encrypted: whoever"
            " has it can read it. What a consent holds stays here, and so do names."
        )
        self.assessment = QComboBox()
        self.assessment.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.column.field("take_out_assessment", Field("Assessment", self.assessment, "take_out.assessment"))
        self.assessment.activated.connect(lambda _: taking.choose_assessment(str(self.assessment.currentData() or "")))
        options = [(one.way.value, f"{one.title}. {one.what}") for one in WAYS]
        self.ways = Choices(options, "take_out.way", is_single=True)
        self.ways.choose([taking.state.way])
        self.ways.changed.connect(lambda: taking.choose_way(next(iter(self.ways.chosen))))
        self.column.field("take_out_way", Field("Format", self.ways, "take_out.ways"))
        self.mind = named(HintLabel(), "", "take_out.mind")
        self.mind.setWordWrap(True)
        self.mind.hide()
        self.column.add(self.mind)
        self._where(taking)
        self.column.end()
        self.follow(taking, self._render)

    def shown(self) -> None:
        self._taking.load()

    def first(self) -> QWidget:
        return self.assessment

    def _where(self, taking: TakeOut) -> None:
        self.folder = FileField("Folder", "take_out.folder", "Choose a folder")
        self.column.field("take_out_folder", self.folder)
        self.why = PassText()
        self._why_field = self.column.field(
            "take_out_reason", Field("Why it is taken out although questions are open", self.why, "take_out.why")
        )
        self._why_field.hide()
        self.progress = Progress("take_out.progress", taking.stop)
        self._notice = Notice()
        for part in (self.progress, self._notice):
            self.column.add(part)
        self.go = button("Take out", "take_out.go", kind="primary")
        for asked in (self.go.clicked, self.folder.edit.returnPressed, self.why.returnPressed):
            asked.connect(lambda: taking.take_out(self.folder.edit.text(), self.why.text()))
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addStretch(1)
        self.column.add(row)

    def _render(self, state: TakeOutState) -> None:
        self._fill(state)
        words = "\n".join([*state.minded, *([state.small] if state.small else []), *_losses(state)])
        if self.mind.text() != words:
            named(self.mind, words).setText(words)
            self.mind.setVisible(bool(words))
        self._why_field.setVisible(state.asks_why)
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
        self.progress.show_count(state.busy, state.done, state.total)
        is_news = bool(state.notice) and state.notice != self._notice.text()
        self._notice.show_words(state.notice)
        if is_news or (state.busy and not self._is_busy):
            bring_into_sight(self._notice if is_news else self.progress)
        self._is_busy = bool(state.busy)

    def _fill(self, state: TakeOutState) -> None:
        told = tuple(
            (self.assessment.itemData(row), self.assessment.itemText(row)) for row in range(self.assessment.count())
        )
        if told != state.assessments:
            self.assessment.clear()
            for value, words in state.assessments:
                self.assessment.addItem(words, value)
        self.assessment.setCurrentIndex(self.assessment.findData(state.assessment))


def _losses(state: TakeOutState) -> list[str]:
    return ["Not in this format:", *(f"– {one}" for one in state.losses)] if state.losses else []
