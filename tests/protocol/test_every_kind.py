"""Every kind of fieldwork record there is, made by its own use case: nothing that travels, finds or checks forgets one.

A kind that is added to ``fieldkit.domain.kinds`` fails here until somebody says how it is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from fieldkit.app.accuracy import NewAnswer, NewComment, add_comment, answer, send_out
from fieldkit.app.assessments import plan_activity
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.conversations import NewConversation, record_conversation
from fieldkit.app.day_sheets import Said as DaySaid
from fieldkit.app.day_sheets import add_item, finish, state_none
from fieldkit.app.disclosures import point_to
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.escalation_policy import policy_here
from fieldkit.app.escalations import NewContact, NewEscalation, add_contact, escalate, mark_seen
from fieldkit.app.export import export_assessment
from fieldkit.app.findings import NewCitation, NewFinding, add_finding
from fieldkit.app.guide_library import built_in_guides
from fieldkit.app.guides import add_guide
from fieldkit.app.improvement import hold_summit, plan_action
from fieldkit.app.interviews import begin_interview, choose_guide
from fieldkit.app.metric_file import MetricReading, MetricRow, MetricTag
from fieldkit.app.metrics import keep_metrics, standing_metrics
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.quality_risks import NewReview, NewRisk, add_review, set_risk
from fieldkit.app.record_access import LookAnswers, open_record
from fieldkit.app.requests import add_request
from fieldkit.app.restrictions import NewRestriction, lift, restrict
from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.app.scores import NewJudgement, NewModeration, NewOverride, judge, moderate, override
from fieldkit.app.sections import place_of, write_section
from fieldkit.app.touchpoints import Event, add_touchpoint
from fieldkit.app.when_text import read_when
from fieldkit.domain.accuracy import Says
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.day_sheet import TRIPLE_A, Section
from fieldkit.domain.escalation import Danger
from fieldkit.domain.judgement import Judged
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.method import Polarity
from fieldkit.domain.quality_risk import Authority, Level, ReviewKind
from fieldkit.domain.record_access import Basis, Capacity, Told
from fieldkit.domain.section import Part
from fieldkit.frameworks.library import Library
from fieldkit.kernel.ids import RecordId
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import APP, PASSPHRASE, Laptop, tag, unstretched
from ui.cli.main import main

REFERENCE = "RD-7K3M2Q"
_ICS = Library().load("ics", "2023.1")
_JUDGED = Judged(pack=_ICS.id, subject=_ICS.statements[1].id)


@dataclass(slots=True)
class World:
    """A laptop with a visit, and the records that were made on it by their kind."""

    laptop: Laptop
    meeting: Activity
    made: dict[str, RecordId] = field(default_factory=dict)


Make = Callable[[World, UnitOfWork], RecordId]


def _consent(world: World, uow: UnitOfWork) -> RecordId:
    answers = Answers(agreed=Agreed.GIVEN, attribution=Attribution.NONE, quoting=Quoting.UNNAMED)
    return set_consent(uow, _planned(world, uow, ActivityKind.INTERVIEW).id, answers).id


def _session(world: World, uow: UnitOfWork) -> RecordId:
    return begin_interview(uow, _planned(world, uow, ActivityKind.INTERVIEW).id).id


def _questions(world: World, uow: UnitOfWork) -> RecordId:
    guide = built_in_guides()[0].guide
    return choose_guide(uow, _planned(world, uow, ActivityKind.INTERVIEW).id, guide).id


def _guide(world: World, uow: UnitOfWork) -> RecordId:
    return add_guide(uow, world.meeting.assessment, built_in_guides()[0].guide).guide.id


def _case(world: World, uow: UnitOfWork) -> RecordId:
    return add_case(uow, world.meeting.assessment, CaseFacts(description="Woman, 80s, fall at home")).id


def _touchpoint(world: World, uow: UnitOfWork) -> RecordId:
    today = uow.clock.now().date()
    track = follow_case(uow, world.made["case"], uow.questions.visit(world.meeting.visit))
    event = Event(when=read_when("14 march", today), organisation="Trust", happened="Sent home without a letter")
    return add_touchpoint(uow, track, event, today).id


def _conversation(world: World, uow: UnitOfWork) -> RecordId:
    new = NewConversation(began=uow.clock.now(), people=3, minutes=10)
    return record_conversation(uow, _planned(world, uow, ActivityKind.DROP_IN), new)[0].id


def _escalation(world: World, uow: UnitOfWork) -> RecordId:
    new = NewEscalation(assessment=world.meeting.assessment, danger=Danger.YES, what="No cover on Ward 4 tonight")
    return escalate(uow, new, policy_here(uow.questions, None)).id


def _contact(world: World, uow: UnitOfWork) -> RecordId:
    return add_contact(uow, world.made["escalation"], NewContact(told="Ward manager", said="will call")).id


def _risk(world: World, uow: UnitOfWork) -> RecordId:
    soon = uow.clock.now().date() + timedelta(days=7)
    new = NewRisk(
        assessment=world.meeting.assessment, concern="Cover at night", level=Level.ENHANCED, authority=Authority.ICB,
        reasons="The third time this month", review_on=soon,
    )  # fmt: skip
    return set_risk(uow, new).id


def _review(world: World, uow: UnitOfWork) -> RecordId:
    on = uow.clock.now().date()
    new = NewReview(review=ReviewKind.RAPID_REVIEW, called_by=Authority.ICB, on=on, plan="Two registrars at night")
    return add_review(uow, world.made["quality_risk"], new).id


def _attachment(world: World, uow: UnitOfWork) -> RecordId:
    taken = take_bytes(world.laptop.vault.files, b"Rota of week 12", "rota.txt")
    said = Said(
        assessment=world.meeting.assessment, visit=world.meeting.visit, about=RecordId(world.meeting.id),
        purpose="Shows the nights",
    )  # fmt: skip
    return attach(uow, taken, said).id


def _pointer(world: World, uow: UnitOfWork) -> RecordId:
    return point_to(uow, world.meeting.assessment, REFERENCE, "Speaking-up guardian").id


def _request(world: World, uow: UnitOfWork) -> RecordId:
    return add_request(uow, world.meeting.assessment, "Falls audit of Ward 4", "Two accounts differ").id


def _restriction(world: World, uow: UnitOfWork) -> RecordId:
    """Lifted again: what is restricted the office's token is not told (``tests/central/test_need_to_know.py``)."""
    made = restrict(uow, world.made["escalation"], NewRestriction(roles=("expert", "inspector"), reason=REFERENCE))
    return lift(uow, made.id).id


