"""The quiet pages of an interview: refused, withdrawn, no guide yet, and what a withdrawal will do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import InterviewState, Step
from ui.presenters.wording import sentence
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.rendering import View, aligned
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel
from ui.widgets.texts import PassText

_KEY = int(Qt.ItemDataRole.UserRole)
_SAID_NO = "They did not agree."
REFUSED = "Interview not started. Nothing about this person has been saved."


class InfoPage(View):
    """A heading, some words that take the focus so that they are read, and what can be done now."""

    def __init__(self, page: InterviewPage, identifier: str) -> None:
        super().__init__()
        self.page = page
        self.heading = HeadingLabel("Interview")
        self.words = named(EmptyState(), "", identifier)
        inside = QWidget()
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(16, 10, 16, 16)
        self.rows.setSpacing(8)
        self.rows.addLayout(aligned(self.heading))
        self.rows.addLayout(aligned(self.words))
        scrolled(inside, self)

    def add(self, *widgets: QWidget) -> None:
        """Buttons beside each other."""
        row = QHBoxLayout()
        for one in widgets:
            row.addWidget(one)
        row.addStretch(1)
        self.rows.addLayout(aligned(row))

    def say(self, heading: str, words: str) -> None:
        """What the page tells."""
        if self.heading.text() != heading:
            self.heading.setText(heading)
        if self.words.text() != words:
            self.words.setText(words)
            self.words.setAccessibleName(words)

    def take_focus(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)


class RefusedPage(InfoPage):
    """Not an error: the person said no."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page, "interview.refused")
        self._back = _press("Back to visit", "interview.refused.visit", page.to_visit, kind="primary")
        self.add(self._back, _press("Change the answer", "interview.refused.change", page.change_consent))
        self.rows.addStretch(1)
        self.follow(page, self._render)

    def _render(self, state: InterviewState) -> None:
        self.say(state.title, f"{_SAID_NO} {state.unsaved}" if state.unsaved else REFUSED)


class WithdrawnPage(InfoPage):
    """What became of the notes."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page, "interview.withdrawn")
        self._back = _press("Back to visit", "interview.withdrawn.visit", page.to_visit, kind="primary")
        self.add(self._back, _press("They agreed again", "interview.withdrawn.again", page.change_consent))
        self.rows.addStretch(1)
        self.follow(page, self._render)

    def _render(self, state: InterviewState) -> None:
        day = next((value for word, value in state.consent_lines if word == "Withdrawn"), "")
        self.say(f"{state.title}: withdrawn {day}".strip(), " ".join(one for one in (state.held, state.unsaved) if one))


class WithdrawPage(InfoPage):
    """The person wants to withdraw: what it means, the day, and why if they say."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page, "interview.withdraw")
        self._day = Field(
            "Day they withdrew", PassText(), "interview.withdraw.day", hint="Today, if you leave it empty"
        )
        self._why = Field("Why, if they say", PassText(), "interview.withdraw.why")
        self._done = _press("Withdraw their consent", "interview.withdraw.do", self._withdraw, kind="primary")
        self.rows.addWidget(self._day)
        self.rows.addWidget(self._why)
        self.add(self._done, _press("Back", "interview.withdraw.back", page.back_to_asking))
        self.rows.addStretch(1)
        self.follow(page, self._render)

    def _render(self, state: InterviewState) -> None:
        if state.step is Step.WITHDRAW:
            self.say("The person wants to withdraw", state.held)

    def _withdraw(self) -> None:
        self._day.set_error("")
        self.page.withdraw(_text(self._day), _text(self._why), self._wrong)

    def _wrong(self, problem: Exception) -> None:
        self._day.set_error(sentence(problem))
        self._day.control.setFocus(Qt.FocusReason.OtherFocusReason)


class ChoosePage(InfoPage):
    """No guide chosen: a blank page, or one of the guides."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page, "interview.choose")
        self._blank = _press("Start blank", "interview.choose.blank", page.start_blank)
        self._choose = _press("Choose a guide", "interview.choose.guide", self._to_list, kind="primary")
        self._list = named(QListWidget(), "Guides", "interview.choose.list")
        prepare_rows(self._list)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(lambda item: page.choose_guide(str(item.data(_KEY))))
        self._list.itemDoubleClicked.connect(lambda item: page.choose_guide(str(item.data(_KEY))))
        self.add(self._choose, self._blank)
        self.rows.addLayout(aligned(HintLabel("Enter takes the guide under the cursor")))
        self.rows.addWidget(self._list, 1)
        self.follow(page, self._render)

    def take_focus(self) -> None:
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_list(self) -> None:
        if self._list.count() and not self._list.currentIndex().isValid():
            self._list.setCurrentRow(0)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: InterviewState) -> None:
        self.say(state.title, "No guide chosen. Start with a blank page, or choose a guide.")
        keys = [str(self._list.item(at).data(_KEY)) for at in range(self._list.count())]
        if keys != [one.key for one in state.offered]:
            self._list.clear()
            for one in state.offered:
                item = QListWidgetItem(f"{one.title}. {one.detail}")
                item.setData(_KEY, one.key)
                self._list.addItem(item)
        self._list.setMinimumHeight(120)


def _press(words: str, identifier: str, do: Callable[[], None], *, kind: str = "") -> ActionButton:
    made = button(words, identifier, kind=kind)
    made.clicked.connect(lambda: do())
    return made


def _text(field: Field) -> str:
    control = field.control
    return control.text().strip() if isinstance(control, PassText) else ""
