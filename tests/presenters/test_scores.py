"""The page Scores over a real vault: a judgement, what it does to the board, what is only tried out, the trace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.records import keep
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.domain.method import ScoredAt
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from fieldkit.reports.blocks import Document
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.forms import Form, Option
from ui.presenters.scores.lines import LineKind, figure_working, hidden_words, history_words
from ui.presenters.scores.page import ScoresPage, way
from ui.presenters.scores.reading import read_board
from ui.presenters.services import Failed, Session


@pytest.fixture
def page(room: Room) -> ScoresPage:
    session: Session = room.session
    facts = way().read(session, room.vault.questions, room.activity.assessment)
    made: list[str] = []
    page = ScoresPage(session, facts, made.append)
    page.look(is_up=True)
    return page


def _statement(page: ScoresPage, place: int = 0) -> str:
    lines = [one for one in page.state.lines if one.kind is LineKind.STATEMENT]
    page.choose(lines[place].key)
    return lines[place].subject


def _judgement(room: Room, page: ScoresPage, value: int) -> Judgement:
    return Judgement(
        id=RecordId(new_id()), assessment=room.activity.assessment, text="Seen", value=value,
        judged=Judged(pack=page.framework.id, subject=page.framework.statements[0].id),
    )  # fmt: skip


def _judge(room: Room, page: ScoresPage, value: str, place: int = 0) -> None:
    _fill(room, page, value, place).submit()


def _fill(room: Room, page: ScoresPage, value: str, place: int = 0) -> Form:
    subject = _statement(page, place)
    item = EvidenceItem.new(page.framework.id, subject, page.framework.categories[0].id)
    do(room.vault, lambda uow: record_entry(uow, room.activity, NewEntry(text="Waits fell", evidence=(item,))))
    page.judge()
    assert page.state.panel is not None
    form = page.state.panel.form
    offered = next(one for one in form.fields if one.name == "relied_on").options
    form.put("text", "Some wait too long")
    form.put("value", value)
    form.put("relied_on", offered[0].value)
    return form


def test_a_judgement_moves_its_line_and_the_figures_above_it(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    line = page.state.line
    assert page.state.panel is None
    assert line is not None
    assert (line.status, line.is_open) == ("Provisional · 3, a good standard · One assessor's score", False)
    overall = page.state.lines[0]
    assert "Provisional · So far 3 out of 4, 75%, no rating · 16 not scored" in overall.status
    assert "No rating is shown until everything is scored." in figure_working(page.state.board, overall.subject)
    assert page.mine is not None


def test_a_score_without_evidence_is_told_at_its_field_and_nothing_is_saved(room: Room, page: ScoresPage) -> None:
    _statement(page)
    page.judge()
    assert page.state.panel is not None
    form = page.state.panel.form
    form.put("text", "Thin")
    form.put("value", "3")
    form.submit()
    assert page.state.panel is not None
    said = [one.text for one in form.state.errors] + [form.state.fault]
    assert any("Add at least one piece of evidence" in one for one in said)
    form.put("value", "insufficient")
    form.submit()
    assert page.state.panel is None
    assert page.state.line is not None
    assert page.state.line.status.startswith("Provisional · Too little evidence")


def test_what_a_judgement_cites_and_is_not_here_stands_in_the_form_by_its_id(room: Room, page: ScoresPage) -> None:
    gone = EntryId(new_id())
    made = replace(_judgement(room, page, 2), relied_on=(gone,))
    room.session.workspace.perform(lambda uow: keep(uow, made))
    _statement(page)
    page.judge()
    assert page.state.panel is not None
    offered = next(one for one in page.state.panel.form.fields if one.name == "relied_on").options
    assert offered == (Option(gone, f"Note {gone[-8:]}, not on this laptop"),)


def test_a_hidden_page_reads_nothing_until_it_is_looked_at(room: Room, page: ScoresPage) -> None:
    page.look(is_up=False)
    before = page.state.board
    made = _judgement(room, page, 4)
    room.session.workspace.perform(lambda uow: keep(uow, made))
    assert page.state.board is before
    page.look(is_up=True)
    assert page.state.board.scores.overall is not None
    assert str(page.state.board.scores.overall.share) == "4/4"


def test_notes_are_read_once_they_come_to_rest(room: Room, page: ScoresPage) -> None:
    before = page.state.coverage
    item = EvidenceItem.new(page.framework.id, page.framework.statements[0].id, page.framework.categories[0].id)
    new = NewEntry(text="Waits fell", evidence=(item,))
    for _ in range(3):
        room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, new))
    assert page.state.coverage is before
    room.later.pass_seconds(0.4)
    assert page.state.coverage is not before


@pytest.mark.parametrize(
    ("level", "first"),
    [
        (ScoredAt.EVIDENCE_CATEGORY, "Q1 Supporting people to live healthier lives: "),
        (ScoredAt.THEME, "Quality and safety"),
    ],
)
def test_packs_that_score_categories_or_themes_are_judged_on_the_same_page(
    room: Room, level: ScoredAt, first: str
) -> None:
    facts = way().read(room.session, room.vault.questions, room.activity.assessment)
    pack = replace(facts.frameworks[0], method=replace(facts.frameworks[0].method, scored_at=level))
    today = room.session.clock.now().date()
    read = read_board(room.vault.questions, facts.assessment, pack, (), today)
    page = ScoresPage(room.session, replace(facts, frameworks=(pack,), read=read), lambda _: None)
    page.look(is_up=True)
    line = next(one for one in page.state.lines if one.kind is LineKind.STATEMENT)
    assert line.title.startswith(first)
    page.choose(line.key)
    item = EvidenceItem.new(pack.id, pack.statements[0].id, pack.categories[0].id)
    do(room.vault, lambda uow: record_entry(uow, room.activity, NewEntry(text="Waits fell", evidence=(item,))))
    page.judge()
    assert page.state.panel is not None
    form = page.state.panel.form
    offered = next(one for one in form.fields if one.name == "relied_on").options
    for name, value in (("text", "Late"), ("value", "2"), ("relied_on", offered[0].value)):
        form.put(name, value)
    form.submit()
    assert page.state.line is not None
    assert page.state.line.status.startswith("Provisional · 2, some shortfalls")
    page.try_out(3)
    assert "Tried out, provisional: 3" in page.state.line.status
    page.moderate()
    assert page.state.panel is not None


def test_a_changed_score_is_one_step_of_undo_and_every_account_stays(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    _judge(room, page, "2")

    def score() -> int | None:
        assert page.mine is not None
        return page.mine.value.value

    assert score() == 2
    room.session.undo.undo()
    assert score() == 3
    room.session.undo.redo()
    assert score() == 2
    room.session.undo.undo()
    room.session.undo.undo()
    assert score() is None, "its words stay: nothing is ever removed"
    page.show_history()
    assert page.state.history is not None
    assert len(page.state.history) == 6


def test_the_next_statement_without_a_score_is_found_past_those_that_have_one(room: Room, page: ScoresPage) -> None:
    page.choose_unscored()
    first = page.state.line
    assert first is not None
    assert first.kind is LineKind.STATEMENT
    _judge(room, page, "3")
    _judge(room, page, "3", place=1)
    page.choose(page.state.lines[0].key)
    page.choose_unscored()
    assert page.state.line is not None
    assert page.state.line.subject == page.framework.statements[2].id


def test_control_enter_saves_and_opens_the_next_statement_without_a_score(room: Room, page: ScoresPage) -> None:
    statements = page.framework.statements
    _judge(room, page, "3", place=1)
    _fill(room, page, "2")
    page.save_and_go_on()
    assert page.state.line is not None
    assert page.state.line.subject == statements[2].id, "the second has a score"
    assert page.state.panel is not None
    assert page.state.panel.form.state.values["text"] == ""
    page.save_and_go_on()
    assert page.state.panel is not None
    assert page.state.panel.form.state.errors, "nothing was written: it stays open"
    assert page.state.line.subject == statements[2].id
    form = _fill(room, page, "3", place=2)
    form.submit()
    assert page.state.panel is None, "the button saves and goes nowhere"


def test_history_is_shown_on_demand_and_a_blind_round_is_said(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    page.show_history()
    assert page.state.history is not None
    told = history_words(page.state.history, room.session.clock.now().date())
    assert told[0][1] == "3, a good standard. Some wait too long"
    page.show_history()
    assert page.state.history is None
    page.score_blind(is_on=True)
    assert page.state.read.is_blind
    assert page.settled is not None
    assert hidden_words(replace(page.settled, hidden=2), page.noun) == (
        ("Hidden", "2 other assessors have scored this. You see it once your own score is saved."),
    )


def test_what_is_tried_out_changes_figures_and_no_record(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    before = list(room.vault.questions.records("judgement", assessment=room.activity.assessment))
    page.try_out(1)
    assert page.state.tried
    assert page.state.lines[0].status.startswith("Tried out · Provisional · So far 1 out of 4")
    assert page.state.lines[1].status.startswith("Tried out · ")
    assert not page.state.lines[-1].status.startswith("Tried out")
    assert page.state.line is not None
    assert page.state.line.status.startswith("Tried out, provisional: 1, significant shortfalls · saved: 3")
    page.stop_trying()
    assert "Provisional · So far 3 out of 4" in page.state.lines[0].status
    assert list(room.vault.questions.records("judgement", assessment=room.activity.assessment)) == before


def test_the_trace_is_saved_without_what_was_tried_out(room: Room, page: ScoresPage, tmp_path: Path) -> None:
    _judge(room, page, "3")
    page.try_out(1)
    saved: list[Document] = []

    class Papers:
        def save_document(self, path: Path, document: Document, done: object, failed: Failed) -> None:
            saved.append(document)
            done()  # type: ignore[operator]

    page.print_to(lambda: str(tmp_path / "scores.pdf"), Papers())  # type: ignore[arg-type]
    assert "So far 3 out of 4" in str(saved[0].blocks)
    assert "So far 1 out of 4" not in str(saved[0].blocks)
    assert "Trace saved in scores.pdf" in page.state.notice
    page.close()