def _access(world: World, uow: UnitOfWork) -> RecordId:
    answers = LookAnswers(
        whose="C01", what="Care plan", why="Who agreed the discharge", basis=Basis.POWER, allowed_by="section 63",
        capacity=Capacity.NOT_APPLICABLE, told=Told.AFTER, copied=False,
    )  # fmt: skip
    return open_record(uow, _planned(world, uow, ActivityKind.RECORD_REVIEW), answers).id


def _judgement(world: World, uow: UnitOfWork) -> RecordId:
    note = record_entry(uow, world.meeting, NewEntry(text="Nobody told the night team", evidence=(tag(),)))
    new = NewJudgement(
        assessment=world.meeting.assessment, judged=_JUDGED, text="Learning is shared, but late", value=2,
        relied_on=(note.id,),
    )  # fmt: skip
    return judge(uow, _ICS, new).id


def _moderation(world: World, uow: UnitOfWork) -> RecordId:
    new = NewModeration(
        assessment=world.meeting.assessment, judged=_JUDGED, text="Learning is shared", reason="Two sources", value=3
    )
    return moderate(uow, _ICS, new).id


def _override(world: World, uow: UnitOfWork) -> RecordId:
    new = NewOverride(
        assessment=world.meeting.assessment, pack=_ICS.id, band="inadequate", rationale="Safeguarding",
        approver="B. Chief",
    )  # fmt: skip
    return override(uow, _ICS, new).id


