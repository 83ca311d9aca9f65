"""A small vault with everything that must not, or must, stand in reports: 0.3 s to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.consents import Answers, set_consent, withdraw_consent
from fieldkit.app.entries import NewEntry, add_addendum, record_entry, withdraw_entry
from fieldkit.app.guide_library import built_in_guides
from fieldkit.app.guides import add_built_in
from fieldkit.app.interviews import (
    add_question,
    begin_interview,
    choose_guide,
    end_interview,
    pause_interview,
    read_interview,
    resume_interview,
    set_read_back,
    skip_question,
)
from fieldkit.app.people import add_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.report_kinds import ReportChoice
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.domain.assessment import Activity, ActivityKind, Assessment, PackPin, SubjectKind, Visit
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import EntryId
from storage.vault import OpenVault
from tests.support.vaults import do, new_vault

WITHDRAWN_WORDS = "Withdrawn: the wrong ward was named"
HELD_WORDS = "Held: she asked us to forget this"
RESTRICTED_WORDS = "Restricted: the concern about the registrar"
UNQUOTED_WORDS = "Unquoted: I would never say this aloud"
PARAPHRASE = "Feels unheard by the night team"
ADDED_WORDS = "Added: it was eleven beds and not ten"
EMOJI = "Ward round 👩‍⚕️ at 7, cafe\u0301 open"
RIGHT_TO_LEFT = "المريض قال إنه انتظر ستة أسابيع"
LONG = " ".join(f"word{n}" for n in range(5000))
FORBIDDEN = (WITHDRAWN_WORDS, HELD_WORDS, RESTRICTED_WORDS, UNQUOTED_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """The vault and what is in it."""

    vault: OpenVault
    clock: FixedClock
    framework: Framework
    assessment: Assessment
    visit: Visit
    board: Activity
    empty: Activity
    talk: Activity
    barred: Activity
    plain: Entry
    withdrawn: EntryId

    def choice(self, activity: Activity | None = None, statement: int = 0) -> ReportChoice:
        return ReportChoice(
            assessment=self.assessment, framework=self.framework, frameworks=(self.framework,), visit=self.visit.id,
            day=self.visit.starts_on, activity=(activity or self.board).id,
            statement=self.framework.statements[statement].id,
        )  # fmt: skip


def hostile_fieldwork(folder: Path, framework: Framework) -> Hostile:
    """Written once, and read by every test of reports."""
    clock = FixedClock(datetime(2026, 11, 12, 9, 30, tzinfo=UTC))
    vault = new_vault(folder, clock, name="A. Lead", initials="AL")
    pin = PackPin(id=framework.id, version=framework.version, digest=framework.digest)
    subject = SubjectKind.INTEGRATED_CARE_SYSTEM
    assessment = do(vault, lambda uow: open_assessment(uow, "Northshire", subject, [pin]))
    day = date(2026, 11, 12)
    visit = do(vault, lambda uow: plan_visit(uow, assessment.id, "Visit 1", place="North", starts_on=day))
    board = _planned(vault, visit, ActivityKind.OBSERVATION, "Board")
    empty = _planned(vault, visit, ActivityKind.OBSERVATION, "Nobody came")
    plain, withdrawn = _observe(vault, clock, board, visit, framework)
    talk = _interview(vault, clock, visit, framework)
    return Hostile(
        vault=vault, clock=clock, framework=framework, assessment=assessment, visit=visit, board=board, empty=empty,
        talk=talk, barred=_barred(vault, visit, framework), plain=plain, withdrawn=withdrawn,
    )  # fmt: skip


def tagged(framework: Framework, statement: int, bearing: Bearing = Bearing.NEUTRAL, category: int = 3) -> EvidenceItem:
    """A tag of the pack."""
    return EvidenceItem.new(
        framework.id, framework.statements[statement].id, framework.categories[category].id, bearing
    )


def _planned(vault: OpenVault, visit: Visit, kind: ActivityKind, title: str) -> Activity:
    return do(vault, lambda uow: plan_activity(uow, visit, kind, title, on=visit.starts_on, place="Ward 4"))


def _noted(vault: OpenVault, activity: Activity, new: NewEntry) -> Entry:
    return do(vault, lambda uow: record_entry(uow, uow.questions.activity(activity.id), new))


def _observe(
    vault: OpenVault, clock: FixedClock, board: Activity, visit: Visit, framework: Framework
) -> tuple[Entry, EntryId]:
    """A board meeting: added to, withdrawn, restricted, written up later, long, in other scripts."""
    do(vault, lambda uow: add_person(uow, visit, "ch", "Chair", "Northshire ICB"))
    tag = tagged(framework, 0, Bearing.STRENGTH)
    plain = _noted(vault, board, NewEntry(text="Ten beds were closed", speaker="ch", evidence=(tag,)))
    clock.advance(60)
    gone = _noted(vault, board, NewEntry(text=WITHDRAWN_WORDS, evidence=(tagged(framework, 0),)))
    secret = _noted(vault, board, NewEntry(text=RESTRICTED_WORDS, evidence=(tagged(framework, 0),)))
    clock.advance(1800)
    short, before = tagged(framework, 0, Bearing.SHORTFALL), clock.now() - timedelta(minutes=16)
    for text in (EMOJI, RIGHT_TO_LEFT, LONG):
        _noted(vault, board, NewEntry(text=text, noticed_at=before, evidence=(short,)))
    _noted(vault, board, NewEntry(text="We closed them <in a hurry>", speaker="ch", exact=True))

    def afterwards(uow: UnitOfWork) -> None:
        add_addendum(uow, plain.id, ADDED_WORDS, "Counted again on the ward")
        withdraw_entry(uow, gone.id, "The wrong ward")
        restrict(uow, secret.id, NewRestriction())

    do(vault, afterwards)
    return plain, gone.id


def _interview(vault: OpenVault, clock: FixedClock, visit: Visit, framework: Framework) -> Activity:
    """An interview whose exact words may not be used, with a question skipped, one added and a break."""
    talk = _planned(vault, visit, ActivityKind.INTERVIEW, "Director of nursing")

    def begin(uow: UnitOfWork) -> None:
        begin_interview(uow, talk.id)
        guide = add_built_in(uow, visit.assessment, built_in_guides()[0], [framework]).guide
        choose_guide(uow, talk.id, guide)
        set_consent(uow, talk.id, Answers(
            agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NONE, quoting=Quoting.NO,
            band=SpeakerKind.STAFF, script="standard/1",
        ))  # fmt: skip

    do(vault, begin)
    first, second = read_interview(vault.questions, talk.id).questions[:2]
    clock.advance(60)
    tag = tagged(framework, 0, Bearing.SHORTFALL, 1)
    _noted(vault, talk, NewEntry(text=UNQUOTED_WORDS, exact=True, agenda_item=first.id, evidence=(tag,)))
    _noted(vault, talk, NewEntry(text=PARAPHRASE, agenda_item=first.id, evidence=(tag,)))
    do(vault, lambda uow: pause_interview(uow, talk.id))
    clock.advance(300)
    do(vault, lambda uow: resume_interview(uow, talk.id))

    def end(uow: UnitOfWork) -> None:
        skip_question(uow, talk.id, second.id, "Ran out of time")
        own = add_question(uow, talk.id, "Who decides at night?", after=first.id)
        record_entry(uow, uow.questions.activity(talk.id), NewEntry(text="The site manager", agenda_item=own.id))
        set_read_back(uow, talk.id, read_back=True)
        end_interview(uow, talk.id)

    do(vault, end)
    return talk


def _barred(vault: OpenVault, visit: Visit, framework: Framework) -> Activity:
    """An interview whose consent was taken back."""
    talk = _planned(vault, visit, ActivityKind.INTERVIEW, "Patient story")
    given = Answers(agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NONE, quoting=Quoting.YES)
    do(vault, lambda uow: set_consent(uow, talk.id, given))
    _noted(vault, talk, NewEntry(text=HELD_WORDS, evidence=(tagged(framework, 0),)))
    do(vault, lambda uow: withdraw_consent(uow, talk.id, reason="She asked us to"))
    return talk
