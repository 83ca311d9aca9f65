"""The sample's first visit beside its meetings: interview, record review, drop-in, case, escalation, files, evening."""

from __future__ import annotations

from datetime import timedelta

from fieldkit.app.attachments import Said as SaidOfFile
from fieldkit.app.attachments import attach, take_bytes
from fieldkit.app.case_consent import CaseAnswers, set_case_consent
from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.conversations import NewConversation, record_conversation
from fieldkit.app.day_board import Proposal
from fieldkit.app.day_sheets import Said, add_item, finish
from fieldkit.app.entries import record_entry
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalations import (
    Decisions,
    NewContact,
    NewEscalation,
    add_contact,
    close_escalation,
    decide,
    escalate,
)
from fieldkit.app.guide_library import built_in
from fieldkit.app.guides import add_built_in
from fieldkit.app.interviews import (
    add_question,
    choose_guide,
    end_interview,
    pause_interview,
    read_interview,
    resume_interview,
    set_read_back,
    set_size,
    skip_question,
)
from fieldkit.app.noting import evidence_from
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.record_access import LookAnswers, close_record, open_record
from fieldkit.app.sample_telling import Raw, Telling
from fieldkit.app.touchpoints import Event, add_touchpoint
from fieldkit.app.when_text import read_when
from fieldkit.capture.parse import parse
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Answer
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.day_sheet import Section
from fieldkit.domain.escalation import Criterion, Danger, How, Referral
from fieldkit.domain.framework import SpeakerKind
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.quality_risk import Level
from fieldkit.domain.record_access import Basis, Capacity
from fieldkit.domain.record_access import Told as ToldOf
from fieldkit.domain.touchpoint import Accord, HandOver, Source, Told, TouchpointKind
from fieldkit.kernel.ids import RecordId


def tell_interview(to: Telling) -> None:
    """Consent, a guide, answers, a break, a question added and one passed over."""
    raw = to.part("interview")
    key, activity = raw["activity"], to.plan.activities[raw["activity"]].id
    to.at(key, "0:30")

    def begin(uow: UnitOfWork) -> None:
        guide = add_built_in(uow, to.assessment, built_in(raw["guide"]), [to.framework]).guide
        choose_guide(uow, activity, guide)
        set_consent(uow, activity, Answers(
            agreed=Agreed.GIVEN, how="Said aloud", attribution=Attribution.ROLE, quoting=Quoting.YES,
            band=SpeakerKind.STAFF, role=raw["role"], script=guide.consent.name,
        ))  # fmt: skip

    to.do(begin)
    breaks = dict(zip((raw["break"]), (pause_interview, resume_interview), strict=True))
    steps = sorted([*raw["answers"], *({"at": one} for one in breaks)], key=lambda one: to.moment(key, one["at"]))
    for step in steps:
        to.at(key, step["at"])
        if "line" in step:
            _answer(to, key, step)
        else:
            to.do(lambda uow, act=breaks[step["at"]]: act(uow, activity))  # type: ignore[misc]
    added, skipped = raw["added"], raw["skipped"]
    to.at(key, added["at"])
    own = to.do(lambda uow: add_question(uow, activity, added["question"], after=added["after"]))
    _answer(to, key, {**added, "question": own.id})
    to.at(key, raw["ends"])

    def end(uow: UnitOfWork) -> InterviewSession:
        skip_question(uow, activity, skipped["question"], skipped["reason"])
        set_read_back(uow, activity, read_back=True)
        return end_interview(uow, activity)

    to.do(end)


def _answer(to: Telling, key: str, raw: Raw) -> None:
    known = read_interview(to.vault.questions, to.plan.activities[key].id)
    question = known.question(raw["question"])
    new = to.note(key, raw, item=question.id, targets=question.targets)
    to.do(lambda uow: record_entry(uow, to.activity(key), new))


def open_group(to: Telling) -> None:
    """The consent of a focus group, before a word of it is noted."""
    raw = to.part("group")
    activity = to.plan.activities[raw["activity"]].id
    to.at(raw["activity"], "1:00")

    def begin(uow: UnitOfWork) -> None:
        set_consent(uow, activity, Answers(
            agreed=Agreed.GIVEN, how="Said aloud, one by one", attribution=Attribution.NONE, quoting=Quoting.UNNAMED,
            band=SpeakerKind.CARER,
        ))  # fmt: skip
        set_size(uow, activity, raw["size"])

    to.do(begin)


def close_group(to: Telling) -> None:
    """It is over when its time is."""
    key = to.part("group")["activity"]
    to.at(key, "55:00")
    to.do(lambda uow: end_interview(uow, to.plan.activities[key].id))


def tell_records(to: Telling) -> None:
    """A record that was looked at, and what it showed."""
    raw = to.part("records")
    key = raw["activity"]
    told = {name: raw[name] for name in ("whose", "what", "system", "covers", "why", "allowed_by", "place")}
    answers = LookAnswers(
        **told, basis=Basis.POWER, capacity=Capacity.YES, capacity_how="Asked with her daughter", told=ToldOf.AFTER,
        copied=False,
    )  # fmt: skip
    to.at(key, raw["opened"])
    look = to.do(lambda uow: open_record(uow, to.activity(key), answers))
    for one in raw["findings"]:
        to.at(key, one["at"])
        new = to.note(key, one)
        to.do(lambda uow, new=new: record_entry(uow, to.activity(key), new))  # type: ignore[misc]
    to.at(key, raw["closed"])
    to.do(lambda uow: close_record(uow, look.id))


