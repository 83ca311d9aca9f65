"""The accounts of interviews, their plans and their consents that leave without their content.

The plan said ``Interview: matron`` and an earlier consent may hold a name: neither may be in an export of what is not
attributable (ux S6-A3). Their envelopes stay, so that the log has no hole.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Attribution, Consent
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.revision import Revision
from fieldkit.domain.sources import CONSENTED, first_of, standing_consent
from fieldkit.kernel.ids import AssessmentId


def outgrown(questions: Questions, assessment: AssessmentId) -> frozenset[str]:
    """The ids of such revisions, unless their interviews are by name.

    They are those that something replaced, and of several that stand since two laptops wrote at once, those that tell a
    title or a role that may not be told (any more).
    """
    records: set[str] = set()
    titles: dict[str, tuple[str, ...]] = {}
    roles: dict[str, str] = {}
    for visit in questions.visits(assessment):
        for row in questions.activities(visit.id):
            if row.activity.kind in CONSENTED:
                _gather(questions, row.activity, records, titles, roles)
    if not records:
        return frozenset()
    standing = {head for record in records for head in questions.heads(record)}
    return frozenset(
        str(revision.envelope.id)
        for revision in questions.revisions(assessment)
        if revision.envelope.record in records
        and (revision.envelope.id not in standing or _tells_more(revision, titles, roles))
    )


def _gather(
    questions: Questions,
    activity: Activity,
    records: set[str],
    titles: dict[str, tuple[str, ...]],
    roles: dict[str, str],
) -> None:
    """Of an interview that is not by name: its records, and which titles and which role they may tell."""
    consents = questions.records(Consent.KIND, about=activity.id)
    consent = standing_consent(one.value for one in consents)
    if consent is None or (consent.allows and consent.attribution is Attribution.NAME):
        return
    sessions: list[RecordRow] = questions.records(InterviewSession.KIND, about=activity.id)
    records |= {str(activity.id), *(str(one.record) for one in (*consents, *sessions))}
    if not (consent.allows or consent.bars):
        return
    session = first_of(one.value for one in sessions)
    titles[activity.id] = (activity.title, session.reference) if session is not None else (activity.title,)
    may_say = session is not None and consent.allows and consent.attribution is not Attribution.NONE
    for one in sessions:
        roles[one.record] = session.role if may_say and session is not None else ""


def _tells_more(revision: Revision, titles: dict[str, tuple[str, ...]], roles: dict[str, str]) -> bool:
    record = revision.envelope.record
    if revision.content is None:
        return False
    if revision.envelope.kind == Activity.KIND and record in titles:
        return revision.body().get("title") not in titles[record]
    if revision.envelope.kind == InterviewSession.KIND and record in roles:
        return revision.body().get("role", "") not in ("", roles[record])
    return False
