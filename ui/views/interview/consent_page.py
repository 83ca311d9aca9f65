"""Step 1 of an interview: the words to be read out in large letters, the limit always among them, five questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.guide import LIMIT
from ui.presenters.forms import FormState
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import InterviewState
from ui.qt.accessibility import named
from ui.views.form import FormView
from ui.views.rendering import View, aligned
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_AROUND = 8
"""Pixels round words that take the focus: the ring must not cover a letter."""
_WIDEST = 760
"""Pixels at 100 % text: longer lines are not read well aloud."""


class ConsentPage(View):
    """Made anew whenever the form is."""

    def __init__(self, page: InterviewPage, back: Callable[[], None]) -> None:
        super().__init__()
        self._page = page
        self.form: FormView = self.part(FormView(page.form, "consent", "Record consent", enter_saves=False))
        self._heading = HeadingLabel("Consent")
        self._explain = HeadingLabel("Explain these points", level=2)
        self._explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the page begins here, and it is all read aloud
        self._explain.setMargin(_AROUND)
        named(self._explain, " ".join(("Explain these points.", *page.state.script)), "consent.script")
        self._script = [_large(line) for line in page.state.script if line != LIMIT]
        self._limit = _limit()
        self._role_words = HintLabel("Only one person may have this role here. Use a broader role?")
        self._use = button("", "consent.broader")
        self._keep = button("Keep", "consent.keep_role")
        self._kept = ""
        self._back = button("Back", "consent.back")
        self._back.clicked.connect(lambda: back())
        self._use.clicked.connect(lambda: page.use_broader_role())
        self._keep.clicked.connect(lambda: self._keep_role())
        self._lay_out()
        self.follow(page, self._render)
        self.follow(page.form, self._render_form)

    def take_focus(self) -> None:
        self._explain.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 16)
        rows.setSpacing(8)
        rows.addLayout(aligned(self._heading))
        rows.addLayout(aligned(self._explain))
        for line in self._script:
            rows.addLayout(aligned(line))
        rows.addLayout(aligned(self._limit))
        rows.addSpacing(8)
        rows.addWidget(self.form)
        role = QHBoxLayout()
        role.addWidget(self._role_words, 1)
        role.addWidget(self._use)
        role.addWidget(self._keep)
        rows.addLayout(aligned(role))
        self.form.buttons.insertWidget(1, self._back)
        rows.addStretch(1)
        inside.setMaximumWidth(_WIDEST * 2)
        scrolled(inside, self)
        QWidget.setTabOrder(self._use, self._keep)

    def _render(self, state: InterviewState) -> None:
        title = f"{state.title}: consent"
        if self._heading.text() != title:
            self._heading.setText(title)
        self._back.setText("Back" if state.consent is not None else "Back to visit")
        named(self._back, self._back.text())

    def _render_form(self, state: FormState) -> None:
        wanted = self._page.broader_role
        shows = bool(wanted) and state.values.get("role", "") != self._kept
        if shows and self._use.text() != f"Use ‘{wanted}’":
            self._use.setText(f"Use ‘{wanted}’")
            named(self._use, f"Use ‘{wanted}’")
        for each in (self._role_words, self._use, self._keep):
            each.setVisible(shows)

    def _keep_role(self) -> None:
        self._kept = self._page.form.state.values.get("role", "")
        self._render_form(self._page.form.state)
        self.form.fields["role"].control.setFocus(Qt.FocusReason.OtherFocusReason)


def _large(words: str) -> RoleLabel:
    made = RoleLabel(words, "heading2")
    made.setWordWrap(True)
    return made


def _limit() -> QFrame:
    """The limit of confidentiality in a frame of its own; it is the program's and stands on every consent page."""
    frame = QFrame()
    frame.setProperty("card", "true")
    words = named(_large(LIMIT), f"The limit: {LIMIT}", "consent.limit")
    rows = QVBoxLayout(frame)
    rows.setContentsMargins(12, 8, 12, 8)
    rows.addWidget(HintLabel("The limit. Always read this out"))
    rows.addWidget(words)
    return frame
