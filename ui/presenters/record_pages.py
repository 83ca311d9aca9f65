"""Where a record of fieldwork leads: to the page of its kind, else to the activity it belongs to.

Whoever makes a page for a kind adds a line here. ``OF_ASSESSMENT`` are pages that show all records of an assessment;
a page that opens on one record has its own line in ``OF_RECORD``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fieldkit.app.rows import RecordRow
from fieldkit.kernel.ids import ActivityId
from ui.presenters.page import Page

OF_ASSESSMENT: Mapping[str, Page] = {
    "escalation": Page.ESCALATIONS, "escalation_contact": Page.ESCALATIONS, "quality_risk": Page.ESCALATIONS,
    "quality_review": Page.ESCALATIONS, "pointer": Page.ESCALATIONS, "guide": Page.GUIDES,
    "judgement": Page.SCORES, "moderation": Page.SCORES, "override": Page.SCORES,
    "finding": Page.FINDINGS, "section": Page.FINDINGS,
    "attachment": Page.FILES, "request": Page.REQUESTS,
    "metric": Page.FRAMEWORKS,
    "send_out": Page.ACCURACY, "accuracy_comment": Page.ACCURACY, "accuracy_answer": Page.ACCURACY,
    "improvement_summit": Page.ACCURACY, "improvement_action": Page.ACCURACY,
}  # fmt: skip
OF_VISIT: Mapping[str, Page] = {"day_item": Page.DAY, "day_sheet": Page.DAY}
OF_RECORD: Mapping[str, Page] = {}
LISTS: Mapping[str, Page] = {"case": Page.CASES}
"""Where a record leads that belongs to no activity yet: a case on the list that nobody has begun."""


def lead_of(
    row: RecordRow, activity: ActivityId | None, pages: Collection[Page] | None = None
) -> tuple[Page | None, str]:
    """The page and the record it opens on; no page means the activity's own. ``pages`` are those that can be opened,
    all of them where none are named.
    """

    def can(page: Page | None) -> bool:
        return page is not None and (pages is None or page in pages)

    own, shared, listed = OF_RECORD.get(row.kind), OF_ASSESSMENT.get(row.kind), LISTS.get(row.kind)
    if can(own):
        return own, row.record
    if can(shared):
        return shared, row.value.assessment
    visit = OF_VISIT.get(row.kind)
    if can(visit):
        return visit, row.value.visit
    if activity is not None:
        return None, activity
    return (listed, row.value.assessment) if can(listed) else (None, "")
