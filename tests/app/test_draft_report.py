"""The draft report from a real vault: taken out at any moment, missing parts named, nothing of what counts no more."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from fieldkit.app.draft_report import draft_report
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.findings import NewCitation
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.app.scores import NewJudgement, judge
from fieldkit.app.sections import place_of, read_sections, write_section
from fieldkit.domain.assessment import Activity
from fieldkit.domain.draft_report import DraftReport
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.section import Part, Section
from fieldkit.frameworks.library import Library
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.reports.blocks import Document
from fieldkit.reports.draft_report import compose, compose_findings
from fieldkit.reports.plain import to_plain
from storage.vault import OpenVault
from tests.app.test_findings import WORDS, Desk
from tests.support.vaults import do

AT = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


@pytest.fixture
def desk(vault: OpenVault, board: Activity, ics: Framework) -> Desk:
    return Desk(vault, board, ics)


def plain(document: Document) -> str:
    """As one line: the setter breaks lines where they are full."""
    return " ".join(to_plain(document).split())


def _made(desk: Desk, **more: bool) -> DraftReport:
    assessment = desk.vault.questions.assessment(desk.activity.assessment)
    return draft_report(desk.vault.questions, assessment, desk.ics, AT, **more)


def _write(desk: Desk, part: Part, subject: str, text: str) -> Section:
    place = place_of(desk.ics, part, subject)
    return do(desk.vault, lambda uow: write_section(uow, desk.ics, desk.activity.assessment, place, text))


def _append(made: Section, uow: UnitOfWork) -> None:
    uow.append(made.id, made, assessment=made.assessment)


def test_an_empty_assessment_has_a_whole_report_that_names_all_that_is_missing(desk: Desk) -> None:
    found = _made(desk)
    said = plain(compose(found))
    assert len(found.missing) == 1 + 3 + 17 + 17
    assert "Q2 Learning culture: no finding yet." in said
    assert "Direction of travel: Leadership" in said
    assert "No findings yet." in plain(compose_findings(found))


def test_findings_judgements_and_written_parts_stand_by_theme_and_voices_are_counted_once(desk: Desk) -> None:
    note = desk.note(speaker="s1")
    desk.add(NewCitation(note=note), sentence="Learning reaches the night team late.")
    _write(desk, Part.DIRECTION, "Q", "Improving since the last visit.\n\nSlowly.")
    _write(desk, Part.MESSAGE, "lc", "Share learning sooner.")
    judged = Judged(pack="ics", subject=desk.ics.statements[1].id)
    new = NewJudgement(assessment=desk.activity.assessment, judged=judged, text="Late", value=2, relied_on=(note,))
    do(desk.vault, lambda uow: judge(uow, desk.ics, new))
    found = _made(desk)
    said = plain(compose(found))
    for words in (
        "Improving since",
        "Share learning sooner.",
        "Learning reaches the night team late.",
        "A. Lead: Late",
    ):
        assert words in said
    staff = next(one for one in found.themes[0].heard if one.who == "Staff")
    assert (staff.notes, staff.sources, found.themes[0].notes) == (1, 1, 1)
    assert "no rating" not in said
    assert "So far 2 out of 4, 50%, no rating (provisional). 5 not scored yet" in plain(
        compose(_made(desk, ratings=True))
    )
    assert WORDS in plain(compose_findings(found))


def test_a_withdrawn_notes_words_leave_in_no_table_no_sentence_and_no_text(desk: Desk) -> None:
    note = desk.note()
    desk.add(
        NewCitation(note=note), sentence="We heard: nobody told the night team.", claim="Nobody told the night team"
    )
    _write(desk, Part.MESSAGE, "lc", "As one said, nobody told the night team.")
    do(desk.vault, lambda uow: withdraw_entry(uow, note, "Consent was taken back"))
    found = _made(desk)
    for said in (plain(compose(found)), plain(compose_findings(found))):
        assert "night team" not in said.casefold()
        assert "Left out: it repeats words of a note" in said
    assert "F1: A note under it was withdrawn." in found.missing


def test_a_restricted_note_lends_a_report_no_words(desk: Desk) -> None:
    note = desk.note()
    desk.add(NewCitation(note=note), sentence="We heard: nobody told the night team.")
    do(desk.vault, lambda uow: restrict(uow, note, NewRestriction(reason="Safeguarding")))
    found = _made(desk)
    for said in (plain(compose(found)), plain(compose_findings(found))):
        assert "night team" not in said.casefold()
    assert "For named people alone" in plain(compose_findings(found))


def test_a_part_that_two_laptops_wrote_stands_with_both_texts_until_it_is_written_anew(desk: Desk) -> None:
    place = place_of(desk.ics, Part.SUMMARY, "")
    for text in ("One system.", "Two systems."):
        made = Section(
            id=RecordId(new_id()), assessment=desk.activity.assessment, pack="ics", part=Part.SUMMARY, subject="",
            text=text,
        )  # fmt: skip
        do(desk.vault, partial(_append, made))
    assert [text for _, text in _made(desk).summary.texts] == ["One system.", "Two systems."]
    _write(desk, Part.SUMMARY, "", "One system of two.")
    written = next(
        one for one in read_sections(desk.vault.questions, desk.activity.assessment, desk.ics) if one.place == place
    )
    assert written.texts == ("One system of two.",)
