"""Region D of End of day: the chosen line whole with what can be done of it, or the open form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.day.lines import DayRow, LineKind
from ui.presenters.day.page import DaySheetPage, DayState, OpenPanel, PanelKind
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, aligned
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SAVE = {PanelKind.ADD: "Add to the sheet", PanelKind.CHANGE: "Save"}


class DaySide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: DaySheetPage) -> None:
        self.page = page
        super().__init__(_Details(page), lambda: page.state.line is not None, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"day.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, _SAVE[panel.kind], self.page.close_panel)


class _Details(View):
    """The chosen line."""

    def __init__(self, page: DaySheetPage) -> None:
        super().__init__()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(5, 12, 12, 12)
        rows.setSpacing(8)
        self._title = HeadingLabel("", level=2)
        self._words = RoleLabel("")
        self._status = HintLabel()
        for label in (self._title, self._words, self._status):
            label.setWordWrap(True)
            rows.addLayout(aligned(label))
        self._asked = AskedBox(page.session)
        rows.addLayout(aligned(self._asked))
        self.hear(hear_asked(page.session, self._asked.again))
        self._buttons: dict[str, ActionButton] = {
            "take": button("Put it on the sheet", "day.take", kind="primary"),
            "change": button("Change", "day.change"),
            "none": button("State None", "day.side_none"),
            "source": button("Show what it was made of", "day.source"),
            "remove": button("Take off", "day.remove"),
        }
        deeds = {
            "take": page.take, "change": page.change, "none": page.state_none, "source": page.open_source,
            "remove": page.remove,
        }  # fmt: skip
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
            rows.addLayout(aligned(made))
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)

    def take_focus(self) -> None:
        first = next((made for made in self._buttons.values() if made.isVisible()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: DayState) -> None:
        line = state.line
        self._asked.show_record(line.row.record if line is not None and line.row is not None else "")
        head, _, words = (line.title if line is not None else "").partition(": ")
        self._title.setText(head)
        self._words.setText(_whole(line) or words)
        self._status.setText(line.status if line is not None else "")
        kind = line.kind if line is not None else None
        has_source = line is not None and bool(
            (line.row is not None and line.row.value.about) or (line.proposal is not None and line.proposal.about)
        )
        shown = {
            "take": kind is LineKind.PROPOSAL, "change": kind is LineKind.ITEM, "none": kind is LineKind.BLANK,
            "source": has_source, "remove": kind in (LineKind.ITEM, LineKind.NONE, LineKind.OFF),
        }  # fmt: skip
        for name, made in self._buttons.items():
            made.setVisible(shown[name])
        self._buttons["remove"].setText("Put back" if kind is LineKind.OFF else "Take off")


def _whole(line: DayRow | None) -> str:
    """An item's words with their lines as they were typed."""
    if line is None or line.row is None:
        return ""
    return "None" if line.row.value.is_none else str(line.row.value.text)
