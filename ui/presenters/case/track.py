"""The page of a case: its events, the one under the cursor, the open form, what is to be said of the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.case_file import CaseFile, case_report, read_case
from fieldkit.app.changes import ChangeSet
from fieldkit.app.final_scope import of_cases
from fieldkit.app.finalising import Final, on_paper
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.touchpoints import leave_below, move_touchpoint
from fieldkit.domain.case_gaps import next_gap
from fieldkit.domain.framework import Framework
from fieldkit.domain.pathway import Step
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import RecordId
from fieldkit.reports.blocks import Document
from fieldkit.reports.case_report import compose
from fieldkit.reports.case_words import EventWords, event_words, gap_words, needs_year
from ui.presenters.case.panels import Panels
from ui.presenters.case.pasting import PastedLine
from ui.presenters.case.remarks import remark_on, without_number
from ui.presenters.case.state import ZOOMS, CasePanel, Remedy, TrackState, today_of
from ui.presenters.finalising import FinalDoor, FinalPanel, Scope
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.undo import Deed
from ui.presenters.wording import sentence

_READS_ANEW = ("touchpoint", "case", "entry", "filing", "withdrawal", "consent", "activity")


class CaseTrack(Presenter[TrackState]):
    """``show_notes`` leads to the notes of the evidence list that match some words; ``decide`` to a question."""

    def __init__(
        self, session: Session, file: CaseFile, frameworks: tuple[Framework, ...], show_notes: Callable[[str], None],
        decide: Callable[[str], None] = lambda record: None,
    ) -> None:  # fmt: skip
        rows = event_words(file.path, file.tags, today_of(session))
        super().__init__(TrackState(file=file, rows=rows, current=rows[0].id if rows else None))
        self.frameworks = frameworks
        self.panels = Panels(self, session)
        self._session = session
        self._show_notes = show_notes
        self._saved: tuple[Touchpoint, RecordId | None] | None = None
        activity = file.activity.id
        scope = Scope(
            assessment=file.assessment.id, records=lambda questions: of_cases(questions, (activity,)),
            place=f"form/final/{activity}", identifier="case.final",
        )  # fmt: skip
        self._final = FinalDoor(session, self, scope, decide)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def session(self) -> Session:
        """What is open."""
        return self._session

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Assessment, visit, the case's reference."""
        file = self.state.file
        return (file.assessment.name, file.visit.name, self.state.heading)

    @property
    def step(self) -> Step | None:
        """The event under the cursor."""
        return next((one for one in self.state.file.path.steps if one.touchpoint.id == self.state.current), None)

    @property
    def row(self) -> EventWords | None:
        """The event under the cursor in words."""
        return next((one for one in self.state.rows if one.id == self.state.current), None)

    def close(self) -> None:
        """What was typed goes to disk; nothing is heard any more."""
        self._listening.close()
        self._final.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def go_to(self, event: RecordId | None) -> None:
        """The cursor is on an event."""
        self._show(replace(self.state, current=event))

    def show_lanes(self, *, is_wanted: bool) -> None:
        """The drawing, or the table."""
        self._show(replace(self.state, as_lanes=is_wanted))
        self._session.say("Lanes" if is_wanted else "Table")

    def zoom(self, step: int) -> None:
        """Stretch (1) or press (-1) the time of the drawing; 0 is as it fits."""
        at = ZOOMS.index(self.state.zoom)
        wanted = ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)] if step else 100
        self._show(replace(self.state, zoom=wanted))
        self._session.say(f"{wanted} %")

    # What the forms beside it need

    @property
    def today(self) -> date:
        """The laptop's own day."""
        return today_of(self._session)

    def has_panel(self, panel: FinalPanel) -> bool:
        """Whether this very form stands beside the timeline."""
        return self.state.panel is panel

    def open_panel(self, panel: CasePanel | FinalPanel) -> None:
        """A form beside the timeline, in the place of the one that is open."""
        if self.state.panel is not None:
            self.state.panel.form.close()
        self._show(replace(self.state, panel=panel, preview=(), remark=None))

    def preview(self, lines: tuple[PastedLine, ...]) -> None:
        """What a pasted list would become."""
        if lines != self.state.preview:
            self._show(replace(self.state, preview=lines))

    def panel_done(self, _: Any) -> None:
        """A form was saved; its draft is gone with it."""
        self._show(replace(self.state, panel=None, preview=()))

    def edited(self, one: Touchpoint, last: RecordId | None = None, says: str = "Saved") -> None:
        """An event was saved; the cursor goes to it. ``last`` stood last before it was added."""
        self.panel_done(one)
        self._session.say(says)
        self._saved = (one, last)
        self._settle()

    def did(
        self, name: str, undo: Callable[[UnitOfWork], Any], redo: Callable[[UnitOfWork], Any], *, is_quiet: bool = False
    ) -> None:
        """Something that can be undone."""

        def run(action: Callable[[UnitOfWork], Any]) -> None:
            self._do(action, lambda _: None)

        self._session.undo.did(Deed(name=name, undo=lambda: run(undo), redo=lambda: run(redo), is_quiet=is_quiet))

    def close_panel(self) -> None:
        """Esc: the form goes, what was entered stays as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None, preview=()))

    # Deeds

    def move(self, step: int) -> None:
        """Ctrl+Up and Ctrl+Down: among events of the same day."""
        one = self.state.current
        if one is None:
            return
        self._do(lambda uow: move_touchpoint(uow, one, step), partial(self._moved, step))

    def answer(self, *, first: bool) -> None:
        """A button of the remark. Of the order: ``Move it up``, where it stands already, or ``Leave it``."""
        remark = self.state.remark
        self._show(replace(self.state, remark=None))
        if remark is None:
            return
        if remark.remedy is Remedy.LEAVE and not first and remark.above is not None:
            above = remark.above
            self._do(lambda uow: leave_below(uow, remark.event, above), lambda _: self._session.say("Left below"))
        elif remark.remedy is Remedy.REPLACE and first:
            clean = partial(
                without_number, activity=self.state.file.activity.id, one=remark.event, today=self.today,
                code=self.state.code,
            )  # fmt: skip
            self._do(clean, lambda _: self._session.say("Replaced"))

    def go_to_gap(self) -> None:
        """The cursor to the next event with a gap, which is said."""
        path = self.state.file.path
        gap = next_gap(path, self.state.current)
        if gap is None:
            self._session.say("No gaps: no wait is over its standard, no referral open, no handover lacking")
            return
        self._show(replace(self.state, current=gap.event, edition=self.state.edition + 1))
        self._session.say(f"Gap: {gap_words(gap, with_year=needs_year(path, self.today))}")

    def show_notes(self) -> None:
        """The notes of the event under the cursor."""
        step = self.step
        if step is None:
            return
        if not self.state.file.notes.get(step.touchpoint.id):
            self._session.say("No notes yet. Add a tag with F2 to make this event a note")
            return
        place = [row.id for row in self.state.rows].index(step.touchpoint.id) + 1
        self._show_notes(f"about:{self.state.code}/{place}")

    def show_case_notes(self) -> None:
        """Every note about the case, of other activities too."""
        if self.state.file.case is not None:
            self._show_notes(f"about:{self.state.file.case.code}")

    def printed(self) -> Document | None:
        """The case as a document; None, with the reason said, where there is nothing or consent stands in the way."""
        file = self.state.file
        if file.case is None or not self.state.rows:
            self._session.say("No events yet")
            return None
        if file.is_barred:
            self._show(replace(self.state, fault=f"{file.consent_words}. This case is held and is not printed"))
            return None
        return compose(case_report(file, self.today))

    def print_to(self, ask_path: Callable[[], str], sheets: Sheets) -> None:
        """Write the print where ``ask_path`` says, once nothing is open or somebody said why all the same."""
        if self.printed() is not None:
            self._final.begin(ask_path, partial(self._write, sheets))

    def trouble(self, problem: Exception) -> None:
        """Something could not be done."""
        self._show(replace(self.state, fault=sentence(problem)))

    # Inside

    def _write(self, sheets: Sheets, path: Path, final: Final) -> None:
        document = self.printed()
        if document is not None:
            saved = lambda: self._session.say(f"Case saved in {path.name}")  # noqa: E731
            sheets.save_document(path, on_paper(document, final), saved, self.trouble)

    def _do(self, action: Callable[[UnitOfWork], Any], done: Callable[[Any], None]) -> None:
        self._session.workspace.perform(action, initiator="case", done=done, failed=self.trouble)

    def _settle(self) -> None:
        """Put the cursor on the event that was saved last, as soon as it was read back."""
        if self._saved is None or self._saved[0].id not in {row.id for row in self.state.rows}:
            return
        (one, last), self._saved = self._saved, None
        self._show(
            replace(self.state, current=one.id, remark=remark_on(self.state, one, last), edition=self.state.edition + 1)
        )

    def _moved(self, step: int, one: Touchpoint | None) -> None:
        if one is None:
            self._session.say("Order changes only among events of the same day")
        else:
            self._session.say("Moved up" if step < 0 else "Moved down")

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_READS_ANEW):
            activity = self.state.file.activity.id
            self._session.workspace.ask_then(
                lambda questions: read_case(questions, activity, self.frameworks, self.today), self._read, self.trouble
            )

    def _read(self, file: CaseFile) -> None:
        rows = event_words(file.path, file.tags, self.today)
        there = {row.id for row in rows}
        current = self.state.current if self.state.current in there else (rows[-1].id if rows else None)
        self._show(replace(self.state, file=file, rows=rows, current=current))
        self._settle()
