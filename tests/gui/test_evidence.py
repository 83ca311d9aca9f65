"""The evidence list by keys in the real window: find, select, tag together, one undo, open at the source and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.people import add_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import EvidenceItem
from tests.gui.stage import Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.evidence.evidence_table import EvidenceTable
from ui.views.evidence.evidence_view import EvidenceView

_Key, _Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, twelve notes in its log, Evidence open."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        assert made.bench.log is not None
        visit = made.bench.log.facts.visit
        made.bench.session.workspace.perform(lambda uow: add_person(uow, visit, "ch", "Chair")).result()
        made.settle()
        for n in range(10):
            made.note(f"Papers came late {n}")
        made.note("ch: Who owns the recovery plan? #lc")
        made.note("?Ask for the falls data #sg")
        made.settle()
        _open(made)
        yield made
        made.close()


def _open(stage: Stage, words: str | None = None) -> None:
    if words is None:
        stage.chord(_Key.Key_3)
    else:
        stage.bench.show_evidence(words)
    stage.until(lambda: stage.shows("evidence.filter"))
    stage.settle()


def _table(stage: Stage) -> EvidenceTable:
    found = stage.find("evidence.table")
    assert isinstance(found, EvidenceTable)
    return found


def _rows(stage: Stage) -> list[str]:
    stage.settle()
    model = _table(stage).model() if stage.shows("evidence.table") else None
    return [model.index(at, 4).data() for at in range(model.rowCount())] if model else []


def _notes(stage: Stage) -> list[EntryRow]:
    stage.settle()
    return stage.bench.session.workspace.ask(lambda q: q.entries(EntryFilter(limit=10_000))).result()


def test_ctrl_3_shows_every_note_and_the_box_finds_while_one_types(stage: Stage) -> None:
    assert stage.focus.objectName() == "evidence.filter"
    assert len(_rows(stage)) == 12
    assert _table(stage).accessibleName() == "Evidence, 12 notes"
    stage.type("recov")
    assert _rows(stage) == ["Who owns the recovery plan?"]
    assert _table(stage).accessibleName() == "Evidence, 1 of 12 notes"
    stage.press(_Key.Key_Down)
    assert stage.focus.objectName() == "evidence.table"


def test_details_show_the_first_note_also_where_its_rows_were_quicker_than_the_page(stage: Stage) -> None:
    board = stage.bench.evidence
    assert board is not None
    assert board.rows.rows
    view = EvidenceView(board, lambda _: None, lambda: None, stage.bench.session.say)
    try:
        shown = view.side.findChild(QWidget, "details.add_words")
        assert shown is not None
        assert shown.isVisibleTo(view.side)
    finally:
        view.close_view()
        view.side.deleteLater()
        view.deleteLater()


def test_ten_notes_are_tagged_in_seven_keys_and_one_undo_takes_it_back(stage: Stage) -> None:
    stage.type("papers")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "evidence.table")
    stage.chord(_Key.Key_A)  # two keys
    stage.chord(_Key.Key_T)  # two
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    stage.type("lc")  # two
    stage.press(_Key.Key_Return)  # one
    stage.settle()
    assert sum(bool(row.evidence) for row in _notes(stage)) == 12
    stage.chord(_Key.Key_Z)
    assert sum(bool(row.evidence) for row in _notes(stage)) == 2


def test_space_and_shift_select_and_taking_out_is_announced(stage: Stage) -> None:
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Down, _Held.ShiftModifier)
    stage.press(_Key.Key_Down, _Held.ShiftModifier)
    assert stage.find("evidence.selected").text() == "3 selected"  # type: ignore[attr-defined]
    stage.press(_Key.Key_Space)
    assert stage.window.announcer.messages[-1].text == "Not selected"
    stage.press(_Key.Key_Escape)
    assert not stage.shows("evidence.selected")
    assert stage.bench.state.page is Page.EVIDENCE


def test_esc_in_the_filter_clears_it_first_and_leaves_the_page_only_then(stage: Stage) -> None:
    stage.type("who:ch")
    stage.settle()
    shown = len(_rows(stage))
    stage.press(_Key.Key_Escape)
    stage.settle()
    box = stage.find("evidence.filter")
    assert isinstance(box, QLineEdit)
    assert (stage.bench.state.page, box.text(), box.hasFocus()) == (Page.EVIDENCE, "", True)
    assert len(_rows(stage)) > shown
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is not Page.EVIDENCE)


def test_enter_opens_a_note_at_its_source_and_esc_leads_back(stage: Stage) -> None:
    stage.type("who:ch")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "evidence.table")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    stage.settle()
    row = stage.find("log.table").current_row()  # type: ignore[attr-defined]
    assert row.entry.text == "Who owns the recovery plan?"


def test_what_is_not_understood_is_said_after_enter_and_not_before(stage: Stage) -> None:
    stage.type("qs:xx papers")
    assert not stage.shows("evidence.problems")
    stage.press(_Key.Key_Return)
    assert stage.find("evidence.problems").text().startswith("‘qs:xx’ is not a statement of this pack")  # type: ignore[attr-defined]
    assert stage.focus.objectName() == "evidence.filter"
    stage.settle()
    assert stage.shows("evidence.clear")
    stage.tab_to("evidence.clear")
    stage.press(_Key.Key_Space)
    assert len(_rows(stage)) == 12
    assert stage.focus.objectName() == "evidence.filter"


def test_the_panel_writes_the_words_and_reads_them(stage: Stage) -> None:
    stage.alt(_Key.Key_F)
    stage.until(lambda: stage.focus.objectName() == "filters.is")
    stage.press(_Key.Key_Space)
    box = stage.find("evidence.filter")
    assert isinstance(box, QLineEdit)
    assert box.text() == "is:untagged"
    assert len(_rows(stage)) == 10
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() in ("evidence.filter", "evidence.table")
    stage.chord(_Key.Key_F)
    stage.type("is:question")
    stage.alt(_Key.Key_F)
    boxes = stage.find("filters.is")
    assert isinstance(boxes, QListWidget)
    ticked = [
        boxes.item(at).text() for at in range(boxes.count()) if boxes.item(at).checkState() == Qt.CheckState.Checked
    ]
    assert ticked == ["Follow-up  (is:question)"]


def test_a_saved_filter_is_there_again_after_locking(stage: Stage) -> None:
    stage.type("is:untagged")
    stage.tab_to("evidence.saved")
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.focus.objectName() == "saved.name")
    stage.type("To do\n")
    assert stage.desk.undo.words == "Filter ‘To do’ saved"
    stage.press(_Key.Key_Escape)
    stage.settle()
    stored = stage.bench.session.workspace.ask(lambda q: q.setting("evidence/saved_filters")).result()
    assert stored == '[["To do", "is:untagged"]]'


def test_f2_and_ctrl_delete_work_on_the_note_the_cursor_is_on(stage: Stage) -> None:
    stage.type("falls")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "evidence.table")
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "amend.text")
    stage.type("the last two years")
    stage.press(_Key.Key_Tab)
    stage.type("Left out")
    stage.chord(_Key.Key_Return)
    stage.settle()
    stage.press(_Key.Key_Delete, _Held.ControlModifier)
    stage.until(lambda: stage.focus.objectName() == "withdraw.reason_0")
    stage.press(_Key.Key_Return)
    stage.settle()
    assert _rows(stage) == []
    assert stage.shows("evidence.clear")
    stage.chord(_Key.Key_Z)
    assert _rows(stage) == ["Ask for the falls data"]


def test_alt_and_a_number_moves_the_tags_of_the_selection(stage: Stage) -> None:
    stage.type("qs:lc,sg")
    stage.press(_Key.Key_Return)
    stage.chord(_Key.Key_A)
    stage.alt(_Key.Key_5)
    stage.settle()
    found = [tag.category for row in _notes(stage) for tag in row.evidence]
    assert set(found) == {"processes"}


def test_coverage_leads_to_exactly_the_notes_it_counted(stage: Stage) -> None:
    stage.bench.go(Page.COVERAGE)
    stage.until(lambda: stage.bench.state.page is Page.COVERAGE)
    _open(stage, "qs:lc ec:ob")
    assert _rows(stage) == ["Who owns the recovery plan?"]
    assert stage.focus.objectName() == "evidence.table"


def test_rows_that_shrink_in_a_wider_window_bring_only_measured_ones_into_sight(stage: Stage) -> None:
    activity = stage.bench.log.facts.activity if stage.bench.log else pytest.fail("no log")
    words = "Nobody in the room could name the date of the audit, or who would be asked for it " * 2

    def write(uow: UnitOfWork) -> None:
        for number in range(40):
            record_entry(uow, activity, NewEntry(text=f"{words}{number}"))

    stage.bench.session.workspace.perform(write).result()
    stage.resize(1100, 688)
    stage.until(lambda: len(_rows(stage)) == 52)
    stage.resize(2560, 1440)
    table = _table(stage)
    seen = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
    wrong = [at for at in seen if table.rowHeight(at) != table.delegate.height(table._items.words(at))]
    assert len(seen) > 15
    assert wrong == []


def _many(stage: Stage, count: int) -> None:
    """So many notes at once, as a team's day brings them."""
    assert stage.bench.log is not None
    activity: Activity = stage.bench.log.facts.activity
    tags = (EvidenceItem.new("ics", "learning-culture", "observation"),)
    workspace = stage.bench.session.workspace
    for start in range(0, count, 500):
        workspace.perform(
            lambda uow, start=start: [  # type: ignore[misc]
                record_entry(uow, activity, NewEntry(text=f"Many words about note {n}", evidence=tags))
                for n in range(start, min(start + 500, count))
            ]
        ).result()


