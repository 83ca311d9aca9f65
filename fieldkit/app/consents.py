"""Use cases of consent: what somebody agreed to, how it changes, how it is taken back, and what may not be noted.

Nothing can be noted in an interview or focus group before its consent allows it (ux S6-A1). The rule is here, under
every way of noting: the interview's page, the live log, the command line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldkit.app.assessments import revise_activity
from fieldkit.app.interviews import Interview, begin_interview, read_interview, revise_session
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.framework import SpeakerKind
from fieldkit.domain.sources import CONSENTED, standing_consent
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import ActivityId, RecordId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered on the consent page; None = not answered. ``reason`` is why it protects less than before.

    ``person`` is the number of one of a group whose answers differ from everybody's.
    """

    agreed: Agreed | None = None
    how: str = ""
    given_by: str = ""
    given_why: str = ""
    power: str = ""
    attribution: Attribution | None = None
    quoting: Quoting | None = None
    may_contact: bool = False
    band: SpeakerKind | None = None
    role: str = ""
    name: str = ""
    reason: str = ""
    script: str = ""
    person: str = ""


def set_consent(uow: UnitOfWork, activity: ActivityId, answers: Answers) -> Consent:
    """Record or change the consent of an interview. What was agreed shows at once in every list: labels are worked out.

    On a refusal nothing about the person is kept. Raises ``Mistake('consent.agreed' | 'consent.given_by' |
    'consent.given_why' | 'consent.power' | 'consent.attribution' | 'consent.role' | 'consent.name' |
    'consent.quoting')`` for a question without its answer, ``Mistake('consent.reason')`` where it protects less than
    before without a reason.
    """
    begin_interview(uow, activity)
    known = read_interview(uow.questions, activity)
    before = known.personal.get(answers.person) if answers.person else known.consent
    consent = _consent(uow, known, before, answers)
    if before is not None and consent.protects_less_than(before) and not consent.reason:
        raise Mistake("consent.reason", field="reason")
    _keep(uow, before, consent)
    if not answers.person:
        _fit_session(uow, known, consent, answers)
    return consent


def withdraw_consent(
    uow: UnitOfWork, activity: ActivityId, *, person: str = "", on: date | None = None, reason: str = ""
) -> Consent:
    """Somebody takes back what they agreed to; every note that depends on it is held from here on.

    Raises ``Mistake('consent.withdrawn_already')``, or ``Mistake('consent.future')`` for a day to come.
    """
    begin_interview(uow, activity)
    known = read_interview(uow.questions, activity)
    before = known.personal.get(person) if person else known.consent
    if before is not None and before.agreed is Agreed.WITHDRAWN:
        raise Mistake("consent.withdrawn_already")
    today = uow.clock.now().astimezone().date()
    if on is not None and on > today:
        raise Mistake("consent.future", field="on")
    base = before or _new(uow, known, person)
    consent = dataclasses.replace(
        base, agreed=Agreed.WITHDRAWN, withdrawn_on=on or today, reason=typed(reason), decided_at=uow.clock.now(),
        attribution=Attribution.NONE, name="", given_by="", given_why="", may_contact=False,
    )  # fmt: skip
    _keep(uow, before, consent)
    if not person:
        _fit_session(uow, known, consent, Answers())
    return consent


def without_consent(questions: Questions, activities: Iterable[Activity], today: date) -> tuple[ActivityId, ...]:
    """The interviews and focus groups up to ``today`` for which nobody recorded what was agreed, or that it was not.

    One that was cancelled needs none.
    """
    due = [
        one for one in activities
        if one.kind in CONSENTED and not one.is_cancelled and (one.on is None or one.on <= today)
    ]  # fmt: skip
    found = []
    for one in due:
        consent = standing_consent(row.value for row in questions.records(Consent.KIND, about=one.id))
        if consent is None or consent.agreed is Agreed.NOT_ASKED:
            found.append(one.id)
    return tuple(found)


