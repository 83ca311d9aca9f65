"""Somebody agrees to be interviewed: nothing can be noted in an interview before."""

from __future__ import annotations

from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting


def agree(uow: UnitOfWork, activity: Activity, attribution: Attribution = Attribution.NONE, role: str = "") -> Consent:
    """Notes may be taken in ``activity`` from here on."""
    answers = Answers(
        agreed=Agreed.GIVEN, how="spoken", attribution=attribution, quoting=Quoting.UNNAMED, role=role,
        name="Jo Bloggs" if attribution is Attribution.NAME else "",
    )  # fmt: skip
    return set_consent(uow, activity.id, answers)


def agree_by_name(uow: UnitOfWork, activity: Activity) -> Activity:
    """The activity with its title as planned; person codes may stand in its notes."""
    agree(uow, activity, Attribution.NAME)
    return activity
