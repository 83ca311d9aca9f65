"""From an accepted comment to the finding or the part of the report that it changes, and onto the table of changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.app.accuracy import NewAnswer, NewComment, add_comment, answer, send_out
from fieldkit.app.accuracy_report import accuracy_page
from fieldkit.app.accuracy_rows import CommentRow, comments_of
from fieldkit.app.accuracy_texts import change_text, changed_by, target_of, texts_for
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.findings import NewFinding, add_finding, change_finding, finding
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.sections import place_of, write_section
from fieldkit.domain.accuracy import AccuracyAnswer, AccuracyComment, Says
from fieldkit.domain.assessment import Activity
from fieldkit.domain.finding import Finding
from fieldkit.domain.framework import Framework
from fieldkit.domain.section import Part
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.reports.accuracy import compose, compose_changes
from fieldkit.reports.draft_report import LEFT_OUT
from fieldkit.reports.plain import to_plain
from storage.vault import OpenVault
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import do, note, quick_keys

SHA = "ab" * 32
LATE = "The winter plan was renewed in October, after the visit."


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


@pytest.fixture
def comment(vault: OpenVault, board: Activity) -> AccuracyComment:
    return _commented(vault, board)


@pytest.fixture
def found(vault: OpenVault, board: Activity, ics: Framework) -> Finding:
    return _found(vault, board, ics)


def _commented(vault: OpenVault, board: Activity, paragraph: str = "3.2") -> AccuracyComment:
    def both(uow: UnitOfWork) -> AccuracyComment:
        (sent,) = send_out(uow, board.assessment, ["Northshire ICB"], "Draft 1", SHA)
        new = NewComment(paragraph=paragraph, says=Says.ADDITIONAL, text="It was renewed in May")
        return add_comment(uow, sent.id, new)

    return do(vault, both)


def _found(vault: OpenVault, board: Activity, ics: Framework, sentence: str = LATE) -> Finding:
    def several(uow: UnitOfWork) -> Finding:
        other = NewFinding(statement=ics.statements[0].id, claim="Leaders are visible")
        add_finding(uow, ics, board.assessment, other)
        new = NewFinding(statement=ics.statements[1].id, claim="The winter plan came late", sentence=sentence)
        return add_finding(uow, ics, board.assessment, new)

    return do(vault, several)


def _accept(vault: OpenVault, comment: AccuracyComment, was: str = "", becomes: str = "") -> AccuracyAnswer:
    new = NewAnswer(accepted=True, reason="The minutes show it", was=was, becomes=becomes)
    return do(vault, lambda uow: answer(uow, comment.id, new))


def _row(vault: OpenVault, comment: AccuracyComment) -> CommentRow:
    return next(one for one in comments_of(vault.questions, comment.assessment) if one.row.record == comment.id)


def _said(vault: OpenVault, comment: AccuracyComment, ics: Framework) -> tuple[str, str]:
    assessment = vault.questions.assessment(comment.assessment)
    page = accuracy_page(vault.questions, assessment, datetime(2026, 11, 30, tzinfo=UTC), ics)
    return " ".join(to_plain(compose(page)).split()), " ".join(to_plain(compose_changes(page)).split())


def test_the_finding_that_a_comment_speaks_of_comes_first(
    vault: OpenVault, comment: AccuracyComment, found: Finding, board: Activity, ics: Framework
) -> None:
    _accept(vault, comment, "in October", "in May")
    assert texts_for(vault.questions, ics, _row(vault, comment))[0].key == f"finding/{found.id}", "by its words"
    for paragraph in (f"{found.reference}, second sentence", f"{ics.statements[1].position}, line 3"):
        other = _commented(vault, board, paragraph)
        assert texts_for(vault.questions, ics, _row(vault, other))[0].key == f"finding/{found.id}", paragraph


def test_a_finding_changes_because_of_a_comment_and_the_table_of_changes_names_it(
    vault: OpenVault, comment: AccuracyComment, found: Finding, ics: Framework
) -> None:
    now = "The winter plan was renewed in May, before the visit."
    with pytest.raises(Mistake, match=r"accuracy\.not_accepted"):
        do(vault, lambda uow: change_text(uow, ics, comment.id, f"finding/{found.id}", now))
    _accept(vault, comment)
    do(vault, lambda uow: change_text(uow, ics, comment.id, f"finding/{found.id}", now))
    assert changed_by(vault.questions, comment.assessment) == {found.id: (comment.reference,)}
    after = finding(vault.questions, found.id)
    assert (after.sentence, after.claim, after.statement) == (now, found.claim, found.statement)
    whole, changes = _said(vault, comment, ics)
    for said in (whole, changes):
        for words in (f"Finding {found.reference}, {ics.statements[1].position}", LATE, now):
            assert words in said
    again = NewFinding(statement=found.statement, claim=found.claim, sentence="Changed once more, for another reason")
    do(vault, lambda uow: change_finding(uow, ics, found.id, again))
    assert now in _said(vault, comment, ics)[1], "what the comment changed, and not what came later"
    with pytest.raises(Mistake, match=r"accuracy\.same_words"):
        do(vault, lambda uow: change_text(uow, ics, comment.id, f"finding/{found.id}", again.sentence))
    assert vault.verify() == []


def test_changed_twice_because_of_one_comment_is_one_change_from_first_to_last(
    vault: OpenVault, comment: AccuracyComment, found: Finding, ics: Framework
) -> None:
    _accept(vault, comment)
    for words in ("Renewed in June.", "Renewed in May."):
        do(vault, lambda uow, words=words: change_text(uow, ics, comment.id, f"finding/{found.id}", words))  # type: ignore[misc]
    changes = _said(vault, comment, ics)[1]
    assert (LATE in changes, "Renewed in May." in changes, "Renewed in June." in changes) == (True, True, False)


def test_a_part_of_the_report_changes_too_written_before_or_not(
    vault: OpenVault, comment: AccuracyComment, ics: Framework
) -> None:
    _accept(vault, comment)
    where = ics.statements[1]
    key = f"text/message/{where.id}"
    do(vault, lambda uow: change_text(uow, ics, comment.id, key, "The plan is of May."))
    assert "Nothing was written" in _said(vault, comment, ics)[1]
    place = place_of(ics, Part.SUMMARY, "")
    do(vault, lambda uow: write_section(uow, ics, comment.assessment, place, "Plans are late."))
    target = target_of(ics, texts_for(vault.questions, ics, _row(vault, comment)), "summary")
    do(vault, lambda uow: change_text(uow, ics, comment.id, target.key, "Plans are of May."))
    changes = _said(vault, comment, ics)[1]
    for words in (f"Key messages, {where.position} {where.title}", "Plans are late.", "Plans are of May."):
        assert words in changes
    for key in ("finding/none", "text/message/none"):
        with pytest.raises(Mistake):
            do(vault, lambda uow, key=key: change_text(uow, ics, comment.id, key, "x"))  # type: ignore[misc]


def test_a_name_finds_the_finding_or_the_messages_of_a_statement(
    vault: OpenVault, comment: AccuracyComment, found: Finding, ics: Framework
) -> None:
    texts = texts_for(vault.questions, ics, _row(vault, comment))
    assert target_of(ics, texts, found.reference.lower()).key == f"finding/{found.id}"
    assert target_of(ics, texts, ics.statements[2].position).key == f"text/message/{ics.statements[2].id}"
    with pytest.raises(Mistake, match=r"accuracy\.no_target"):
        target_of(ics, texts, "F99")


def test_words_of_a_note_that_counts_no_more_are_not_in_the_table_of_changes(
    tmp_path: Path, clock: FixedClock, ics: Framework
) -> None:
    words = "Nobody told us about the winter plan at all"
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        seen = note(two.mine, two.meeting, words)
        found = _found(two.mine, two.meeting, ics, f"Staff said: {words}.")
        comment = _commented(two.mine, two.meeting)
        two.meet()
        _accept(two.theirs, comment, f"Staff said: {words}.", "Staff were told in May.")
        two.there(lambda uow: change_text(uow, ics, comment.id, f"finding/{found.id}", "Staff were told in May."))
        assert words in _said(two.theirs, comment, ics)[1]
        two.meet()
        two.here(lambda uow: withdraw_entry(uow, seen.id, "Said in confidence"))
        for said in _said(two.mine, comment, ics):
            assert words not in said
            assert LEFT_OUT in said
            assert "Staff were told in May." in said
        two.close()
