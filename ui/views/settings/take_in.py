"""Take work in: a file or folder, what is in it, one button, what came of it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.settings.take_in import FIELD, InPreview, TakeIn, TakeInState
from ui.qt.turns import turns
from ui.views.file_field import FileField
from ui.views.progress import Progress
from ui.views.rendering import clear
from ui.views.scrolling import bring_into_sight
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class TakeInPage(Page):
    """Nothing is kept before it was looked at."""

    def __init__(self, taking: TakeIn) -> None:
        super().__init__("take_in", "Take work in")
        self.column.say(
            "What FieldKit took out as ‘Everything’, here or on another laptop. All of it is checked before any of it"
            " is kept, and what is here already stays as it is."
        )
        self.file = FileField(
            "Export: a file ending .json, or the folder with it", "take_in.file", "Choose a file", "Exports (*.json)",
            hint="You see what is in it before it is taken in",
        )  # fmt: skip
        self.column.field(FIELD, self.file)
        self.look = button("Look at the export", "take_in.look")
        for asked in (self.look.clicked, self.file.edit.returnPressed):
            asked.connect(lambda: taking.look(self.file.edit.text()))
        self.column.buttons(self.look)
        self.progress = Progress("take_in.progress", taking.stop)
        self._notice = Notice()
        self._result = QVBoxLayout()
        self._told: tuple[str, ...] = ()
        self.preview = ExportPreview(taking)
        self.add_all((self.progress, self._notice, self._result, self.preview))
        self.column.end()
        self.follow(taking, self._render)

    def first(self) -> QWidget:
        return self.file.edit

    def _render(self, state: TakeInState) -> None:
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
        self.progress.show_count(state.busy, state.done, state.total)
        is_news = bool(state.notice) and state.notice != self._notice.text()
        self._notice.show_words(state.notice)
        if state.result != self._told:
            self._told = state.result
            clear(self._result)
            for words in state.result:
                self._result.addWidget(_wrapped(HintLabel(words)))
        had_focus = self.preview.has_focus
        self.preview.show_preview(state.preview)
        if is_news:
            bring_into_sight(self._notice)
        if had_focus and state.preview is None:  # the button that was pressed is gone
            self.file.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class ExportPreview(QFrame):
    """What is in an export that is not taken in yet."""

    def __init__(self, taking: TakeIn) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._shown: InPreview | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self.take = button("Take it in", "take_in.go", kind="primary")
        self.take.clicked.connect(lambda: taking.take_in())
        self.leave = button("Do not take it in", "take_in.leave")
        self.leave.clicked.connect(lambda: taking.leave())
        row = QHBoxLayout()
        row.setSpacing(12)
        for one in (self.take, self.leave):
            row.addWidget(one)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(10)
        rows.addLayout(self._words)
        rows.addLayout(row)
        self._details = QVBoxLayout()
        self._details.setSpacing(4)
        rows.addLayout(self._details)
        self.hide()

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has it."""
        return self.take.hasFocus() or self.leave.hasFocus()

    def show_preview(self, preview: InPreview | None) -> None:
        """Show it, or nothing."""
        if preview == self._shown:
            return
        self._shown = preview
        clear(self._words)
        clear(self._details)
        self.setVisible(preview is not None)
        if preview is None:
            return
        self._words.addWidget(HeadingLabel(preview.title, level=2))
        for words in preview.warnings:
            warning = RoleLabel(words)
            warning.setProperty("tone", "danger")
            self._words.addWidget(_wrapped(warning))
        for words in preview.lines:
            self._words.addWidget(_wrapped(RoleLabel(words)))
        for words in preview.details:
            self._details.addWidget(_wrapped(HintLabel(words)))
        self.take.setVisible(preview.may_take)
        goes_on = self.take if preview.may_take else self.leave
        goes_on.setFocus(Qt.FocusReason.OtherFocusReason)
        turns().soon(lambda: bring_into_sight(goes_on) if shiboken6.isValid(goes_on) else None)  # once it is laid out


def _wrapped(label: RoleLabel) -> RoleLabel:
    label.setWordWrap(True)
    return label
