"""A case on the screen (ux S7): heading, table or lanes, what was remarked, and the ways to add to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.domain.consent import Agreed
from ui.models.case_model import CaseModel
from ui.presenters.case.state import TrackState
from ui.presenters.case.track import CaseTrack
from ui.presenters.page import Page
from ui.presenters.services import Sheets
from ui.presenters.ways import Bench
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.case.foot import Foot
from ui.views.case.lanes import LanesView
from ui.views.case.remark import CaseRemarkBar
from ui.views.case.side import CaseSide
from ui.views.case.table import EventTable
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.either import Either
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel, StatusPill

_TABLE, _LANES = "table", "lanes"
_LOOKS = ((_TABLE, "Table", "show the case as a table"), (_LANES, "Lanes", "show as lanes"))
EMPTY = "No events yet. Start with the first contact the person remembers."


class CaseView(View):
    """``bench`` goes to other pages, and back; ``sheets`` writes the print."""

    def __init__(self, track: CaseTrack, sheets: Sheets, bench: Bench) -> None:
        super().__init__()
        self.track = track
        self._sheets = sheets
        self._bench = bench
        self._edition = track.state.edition
        model = CaseModel(self)
        self.table = EventTable(model)
        self.lanes = LanesView(model)
        self._model = model
        self._empty = EmptyState(EMPTY)
        self._body = QStackedWidget()
        for one in (self._empty, self.table, self.lanes):
            self._body.addWidget(one)
        self.fault = Banner("case.fault")
        self.remark = CaseRemarkBar(track)
        self._side: CaseSide = self.part(CaseSide(track, self._act))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(6)
        rows.addLayout(self._head())
        rows.addLayout(self._second())
        rows.addWidget(self.fault)
        rows.addWidget(self._body, 1)
        rows.addWidget(self.remark)
        self.foot = self._foot()
        rows.addWidget(self.foot)
        for view in (self.table, self.lanes):
            view.moved.connect(self._moved)
            view.acted.connect(self._act)
        self.follow(track, self._render)

    @property
    def side(self) -> CaseSide:
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """A remark came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """What was remarked comes before the buttons, each of which has a key: 200 % text in a low window."""
        rows = self.layout()
        if rows is None or self.foot.isAncestorOf(QApplication.focusWidget() or self):
            return
        foot = self.foot.minimumSizeHint().height() + rows.spacing()
        free = self.height() - rows.totalMinimumHeightForWidth(self.width())
        has_room = self.remark.isHidden() or free + (0 if self.foot.isHidden() else foot) >= foot
        rows.setContentsMargins(12, 8 if has_room else 2, 12, 8 if has_room else 2)
        if self.foot.isHidden() is has_room:
            self.foot.setVisible(has_room)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        track, panels = self.track, self.track.panels
        return {
            "note": panels.add_event, "add_handover": panels.add_handover, "add_words_said": panels.add_words,
            "edit_event": panels.edit, "event_up": lambda: track.move(-1), "event_down": lambda: track.move(1),
            "take_off": panels.ask_take_off, "event_notes": track.show_notes, "case_notes": track.show_case_notes,
            "lanes": lambda: self._show_lanes(not track.state.as_lanes), "lanes_wider": lambda: track.zoom(1),
            "lanes_narrower": lambda: track.zoom(-1), "describe_case": panels.describe,
            "case_consent": panels.ask_consent, "print_case": self._print, "duplicate_event": panels.duplicate,
            "paste_events": panels.paste, "note_gap": panels.note_gap, "case_yield": self._show_yield,
        }  # fmt: skip

    def take_focus(self) -> None:
        shown = self._body.currentWidget()
        (self.add if shown is self._empty else shown or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        self.heading = HeadingLabel("")
        self._description = RoleLabel()
        self._description.setWordWrap(True)
        self.looks = Either(_LOOKS, "How the events are shown", "case.looks")
        self.looks.picked.connect(lambda value: self._show_lanes(value == _LANES, is_followed=False))
        row = QHBoxLayout()
        row.addWidget(self.heading)
        row.addWidget(self._description, 1)
        row.addWidget(self.looks)
        return row

    def _second(self) -> QHBoxLayout:
        self.summary = HintLabel()
        self.consent = StatusPill()
        self._change = _press("Change consent", "case.consent", self.track.panels.ask_consent)
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        row.addWidget(self.consent)
        row.addWidget(self._change)
        return row

    def _foot(self) -> Foot:
        panels = self.track.panels
        self.add = _press("Add event", "case.add_event", panels.add_event, "primary")
        named(self.add, "Add event, Ctrl+N")
        handover = _press("Add handover", "case.add_handover", panels.add_handover)
        words = _press("Add person's words", "case.add_words", panels.add_words)
        paste = _press("Paste a list", "case.paste_list", panels.paste)
        gave = _press("What it gave", "case.yield", self._show_yield)
        describe = _press("Describe", "case.describe", panels.describe)
        printing = _press("Print", "case.print", self._print)
        return Foot(
            (self.add, handover, words, paste, gave, describe, printing), (printing, gave, describe, paste, words)
        )

    def _render(self, state: TrackState) -> None:
        case = state.file.case
        self.heading.setText(state.heading)
        self._description.setText(case.description if case is not None else "")
        self.summary.setText(state.summary if state.rows else "")
        agreed = state.file.consent.agreed if state.file.consent is not None else Agreed.NOT_ASKED
        self.consent.show_status(state.file.consent_words, _TINTS.get(agreed, "amber"))
        self._model.show_rows(state.rows)
        named(self.table, f"Case events, {len(state.rows)} rows")
        self.table.go_to(self._model.place_of(state.current))
        self.lanes.show_path(state.file.path, state.rows, state.zoom)
        self.lanes.go_to(self._model.place_of(state.current))
        self._turn(self._empty if not state.rows else self.lanes if state.as_lanes else self.table)
        self.looks.choose(_LANES if state.as_lanes else _TABLE)
        self.looks.setEnabled(bool(state.rows))
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")
        if state.edition != self._edition:
            self._edition = state.edition
            if state.panel is None and self._has_keys():
                self.take_focus()

    def _has_keys(self) -> bool:
        """Not while somebody has gone on already, to the next event, the palette or a risk: theirs are the keys."""
        focused = QApplication.focusWidget()
        return focused is None or self.isAncestorOf(focused) or self._side.isAncestorOf(focused)

    def _turn(self, target: QWidget) -> None:
        if self._body.currentWidget() is target:
            return
        had_focus = self._body.isAncestorOf(QApplication.focusWidget() or self)
        self._body.setCurrentWidget(target)
        if had_focus:
            self.take_focus()

    def _show_lanes(self, is_wanted: bool, *, is_followed: bool = True) -> None:
        """By the key the cursor goes into what is shown; by the two buttons it stays on them."""
        if self.track.state.rows:
            self.track.show_lanes(is_wanted=is_wanted)
            if is_followed:
                self.take_focus()

    def _show_yield(self) -> None:
        self._bench.open_page(Page.COMPARE, self.track.state.file.activity.id)

    def _moved(self, place: int) -> None:
        self.track.go_to(self._model.rows[place].id)

    def _act(self, what: str) -> None:
        track = self.track
        does: dict[str, Callable[[], object]] = {
            "open": self._side.open_event, "up": lambda: track.move(-1), "down": lambda: track.move(1),
            "off": track.panels.ask_take_off, "leave": self._bench.back, "edit": track.panels.edit,
            "notes": track.show_notes, "gap": track.panels.note_gap,
        }  # fmt: skip
        does[what]()

    def _print(self) -> None:
        name = f"{self.track.state.heading}.pdf"
        asked = partial(file_to_save, self, "Save the case", name, "PDF (*.pdf);;Web page (*.html)")
        self.track.print_to(asked, self._sheets)


_TINTS = {
    Agreed.GIVEN: "green", Agreed.GIVEN_FOR_THEM: "green", Agreed.NOT_REQUIRED: "blue", Agreed.REFUSED: "red",
    Agreed.WITHDRAWN: "red",
}  # fmt: skip


def _press(words: str, identifier: str, do: Callable[[], object], kind: str = "") -> ActionButton:
    made = button(words, identifier, kind=kind)
    made.clicked.connect(lambda: do())
    return made
