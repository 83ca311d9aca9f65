"""The consent page's questions as a form: five of them, and what each answer asks further (ux S6, step 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.interviews import Interview
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.people import Person
from fieldkit.kernel.ids import ActivityId
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.interview.words import BAND
from ui.presenters.services import Session

HOW = {"spoken": "they said so", "written": "in writing"}
BROADER = "Senior leader"
"""What a leader is called whose own role would tell who it is."""
_GIVING = (Agreed.GIVEN.value, Agreed.GIVEN_FOR_THEM.value)
_NAMING = (Attribution.ROLE.value, Attribution.NAME.value)


def consent_form(
    session: Session,
    interview: Interview,
    framework: Framework,
    script: str,
    done: Callable[[Any], None],
) -> Form:
    """The form over what was answered before, if anything was."""
    before = interview.consent
    activity = interview.activity.id
    return Form(
        session, _fields(interview, framework), place=f"form/consent/{activity}",
        submit=partial(_submit, activity, script), done=done, first=_first(interview, before), initiator="interview",
    )  # fmt: skip


def answers_of(values: Values, script: str) -> Answers:
    """What was entered, as the use case takes it."""
    return Answers(
        agreed=_one(Agreed, values["agreed"]), how=values["how"], given_by=values["given_by"],
        given_why=values["given_why"], power=values["power"], attribution=_one(Attribution, values["attribution"]),
        quoting=_one(Quoting, values["quoting"]), may_contact=values["contact"] == "yes",
        band=_one(SpeakerKind, values["band"]), role=values["role"], name=values["name"], reason=values["reason"],
        script=script,
    )  # fmt: skip


def broader_role(values: Values, framework: Framework, people: Sequence[Person]) -> str:
    """The role to use instead of one that only one person may have here; empty where there is nothing to say."""
    role = framework.role_by(values["role"]) if values["role"] else None
    if role is None or values["attribution"] != Attribution.ROLE.value:
        return ""
    same = sum(one.role.casefold() == role.title.casefold() for one in people)
    if role.speaker is SpeakerKind.LEADER:
        return BROADER
    return BAND[role.speaker] if same == 1 and role.speaker is not None else ""


def _submit(activity: ActivityId, script: str, values: Values) -> Action:
    return partial(set_consent, activity=activity, answers=answers_of(values, script))


def _fields(interview: Interview, framework: Framework) -> tuple[FormField, ...]:
    who = "everybody" if interview.activity.kind.value == "focus_group" else "the person"
    takes_part = _agreed_to
    return (
        FormField(
            name="agreed", needed="consent.agreed", label=f"Has {who} agreed to take part?", entry=Entry.CHOICE,
            options=(
                Option(Agreed.GIVEN, "Yes"), Option(Agreed.REFUSED, "No"),
                Option(Agreed.GIVEN_FOR_THEM, "Someone else agreed for them"),
                Option(Agreed.NOT_REQUIRED, "Not needed: a legal power is used"),
            ),
        ),
        FormField(
            name="how", label="How did they agree?", entry=Entry.CHOICE, shown=lambda v: v["agreed"] in _GIVING,
            options=(Option("spoken", "They said so"), Option("written", "In writing")),
        ),
        FormField(name="given_by", needed="consent.given_by", label="Who agreed for them?", shown=_agreed_for,
                  hint="By what they are to the person, like a daughter or an attorney. No name"),
        FormField(name="given_why", needed="consent.given_why", label="Why did somebody else agree?",
                  shown=_agreed_for),
        FormField(name="power", needed="consent.power", label="Which power is used?",
                  shown=lambda v: v["agreed"] == Agreed.NOT_REQUIRED.value),
        FormField(
            name="attribution", needed="consent.attribution", label="How may we use what they say?",
            entry=Entry.CHOICE, shown=takes_part,
            options=(
                Option(Attribution.NONE, "Not attributable"), Option(Attribution.ROLE, "By role only"),
                Option(Attribution.NAME, "By name"),
            ),
        ),
        FormField(
            name="role", label="Broad role", entry=Entry.PICK,
            shown=lambda v: takes_part(v) and v["attribution"] in _NAMING,
            options=(Option("", "No role"), *(Option(one, one) for one in _roles(interview, framework))),
        ),
        FormField(name="name", needed="consent.name", label="Name they want to be known by",
                  shown=lambda v: takes_part(v) and v["attribution"] == Attribution.NAME.value),
        FormField(
            name="band", label="Who do they speak for?", entry=Entry.PICK, shown=takes_part,
            hint="Decides the evidence category. This is shown whatever was agreed",
            options=(Option("", "Not said"), *(Option(kind, words) for kind, words in BAND.items())),
        ),
        FormField(
            name="quoting", needed="consent.quoting", label="May we use their exact words?", entry=Entry.CHOICE,
            shown=takes_part,
            options=(
                Option(Quoting.UNNAMED, "Yes, without their name"), Option(Quoting.YES, "Yes"),
                Option(Quoting.ASK, "Ask them about each quotation"), Option(Quoting.NO, "No"),
            ),
        ),
        FormField(
            name="contact", label="May we contact them again?", entry=Entry.CHOICE, shown=takes_part,
            options=(Option("yes", "Yes"), Option("no", "No")),
            hint="Contact details are kept apart, never in notes or reports",
        ),
        FormField(
            name="reason", label="Why does this protect them less than before?",
            shown=lambda v: _is_less(v, interview.consent),
        ),
    )  # fmt: skip


def _agreed_to(values: Values) -> bool:
    return values["agreed"] != Agreed.REFUSED.value


def _agreed_for(values: Values) -> bool:
    return values["agreed"] == Agreed.GIVEN_FOR_THEM.value


def _is_less(values: Values, before: Consent | None) -> bool:
    if before is None:
        return False
    attribution, quoting = _one(Attribution, values["attribution"]), _one(Quoting, values["quoting"])
    agreed = _one(Agreed, values["agreed"])
    if agreed is None or agreed is Agreed.REFUSED or attribution is None or quoting is None:
        return False
    wanted = Consent(
        id=before.id, assessment=before.assessment, about=before.about, agreed=agreed, attribution=attribution,
        quoting=quoting, may_contact=values["contact"] == "yes",
    )  # fmt: skip
    return wanted.protects_less_than(before)


def _first(interview: Interview, before: Consent | None) -> Mapping[str, str]:
    session = interview.session
    first = {"how": "spoken", "attribution": Attribution.NONE.value, "contact": "no"}
    if session is not None and session.band is not None:
        first["band"] = session.band.value
    if before is None or not before.allows:
        return first
    role = session.role if session is not None else ""
    return {
        **first, "agreed": before.agreed.value, "how": before.how or "spoken", "given_by": before.given_by,
        "given_why": before.given_why, "power": before.power, "attribution": before.attribution.value,
        "quoting": before.quoting.value, "contact": "yes" if before.may_contact else "no", "name": before.name,
        "role": role,
    }  # fmt: skip


def _roles(interview: Interview, framework: Framework) -> tuple[str, ...]:
    """The pack's roles, the broader words, and the one that stands already."""
    own = interview.session.role if interview.session is not None else ""
    broad = (BROADER, *BAND.values())
    return tuple(dict.fromkeys((*(one.title for one in framework.roles), *broad, *([own] if own else []))))


def _one(kind: Any, value: str) -> Any:
    try:
        return kind(value) if value else None
    except ValueError:  # a draft of a later version
        return None
