"""Who was on a visit: whoever was, does not review what is said about its report (facts, section 5, step 6)."""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.kernel.ids import AssessmentId, AuthorId

_WRITTEN = ("session", "conversation", "touchpoint", "access")
"""Records that only somebody who was there writes, beside notes."""


def on_visit(questions: Questions, assessment: AssessmentId, author: AuthorId, name: str, initials: str) -> str:
    """What shows that this person was on a visit of the assessment, in a few words; empty where nothing does.

    Put down for an activity that was not cancelled, by name or initials; or a note or record of fieldwork of theirs.
    """
    known = {one.strip().casefold() for one in (name, initials) if one.strip()}
    for visit in questions.visits(assessment):
        for row in questions.activities(visit.id):
            going = {one.strip().casefold() for one in row.activity.assigned}
            if known & going and not row.activity.is_cancelled:
                return f"put down for {row.activity.title}"
    mine = Term(facet=Facet.AUTHOR, values=(str(author),))
    if questions.entries(EntryFilter(assessment=assessment, terms=(mine,), limit=1)):
        return "wrote notes on the visit"
    if any(row.author == author for kind in _WRITTEN for row in questions.records(kind, assessment=assessment)):
        return "recorded fieldwork on the visit"
    return ""
