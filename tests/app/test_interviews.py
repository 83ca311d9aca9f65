"""Interviews: consent comes first, what protects the person shows everywhere at once, and nothing asked is lost."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.app import interviews
from fieldkit.app.assessments import plan_activity
from fieldkit.app.consents import Answers, set_consent, withdraw_consent
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.interviews import Interview, read_interview
from fieldkit.app.records import keep
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.guide import ConsentScript, Guide
from fieldkit.domain.interview import Asked, InterviewSession, Recording
from fieldkit.domain.questions import Answer, Question
from fieldkit.domain.sources import source_of, sources_of, standing_consent, told_apart
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, new_id
from storage.vault import OpenVault
from tests.support.consents import agree
from tests.support.vaults import a_meeting, do

FULL = Answers(
    agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NONE, quoting=Quoting.UNNAMED, script="standard/1"
)


def an_interview(
    vault: OpenVault, title: str = "Interview: matron", kind: ActivityKind = ActivityKind.INTERVIEW
) -> Activity:
    """An interview that is planned."""
    board = a_meeting(vault)
    return do(vault, lambda uow: plan_activity(uow, uow.questions.visit(board.visit), kind, title))


def now_of(vault: OpenVault, activity: Activity) -> Interview:
    """How it stands."""
    return read_interview(vault.questions, activity.id)


def notes(vault: OpenVault, activity: Activity) -> list[str]:
    """The words of its notes."""
    return [row.entry.text for row in vault.questions.entries(EntryFilter(activity=activity.id))]


def say(vault: OpenVault, activity: Activity, text: str, **more: object) -> None:
    """A note in it, by the activity as it is now."""
    new = NewEntry(text=text, **more)  # type: ignore[arg-type]
    do(vault, lambda uow: record_entry(uow, uow.questions.activity(activity.id), new))


def a_guide(activity: Activity, count: int = 3) -> Guide:
    """A guide of plain questions, and one that only serves a rule."""
    return Guide(
        id=RecordId(new_id()), assessment=activity.assessment, title="Staff", form_id="staff", version="4",
        consent=ConsentScript(id="standard", version="1", lines=("Who we are",)),
        questions=(
            *(Question(id=f"q{number}", text=f"Question {number}") for number in range(1, count + 1)),
            Question(id="today", text="", answer=Answer.TODAY),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("kind", [ActivityKind.INTERVIEW, ActivityKind.FOCUS_GROUP])
def test_nothing_is_noted_before_consent_and_the_draft_stays(vault: OpenVault, kind: ActivityKind) -> None:
    talk = an_interview(vault, kind=kind)
    with pytest.raises(Mistake, match=r"interview\.no_consent"):
        say(vault, talk, "It is worse at night")
    assert notes(vault, talk) == []
    do(vault, lambda uow: agree(uow, talk))
    say(vault, talk, "It is worse at night")
    assert notes(vault, talk) == ["It is worse at night"]


@pytest.mark.parametrize(
    ("lacking", "problem"),
    [
        ({"agreed": None}, "consent.agreed"), ({"agreed": Agreed.NOT_ASKED}, "consent.agreed"),
        ({"agreed": Agreed.GIVEN_FOR_THEM}, "consent.given_by"),
        ({"agreed": Agreed.GIVEN_FOR_THEM, "given_by": "A daughter"}, "consent.given_why"),
        ({"agreed": Agreed.NOT_REQUIRED}, "consent.power"), ({"attribution": None}, "consent.attribution"),
        ({"attribution": Attribution.ROLE}, "consent.role"), ({"attribution": Attribution.NAME}, "consent.name"),
        ({"quoting": None}, "consent.quoting"),
    ],
)  # fmt: skip
def test_each_question_without_its_answer_keeps_notes_out(
    vault: OpenVault, lacking: dict[str, object], problem: str
) -> None:
    talk = an_interview(vault)
    answers = dataclasses.replace(FULL, **lacking)  # type: ignore[arg-type]
    with pytest.raises(Mistake, match=problem.replace(".", r"\.")):
        do(vault, lambda uow: set_consent(uow, talk.id, answers))
    assert now_of(vault, talk).consent is None
    with pytest.raises(Mistake, match=r"interview\.no_consent"):
        say(vault, talk, "x")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["note", "no", "yes", "half", "withdraw", "guide", "pause", "join", "person_no", "person_note"]
        ),
        max_size=12,
    )
)
def test_whatever_is_done_no_note_exists_that_its_consent_did_not_allow(vault: OpenVault, steps: list[str]) -> None:
    talk = an_interview(vault, kind=ActivityKind.FOCUS_GROUP)
    allowed, person_held, expected = False, False, 0
    for step in steps:
        is_right = True
        try:
            match step:
                case "note" | "person_note":
                    say(vault, talk, "words", speaker="1" if step == "person_note" else None)
                    assert allowed
                    assert not (step == "person_note" and person_held)
                    expected += 1
                case "yes":
                    do(vault, lambda uow: set_consent(uow, talk.id, dataclasses.replace(FULL, reason="Asked again")))
                    allowed = True
                case "no" | "person_no":
                    person = "1" if step == "person_no" else ""
                    refusal = Answers(agreed=Agreed.REFUSED, person=person)
                    do(vault, lambda uow, refusal=refusal: set_consent(uow, talk.id, refusal))  # type: ignore[misc]
                    person_held = person_held or bool(person)
                    allowed = allowed and bool(person)
                case "half":
                    do(vault, lambda uow: set_consent(uow, talk.id, Answers(agreed=Agreed.GIVEN)))
                case "withdraw":
                    do(vault, lambda uow: withdraw_consent(uow, talk.id))
                    allowed = False
                case "guide":
                    do(vault, lambda uow: interviews.choose_guide(uow, talk.id, a_guide(talk)))
                case "pause":
                    do(vault, lambda uow: interviews.pause_interview(uow, talk.id))
                case "join":
                    do(vault, lambda uow: interviews.join(uow, talk.id))
        except Mistake:
            is_right = step not in ("note", "person_note") or not allowed or (person_held and step == "person_note")
        assert is_right
    assert len(notes(vault, talk)) == expected


def test_a_not_attributable_interview_loses_its_title_and_shows_its_reference_for_every_speaker(
    vault: OpenVault,
) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: agree(uow, talk))
    known = now_of(vault, talk)
    assert (known.activity.title, known.session and known.session.reference) == ("Interview 01", "Interview 01")
    with pytest.raises(Mistake, match=r"interview\.speaker"):
        say(vault, talk, "words", speaker="dn")
    assert source_of(known.session, known.consent, talk.kind).who("dn") == "Interview 01"
    assert source_of(known.session, known.consent, talk.kind).who("2") == "Interview 01, person 2"


def test_more_protection_relabels_at_once_and_less_needs_a_reason(vault: OpenVault) -> None:
    talk = an_interview(vault)
    by_name = dataclasses.replace(FULL, attribution=Attribution.NAME, name="Dr Amara Obi", role="Doctor")
    do(vault, lambda uow: set_consent(uow, talk.id, by_name))

    def label() -> str:
        known = now_of(vault, talk)
        return source_of(known.session, known.consent, talk.kind).who(None)

    assert (label(), now_of(vault, talk).activity.title) == ("Dr Amara Obi", "Interview: matron")
    do(vault, lambda uow: set_consent(uow, talk.id, dataclasses.replace(by_name, attribution=Attribution.ROLE)))
    assert (label(), now_of(vault, talk).activity.title) == ("Doctor", "Interview 01: Doctor")
    do(vault, lambda uow: set_consent(uow, talk.id, FULL))
    known = now_of(vault, talk)
    assert (label(), known.activity.title) == ("Interview 01", "Interview 01")
    assert known.consent is not None
    assert known.session is not None
    assert (known.consent.name, known.session.role) == ("", "")
    with pytest.raises(Mistake, match=r"consent\.reason"):
        do(vault, lambda uow: set_consent(uow, talk.id, by_name))
    do(vault, lambda uow: set_consent(uow, talk.id, dataclasses.replace(by_name, reason="They asked to be named")))
    assert label() == "Dr Amara Obi"


@pytest.mark.parametrize(
    "less",
    [{"quoting": Quoting.YES}, {"may_contact": True}, {"attribution": Attribution.ROLE, "role": "Nurse"}],
)
def test_every_way_of_protecting_less_needs_a_reason(vault: OpenVault, less: dict[str, object]) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: set_consent(uow, talk.id, FULL))
    answers = dataclasses.replace(FULL, **less)  # type: ignore[arg-type]
    with pytest.raises(Mistake, match=r"consent\.reason"):
        do(vault, lambda uow: set_consent(uow, talk.id, answers))


def test_a_refusal_keeps_nothing_of_the_person(vault: OpenVault) -> None:
    talk = an_interview(vault)
    refusal = dataclasses.replace(FULL, agreed=Agreed.REFUSED, name="Dr Amara Obi", role="Doctor", power="s.64")
    do(vault, lambda uow: set_consent(uow, talk.id, refusal))
    consent, session = now_of(vault, talk).consent, now_of(vault, talk).session
    assert consent is not None
    assert session is not None
    assert "Obi" not in str(consent.to_content()) + str(session.to_content())
    assert (session.band, session.role, consent.power, session.started_at) == (None, "", "", None)


def test_a_withdrawal_has_its_day_bars_the_notes_and_is_not_taken_twice(vault: OpenVault, clock: FixedClock) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: set_consent(uow, talk.id, dataclasses.replace(FULL, attribution=Attribution.NAME, name="Jo")))
    with pytest.raises(Mistake, match=r"consent\.future"):
        do(vault, lambda uow: withdraw_consent(uow, talk.id, on=date(2040, 1, 1)))
    consent = do(vault, lambda uow: withdraw_consent(uow, talk.id, reason="Worried for her job"))
    assert (consent.agreed, consent.withdrawn_on, consent.name) == (Agreed.WITHDRAWN, clock.now().date(), "")
    assert now_of(vault, talk).activity.title == "Interview 01"
    with pytest.raises(Mistake, match=r"interview\.withdrawn"):
        say(vault, talk, "words")
    with pytest.raises(Mistake, match=r"consent\.withdrawn_already"):
        do(vault, lambda uow: withdraw_consent(uow, talk.id))
    with pytest.raises(Mistake, match=r"consent\.reason"):
        do(vault, lambda uow: set_consent(uow, talk.id, FULL))


def test_the_questions_of_a_guide_become_the_interviews_and_stay_as_they_were(vault: OpenVault) -> None:
    talk = an_interview(vault)
    guide = a_guide(talk)
    do(vault, lambda uow: keep(uow, guide))
    do(vault, lambda uow: interviews.choose_guide(uow, talk.id, guide))
    do(vault, lambda uow: agree(uow, talk))
    known = now_of(vault, talk)
    assert [item.title for item in known.activity.items] == ["Question 1", "Question 2", "Question 3"]
    assert known.session is not None
    assert (known.session.guide, known.session.guide_version) == (guide.id, "4")
    with pytest.raises(Mistake, match=r"interview\.guide_chosen"):
        do(vault, lambda uow: interviews.choose_guide(uow, talk.id, None))


def test_own_questions_stand_where_they_were_asked_and_passing_over_keeps_its_reason(vault: OpenVault) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: interviews.choose_guide(uow, talk.id, a_guide(talk)))
    mine = do(vault, lambda uow: interviews.add_question(uow, talk.id, "And at night?", after="q1"))
    do(vault, lambda uow: interviews.add_question(uow, talk.id, "And at weekends?", after=mine.id))
    do(vault, lambda uow: interviews.skip_question(uow, talk.id, "q2", "No time"))
    do(vault, lambda uow: interviews.skip_question(uow, talk.id, "q3", elsewhere=True))
    known = now_of(vault, talk)
    texts = ["Question 1", "And at night?", "And at weekends?", "Question 2", "Question 3"]
    assert [one.text for one in known.questions] == [item.title for item in known.activity.items] == texts
    assert known.session is not None
    assert {key: (mark.state, mark.reason) for key, mark in known.session.marks.items()} == {
        "q2": (Asked.SKIPPED, "No time"), "q3": (Asked.ELSEWHERE, ""),
    }  # fmt: skip
    with pytest.raises(Mistake, match=r"interview\.question_unknown"):
        do(vault, lambda uow: interviews.skip_question(uow, talk.id, "q9"))
    with pytest.raises(Mistake, match=r"interview\.no_question"):
        do(vault, lambda uow: interviews.add_question(uow, talk.id, "  "))


def test_joiners_and_leavers_have_their_times(vault: OpenVault, clock: FixedClock) -> None:
    talk = an_interview(vault, kind=ActivityKind.FOCUS_GROUP)
    do(vault, lambda uow: interviews.set_size(uow, talk.id, 3))
    clock.advance(600)
    do(vault, lambda uow: interviews.join(uow, talk.id))
    do(vault, lambda uow: interviews.leave(uow, talk.id, "2"))
    clock.advance(600)
    session = do(vault, lambda uow: interviews.join(uow, talk.id, "2"))
    assert (session.present, session.people) == (("1", "3", "4", "2"), ("1", "2", "3", "4"))
    assert [one.left_at is not None for one in session.presence] == [False, True, False, False, False]
    for wrong, problem in (("2", "is_there"), ("9", "person_unknown")):
        with pytest.raises(Mistake, match=problem):
            do(vault, lambda uow, wrong=wrong: interviews.join(uow, talk.id, wrong))  # type: ignore[misc]
    with pytest.raises(Mistake, match=r"interview\.size_known"):
        do(vault, lambda uow: interviews.set_size(uow, talk.id, 5))


def test_the_time_of_an_interview_leaves_breaks_out(vault: OpenVault, clock: FixedClock) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: agree(uow, talk))
    clock.advance(600)
    do(vault, lambda uow: interviews.pause_interview(uow, talk.id))
    clock.advance(300)
    do(vault, lambda uow: interviews.resume_interview(uow, talk.id))
    clock.advance(60)
    session = do(vault, lambda uow: interviews.end_interview(uow, talk.id))
    clock.advance(9999)
    assert session.lasted(clock.now()).total_seconds() == 660
    again = do(vault, lambda uow: interviews.resume_interview(uow, talk.id))
    clock.advance(40)
    assert again.lasted(clock.now()).total_seconds() == 700


def test_references_count_up_and_two_laptops_that_took_the_same_are_told_apart(vault: OpenVault) -> None:
    first = an_interview(vault)
    visit = vault.questions.visit(first.visit)
    second = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Interview: social worker"))
    group = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.FOCUS_GROUP, "Carers"))
    made = [do(vault, lambda uow, one=one: interviews.begin_interview(uow, one.id)) for one in (first, second, group)]  # type: ignore[misc]
    assert [one.reference for one in made] == ["Interview 01", "Interview 02", "Focus group 01"]
    strange = dataclasses.replace(
        made[1], id=RecordId("ffffffff-ffff-4fff-8fff-ffffffffffff"), reference="Interview 01"
    )
    assert [one.reference for one in told_apart([strange, *made])] == [
        "Interview 01", "Interview 02", "Focus group 01", "Interview 01b",
    ]  # fmt: skip


def test_of_several_consents_the_one_that_protects_most_decides(vault: OpenVault) -> None:
    talk = an_interview(vault)
    open_one = do(vault, lambda uow: agree(uow, talk, Attribution.NAME))
    closed = dataclasses.replace(open_one, id=RecordId(new_id()), attribution=Attribution.NONE, name="")
    withdrawn = dataclasses.replace(open_one, id=RecordId(new_id()), agreed=Agreed.WITHDRAWN)
    assert standing_consent([open_one, closed]) == closed
    assert standing_consent([closed, withdrawn, open_one]) == withdrawn
    session = now_of(vault, talk).session
    assert session is not None
    assert sources_of({talk.id: talk.kind}, [session], [open_one, closed])[talk.id].who(None) == "Interview 01"


def test_a_session_reads_back_as_it_was_and_refuses_what_is_none(vault: OpenVault, clock: FixedClock) -> None:
    talk = an_interview(vault, kind=ActivityKind.FOCUS_GROUP)
    do(vault, lambda uow: interviews.choose_guide(uow, talk.id, a_guide(talk)))
    do(vault, lambda uow: agree(uow, talk))
    do(vault, lambda uow: interviews.set_size(uow, talk.id, 2))
    do(vault, lambda uow: interviews.add_question(uow, talk.id, "Why?"))
    do(vault, lambda uow: interviews.skip_question(uow, talk.id, "q1", "No time"))
    do(vault, lambda uow: interviews.set_recording(uow, talk.id, Recording.SUSPECTED))
    do(vault, lambda uow: interviews.set_read_back(uow, talk.id, read_back=True))
    do(vault, lambda uow: interviews.pause_interview(uow, talk.id))
    session = now_of(vault, talk).session
    assert session is not None
    content = session.to_content()
    assert InterviewSession.from_content(session.id, content) == session
    spoiled = [
        {**content, "size": -1}, {**content, "size": True}, {**content, "recording": "maybe"},
        {**content, "marks": []}, {**content, "marks": {"q1": 3}}, {**content, "presence": [{"person": "1"}]},
        {**content, "started_at": "noon"}, {**content, "band": "king"}, {**content, "added": [{"question": 1}]},
        {**content, "pauses": [1]},
    ]  # fmt: skip
    for one in spoiled:
        with pytest.raises((KeyError, TypeError, ValueError)):
            InterviewSession.from_content(session.id, one)


def test_two_thousand_questions_do_not_make_every_step_heavy(vault: OpenVault) -> None:
    talk = an_interview(vault)
    do(vault, lambda uow: interviews.choose_guide(uow, talk.id, a_guide(talk, 2000)))
    session = do(vault, lambda uow: interviews.skip_question(uow, talk.id, "q1999", "No time"))
    assert len(str(session.to_content())) < 1000
    assert len(now_of(vault, talk).questions) == 2000
