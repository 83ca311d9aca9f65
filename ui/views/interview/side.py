"""Beside the interview: what was agreed, who is there, how it goes, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from fieldkit.domain.interview import LARGEST_GROUP, Recording
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import InterviewState, Step
from ui.presenters.interview.timer import TimeState
from ui.qt.accessibility import named
from ui.views.rendering import View, line
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.checks import WrappingCheck
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

RECORDING = {
    Recording.NOT_KNOWN: "Not known", Recording.NO: "No", Recording.SUSPECTED: "Suspected", Recording.YES: "Yes",
}  # fmt: skip


class InterviewSide(View):
    """What is usual in region D of the page."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__()
        self._page = page
        self._consent = named(RoleLabel(), "Consent", "interview.consent_lines")
        self._consent.setWordWrap(True)
        self.change = button("Change", "interview.change")
        self._time = RoleLabel("", "heading2")
        self.stop = button("Stop", "interview.stop")
        self.end = button("End the interview", "interview.end")
        self.pause = button("Pause", "interview.pause")
        self.withdraw = button("The person wants to withdraw", "interview.wants_withdraw")
        self._people_heading = HeadingLabel("People", level=2)
        self._people = HintLabel()
        self._size = QSpinBox()
        self._size.setRange(1, LARGEST_GROUP)
        self._size_field = Field("People at the start", self._size, "interview.size")
        self.joined = button("Someone joined", "interview.joined")
        self._who = named(QComboBox(), "Person", "interview.who")
        self.left = button("Left", "interview.left")
        self.held = button("Withdraws", "interview.person_withdraws")
        self._recording = QComboBox()
        self._recording_field = Field("Does the other party record?", self._recording, "interview.recording")
        self.read_back = WrappingCheck("Notes were read back to them", "interview.read_back")
        self._lay_out()
        self._connect()

    def take_focus(self) -> None:
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_stop(self) -> None:
        """The three ways to stop."""
        for each in (self.end, self.pause, self.withdraw):
            each.show()
        self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(6)
        rows.addWidget(HeadingLabel("Consent", level=2))
        rows.addWidget(self._consent)
        rows.addLayout(_left(self.change))
        rows.addSpacing(4)
        rows.addWidget(line())
        rows.addWidget(self._time)
        for each in (self.stop, self.end, self.pause, self.withdraw):
            rows.addLayout(_left(each))
        rows.addSpacing(4)
        rows.addWidget(line())
        rows.addWidget(self._people_heading)
        rows.addWidget(self._people)
        rows.addWidget(self._size_field)
        rows.addLayout(_left(self.joined))
        rows.addLayout(_left(self._who, self.left, self.held))
        rows.addSpacing(4)
        rows.addWidget(self._recording_field)
        rows.addWidget(self.read_back)
        rows.addStretch(1)
        scrolled(inside, self)
        for each in (self.end, self.pause, self.withdraw):
            each.hide()

    def _connect(self) -> None:
        page = self._page
        for value, words in RECORDING.items():
            self._recording.addItem(words, value.value)
        self.change.clicked.connect(lambda: page.change_consent())
        self.stop.clicked.connect(lambda: self.offer_stop())
        self.end.clicked.connect(lambda: page.end())
        self.pause.clicked.connect(lambda: page.pause())
        self.withdraw.clicked.connect(lambda: page.ask_to_withdraw())
        self._size.editingFinished.connect(lambda: self._sized())
        self.joined.clicked.connect(lambda: page.join())
        self.left.clicked.connect(lambda: self._left())
        self.held.clicked.connect(lambda: page.withdraw_person(str(self._who.currentData() or "")))
        self._recording.activated.connect(lambda _: page.set_recording(Recording(self._recording.currentData())))
        self.read_back.box.clicked.connect(lambda ticked: page.set_read_back(read_back=bool(ticked)))
        self.follow(page, self._render)
        self.follow(page.timer, self._render_time)

    def _render(self, state: InterviewState) -> None:
        words = "\n".join(f"{word} {value}".strip() for word, value in state.consent_lines)
        if self._consent.text() != words:
            self._consent.setText(words)
            named(self._consent, words.replace("\n", ". "))
        is_asking = state.step in (Step.ASKING, Step.CHOOSE)
        self.change.setVisible(is_asking)
        self.stop.setVisible(is_asking)
        if not is_asking:
            for each in (self.end, self.pause, self.withdraw):
                each.hide()
        pause = "Go on" if state.is_paused or state.is_ended else "Pause"
        if self.pause.text() != pause:
            named(self.pause, pause).setText(pause)
        self.end.setEnabled(not state.is_ended)
        for part in (self._people_heading, self._people, self.joined, self._recording_field, self.read_back):
            part.setVisible(is_asking)
        self._render_people(state, is_asking=is_asking)
        self._recording.setCurrentIndex(self._recording.findData(state.recording.value))
        self.read_back.box.setChecked(state.read_back)

    def _render_people(self, state: InterviewState, *, is_asking: bool) -> None:
        here = [one for one in state.chips if one.is_present]
        gone = [one for one in state.chips if not one.is_present]
        words = f"{len(here)} here" + (f", {len(gone)} left" if gone else "") if state.chips else "One person"
        self._people.setText(words)
        self._size_field.setVisible(is_asking and state.is_group and not gone and len(state.chips) <= state.size)
        if self._size.value() != state.size and not self._size.hasFocus():
            self._size.setValue(state.size)
        keys = [one.person for one in state.chips]
        if [self._who.itemData(at) for at in range(self._who.count())] != keys:
            before = self._who.currentData()
            self._who.clear()
            for one in state.chips:
                self._who.addItem(f"Person {one.person}", one.person)
            self._who.setCurrentIndex(max(self._who.findData(before), 0) if keys else -1)
        for each in (self._who, self.left, self.held):
            each.setVisible(is_asking and bool(state.chips))

    def _render_time(self, state: TimeState) -> None:
        self._time.setText(f"Time {state.text}" if state.text else "Not started")
        named(self._time, state.words or "The interview has not started")

    def _left(self) -> None:
        person = str(self._who.currentData() or "")
        chip = next((one for one in self._page.state.chips if one.person == person), None)
        if chip is not None and not chip.is_present:
            self._page.join(person)
        else:
            self._page.leave(person)

    def _sized(self) -> None:
        if self._size.value() != self._page.state.size:
            self._page.set_size(self._size.value())


def _left(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
