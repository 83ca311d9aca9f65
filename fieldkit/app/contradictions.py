"""Which notes contradict one another: by what findings cite against each other.

What tags of one statement say (a strength here, a shortfall there) the filter ``is:contradicted`` sees by itself.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.domain.finding import Finding
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId, EntryId


def opposed_in(questions: Questions, assessment: AssessmentId) -> frozenset[EntryId]:
    """The notes of every finding in use that cites some for it and some against."""
    found: set[EntryId] = set()
    for row in questions.records(Finding.KIND, assessment=assessment):
        finding: Finding = row.value
        if not finding.is_dropped and {one.side for one in finding.evidence} >= {Side.AGREES, Side.CONTRADICTS}:
            found |= set(finding.notes)
    return frozenset(found)
