"""Records of fieldwork on paper: what was taken back, restricted or not to be quoted is in none, all else is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fieldkit.app.day_board import Proposal
from fieldkit.app.day_sheets import Said, add_item, take_over
from fieldkit.app.people import add_person
from fieldkit.app.report_catalogue import report_kind
from fieldkit.app.rows import EntryFilter
from fieldkit.app.scores import NewJudgement, judge
from fieldkit.domain.assessment import Activity
from fieldkit.domain.day_sheet import Section
from fieldkit.domain.judgement import Judged
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from fieldkit.media.pdf import count_pages
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.plain import to_plain
from fieldkit.reports.told_notes import RESTRICTED, WITHDRAWN
from tests.support.hostile_fieldwork import (
    ADDED_WORDS,
    EMOJI,
    FORBIDDEN,
    HELD_WORDS,
    LONG,
    PARAPHRASE,
    RESTRICTED_WORDS,
    RIGHT_TO_LEFT,
    UNQUOTED_WORDS,
    WITHDRAWN_WORDS,
    Hostile,
    hostile_fieldwork,
)
from tests.support.sample_vault import ics
from tests.support.vaults import do, quick_keys

DAY = date(2026, 11, 12)


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    with quick_keys():
        made = hostile_fieldwork(tmp_path_factory.mktemp("field") / "vault", ics())
        yield made
        made.vault.close()


def told(field: Hostile, kind: str, activity: Activity | None = None) -> str:
    """A report as text, white space as one space so that lines do not matter; and nothing forbidden in it."""
    document = report_kind(kind).make(field.vault.questions, field.choice(activity), field.clock.now())
    text = " ".join((to_plain(document) + to_html(document)).split())
    for words in FORBIDDEN:
        assert words not in text, words
    return text


def test_an_activity_is_told_in_its_order_with_what_was_added_under_the_note(field: Hostile) -> None:
    text = told(field, "activity-record")
    assert text.index("Ten beds were closed") < text.index(ADDED_WORDS) < text.index(EMOJI)
    for words in (
        "Provisional", "ch, Chair", "Why: Counted again on the ward", "written up later: 10:01",
        "“We closed them <in a hurry>”", RIGHT_TO_LEFT, LONG, WITHDRAWN, RESTRICTED,
        "No files are attached.", "12 November 2026, times in UTC",
    ):  # fmt: skip
        assert words in text, words


def test_an_activity_without_a_note_has_a_record_that_says_so(field: Hostile) -> None:
    assert "Nothing was noted." in told(field, "activity-record", field.empty)


def test_of_an_interview_whose_consent_was_taken_back_only_that_notes_are_held_is_told(field: Hostile) -> None:
    assert "1 note is held because a consent was refused or taken back" in told(field, "activity-record", field.barred)
    with pytest.raises(Mistake, match=r"report\.interview_held"):
        told(field, "interview-record", field.barred)
    with pytest.raises(Mistake, match=r"interview\.not_one"):
        told(field, "interview-record", field.board)


def test_an_interview_has_its_answers_under_their_questions_and_what_was_passed_over_with_why(field: Hostile) -> None:
    text = told(field, "interview-record", field.talk)
    for words in (
        PARAPHRASE, "[exact words left out]", "no: exact words are left out", "not attributable", "Interview 01",
        "Ran out of time", "Added by the interviewer", "Who decides at night?", "the notes were read back",
        "risk of serious harm", "1 minute, breaks taken off", "Staff",
    ):  # fmt: skip
        assert words in text, words
    assert "Director of nursing" not in text, "the plan's words name somebody who is not attributable"


def test_a_note_of_five_thousand_words_is_set_whole_over_pages(field: Hostile) -> None:
    kind = report_kind("activity-record")
    document = kind.document(field.vault.questions, field.choice(), field.clock.now())
    assert count_pages(to_pdf(document)) > 10


def test_the_evidence_of_a_statement_stands_by_category_and_tells_for_against_and_what_is_thin(field: Hostile) -> None:
    text = told(field, "evidence-pack")
    for words in (
        "6 notes; a note in two categories counts once", "1 note a strength, 5 notes a shortfall",
        "Observation: 4 notes", "1 more source to go", "nothing yet; 3 notes from 2 sources are enough",
        "[exact words left out]", PARAPHRASE, ADDED_WORDS, "Interview 01", "collected",
        "1 note is held", "1 note is restricted to named people",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("Ten beds were closed") < text.index(EMOJI), "in order of time"


def test_the_schedule_of_unused_material_tells_that_it_exists_and_not_what_it_says(field: Hostile) -> None:
    text = told(field, "unused-material")
    for words in (
        "Note that was withdrawn",
        "Note for named people alone",
        "Ward 4",
        "Note in exact words",
        "1 note is",
    ):
        assert words in text, words
    for words in (PARAPHRASE, EMOJI, ADDED_WORDS, "Ten beds", "Director", "Ran out of time"):
        assert words not in text, words


def test_a_note_that_a_judgement_cites_is_not_unused(field: Hostile) -> None:
    before = told(field, "unused-material")
    assert field.plain.id[-8:] in before
    new = NewJudgement(
        assessment=field.assessment.id, text="Closed beds", value=2, relied_on=(field.plain.id,),
        judged=Judged(pack=field.framework.id, subject=field.framework.statements[0].id),
    )  # fmt: skip
    do(field.vault, lambda uow: judge(uow, field.framework, new))
    after = told(field, "unused-material")
    assert field.plain.id[-8:] not in after
    assert "0 findings and 1 judgement" in after


def test_the_custody_log_has_every_account_with_its_hash_and_not_a_word(field: Hostile) -> None:
    do(field.vault, lambda uow: uow.note_exported(field.assessment.id))
    do(field.vault, lambda uow: uow.note_exported(new_id()))
    text = told(field, "custody-log")
    revisions = list(field.vault.questions.revisions(field.assessment.id))
    assert all(one.hash in text for one in revisions)
    assert f"{len(revisions):,}, of which 0 have the office" in text
    for words in ("Note: withdrawn", "Words added to a note: made", "no receipt", "(this one)", "A. Lead"):
        assert words in text, words
    assert text.count("Exported") == 2, "once in each medium: what was exported of another assessment is not told"
    for words in (PARAPHRASE, EMOJI, ADDED_WORDS, "Ten beds", "Director"):
        assert words not in text, words


def test_coverage_tells_each_cell_in_words_and_numbers_and_each_gap_with_what_to_do(field: Hostile) -> None:
    first = field.framework.statements[0]
    gap = f"{field.framework.id}/{first.id}"
    for text in ("Ask the site manager", f"Act on this: {HELD_WORDS}"):
        new = Proposal(section=Section.GAP, text=text, gap=gap)
        do(field.vault, lambda uow, new=new: take_over(uow, field.visit.id, DAY, new))  # type: ignore[misc]
    text = told(field, "coverage")
    for words in (
        "of 102 needed cells have enough", "Enough 5", "Thin 2", "Gap 0", "Enough is 3 notes from 2 sources",
        "nothing yet", "Talk with people who use services", "Ask for documents or figures", "Ask the site manager",
        "1 action is not told",
    ):  # fmt: skip
        assert words in text, words


def test_feedback_to_leaders_tells_no_score_no_rating_no_name_and_nobody_who_could_be_known(field: Hostile) -> None:
    safe = "Ward teams know their patients", "How are closed beds decided on?"
    unsafe = (
        f"We heard: {WITHDRAWN_WORDS}", f"Look into: {HELD_WORDS}", f"Ask of {RESTRICTED_WORDS}", UNQUOTED_WORDS,
        "The ward scored 3 here", "Governance is outstanding", "It was rated highly", "66 % of them agree",
        "One said “nobody asks us”", "The Chair of Northshire ICB is unsure", "A. Lead saw it", "p7 told us so",
    )  # fmt: skip
    for section, text in ((Section.ASSURE, safe[0]), *((Section.LEADERS, one) for one in (safe[1], *unsafe))):
        new = Said(section=section, text=text)
        do(field.vault, lambda uow, new=new: add_item(uow, field.visit.id, DAY, new))  # type: ignore[misc]
    do(field.vault, lambda uow: add_person(uow, field.visit, "p7", "Patient"))
    alone = field.vault.questions.entries(EntryFilter(activity=field.talk.id))[0]
    of_one = Said(section=Section.LEADERS, text="Night staffing is thin", notes=(alone.entry.id,))
    do(field.vault, lambda uow: add_item(uow, field.visit.id, DAY, of_one))
    text = told(field, "leaders-feedback")
    for words in (*safe, "Fewer than 5 interviews", "1 observation", f"{len(unsafe) + 1} were left out"):
        assert words in text, words
    for words in (*unsafe, "Night staffing", "A. Lead", "Interview 01", "Director"):
        assert words not in text, words
