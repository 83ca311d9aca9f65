"""Whose exact words may be repeated on paper: the one rule for every report that quotes notes.

An interview or focus group needs a consent that allows quoting, of the activity and of the person where a group has
consents of single people; a case likewise. What is said in an observed meeting, seen in a record or told at a drop-in
has no such consent and is quoted as noted.
"""

from __future__ import annotations

import re

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Consent, Quoting
from fieldkit.domain.sources import CONSENTED, standing_consent
from fieldkit.kernel.ids import ActivityId, AssessmentId

LEFT_OUT = "[exact words left out]"
_QUOTED = re.compile('\u201c[^\u201d]*\u201d|"[^"]*"|\u2018[^\u2019\n]{12,}\u2019')
_ALLOWED = (Quoting.YES, Quoting.UNNAMED)


class Quotable:
    """Read once for an assessment, asked for each note."""

    def __init__(self, questions: Questions, assessment: AssessmentId) -> None:
        self._consents: dict[str, list[Consent]] = {}
        for row in questions.records(Consent.KIND, assessment=assessment):
            self._consents.setdefault(row.value.about, []).append(row.value)
        self._cases: dict[str, list[str]] = {}
        for row in questions.records(Case.KIND, assessment=assessment):
            if row.value.activity:
                self._cases.setdefault(row.value.activity, []).append(row.record)
        self._kinds: dict[ActivityId, ActivityKind] = {
            one.activity.id: one.activity.kind
            for visit in questions.visits(assessment)
            for one in questions.activities(visit.id)
        }

    def may_quote(self, row: EntryRow) -> bool:
        """Whether the exact words in a note may be repeated."""
        kind = self._kinds.get(row.entry.activity)
        abouts: list[str] = [row.entry.activity]
        if kind is ActivityKind.CASE_TRACK:
            abouts += self._cases.get(row.entry.activity, [])
        found = [one for about in abouts for one in self._consents.get(about, [])]
        everybody, personal = standing_consent(found), standing_consent(found, row.entry.speaker or "")
        asked = [one for one in (everybody, personal) if one is not None]
        if not asked:
            return kind not in CONSENTED and kind is not ActivityKind.CASE_TRACK
        return all(one.allows and one.quoting in _ALLOWED for one in asked)

    def told(self, row: EntryRow, words: str | None = None) -> str:
        """The note's words (or those of it that are meant) as they may stand on paper.

        Exact words of somebody who may not be quoted are left out: all of a note that is exact, else what stands in
        quotation marks. Their sense, as the assessor put it, stays.
        """
        said = row.entry.text if words is None else words
        if self.may_quote(row):
            return said
        return LEFT_OUT if row.entry.exact else _QUOTED.sub(LEFT_OUT, said)
