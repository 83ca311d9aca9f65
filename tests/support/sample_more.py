"""What the evening and the weeks after the sample visit bring, so that no kind of report is empty."""

from __future__ import annotations

from datetime import date

from fieldkit.app.accuracy import NewComment, add_comments, send_out
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalations import NewContact, NewEscalation, add_contact, escalate
from fieldkit.app.findings import NewCitation, NewFinding, add_finding
from fieldkit.app.improvement import complete, follow_up, hold_summit, plan_action
from fieldkit.app.metric_file import MetricReading, MetricRow, MetricTag
from fieldkit.app.metrics import keep_metrics
from fieldkit.app.paging import every_note
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.sections import places, write_section
from fieldkit.domain.accuracy import Says
from fieldkit.domain.assessment import ActivityKind, Visit
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.escalation import Danger, How
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.method import Polarity
from fieldkit.domain.section import Part
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId

_CLAIMS = (
    "Leaders know how long people wait, and plans are made with the places that feel it",
    "What staff say about workload does not reach the board in time",
    "People who use services are asked, and told what came of it",
)
_TEXTS = {
    Part.SUMMARY: "The system knows its people well. What it plans does not yet reach everybody who waits.",
    Part.DIRECTION: "Improving: plans of the spring are on their way, and two of three have dates and owners.",
    Part.VOICES: "Two people told the board of their own care; carers were heard through their organisation only.",
    Part.MESSAGE: "Partners agree on what is wanted. How they will know that it came is still to be said.",
}
_FIGURES = (
    ("Waits over 52 weeks", "1.9", "%", Polarity.LOWER_IS_BETTER),
    ("Four-hour standard", "71.4", "%", Polarity.HIGHER_IS_BETTER),
    ("Diagnostic waits over 6 weeks", "22", "%", Polarity.LOWER_IS_BETTER),
)  # fmt: skip


def tell_more(uow: UnitOfWork, visit: Visit, framework: Framework) -> None:
    """Findings, written parts, an escalation, figures, the factual accuracy check, and what came of it."""
    assessment = visit.assessment
    _claim(uow, assessment, framework)
    for place in places(framework):
        write_section(uow, framework, assessment, place, _TEXTS[place.part])
    _escalate(uow, visit)
    about = MetricTag(pack=framework.id, statement=framework.statements[3].id, category=framework.categories[-1].id)
    rows = tuple(
        MetricRow(
            row=at, metric=name, value=value, unit=unit, organisation="Northshire ICB", period="Q2 2026/27",
            source="Oversight framework, October 2026", polarity=polarity,
            tags=(about,),
        )
        for at, (name, value, unit, polarity) in enumerate(_FIGURES, 2)
    )  # fmt: skip
    keep_metrics(uow, assessment, MetricReading(file="figures.csv", rows=rows, wrong=()))
    _agree(uow, visit)
    _check_facts(uow, assessment)
    hold_summit(uow, assessment, date(2027, 3, 2), "Town hall", "ICB, trusts, councils", "Agreed on three actions")
    for what in ("Tell the night team of every plan", "Publish waits by place", "Ask carers twice a year"):
        action = plan_action(uow, assessment, what, "Chief nurse", date(2027, 6, 30), framework.statements[1].id)
    complete(uow, action.id, "Minutes of the carers' board")
    follow_up(uow, action.id, "Seen in the minutes of May")


def _claim(uow: UnitOfWork, assessment: AssessmentId, framework: Framework) -> None:
    rows = [row for row in every_note(uow.questions) if row.withdrawal is None]
    for at, statement in enumerate(framework.statements[:9]):
        notes = [row.entry.id for row in rows if any(one.statement == statement.id for one in row.evidence)]
        if not notes:
            continue
        cited = [NewCitation(note=one) for one in notes[:3]]
        cited += [NewCitation(note=one, side=Side.CONTRADICTS) for one in notes[3:4]]
        add_finding(uow, framework, assessment, NewFinding(
            statement=statement.id, claim=_CLAIMS[at % 3], sentence=f"{_CLAIMS[at % 3]}.",
            bearing=(Bearing.STRENGTH, Bearing.SHORTFALL, Bearing.STRENGTH)[at % 3],
        ), cited)  # fmt: skip


def _escalate(uow: UnitOfWork, visit: Visit) -> None:
    risk = escalate(uow, NewEscalation(
        assessment=visit.assessment, visit=visit.id, danger=Danger.NO, place="Ward 4", organisation="Acute trust",
        what="Medicines were left beside two beds over night", who="Two people on the ward",
    ), shipped())  # fmt: skip
    add_contact(uow, risk.id, NewContact(told="Ward manager", said="Will see to it at once and report by four"))
    add_contact(uow, risk.id, NewContact(told="Site lead", said="Tells the chief nurse today", how=How.PHONE))


def _agree(uow: UnitOfWork, visit: Visit) -> None:
    for row in uow.questions.activities(visit.id):
        if row.activity.kind is ActivityKind.INTERVIEW:
            set_consent(uow, row.activity.id, Answers(
                agreed=Agreed.GIVEN, how="Said aloud", attribution=Attribution.ROLE, quoting=Quoting.YES,
                band=SpeakerKind.STAFF, role="Discharge nurse",
            ))  # fmt: skip


def _check_facts(uow: UnitOfWork, assessment: AssessmentId) -> None:
    today = uow.clock.now().astimezone().date()
    sent = send_out(uow, assessment, ["Northshire ICB", "Northshire ICP"], "Draft report.pdf", "ab" * 32, today)
    add_comments(uow, sent[0].id, [
        NewComment(paragraph="2.1", says=Says.CONTESTED, text="There was a plan, of May", evidence="Plan of May"),
        NewComment(paragraph="3.4", says=Says.ADDITIONAL, text="A carers' board meets since September"),
    ])  # fmt: skip
