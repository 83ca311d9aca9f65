"""The question that is up, in words: what it is about, how to ask further, whose words are noted."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import Chip, Current, InterviewState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.evidence.flow import FlowLayout
from ui.views.rendering import View, clear
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class QuestionPart(View):
    """Nothing in it can be typed into."""

    def __init__(self, page: InterviewPage, parent: QWidget) -> None:
        super().__init__(parent)  # shown before it has one, it would be a window, and take the keys with it
        self._page = page
        self.question = named(HeadingLabel("", level=2), "", "interview.question")
        self._waits = named(RoleLabel(), "", "interview.waits")
        self._waits.setWordWrap(True)
        self._statements = HintLabel()
        self._more = HintLabel()
        self._prompts = RoleLabel()
        self._prompts.setWordWrap(True)
        self._shown: tuple[Current | None, bool] = (None, False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for each in (self.question, self._waits, self._statements, self._more, self._prompts):
            rows.addWidget(each)
        self.follow(page, self._render)

    def _render(self, state: InterviewState) -> None:
        if (state.current, state.shows_prompts) == self._shown:
            return
        self._shown = (state.current, state.shows_prompts)
        current = state.current
        self.setVisible(current is not None)
        if current is None:
            return
        self.question.setText(f"{current.number} {current.text}")
        named(self.question, f"Question {current.number}. {current.text}")
        self._say(self._waits, current.waits)
        named(self._waits, current.waits)
        self._say(self._statements, current.statements)
        more = (
            current.hint, current.choices, "Note the exact words, in quotation marks" if current.wants_quote else "",
            f"About {ui.count(current.minutes, 'minute')}" if current.minutes else "",
        )  # fmt: skip
        self._say(self._more, ". ".join(part.rstrip(".") for part in more if part))
        prompts = "\n".join(f"– {one}" for one in current.prompts)
        self._say(self._prompts, prompts if state.shows_prompts else "")

    @staticmethod
    def _say(label: RoleLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


class Speakers(QWidget):
    """The people of a group as buttons: whose words the next notes are."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__()
        self._page = page
        self._chips: tuple[Chip, ...] = ()
        self._row = FlowLayout()
        self._presses: dict[str, QToolButton] = {}
        named(self, "Who is speaking", "interview.speakers")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._row)

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """One button a person; the one that is pressed in stays until another is."""
        if chips == self._chips:
            return
        if [one.person for one in chips] != [one.person for one in self._chips]:
            self._make(chips)
        self._chips = chips
        for one in chips:
            press = self._presses[one.person]
            words = f"{one.person}: {'speaking' if one.is_speaking else 'here' if one.is_present else 'left'}"
            press.setText(words)
            press.setChecked(one.is_speaking)
            press.setEnabled(not one.is_held)
            named(press, f"{words}. {one.words}")
        self.setVisible(bool(chips))

    def _make(self, chips: tuple[Chip, ...]) -> None:
        clear(self._row)
        self._presses = {}
        for one in chips:
            press = QToolButton()
            press.setCheckable(True)
            named(press, one.words, f"interview.speaker.{one.person}")
            press.clicked.connect(lambda _=False, person=one.person: self._page.asking.speak(person))
            self._presses[one.person] = press
            self._row.addWidget(press)
