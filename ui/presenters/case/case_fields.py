"""The forms about a case itself: what it is, whether the person agreed, why an event is taken off."""

from __future__ import annotations

from fieldkit.app.case_consent import CaseAnswers
from fieldkit.app.cases import CaseFacts
from fieldkit.domain.case import CHARACTERISTICS, Answer, Case, Criterion
from fieldkit.domain.consent import Agreed, Consent, Quoting
from fieldkit.reports.case_words import TRAITS
from ui.presenters.forms import Entry, FormField, Option, Values

_HINTS = {
    "age_band": "Like 75 to 84. Never a date of birth", "place": "A town or district. Never an address",
    "carer": "Like: daughter, none, not known",
}  # fmt: skip
_SIGNS = {Answer.YES: "+", Answer.NO: "-", Answer.UNKNOWN: "?"}


def case_fields() -> tuple[FormField, ...]:
    """A short description, the characteristics of sampling, the criteria."""
    return (
        FormField(name="description", label="Short description", entry=Entry.LONG, rows=2,
                  hint="Like: Woman, 80s, fall at home. Never a name"),
        *(FormField(name=name, label=TRAITS[name], hint=_HINTS.get(name, "")) for name in CHARACTERISTICS),
        FormField(name="criteria", label="Criteria", entry=Entry.LONG, rows=3,
                  hint="One a line. Begin with + when it is met, with - when it is not"),
        FormField(name="person", label="Person code", hint="The code of the person in the visit, like p1"),
    )  # fmt: skip


def case_values(case: Case | None) -> dict[str, str]:
    """What stands in the fields."""
    if case is None:
        return {}
    lines = [(f"{_SIGNS[one.met]} " if one.met is not Answer.UNKNOWN else "") + one.words for one in case.criteria]
    return {
        "description": case.description, "person": case.person, "criteria": "\n".join(lines),
        **{name: case.characteristic(name) for name in CHARACTERISTICS},
    }  # fmt: skip


def case_facts(values: Values) -> CaseFacts:
    """What was entered."""
    criteria = tuple(_criterion(line) for line in values["criteria"].splitlines() if line.strip(" +-?"))
    return CaseFacts(
        description=values["description"], age_band=values["age_band"], need=values["need"],
        setting=values["setting"], place=values["place"], ethnicity=values["ethnicity"], carer=values["carer"],
        criteria=criteria, person=values["person"].strip().casefold(),
    )  # fmt: skip


def consent_fields() -> tuple[FormField, ...]:
    """Whether the person agreed that their care is followed, and whether they may be quoted."""
    goes_on = (Agreed.GIVEN.value, Agreed.GIVEN_FOR_THEM.value, Agreed.NOT_REQUIRED.value)
    return (
        FormField(
            name="agreed", needed="consent.agreed", label="Has the person agreed to take part?", entry=Entry.CHOICE,
            options=(
                Option(Agreed.GIVEN, "Yes"), Option(Agreed.REFUSED, "No"),
                Option(Agreed.GIVEN_FOR_THEM, "Someone else agreed for them"),
                Option(Agreed.NOT_REQUIRED, "Not needed: a legal power is used"),
                Option(Agreed.WITHDRAWN, "They agreed and have taken it back"),
            ),
        ),
        FormField(name="given_by", needed="consent.given_by", label="Who agreed for them?",
                  hint="By what they are to the person. No name",
                  shown=lambda values: values["agreed"] == Agreed.GIVEN_FOR_THEM.value),
        FormField(name="given_why", needed="consent.given_why", label="Why did somebody else agree?",
                  shown=lambda values: values["agreed"] == Agreed.GIVEN_FOR_THEM.value),
        FormField(name="power", needed="consent.power", label="Which power is used?",
                  shown=lambda values: values["agreed"] == Agreed.NOT_REQUIRED.value),
        FormField(
            name="quoting", needed="consent.quoting", label="May we use their exact words?", entry=Entry.CHOICE,
            shown=lambda values: values["agreed"] in goes_on,
            options=(
                Option(Quoting.UNNAMED, "Yes, without their name"), Option(Quoting.YES, "Yes"),
                Option(Quoting.NO, "No"),
            ),
        ),
        FormField(name="held", entry=Entry.WORDS, shown=lambda values: values["agreed"] in _STOPS,
                  label="Notes and events of this case will be held: kept, and used in nothing that leaves"),
        FormField(name="reason", label="Why, if this protects them less than before"),
    )  # fmt: skip


def consent_values(consent: Consent | None) -> dict[str, str]:
    """What stands in the fields."""
    if consent is None:
        return {}
    consent = consent.told()
    agreed = "" if consent.agreed is Agreed.NOT_ASKED else consent.agreed.value
    return {
        "agreed": agreed, "given_by": consent.given_by, "given_why": consent.given_why, "power": consent.power,
        "quoting": consent.quoting.value if agreed else "",
    }  # fmt: skip


def consent_answers(values: Values) -> CaseAnswers:
    """What was entered."""
    return CaseAnswers(
        agreed=Agreed(values["agreed"]) if values["agreed"] else None, given_by=values["given_by"],
        given_why=values["given_why"], power=values["power"], reason=values["reason"],
        quoting=Quoting(values["quoting"]) if values["quoting"] in set(Quoting) else None,
    )  # fmt: skip


def reason_fields() -> tuple[FormField, ...]:
    """Why an event is taken off."""
    return (
        FormField(
            name="kept", entry=Entry.WORDS, label="It is kept with its notes and can be brought back with Ctrl+Z"
        ),
        FormField(name="reason", needed="touchpoint.no_reason", label="Why is it taken off?"),
    )


def _criterion(line: str) -> Criterion:
    words = line.strip()
    for answer, sign in _SIGNS.items():
        if words.startswith(sign):
            return Criterion(words=words[1:].strip(), met=answer)
    return Criterion(words=words)


_STOPS = (Agreed.REFUSED.value, Agreed.WITHDRAWN.value)
