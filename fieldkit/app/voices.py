"""On whose behalf somebody speaks in a note: by the interview, else by the role of the person who is coded."""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.interview import InterviewSession
from fieldkit.kernel.ids import AssessmentId

VOICES = {
    SpeakerKind.PERSON: "People who use services", SpeakerKind.CARER: "Carers and families",
    SpeakerKind.STAFF: "Staff", SpeakerKind.LEADER: "Leaders and managers", SpeakerKind.PARTNER: "Partners",
}  # fmt: skip
NOBODY = "Nobody named: what was seen or read"
_LETTERS = {
    "p": SpeakerKind.PERSON, "c": SpeakerKind.CARER, "s": SpeakerKind.STAFF, "m": SpeakerKind.LEADER,
    "l": SpeakerKind.LEADER, "pa": SpeakerKind.PARTNER,
}  # fmt: skip


class Voices:
    """Read once for an assessment, asked for each note."""

    def __init__(self, questions: Questions, assessment: AssessmentId, framework: Framework) -> None:
        self._bands = {
            row.value.about: row.value.band
            for row in questions.records(InterviewSession.KIND, assessment=assessment)
            if row.value.band is not None
        }
        self._people: dict[str, SpeakerKind] = {}
        for visit in questions.visits(assessment):
            for one in questions.people(visit.id):
                role = framework.role_by(one.role) or framework.role_by(one.code)
                kind = role.speaker if role is not None else None
                if kind is not None:
                    self._people[one.code.casefold()] = kind

    def of(self, row: EntryRow) -> SpeakerKind | None:
        """None: nobody is named, or it is not known for whom they speak."""
        speaker = (row.entry.speaker or "").casefold()
        band: SpeakerKind | None = self._bands.get(row.entry.activity)
        if band is not None:
            return band
        return self._people.get(speaker) or _LETTERS.get(speaker.rstrip("0123456789"))
