"""Take work in: a file or folder, what is in it, one button, what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.settings.take_in import FIELD, InPreview, TakeIn, TakeInState
from ui.views.file_field import FileField
from ui.views.progress import Progress
from ui.views.rendering import clear
from ui.views.scrolling import bring_into_sight
from ui.views.settings.page import Notice, Page
from ui.views.settings.preview_card import PreviewCard
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel


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
        self._shown: InPreview | None = None
        self.preview = PreviewCard(
            button("Take it in", "take_in.go", kind="primary"), button("Do not take it in", "take_in.leave"),
            taking.take_in, taking.leave,
        )  # fmt: skip
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
        if state.preview != self._shown:
            self._shown = state.preview
            _show(self.preview, state.preview)
        if is_news:
            bring_into_sight(self._notice)
        if had_focus and state.preview is None:  # the button that was pressed is gone
            self.file.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _show(card: PreviewCard, preview: InPreview | None) -> None:
    if preview is None:
        card.drop()
        return
    card.begin(preview.title)
    for words in preview.warnings:
        card.warn(words)
    for words in preview.lines:
        card.say(words)
    for words in preview.details:
        card.detail(words)
    card.end(may_take=preview.may_take)


def _wrapped(label: RoleLabel) -> RoleLabel:
    label.setWordWrap(True)
    return label
