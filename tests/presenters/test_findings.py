"""The page Findings over a real vault: made, linked and undone, brought from Evidence, the texts of the report."""

from __future__ import annotations

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import EntryId
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.findings.known import KnownUses
from ui.presenters.findings.lines import LineKind
from ui.presenters.findings.page import FindingsPage, way
from ui.presenters.services import Session


@pytest.fixture
def page(room: Room) -> FindingsPage:
    session: Session = room.session
    facts = way().read(session, room.vault.questions, room.activity.assessment)
    opened: list[str] = []
    made = FindingsPage(session, facts, opened.append, lambda: None)
    made.opened = opened  # type: ignore[attr-defined]
    return made


def _note(room: Room, page: FindingsPage, words: str = "Nobody told the night team") -> EntryId:
    item = EvidenceItem.new(
        page.framework.id, page.framework.statements[1].id, page.framework.categories[0].id, Bearing.SHORTFALL
    )
    return do(room.vault, lambda uow: record_entry(uow, room.activity, NewEntry(text=words, evidence=(item,)))).id


def _add(page: FindingsPage, claim: str = "Learning is shared late", place: int = 1) -> None:
    statements = [one for one in page.state.lines if one.kind is LineKind.STATEMENT]
    page.choose(statements[place].key)
    page.edit()
    assert page.state.panel is not None
    page.state.panel.form.put("claim", claim)
    page.state.panel.form.put("bearing", "shortfall")
    page.state.panel.form.submit()
    assert page.state.panel is None


def test_a_finding_is_made_on_its_statement_and_chosen(room: Room, page: FindingsPage) -> None:
    _add(page)
    assert page.state.view is not None
    assert (page.state.line and page.state.line.title) == "F1  Learning is shared late"
    assert page.state.notice == "Finding F1 added"
    page.edit()
    assert page.state.panel is not None
    page.state.panel.form.put("strength", "strong")
    page.state.panel.form.submit()
    assert page.state.panel is not None
    assert [one.field for one in page.state.panel.form.state.errors] == ["why"]


def test_a_link_is_one_undo_and_a_note_that_stands_elsewhere_is_told(room: Room, page: FindingsPage) -> None:
    note = _note(room, page)
    _add(page)
    page.seek("")
    page.on_note(note)
    page.toggle()
    assert [(one.note, one.side) for one in page.state.notes] == [(note, Side.AGREES)]
    assert room.session.undo.undo()
    assert [one.side for one in page.state.notes] == [None]
    assert room.session.undo.redo()
    page.toggle(Side.CONTRADICTS)
    assert [one.side for one in page.state.notes] == [Side.CONTRADICTS]
    assert room.session.undo.undo()
    assert [one.side for one in page.state.notes] == [Side.AGREES]
    _add(page, "Nights are thin")
    assert page.state.notes[0].status == (
        "Not linked · This note already supports finding F1 under Learning culture. It counts once"
    )
    page.on_note(note)
    page.open_note()
    assert getattr(page, "opened") == [note]  # noqa: B009 - the fixture's own


def test_notes_that_were_chosen_on_evidence_wait_for_their_finding(room: Room, page: FindingsPage) -> None:
    note = _note(room, page)
    room.session.uses = uses = KnownUses(room.session)
    _add(page)
    uses.hand((note,))
    page.look(is_up=True)
    assert list(page.state.waiting) == [note]
    page.edit()
    assert list(page.state.waiting) == []
    assert page.state.view is not None
    assert page.state.view.value.notes == (note,)
    uses.load()
    assert uses.words(note) == ("F1 under Learning culture",)
    place = (room.activity.assessment, page.framework.id, page.framework.statements[1].id)
    assert uses.claims(*place) == ("F1 Learning is shared late",)
    uses.close()


def test_a_part_of_a_note_is_cited_and_a_text_of_the_report_is_written(room: Room, page: FindingsPage) -> None:
    note = _note(room, page)
    _add(page)
    page.on_note(note)
    page.cite_part()
    assert page.state.panel is not None
    page.state.panel.form.put("words", "the night team")
    page.state.panel.form.submit()
    assert page.state.view is not None
    assert page.state.view.cited[0].words == "the night team"
    page.show_texts(is_on=True)
    page.choose(page.state.lines[0].key)
    page.edit()
    assert page.state.panel is not None
    page.state.panel.form.put("text", "One system.")
    page.state.panel.form.submit()
    assert (page.state.lines[0].title, page.state.lines[0].status) == ("Summary", "One system.")
    page.close()
