"""Region D of a case: the event under the cursor, or the open form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.domain.case_gaps import Gap, GapKind
from fieldkit.domain.pathway import Pathway, Step
from fieldkit.reports.case_words import KINDS, EventWords, gap_words, hand_over_words, source_words
from ui.presenters.case.state import CasePanel, TrackState
from ui.presenters.case.track import CaseTrack
from ui.presenters.finalising import FinalPanel
from ui.presenters.services import Session
from ui.qt.accessibility import named
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.case.paste_preview import PastePreview
from ui.views.panels.final_panel import FinalFormPanel
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import SideView, View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel


class EventDetails(View):
    """One event whole. ``act`` is told what a button does: edit, notes or off."""

    def __init__(self, act: Callable[[str], None], session: Session) -> None:
        super().__init__()
        self.asked = AskedBox(session)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(5, 12, 12, 12)
        self._rows.setSpacing(8)
        scrolled(inside, self)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self._empty = EmptyState("Select an event to see it here")
        self._edit = _press("Edit, F2", "case.edit", lambda: act("edit"))
        self._notes = _press("Show its notes", "case.notes", lambda: act("notes"))
        self._gap = _press("Note the gap, Alt+G", "case.gap", lambda: act("gap"))
        self._off = _press("Take off", "case.off", lambda: act("off"))
        self._rows.addWidget(self._empty)
        self._rows.addLayout(aligned(self.asked))
        self._rows.addLayout(self._facts)
        self.hear(hear_asked(session, self.asked.again))
        for press in (self._edit, self._gap, self._notes, self._off):
            self._rows.addLayout(aligned(press))
        self._rows.addStretch(1)
        self._shown: tuple[object, ...] = ()

    def show_step(
        self, step: Step | None, row: EventWords | None, notes: int, path: Pathway, gaps: tuple[Gap, ...]
    ) -> None:
        """Show an event with its gaps, or that none is chosen."""
        self.asked.show_record(str(step.touchpoint.id) if step is not None else "")
        shown = (step, row, notes, gaps)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._facts)
        self._empty.setVisible(step is None)
        for press in (self._edit, self._notes, self._off):
            press.setVisible(step is not None)
        self._gap.setVisible(bool(gaps))
        if step is None or row is None:
            return
        named(self._notes, f"Show its notes, {notes}").setText(
            f"Show its notes ({notes})" if notes else "Show its notes"
        )
        self._add(HeadingLabel(row.happened or row.when, level=2))
        if gaps:
            is_wait = all(gap.kind is GapKind.WAIT for gap in gaps)
            words = "Note the wait" if is_wait else "Note the gap"
            named(self._gap, f"{words}, Alt+G: {'. '.join(gap_words(gap) for gap in gaps)}").setText(f"{words}, Alt+G")
        for label, words in (*_facts(step, row, path), *_gap_facts(gaps)):
            self._add(HintLabel(label), _wrapped(words))

    def take_focus(self) -> None:
        (self._edit if self._edit.isVisibleTo(self) else self._empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            holder = QWidget()
            holder.setLayout(aligned(widget))
            self._facts.addWidget(holder)


class CaseSide(SideView):
    """One form at a time, over the event."""

    def __init__(self, track: CaseTrack, act: Callable[[str], None]) -> None:
        super().__init__()
        self._track = track
        self.details: EventDetails = self.part(EventDetails(act, track.session))
        self._made_for: CasePanel | FinalPanel | None = None
        self._panel: FormPanel | None = None
        self._is_asked = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self.details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(track, self._render)

    @property
    def panel(self) -> FormPanel | None:
        """The open form."""
        return self._panel

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self._track.step is not None

    def open_event(self) -> None:
        """Show the event, also where the window has no room for it beside the timeline."""
        self.opened.emit()
        self.take_focus()

    def take_focus(self) -> None:
        (self._panel or self.details).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: TrackState) -> None:
        notes = state.file.notes.get(state.current, 0) if state.current is not None else 0
        self.details.show_step(self._track.step, self._track.row, notes, state.file.path, state.gaps)
        if state.panel is self._made_for:
            return
        self._drop(state.panel is not None)
        self._made_for = state.panel
        if state.panel is not None:
            self._panel = self._made(state.panel)
            self._stack.addWidget(self._panel)
            self._stack.setCurrentWidget(self._panel)
            self.opened.emit()
            self._panel.take_focus()

    def _made(self, panel: CasePanel | FinalPanel) -> FormPanel:
        if isinstance(panel, FinalPanel):
            return FinalFormPanel(panel, self._track.close_panel)
        made = FormPanel(panel.heading, panel.form, panel.identifier, panel.save_words, self._track.close_panel)
        if panel.has_preview:
            made.add(made.part(PastePreview(self._track)))
        return made

    def _drop(self, is_followed: bool) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.close_view()
        if not is_followed:
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._stack.setCurrentWidget(self.details)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()


def _facts(step: Step, row: EventWords, path: Pathway) -> list[tuple[str, str]]:
    one = step.touchpoint
    after = next((each for each in path.transitions if each.reached.id == one.id), None)
    check = one.hand_over or (after.hand_over if after is not None else None)
    concern = "Yes" if row.is_concern else ""
    standard = "" if one.standard_days is None else f"{one.standard_days} days"
    facts = (
        ("When", row.when), ("Wait", row.wait_words), ("Longest wait in order", standard), ("Service", row.service),
        ("To", one.towards), ("Kind", KINDS[one.kind]), ("Should have happened", one.should_have),
        ("Source", source_words(one)), ("Handover", hand_over_words(check) if check is not None else ""),
        ("I statement", "; ".join(one.statements)), ("Tags", row.tags), ("Concern", concern),
    )  # fmt: skip
    return [(label, words) for label, words in facts if words]


def _gap_facts(gaps: tuple[Gap, ...]) -> list[tuple[str, str]]:
    """What the event's own wait does not say already."""
    return [("Gap", gap_words(gap)) for gap in gaps if gap.kind is not GapKind.WAIT]


def _press(words: str, identifier: str, do: Callable[[], None]) -> ActionButton:
    made = button(words, identifier)
    made.clicked.connect(lambda: do())
    return made


def _wrapped(words: str) -> RoleLabel:
    label = RoleLabel(words)
    label.setWordWrap(True)
    return label
