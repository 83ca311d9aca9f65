"""Region D of Frameworks: what the chosen one is and what is not confirmed, a form, or what a file would bring."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.frameworks.metric_words import reading_words
from ui.presenters.frameworks.page import FrameworksPage, lines_about
from ui.presenters.frameworks.state import FrameworkLine, FrameworksState, OpenPanel, PanelKind
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {PanelKind.CROSSWALK: "Carry the tags over", PanelKind.METRICS: "Look at the file"}


class FrameworksSide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: FrameworksPage) -> None:
        self.page = page
        self._planned: object = None
        super().__init__(_Details(page), lambda: page.state.line is not None or page.state.plan is not None, self._made)
        self.follow(page, self._render)

    def _render(self, state: FrameworksState) -> None:
        self.show_panel(state.panel)
        if state.plan is not None and state.plan is not self._planned:
            self.opened.emit()
        self._planned = state.plan

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"frameworks.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)


class _Details(View):
    """The chosen framework, or the file that was looked at."""

    def __init__(self, page: FrameworksPage) -> None:
        super().__init__()
        self.page = page
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        self._title = HeadingLabel("", level=2)
        self._title.setWordWrap(True)
        rows.addLayout(aligned(self._title))
        self._buttons: dict[str, ActionButton] = {
            "keep": button("Keep them", "frameworks.keep", kind="primary"),
            "drop": button("Keep nothing", "frameworks.drop"),
            "add": button("Use it beside the others", "frameworks.add", kind="primary"),
            "carry": button("Carry tags over to it", "frameworks.carry"),
            "back": button("Take carried tags back", "frameworks.take_back"),
            "remove": button("Remove it here", "frameworks.remove"),
        }
        deeds = {
            "keep": page.keep_figures, "drop": page.drop_figures, "add": page.add, "carry": page.carry,
            "back": page.take_back, "remove": page.remove,
        }  # fmt: skip
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
            rows.addLayout(aligned(made))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        rows.addLayout(self._lines)
        rows.addStretch(1)
        scrolled(inside, self)
        self._shown: object = None
        self.follow(page, self._render)

    def take_focus(self) -> None:
        first = next((made for made in self._buttons.values() if made.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: FrameworksState) -> None:
        shown = (state.line, state.plan)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        plan, line = state.plan, state.line
        is_new = plan is not None and bool(plan.new or plan.changed)
        here = None if plan is not None else line
        can = {"keep": is_new, "drop": plan is not None, **_can(here)}
        for name, made in self._buttons.items():
            made.setVisible(can[name])
        if plan is not None:
            self._title.setText("What the file would bring")
            for words in reading_words(plan):
                self._say("", words)
        elif line is not None:
            self._title.setText(line.framework.title)
            for name, words in lines_about(line):
                self._say(name, words)

    def _say(self, name: str, words: str) -> None:
        label = RoleLabel(words)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (HintLabel(name), label) if name else (label,):
            part.setWordWrap(True)
            holder = QWidget()  # one by one: a layout of wrapped words inside another is given its height twice
            holder.setLayout(aligned(part))
            self._lines.addWidget(holder)


def _can(line: FrameworkLine | None) -> dict[str, bool]:
    """Which buttons make sense for the chosen framework."""
    is_used = line is not None and line.place is not None
    return {
        "add": line is not None and line.can_add and line.framework.id not in _replaced(line),
        "carry": line is not None and line.older is not None,
        "back": is_used and line is not None and (line.older is not None or line.was is not None),
        "remove": is_used and line is not None and line.place != 0,
    }


def _replaced(line: FrameworkLine) -> tuple[str, ...]:
    """A later version takes the earlier one's place and never stands beside it."""
    return (line.older.id,) if line.older is not None and line.older.id == line.framework.id else ()