def check_may_note(questions: Questions, activity: Activity, speaker: str | None) -> None:
    """Whether a note may be recorded in ``activity``; anything but interviews and focus groups may have any.

    Raises ``Mistake('interview.no_consent' | 'interview.refused' | 'interview.withdrawn' | 'interview.person_held' |
    'interview.speaker')``: nothing is lost by it, what was typed stays a draft.
    """
    if activity.kind not in CONSENTED:
        return
    consents = [row.value for row in questions.records(Consent.KIND, about=activity.id)]
    consent = standing_consent(consents)
    if consent is None or not (consent.allows or consent.bars):
        raise Mistake("interview.no_consent", field="text")
    if consent.bars:
        code = "interview.withdrawn" if consent.agreed is Agreed.WITHDRAWN else "interview.refused"
        raise Mistake(code, field="text")
    personal = standing_consent(consents, speaker) if speaker else None
    if personal is not None and personal.bars:
        raise Mistake("interview.person_held", field="text", person=speaker)
    if speaker and not speaker.isdecimal() and consent.attribution is Attribution.NONE:
        raise Mistake("interview.speaker", field="text", code=speaker)


def _consent(uow: UnitOfWork, known: Interview, before: Consent | None, answers: Answers) -> Consent:
    base = before or _new(uow, known, answers.person)
    now = uow.clock.now()
    if answers.agreed is Agreed.REFUSED:
        return Consent(
            id=base.id, assessment=base.assessment, about=base.about, person=base.person, agreed=Agreed.REFUSED,
            script=answers.script, decided_at=now,
        )  # fmt: skip
    _check(answers)
    assert answers.agreed is not None
    assert answers.attribution is not None
    assert answers.quoting is not None
    for_them, by_power = answers.agreed is Agreed.GIVEN_FOR_THEM, answers.agreed is Agreed.NOT_REQUIRED
    return Consent(
        id=base.id, assessment=base.assessment, about=base.about, person=base.person, agreed=answers.agreed,
        how="" if by_power else typed(answers.how), given_by=typed(answers.given_by) if for_them else "",
        given_why=typed(answers.given_why) if for_them else "", power=typed(answers.power) if by_power else "",
        attribution=answers.attribution, quoting=answers.quoting, may_contact=answers.may_contact,
        name=typed(answers.name) if answers.attribution is Attribution.NAME else "", script=answers.script,
        reason=typed(answers.reason), decided_at=now,
    )  # fmt: skip


def _check(answers: Answers) -> None:
    finding = Finding()
    finding.when(
        answers.agreed is None or answers.agreed in (Agreed.NOT_ASKED, Agreed.WITHDRAWN),
        "consent.agreed",
        field="agreed",
    )
    finding.when(
        answers.agreed is Agreed.GIVEN_FOR_THEM and not typed(answers.given_by), "consent.given_by", field="given_by"
    )
    finding.when(
        answers.agreed is Agreed.GIVEN_FOR_THEM and not typed(answers.given_why), "consent.given_why", field="given_why"
    )
    finding.when(answers.agreed is Agreed.NOT_REQUIRED and not typed(answers.power), "consent.power", field="power")
    finding.when(answers.attribution is None, "consent.attribution", field="attribution")
    finding.when(
        answers.attribution is Attribution.ROLE and not typed(answers.role) and not answers.person,
        "consent.role",
        field="role",
    )
    finding.when(answers.attribution is Attribution.NAME and not typed(answers.name), "consent.name", field="name")
    finding.when(answers.quoting is None, "consent.quoting", field="quoting")
    finding.settle()


def _new(uow: UnitOfWork, known: Interview, person: str) -> Consent:
    activity = known.activity
    return Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), person=person,
        agreed=Agreed.NOT_ASKED, decided_at=uow.clock.now(),
    )  # fmt: skip


def _keep(uow: UnitOfWork, before: Consent | None, consent: Consent) -> None:
    if before is None:
        keep(uow, consent)
    else:
        revise(uow, consent)


def _fit_session(uow: UnitOfWork, known: Interview, consent: Consent, answers: Answers) -> None:
    """What the session and the plan say of the person is never more than was agreed to."""
    session = known.session
    assert session is not None
    may_say = consent.allows and consent.attribution is not Attribution.NONE
    role = typed(answers.role) if may_say else ""
    started = session.started_at or (uow.clock.now() if consent.allows else None)
    revise_session(
        uow, session, band=answers.band or (session.band if consent.allows else None), role=role, started_at=started
    )
    if consent.agreed is Agreed.REFUSED or consent.attribution is Attribution.NAME:
        return
    if known.activity.title != session.reference:  # the role stands there only while it is read: ``told_title``
        plan = uow.questions.activity(known.activity.id)
        revise_activity(uow, dataclasses.replace(plan, title=session.reference))
