"""The words of an escalation that screens and paper share: a sheet and the screen cannot differ in what they claim."""

from __future__ import annotations

from collections.abc import Mapping

from fieldkit.domain.escalation import Criterion, Danger, How, Priority, Referral

DANGER: Mapping[Danger, str] = {Danger.YES: "Yes", Danger.NO: "No", Danger.UNKNOWN: "I do not know"}
PRIORITY: Mapping[Priority, str] = {
    Priority.P1: "P1, act at once", Priority.P2: "P2, act today", Priority.P3: "P3, act this week",
    Priority.P4: "P4, act as planned",
}  # fmt: skip
HOW: Mapping[How, str] = {
    How.IN_PERSON: "In person", How.PHONE: "By phone", How.EMAIL: "By e-mail", How.OTHER: "Another way",
}  # fmt: skip
CRITERION: Mapping[Criterion, str] = {
    Criterion.FIRST_TO_HEAR: "I am the first to hear of it",
    Criterion.PROVIDER_IMPLICATED: "The provider or its manager is implicated",
    Criterion.NOT_REFERRED_IN_TIME: "The provider has not referred in time, normally 24 hours",
    Criterion.DOUBT_THEY_CAN: "I doubt that the provider can refer or will",
    Criterion.INSTITUTIONAL_ABUSE: "Abuse by the institution is possible",
}
REFERRAL: Mapping[Referral, str] = {
    Referral.UNDECIDED: "Not decided yet",
    Referral.MADE: "I referred to safeguarding myself",
    Referral.NOT_NEEDED: "I did not refer, because somebody else has or none applies",
}
TWO_ACCOUNTS = (
    "Changed on two laptops at once. The more careful account is shown, all are kept; the next change settles it"
)
