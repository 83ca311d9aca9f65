"""Region D of Factual accuracy: the chosen line whole, or the open form with what a file would bring under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.accuracy.lines import AccuracyLine, LineKind
from ui.presenters.accuracy.page import AccuracyPageOf, AccuracyState, OpenPanel, PanelKind
from ui.qt.accessibility import named
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {
    PanelKind.SEND: "Record it", PanelKind.COMMENT: "Add the comment", PanelKind.IMPORT: "Take them in",
    PanelKind.ANSWER: "Save the answer", PanelKind.ACTION: "Plan it", PanelKind.DONE: "Save",
    PanelKind.RESCORE: "Settle it", PanelKind.TEXT: "Change it", PanelKind.ATTACH: "Attach it",
    PanelKind.LOOK: "Save", PanelKind.SUMMIT: "Record it", PanelKind.OUTCOME: "Save",
}  # fmt: skip
_SPOKEN_OF, _CHANGED = "Show what it speaks of", "Show the changed text"


class AccuracySide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: AccuracyPageOf) -> None:
        self.page = page
        self._preview: _Preview | None = None
        super().__init__(_Details(page), lambda: page.state.line is not None, self._made)
        self.follow(page, self._render)

    def _render(self, state: AccuracyState) -> None:
        self.show_panel(state.panel)
        if state.panel is None:
            self._preview = None
        elif self._preview is not None:
            self._preview.show_words(state.preview)

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"accuracy.{panel.kind.name.lower()}_form"
        made = FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)
        self._preview = None
        if panel.kind in (PanelKind.IMPORT, PanelKind.ATTACH):
            self._preview = _Preview(made.view)
            made.view.put_after("file", self._preview)
        return made


class _Preview(QWidget):
    """What the file would bring, line by line. It has a parent from the first moment, or it would be a window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 8, 0, 0)
        self._rows.setSpacing(4)
        self._shown: tuple[str, ...] = ()
        self.hide()

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show others."""
        if words == self._shown:
            return
        self._shown = words
        clear(self._rows)
        for one in words:
            label = RoleLabel(one)
            label.setWordWrap(True)
            self._rows.addWidget(label)
        self.setVisible(bool(words))


class _Details(View):
    """The chosen line: labelled facts, and what can be done of it."""

    def __init__(self, page: AccuracyPageOf) -> None:
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
            "answer": button("Answer", "accuracy.answer", kind="primary"),
            "attach": button("Attach a file", "accuracy.attach"),
            "text": button("Change the report because of it", "accuracy.text"),
            "show": button(_SPOKEN_OF, "accuracy.show"),
            "rescore": button(f"Change a {page.noun} because of it", "accuracy.rescore"),
            "score": button(f"Show the changed {page.noun}", "accuracy.score"),
            "comment": button("Comment on this draft", "accuracy.comment_here"),
            "import": button("Comments from a file", "accuracy.import_here"),
            "look": button("Follow up", "accuracy.look"),
            "done": button("It is done", "accuracy.done"),
            "outcome": button("What came of it", "accuracy.outcome"),
        }
        deeds = {
            "answer": page.answer, "attach": page.attach, "text": page.change_text, "show": page.open_text,
            "rescore": page.rescore, "score": page.open_score,
            "comment": page.comment, "import": page.bring_in, "look": page.look,
            "done": page.complete, "outcome": page.outcome,
        }  # fmt: skip
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
            rows.addLayout(aligned(made))
        self._asked = AskedBox(page.session)
        rows.addLayout(aligned(self._asked))
        self.hear(hear_asked(page.session, self._asked.again))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        rows.addLayout(self._lines)
        rows.addStretch(1)
        scrolled(inside, self)
        self._shown: AccuracyLine | None = None
        self.follow(page, self._render)
        self._show_buttons(page.state.line)

    def take_focus(self) -> None:
        first = next((made for made in self._buttons.values() if made.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: AccuracyState) -> None:
        line = state.line
        self._asked.show_record(line.record if line is not None else "")
        if line == self._shown:
            return
        self._shown = line
        clear(self._lines)
        self._title.setText(line.title if line is not None else "")
        for name, words in line.facts if line is not None else ():
            label = RoleLabel(words)
            label.setWordWrap(True)
            for part in (HintLabel(name), label):
                holder = QWidget()  # one by one: a layout of wrapped words inside another is given its height twice
                holder.setLayout(aligned(part))
                self._lines.addWidget(holder)
        self._show_buttons(line)

    def _show_buttons(self, line: AccuracyLine | None) -> None:
        kind = line.kind if line is not None else None
        shown = {
            "answer": kind is LineKind.COMMENT, "attach": kind is LineKind.COMMENT,
            "text": self.page.may_change_text, "show": kind is LineKind.COMMENT and self.page.framework is not None,
            "rescore": self.page.may_rescore, "score": bool(self.page.changed_score),
            "comment": kind is LineKind.DRAFT, "import": kind is LineKind.DRAFT,
            "look": kind is LineKind.ACTION, "done": kind is LineKind.ACTION and bool(line and line.is_open),
            "outcome": kind is LineKind.SUMMIT,
        }  # fmt: skip
        words = _CHANGED if self.page.changed_texts else _SPOKEN_OF
        named(self._buttons["show"], words).setText(words)
        for name, made in self._buttons.items():
            made.setVisible(shown[name])
