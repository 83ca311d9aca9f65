"""Region D of Findings: the chosen finding with its evidence, a part of the report, or the open form over them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.domain.finding_words import BEARINGS, STATES, STRENGTHS
from ui.presenters.findings.lines import LineKind
from ui.presenters.findings.page import FindingsPage, FindingsState, OpenPanel, PanelKind
from ui.qt.accessibility import named
from ui.views.findings.evidence import EvidencePicker
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.ADD: "Save the finding", PanelKind.CHANGE: "Save the finding", PanelKind.DROP: "Take out of use",
    PanelKind.PART: "Cite these words", PanelKind.TEXT: "Save the text",
}  # fmt: skip


class FindingsSide(FormSide):
    """One form at a time, over what is chosen."""

    def __init__(self, page: FindingsPage) -> None:
        self.page = page
        self._chosen = _Chosen(page)
        super().__init__(self._chosen, lambda: page.state.line is not None, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def seek(self) -> None:
        """Ctrl+F: the field over the notes."""
        if self.page.state.panel is None and self.page.state.view is not None:
            self.opened.emit()
            self._chosen.picker.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"findings.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)


class _Chosen(View):
    """What is chosen, in words, and what can be done with it."""

    def __init__(self, page: FindingsPage) -> None:
        super().__init__()
        self.page = page
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        self._title = HeadingLabel("", level=2)
        self._title.setWordWrap(True)
        rows.addLayout(aligned(self._title))
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        rows.addLayout(self._words)
        self._new = button("New finding", "findings.new", kind="primary")
        self._change = button("Change", "findings.change_it")
        self._write = button("Write", "findings.write_it", kind="primary")
        self._look = button("I have read what was added", "findings.look_again")
        self._drop = button("Take out of use", "findings.drop_it")
        for made, deed in (
            (self._new, page.add), (self._change, page.change), (self._write, page.write),
            (self._look, page.look_again), (self._drop, page.drop),
        ):  # fmt: skip
            made.clicked.connect(lambda _=False, deed=deed: deed())
        for each in (self._new, self._change, self._write, self._look, self._drop):
            rows.addLayout(aligned(each))
        self.picker: EvidencePicker = self.part(EvidencePicker(page))
        rows.addWidget(self.picker)
        rows.addStretch(1)
        self._scroll = scrolled(inside, self)
        self._settling = QTimer(self)  # once the words above have their heights
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._keep_row)
        self._shown: object = None
        self.follow(page, self._render)

    def take_focus(self) -> None:
        if self.picker.isVisible():
            self.picker.take_focus()
            return
        first = next((one for one in (self._new, self._write) if one.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: FindingsState) -> None:
        shown = (state.line, state.read)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._words)
        line, view = state.line, state.view
        kind = line.kind if line is not None else None
        self._title.setText(line.title if line is not None else "")
        self._new.setVisible(kind is LineKind.STATEMENT)
        self._write.setVisible(kind is LineKind.TEXT)
        is_used = view is not None and not view.value.is_dropped
        self._change.setVisible(is_used)
        self._drop.setVisible(view is not None)
        self._look.setVisible(view is not None and any(one.standing.name == "CORRECTED" for one in view.cited))
        self.picker.setVisible(is_used)
        words = "Take out of use" if is_used else "Bring back"
        named(self._drop, words).setText(words)
        for name, said in _told(state):
            self._say(name, said)
        self._settling.start()

    def _keep_row(self) -> None:
        """A note that was linked stays in sight though the words above it have grown."""
        if self.picker.list.hasFocus():
            self._scroll.show_cursor(self.picker.list)

    def _say(self, name: str, words: str) -> None:
        label = RoleLabel(words)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (HintLabel(name), label) if name else (label,):
            part.setWordWrap(True)
            holder = QWidget()  # one by one: a layout of wrapped words inside another is given its height twice
            holder.setLayout(aligned(part))
            self._words.addWidget(holder)


def _told(state: FindingsState) -> list[tuple[str, str]]:
    view, written = state.view, state.written
    if written is not None:
        return [*_because(state), *([("", text) for text in written.texts] or [("", "Not written yet.")])]
    if view is None:
        return [("", state.line.status)] if state.line is not None else []
    value, found = view.value, view.triangulation
    statement = state.read.board.framework.statement_by(value.statement)
    place = f"{statement.position} {statement.title}" if statement is not None else value.statement
    strength = STRENGTHS[view.strength]
    if view.departs:
        strength += f". {value.why} The evidence suggests {STRENGTHS[view.suggestion.strength].lower()}"
    else:
        strength += f". {view.suggestion.why}"
    told = [("Under", f"{place}. {BEARINGS[value.bearing]}, {STATES[value.state].lower()}")]
    if value.is_dropped:
        told.append(("Out of use", value.drop_reason))
    told += [("To look at", mark) for mark in view.marks[:1]] + [("", mark) for mark in view.marks[1:]]
    told += _because(state)
    told += [("Sentence for the report", value.sentence or "Not written yet")]
    return [*told, ("Strength of evidence", strength), ("Triangulation", found.sentence)]


def _because(state: FindingsState) -> list[tuple[str, str]]:
    return [("Changed because of comments on the draft", state.because)] if state.because else []