def test_ten_thousand_notes_scroll_page_by_page_and_new_ones_move_nothing(stage: Stage) -> None:
    _many(stage, 10_000)
    assert stage.bench.evidence is not None
    stage.bench.evidence.filter_by("note")
    stage.settle()
    table = _table(stage)
    stage.until(lambda: table.accessibleName() == "Evidence, 10,000 of 10,012 notes")
    assert table.model().rowCount() <= 150
    stage.press(_Key.Key_Down)
    for _ in range(60):
        stage.press(_Key.Key_PageDown)
        stage.settle()
    assert table.model().rowCount() > 300
    before, place = table.current_row(), table.verticalScrollBar().value()
    stage.press(_Key.Key_Space)
    _many(stage, 1)
    stage.settle()
    assert table.current_row() == before
    assert table.verticalScrollBar().value() == place + 1
    assert stage.find("evidence.selected").text() == "1 selected"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("percent", "size"), [(100, (1366, 688)), (100, (1092, 534)), (200, (1366, 688)), (200, (1092, 534))]
)
def test_it_can_be_used_by_everybody_in_every_size(stage: Stage, percent: int, size: tuple[int, int]) -> None:
    stage.show_as(Colours.LIGHT, percent, size)
    faults: list[str] = []
    for name, keys in (("list", ""), ("nothing", "zebra"), ("problem", "qs:xx"), ("found", "papers")):
        stage.chord(_Key.Key_F)
        stage.type(keys or " ")
        stage.press(_Key.Key_Return)
        stage.settle()
        faults += [f"{name}: {one}" for one in _faults(stage)]
    stage.chord(_Key.Key_A)
    stage.settle()
    faults += [f"selected: {one}" for one in _faults(stage)]
    for panel in ("filters", "saved_filters"):
        stage.desk.view.commands()[panel]()
        stage.settle()
        faults += [f"panel: {one}" for one in _faults(stage)]
    assert faults == []


