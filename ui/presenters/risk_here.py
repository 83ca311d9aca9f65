"""What an escalation that is begun now comes from: it looks at the workbench, which the card itself does not know."""

from __future__ import annotations

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import RecordId
from ui.presenters.escalation.source import RiskSource, from_activity, from_note, from_visit
from ui.presenters.page import Page
from ui.presenters.workbench import Workbench


def source_of(bench: Workbench, note: EntryRow | None) -> RiskSource:
    """What is up: a chosen note, an activity, a visit, or only the assessment that is worked on."""
    page = bench.state.page
    if page is Page.LOG and bench.log is not None:
        activity = bench.log.facts.activity
        return from_activity(activity) if note is None else from_note(note, activity)
    if page is Page.VISIT and bench.visit is not None:
        day = bench.visit
        return from_visit(day.visit) if note is None else from_note(note, day.activity(note.entry.activity))
    if note is not None:
        return from_note(note, None)
    chosen = bench.home.chosen if page is Page.HOME else None
    if chosen is not None:
        return from_visit(chosen.visit)
    record, assessment = bench.record_open, bench.assessment
    about = RecordId(record) if record not in ("", assessment) else None
    return RiskSource(assessment=assessment, visit=None if about else bench.visit_at_hand, about=about)
