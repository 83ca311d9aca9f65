"""Recording sound in an activity: whether it may be at all, what is recorded about it, and the rules that end it.

Nothing but a person ever starts a recording: no form, no programme, no other use case calls ``begin_tape``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldkit.app.interviews import read_interview
from fieldkit.app.policies import may_record_audio
from fieldkit.app.ports import Questions
from fieldkit.app.tapes import Mark, Tape, TapeStore
from fieldkit.domain.consent import Consent
from fieldkit.domain.sources import CONSENTED, standing_consent
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId, VisitId


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a recording is of. ``consent`` is the record under which it is made; ``title`` that of the activity."""

    assessment: AssessmentId
    visit: VisitId
    activity: ActivityId
    title: str
    started_at: datetime
    consent: RecordId | None = None

    def to_bytes(self) -> bytes:
        """As it stands on the tape."""
        facts = {
            "assessment": self.assessment, "visit": self.visit, "activity": self.activity, "title": self.title,
            "started_at": to_stamp(self.started_at), "consent": self.consent,
        }  # fmt: skip
        return json.dumps(facts).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> About:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
        raw: dict[str, Any] = json.loads(data)
        return cls(
            assessment=AssessmentId(raw["assessment"]), visit=VisitId(raw["visit"]),
            activity=ActivityId(raw["activity"]), title=str(raw["title"]), started_at=from_stamp(raw["started_at"]),
            consent=RecordId(raw["consent"]) if raw["consent"] else None,
        )  # fmt: skip


def check_may_record(questions: Questions, activity: str) -> RecordId | None:
    """The consent under which sound may be recorded there; ``None`` where that kind of activity needs none.

    Raises ``Refusal('audio.off')`` without the organisation's policy, ``Mistake('audio.no_consent')`` where an
    interview or focus group has no consent that allows it, or anybody who was asked did not agree.
    """
    if not may_record_audio(questions):
        raise Refusal("audio.off")
    consents = [row.value for row in questions.records(Consent.KIND, about=activity)]
    standing = standing_consent(consents)
    needed = questions.activity(ActivityId(activity)).kind in CONSENTED
    if (needed and standing is None) or not all(consent.allows for consent in consents):
        raise Mistake("audio.no_consent")
    return standing.id if standing is not None else None


def about_recording(questions: Questions, activity: str, now: datetime) -> About:
    """What a recording that is begun now would be of. Raises what ``check_may_record`` raises."""
    consent = check_may_record(questions, activity)
    found = questions.activity(ActivityId(activity))
    # The title is kept with the sound for ever: of an interview its reference, since a role may be taken back.
    title = read_interview(questions, found.id).reference if found.kind in CONSENTED else found.title
    return About(
        assessment=found.assessment, visit=found.visit, activity=found.id, title=title, started_at=now,
        consent=consent,
    )  # fmt: skip


def begin_tape(tapes: TapeStore, about: About) -> Tape:
    """A tape that says what it is of before the first sound is on it. Raises what ``TapeStore.begin`` raises."""
    tape = tapes.begin()
    try:
        tape.put(Mark.FACTS, about.to_bytes())
    except BaseException:
        tape.close()
        tapes.drop(tape.name)
        raise
    return tape
