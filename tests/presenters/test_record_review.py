"""Record review without a screen: nothing is noted before it is said whose record it is; only what changed is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.people import add_person
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import ActivityKind
from fieldkit.reports.blocks import Document
from fieldkit.reports.plain import to_plain
from tests.presenters.interviews import Bench
from tests.presenters.room import Room
from ui.presenters.log.amend import REASONS
from ui.presenters.record.page import RecordPage, way
from ui.presenters.record.state import FormKind

ANSWERS = {
    "whose": "c03", "what": "Care plan", "why": "Who agreed the discharge", "basis": "power", "power": "section 63",
    "capacity": "not_applicable", "told": "after", "copied": "no",
}  # fmt: skip


def _page(room: Room, record: str) -> RecordPage:
    facts = room.session.workspace.ask(lambda q: way().read(room.session, q, record)).result()
    return RecordPage(Bench(session=room.session), facts)


@pytest.fixture
def page(room: Room) -> Iterator[RecordPage]:
    visit = room.vault.questions.visit(room.activity.visit)
    review = room.vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.RECORD_REVIEW, "Care plans"))[0]
    made = _page(room, review.id)
    yield made
    made.close()


def _open(room: Room, page: RecordPage, **more: str) -> None:
    if page.state.form is None:
        page.open_record()
    form = page.state.form
    assert form is not None
    for name, text in {**ANSWERS, **more}.items():
        form.form.put(name, text)
    form.form.submit()
    room.later.pass_seconds(0)


def _note(room: Room, page: RecordPage, text: str) -> None:
    line = page.noting.box.line
    for end in range(1, len(text) + 1):
        line.typed(text[:end], end)
    page.noting.save()
    room.later.pass_seconds(0)


def test_the_form_comes_first_and_says_everything_that_is_missing_at_once(room: Room, page: RecordPage) -> None:
    form = page.state.form
    assert form is not None
    assert form.kind is FormKind.OPEN
    form.form.put("whose", "Mrs Okafor")
    form.form.put("capacity", "yes")
    form.form.submit()
    assert {one.field: one.text for one in form.form.state.errors}.keys() == {
        "whose", "what", "why", "basis", "capacity_how", "told", "copied",
    }  # fmt: skip
    _open(room, page, capacity_how="Asked their nurse")
    assert page.state.form is None
    assert [row.title for row in page.state.rows] == ["A-AO-1  C03, Care plan"]
    assert "0 notes" in page.state.rows[0].status


def test_what_is_typed_waits_at_its_record_and_each_note_belongs_to_the_one_that_is_shown(
    room: Room, page: RecordPage
) -> None:
    _open(room, page)
    first = page.state.chosen
    _note(room, page, "Agreed on the ward #sp-")
    line = page.noting.box.line
    line.typed("Half a ", 7)
    _open(room, page, whose="P2", what="GP record")
    assert line.state.text == "", "another record is shown"
    _note(room, page, "Reviewed in May")
    assert [row.status.split(" · ")[-1] for row in page.state.rows] == ["1 note", "1 note"]
    assert [row.is_open for row in page.state.rows] == [False, True], "the earlier one was put away"
    page.choose(first)
    assert line.state.text == "Half a "
    rows = room.vault.questions.entries(EntryFilter(activity=page.activity))
    assert {row.entry.text: row.entry.about for row in rows} == {
        "Agreed on the ward": first, "Reviewed in May": page.state.rows[1].key,
    }  # fmt: skip


def test_closing_is_undone_and_done_again_and_consent_taken_back_holds_the_notes(room: Room, page: RecordPage) -> None:
    _open(room, page, basis="consent", consent="spoken")
    _note(room, page, "Review of medicines is late #sp-")
    page.close_record()
    room.later.pass_seconds(0)
    assert not page.state.rows[0].is_open
    room.session.undo.undo()
    room.later.pass_seconds(0)
    assert page.state.rows[0].is_open
    room.session.undo.redo()
    room.later.pass_seconds(0)
    assert not page.state.rows[0].is_open
    page.take_back_consent()
    form = page.state.form
    assert form is not None
    form.form.submit()
    room.later.pass_seconds(0)
    assert page.state.rows[0].is_held
    (row,) = room.vault.questions.entries(EntryFilter(activity=page.activity))
    assert row.barred is not None


class _Counting:
    """Counts the notes that are read of a review, whichever way."""

    def __init__(self, questions: Any) -> None:
        self._questions = questions
        self.read: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._questions, name)

    def entries(self, wanted: EntryFilter) -> Any:
        found = self._questions.entries(wanted)
        self.read.append(len(found))
        return found

    def among(self, wanted: EntryFilter, entries: Any) -> Any:
        found = self._questions.among(wanted, entries)
        self.read.append(len(found[0]))
        return found


def test_a_note_of_hundreds_costs_one_note_and_the_counts_stay_true(
    room: Room, page: RecordPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(room, page)

    def many(uow: Any) -> None:
        for number in range(300):
            record_entry(uow, page.facts.found.activity, NewEntry(text=f"Note {number}"))

    room.session.workspace.perform(many)
    room.later.pass_seconds(1)
    assert page.state.rows[0].status.endswith("300 notes")
    counting = _Counting(room.vault.questions)
    ask = room.session.workspace.ask_then
    monkeypatch.setattr(
        room.session.workspace, "ask_then",
        lambda read, done, failed=None: ask(lambda _: read(counting), done, failed),
    )  # fmt: skip
    _note(room, page, "One more")
    assert page.state.rows[0].status.endswith("301 notes")
    assert max(counting.read) <= 1, counting.read
    (last,) = (row for row in page.noting.rows.rows if row.entry.text == "One more")
    page.noting.actions.withdraw(last.entry.id, REASONS[0], lambda: None, lambda _: None)
    room.later.pass_seconds(1)
    assert page.state.rows[0].status.endswith("300 notes")
    room.session.undo.undo()
    room.later.pass_seconds(1)
    assert page.state.rows[0].status.endswith("301 notes")
    assert max(counting.read) <= 1, counting.read
    room.session.workspace.perform(lambda uow: add_person(uow, uow.questions.visit(room.activity.visit), "s1", "Nurse"))
    room.later.pass_seconds(1)
    assert max(counting.read) <= 1, "who is on the list is no reason to read the notes"
    assert page.state.rows[0].status.endswith("301 notes")


def test_the_access_log_is_printed_whole_without_the_notes(room: Room, page: RecordPage, tmp_path: Path) -> None:
    _open(room, page)
    _note(room, page, "Words of the record")
    saved: list[Document] = []

    class Sheets:
        def save_document(self, path: Path, document: Document, done: Any, failed: Any) -> None:
            saved.append(document)
            done()

    page.save_log(tmp_path / "log.pdf", Sheets())  # type: ignore[arg-type]
    text = to_plain(saved[0])
    assert "C03" in text
    assert "section 63" in text
    assert "Words of the record" not in text
    assert page.state.notice == "Access log saved as log.pdf, and a web copy"