def tell_conversations(to: Telling) -> None:
    """What staff said in passing, nobody of them named."""
    raw = to.part("conversations")
    key = raw["activity"]
    for one in raw["talks"]:
        began = to.moment(key, one["at"])
        to.to(began + timedelta(minutes=one["minutes"]))
        new = NewConversation(began=began, people=one["people"], minutes=one["minutes"], band=SpeakerKind.STAFF)
        note = to.note(key, one)
        to.do(lambda uow, new=new, note=note: record_conversation(uow, to.activity(key), new, note))  # type: ignore[misc]


def tell_case(to: Telling) -> None:
    """A person's way through the services, event by event."""
    raw = to.part("case")
    to.on(raw["day"], raw["at"])

    def follow(uow: UnitOfWork) -> Activity:
        case = add_case(uow, to.assessment, CaseFacts(**raw["facts"]))
        activity = follow_case(uow, case.id, to.plan.visit)
        set_case_consent(uow, activity, CaseAnswers(agreed=Agreed.GIVEN, quoting=Quoting.YES))
        return activity

    track = to.do(follow)
    for one in raw["events"]:
        to.clock.advance(90)
        event = _event(to, track, one)
        to.do(lambda uow, event=event: add_touchpoint(uow, track, event, raw["day"]))  # type: ignore[misc]


def _event(to: Telling, track: Activity, raw: Raw) -> Event:
    hand_over = raw.get("hand_over")
    captured = parse(raw.get("line", "x"), to.sample.vocabulary(to.framework))
    return Event(
        when=read_when(raw["when"], to.part("case")["day"]), kind=TouchpointKind(raw["kind"]),
        organisation=raw["organisation"], towards=raw.get("towards", ""), happened=raw["happened"],
        should_have=raw.get("should_have", ""), sources=tuple(Told(source=Source(one)) for one in raw["sources"]),
        accord=Accord(raw.get("accord", "unknown")), exact_words=raw.get("exact_words", ""),
        standard_days=raw.get("standard_days"), is_concern=raw.get("is_concern", False),
        hand_over=HandOver(**{name: Answer(said) for name, said in hand_over.items()}) if hand_over else None,
        evidence=evidence_from(captured, track, [to.framework]),
    )  # fmt: skip


def tell_escalation(to: Telling) -> None:
    """A risk, who was told of it and when, and how it ended."""
    raw = to.part("escalation")
    to.on(raw["day"], raw["at"])
    began = to.clock.now()
    new = NewEscalation(
        assessment=to.assessment, visit=to.plan.visit.id, danger=Danger.NO, what=raw["what"], who=raw["who"],
        place=raw["place"], organisation=raw["organisation"],
    )  # fmt: skip
    made = to.do(lambda uow: escalate(uow, new, shipped())).id
    for one in raw["contacts"]:
        to.to(began + timedelta(minutes=one["minute"]))
        told = NewContact(told=one["told"], said=one["said"], how=How(one["how"]))
        to.do(lambda uow, told=told: add_contact(uow, made, told))  # type: ignore[misc]
    considered = Decisions(criteria=dict.fromkeys(Criterion, False), referral=Referral.NOT_NEEDED)
    to.do(lambda uow: decide(uow, made, considered, shipped()))
    to.to(began + timedelta(minutes=raw["closed"]["minute"]))
    to.do(lambda uow: close_escalation(uow, made, raw["closed"]["outcome"]))


def tell_exhibits(to: Telling) -> None:
    """Two files that were handed over."""
    for one in to.part("exhibits"):
        taken = take_bytes(to.vault.files, one["text"].encode(), one["name"])
        said = SaidOfFile(
            assessment=to.assessment, about=RecordId(to.plan.activities[one["to"]].id), visit=to.plan.visit.id,
            purpose=one["purpose"], from_whom=one["from_whom"],
        )  # fmt: skip
        to.do(lambda uow, taken=taken, said=said: attach(uow, taken, said))  # type: ignore[misc]


def tell_evening(to: Telling) -> None:
    """The sheet of the first evening, finished."""
    raw, notes, visit = to.part("evening"), to.notes(), to.plan.visit.id
    to.on(raw["day"], raw["at"])
    for one in raw["items"]:
        said = Said(
            section=Section(one["section"]), text=one["text"], level=Level(one["level"]) if "level" in one else None,
            notes=(notes[one["note"]],) if "note" in one else (),
        )  # fmt: skip
        gap = f"{to.framework.id}/{one['gap']}" if "gap" in one else ""
        taken = Proposal(section=Section(one["section"]), text=one["text"], gap=gap) if gap else None
        to.do(lambda uow, said=said, taken=taken: add_item(uow, visit, raw["day"], said, taken))  # type: ignore[misc]
    to.do(lambda uow: finish(uow, visit, raw["day"], [to.framework]))