def _faults(stage: Stage) -> list[str]:
    window = stage.window
    found = [
        *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
        *clipped(window), *([] if headings(window) else ["no heading"]),
    ]  # fmt: skip
    start = stage.focus
    found += unreachable(window, tab_cycle(start))
    if isinstance(start, QLineEdit):
        start.deselect()
    return found


def test_untagged_notes_are_tagged_one_after_the_other_by_keys_alone(stage: Stage) -> None:
    board = stage.bench.evidence
    assert board is not None
    stage.press(_Key.Key_U, _Held.AltModifier)
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    first = board.panels.state.panel
    assert isinstance(first, TagPicker)
    before = sum(bool(row.evidence) for row in _notes(stage))
    stage.type("lc")
    stage.press(_Key.Key_Return)
    stage.until(lambda: board.panels.state.panel not in (None, first))
    second = board.panels.state.panel
    assert isinstance(second, TagPicker)
    assert second.rows[0].n > first.rows[0].n
    current = _table(stage).current_row()
    assert current is not None
    assert current.entry.id == second.rows[0].entry.id
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    stage.press(_Key.Key_U, _Held.AltModifier)  # leave it as it is
    third = board.panels.state.panel
    assert isinstance(third, TagPicker)
    assert third.rows[0].n > second.rows[0].n
    stage.press(_Key.Key_Escape)
    stage.until(lambda: board.panels.state.panel is None)
    assert sum(bool(row.evidence) for row in _notes(stage)) == before + 1
