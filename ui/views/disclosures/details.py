"""Beside the list: one disclosure whole, and what can be done with it. Empty as soon as the box is closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.app.disclosure_files import SEALED_ENDING
from fieldkit.domain.disclosure import Disclosure
from ui.presenters.disclosures import words
from ui.presenters.disclosures.page import DisclosuresPage
from ui.presenters.disclosures.state import DisclosuresState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.rendering import View, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel


class Details(View):
    """Its words cannot be selected: what is copied leaves the box."""

    def __init__(self, page: DisclosuresPage) -> None:
        super().__init__()
        self.page = page
        self.ask_save: Callable[[str], str] = self._ask_save
        self._drawn: object = None
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        self.empty = EmptyState(words.CHOOSE)
        self._part = QVBoxLayout()
        self._part.setSpacing(8)
        rows.addWidget(self.empty)
        rows.addLayout(self._part)
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)

    @property
    def has_something(self) -> bool:
        """Whether anything is chosen."""
        return self.page.state.disclosure is not None

    def take_focus(self) -> None:
        """On the first button; on the empty words where nothing is chosen."""
        first = self.findChild(ActionButton, "disclosures.add_words")
        target = first if first is not None and first.isVisible() else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: DisclosuresState) -> None:
        wanted = (state.disclosure, state.restricted.holders)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self.empty.setVisible(state.disclosure is None)
        for label in self.findChildren(RoleLabel):  # what is thrown away may live a while yet
            if label is not self.empty:
                label.clear()
        clear(self._part)
        if state.disclosure is not None:
            self._draw(state.disclosure)

    def _draw(self, one: Disclosure) -> None:
        today = self.page.session.clock.now().astimezone().date()
        self._part.addWidget(HeadingLabel(words.title(one, today), level=2))
        self._part.addWidget(HintLabel(words.IDENTITY[one.identity]))
        self._say(one.text)
        for label, text in words.facts(one):
            self._say(f"{label}: {text}")
        for added in one.additions:
            self._part.addWidget(HintLabel(f"Added {ui.day_and_clock(added.at, today)}"))
            self._say(added.text)
        self._button("Add words", "add_words", self.page.add_words)
        self._part.addWidget(HeadingLabel("Handed over", level=2))
        for made in one.hand_overs:
            self._say(words.hand_over(made, today))
        if not one.hand_overs:
            self._say(words.NOT_HANDED_OVER)
        self._ways()
        self._part.addWidget(HeadingLabel("In the main record", level=2))
        self._say("Your team sees nothing of this unless you leave a pointer.")
        self._button("Leave a pointer", "pointer", self.page.leave_pointer)

    def _ways(self) -> None:
        for place, holder in enumerate(self.page.state.restricted.holders):
            self._say(f"{holder.name} can open what is sealed to them:")
            over = partial(self.page.exchange.hand_over, holder.public)
            self._button("Hand over now", f"hand_over.{place}", over, f"Hand over now to {holder.name}")
            seal = partial(self._seal, holder.public)
            self._button("Save a sealed file", f"seal.{place}", seal, f"Save a sealed file for {holder.name}")
        self._button("Note another hand-over", "note", self.page.note_hand_over)

    def _seal(self, public: bytes) -> None:
        one = self.page.state.disclosure
        path = self.ask_save(f"{one.reference}{SEALED_ENDING}") if one is not None else ""
        if path:
            self.page.exchange.save_sealed(Path(path), public)

    def _say(self, text: str) -> None:
        label = RoleLabel(text)
        label.setWordWrap(True)
        self._part.addWidget(label)

    def _button(self, text: str, name: str, do: Callable[[], object], spoken: str = "") -> ActionButton:
        made = named(button(text, f"disclosures.{name}"), spoken or text)
        made.clicked.connect(lambda: do())
        self._part.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _ask_save(self, name: str) -> str:
        return file_to_save(self, "Save a sealed file", str(Path.home() / name))[0]
