"""The consent of a case: asked of the person whose care is followed, changed and taken back like any other."""

from __future__ import annotations

import dataclasses

from fieldkit.app.case_file import consent_of
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Agreed, Consent, Quoting
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import RecordId, new_id


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswers:
    """What was answered; ``agreed`` None = not answered. ``reason`` is why it protects less than before."""

    agreed: Agreed | None = None
    given_by: str = ""
    given_why: str = ""
    power: str = ""
    quoting: Quoting | None = None
    reason: str = ""


def set_case_consent(uow: UnitOfWork, activity: Activity, answers: CaseAnswers) -> Consent:
    """Record or change it; notes of a case whose consent is refused or taken back are held from here on.

    Raises ``Mistake('consent.agreed' | 'consent.given_by' | 'consent.given_why' | 'consent.power' | 'consent.quoting' |
    'consent.reason')``.
    """
    _check(answers)
    assert answers.agreed is not None
    before = consent_of(uow.questions, activity.id)
    base = before or Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.NOT_ASKED
    )
    is_for_them = answers.agreed is Agreed.GIVEN_FOR_THEM
    consent = dataclasses.replace(
        base, agreed=answers.agreed, given_by=typed(answers.given_by) if is_for_them else "",
        given_why=typed(answers.given_why) if is_for_them else "",
        power=typed(answers.power) if answers.agreed is Agreed.NOT_REQUIRED else "",
        quoting=answers.quoting or Quoting.NO, reason=typed(answers.reason), decided_at=uow.clock.now(),
        withdrawn_on=uow.clock.now().astimezone().date() if answers.agreed is Agreed.WITHDRAWN else None,
    )  # fmt: skip
    if before is not None and consent.protects_less_than(before) and not consent.reason:
        raise Mistake("consent.reason", field="reason")
    (keep if before is None else revise)(uow, consent)
    return consent


def _check(answers: CaseAnswers) -> None:
    finding = Finding()
    finding.when(answers.agreed is None or answers.agreed is Agreed.NOT_ASKED, "consent.agreed", field="agreed")
    finding.when(
        answers.agreed is Agreed.GIVEN_FOR_THEM and not typed(answers.given_by), "consent.given_by", field="given_by"
    )
    finding.when(
        answers.agreed is Agreed.GIVEN_FOR_THEM and not typed(answers.given_why), "consent.given_why", field="given_why"
    )
    finding.when(answers.agreed is Agreed.NOT_REQUIRED and not typed(answers.power), "consent.power", field="power")
    finding.when(
        answers.quoting is None and answers.agreed not in (Agreed.REFUSED, Agreed.WITHDRAWN),
        "consent.quoting",
        field="quoting",
    )
    finding.settle()
