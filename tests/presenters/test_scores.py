"""The page Scores over a real vault: a judgement, what it does to the board, what is only tried out, the trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.reports.blocks import Document
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.scores.lines import LineKind, figure_working
from ui.presenters.scores.page import ScoresPage, way
from ui.presenters.services import Failed, Session


@pytest.fixture
def page(room: Room) -> ScoresPage:
    session: Session = room.session
    facts = way().read(session, room.vault.questions, room.activity.assessment)
    made: list[str] = []
    return ScoresPage(session, facts, made.append)


def _statement(page: ScoresPage, place: int = 0) -> str:
    lines = [one for one in page.state.lines if one.kind is LineKind.STATEMENT]
    page.choose(lines[place].key)
    return lines[place].subject


def _judge(room: Room, page: ScoresPage, value: str, place: int = 0) -> None:
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
    form.submit()


def test_a_judgement_moves_its_line_and_the_figures_above_it(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    line = page.state.line
    assert page.state.panel is None
    assert line is not None
    assert (line.status, line.is_open) == ("3, a good standard · One assessor's score", False)
    overall = page.state.lines[0]
    assert "Provisional · 3/4, no rating · 16 not scored" in overall.status
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
    assert page.state.line.status.startswith("Too little evidence")


def test_what_is_tried_out_changes_figures_and_no_record(room: Room, page: ScoresPage) -> None:
    _judge(room, page, "3")
    before = list(room.vault.questions.records("judgement", assessment=room.activity.assessment))
    page.try_out(1)
    assert page.state.tried
    assert "Provisional · 1/4" in page.state.lines[0].status
    assert page.state.line is not None
    assert page.state.line.status.startswith("Tried out: 1, significant shortfalls · saved: 3")
    page.stop_trying()
    assert "Provisional · 3/4" in page.state.lines[0].status
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
    assert "3/4" in str(saved[0].blocks)
    assert "1/4" not in str(saved[0].blocks)
    assert "Trace saved in scores.pdf" in page.state.notice
    page.close()