def _day_item(world: World, uow: UnitOfWork) -> RecordId:
    on = uow.clock.now().date()
    return add_item(uow, world.meeting.visit, on, DaySaid(section=Section.ALERT, text="Corridor care, third night")).id


def _day_sheet(world: World, uow: UnitOfWork) -> RecordId:
    on = uow.clock.now().date()
    for section in TRIPLE_A[1:]:
        state_none(uow, world.meeting.visit, on, section)
    return finish(uow, world.meeting.visit, on).id


def _metric(world: World, uow: UnitOfWork) -> RecordId:
    row = MetricRow(
        row=2, metric="Sickness absence", value="5.4", unit="%", organisation="Northshire", period="2025",
        source="Survey", polarity=Polarity.LOWER_IS_BETTER,
        tags=(MetricTag(pack="ics", statement="safe-staffing", category="outcomes"),),
    )  # fmt: skip
    where = world.meeting.assessment
    keep_metrics(uow, where, MetricReading(file="figures.csv", rows=(row,), wrong=()))
    return standing_metrics(uow.questions, where)[0].record


def _finding(world: World, uow: UnitOfWork) -> RecordId:
    note = record_entry(uow, world.meeting, NewEntry(text="The audit came after the third fall", evidence=(tag(),)))
    new = NewFinding(statement=_JUDGED.subject, claim="Learning is shared late", sentence="Learning came late.")
    return add_finding(uow, _ICS, world.meeting.assessment, new, [NewCitation(note=note.id)]).id


def _section(world: World, uow: UnitOfWork) -> RecordId:
    place = place_of(_ICS, Part.MESSAGE, _JUDGED.subject)
    return write_section(uow, _ICS, world.meeting.assessment, place, "Learning is shared, but late").id


def _send_out(world: World, uow: UnitOfWork) -> RecordId:
    return send_out(uow, world.meeting.assessment, ["Northshire Partnership"], "Draft 1", "ab" * 32)[0].id


def _comment(world: World, uow: UnitOfWork) -> RecordId:
    new = NewComment(paragraph="3.2", says=Says.CONTESTED, text="Thirty-four beds", evidence="Bedstate of March")
    return add_comment(uow, world.made["send_out"], new).id


def _answer(world: World, uow: UnitOfWork) -> RecordId:
    return answer(uow, world.made["accuracy_comment"], NewAnswer(accepted=True, reason="Recounted")).id


def _summit(world: World, uow: UnitOfWork) -> RecordId:
    return hold_summit(uow, world.meeting.assessment, uow.clock.now().date(), outcome="Timetable agreed").id


def _action(world: World, uow: UnitOfWork) -> RecordId:
    due = uow.clock.now().date() + timedelta(days=90)
    return plan_action(uow, world.meeting.assessment, "Second registrar overnight", "Medical director", due).id


def _planned(world: World, uow: UnitOfWork, kind: ActivityKind) -> Activity:
    """An activity planned in the same step."""
    return plan_activity(uow, uow.questions.visit(world.meeting.visit), kind, f"The {kind.value}")


MAKERS: Mapping[str, Make] = {
    "send_out": _send_out, "accuracy_comment": _comment, "accuracy_answer": _answer, "improvement_summit": _summit,
    "improvement_action": _action,
    "consent": _consent, "session": _session, "questions": _questions, "guide": _guide, "case": _case,
    "touchpoint": _touchpoint, "conversation": _conversation, "escalation": _escalation,
    "escalation_contact": _contact, "quality_risk": _risk, "quality_review": _review, "attachment": _attachment,
    "pointer": _pointer, "request": _request, "access": _access,
    "restriction": _restriction, "judgement": _judgement, "moderation": _moderation, "override": _override,
    "day_item": _day_item, "day_sheet": _day_sheet,
    "metric": _metric,
    "finding": _finding, "section": _section,
}  # fmt: skip
"""What needs another record comes after it. Who has seen an escalation is said by the one who pulled it."""


def test_each_kind_reaches_everybody_and_is_known_to_search_export_and_check(team: Team, office: Office) -> None:
    ann = team("Ann Lead")
    world = World(laptop=ann, meeting=ann.open_meeting())
    for kind, make in MAKERS.items():
        world.made[kind] = ann.vault.perform(partial(make, world))[0]
    ann.settle()
    ben = team("Ben Mate", world.meeting.assessment)
    ben.settle()
    (seen, _) = ben.vault.perform(lambda uow: mark_seen(uow, world.made["escalation"]))
    assert seen is not None
    world.made["escalation_seen"] = seen.id
    assert set(world.made) == set(FIELDWORK), "a kind that nobody makes here"
    for laptop in (ben, ann, ben):
        laptop.settle()
    at_office = office.read(f"/v1/assessments/{world.meeting.assessment}/records").json["records"]
    told = {one["id"]: (one["kind"], one["content"], one["author"], one["heads"]) for one in at_office}
    for kind, record in world.made.items():
        mine, theirs = (laptop.vault.questions.record(kind, record) for laptop in (ann, ben))
        assert mine.value == theirs.value, kind
        assert told[record] == _told(mine) == _told(theirs), kind
        assert {mine.status, theirs.status} == {SendStatus.CONFIRMED, SendStatus.FROM_TEAM}, kind
        for laptop in (ann, ben):
            _is_found(laptop, mine, world)
    assert ann.standing.everything_is_there
    for laptop in (ann, ben):
        _is_exported(laptop, world)
        assert laptop.vault.verify() == []


def test_the_command_line_lists_and_shows_each_kind(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    ann = team("Ann Lead")
    world = World(laptop=ann, meeting=ann.open_meeting())
    for kind, make in MAKERS.items():
        world.made[kind] = ann.vault.perform(partial(make, world))[0]
    ann.close()
    secret = ann.folder.parent / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    given = ["--json", "--vault", str(ann.folder), "--passphrase-file", str(secret)]

    def said(*words: str) -> object:
        with unstretched():
            assert main([*words, *given]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    listed = said("record", "list")
    assert isinstance(listed, list)
    assert {one["kind"] for one in listed} == set(MAKERS)
    for kind, record in world.made.items():
        shown = said("record", "show", record)
        assert isinstance(shown, dict)
        assert (shown["kind"], shown["id"]) == (kind, record)
    whole = said("vault", "verify")
    assert isinstance(whole, dict)
    assert whole["is_whole"] is True


def _told(row: RecordRow) -> tuple[object, ...]:
    return (row.kind, dict(row.content), row.author, row.heads)


def _is_found(laptop: Laptop, row: RecordRow, world: World) -> None:
    """By the longest of its words; a kind that has none is found by nobody, and says so by having none."""
    words = sorted("".join(c if c.isalnum() else " " for c in row.value.words).split(), key=len)
    if words:
        found = laptop.vault.questions.find_records(words[-1], world.meeting.assessment, limit=200)
        assert row.record in {one.record for one in found}, (row.kind, words[-1])


def _is_exported(laptop: Laptop, world: World) -> None:
    questions = laptop.vault.questions
    pieces = export_assessment(
        questions, world.meeting.assessment, (), made_at=laptop.clock.now(), app=APP
    )  # fmt: skip
    document = json.loads("".join(pieces))
    assert {one["id"]: one["kind"] for one in document["records"]}.items() >= {
        record: kind for kind, record in world.made.items()
    }.items()
