"""Coverage by keys in the real window: all at a glance, gap after gap, to the notes and back, a note for a gap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.coverage import State
from fieldkit.domain.evidence import EvidenceItem
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.inspector import Inspector
from tests.gui.support.looks import Look
from tests.support.vaults import quick_keys
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.presenters.display import Colours
from ui.presenters.reports.page import ReportsPage
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.coverage.cell_paint import paint_cell
from ui.views.coverage.coverage_view import CoverageView
from ui.views.coverage.headers import table_font

_Key = Qt.Key
LC, OB = "learning-culture", "observation"


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with forty notes of a meeting, unlocked."""
    with quick_keys():
        worlds.own(tmp_path, 40)
        with Stage(tmp_path) as made:
            made.type(PASSPHRASE)
            made.press(_Key.Key_Return)
            made.until(lambda: made.window.desk is not None)
            made.until(lambda: made.bench.home.state.loaded)
            made.settle()
            yield made


def _coverage(stage: Stage) -> tuple[CoverageView, CoverageMatrix]:
    """Ctrl+4, and everything counted."""
    stage.chord(_Key.Key_4)
    stage.until(lambda: stage.bench.coverage is not None and stage.bench.coverage.state.coverage is not None)
    stage.settle()
    view = stage.desk.view
    assert isinstance(view, CoverageView)
    return view, view.matrix


def _spoken(view: CoverageView, row: int, column: int) -> str:
    """What a screen reader is told of a cell."""
    table = QAccessible.queryAccessibleInterface(view.table)
    assert table is not None
    # Children are told row by row, the headers among them: the corner, six headings, then each row with its own first.
    return table.child(row * 7 + column).text(QAccessible.Text.Name)


@pytest.mark.parametrize("size", [(1366, 688), (1280, 640)])
def test_all_seventeen_rows_are_seen_without_scrolling(stage: Stage, size: tuple[int, int]) -> None:
    stage.resize(*size)
    view, _ = _coverage(stage)
    table = view.table
    assert not view.is_list
    assert table.items.rowCount() == 17
    assert (table.verticalScrollBar().maximum(), table.horizontalScrollBar().maximum()) == (0, 0)
    assert not view.side.isVisible()
    last = table.visualRect(table.items.index(16, 5))
    assert table.viewport().rect().contains(last)


def test_ctrl_g_visits_every_needed_gap_once_from_anywhere(stage: Stage) -> None:
    stage.chord(_Key.Key_G)  # from Home
    stage.until(lambda: stage.bench.coverage is not None and stage.bench.coverage.state.at is not None)
    matrix = stage.bench.coverage
    assert matrix is not None
    assert matrix.state.coverage is not None
    gaps = [cell.place for cell in matrix.state.coverage.gaps()]
    seen = [matrix.state.at]
    assert stage.focus.objectName() == "coverage.matrix"
    for _ in gaps[1:]:
        stage.chord(_Key.Key_G)
        seen.append(matrix.state.at)
        view = stage.desk.view
        assert isinstance(view, CoverageView)
        assert view.table.place() == matrix.state.at
    assert seen == gaps
    stage.chord(_Key.Key_G, shift=True)
    assert matrix.state.at == gaps[-2]


def test_enter_shows_the_notes_of_a_cell_and_esc_comes_back_to_it(stage: Stage) -> None:
    view, matrix = _coverage(stage)
    at = next(cell for cell in matrix.state.coverage or () if cell.count.items)
    view.table.selectionModel().setCurrentIndex(
        view.table.items.index_of(at.place), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
    board = stage.bench.evidence
    assert board is not None
    stage.until(lambda: board.state.count is not None)
    assert board.state.filter == matrix.filter_words()
    for _ in range(3):
        if stage.bench.state.page is Page.EVIDENCE:
            stage.press(_Key.Key_Escape)
            stage.settle()
    assert (stage.bench.state.page, stage.focus.objectName()) == (Page.COVERAGE, "coverage.matrix")
    assert view.table.place() == at.place


def test_ctrl_n_begins_a_note_for_the_cell_and_the_count_grows(stage: Stage) -> None:
    view, matrix = _coverage(stage)
    stage.chord(_Key.Key_G)
    at = matrix.state.at
    assert at is not None
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    line = stage.focus
    assert isinstance(line, QPlainTextEdit)
    assert line.toPlainText() == f"{matrix.tag_words()}"
    assert line.textCursor().position() == 0
    stage.note("Seen on the ward")
    stage.settle()
    stage.chord(_Key.Key_4)
    stage.until(lambda: (matrix.state.coverage or pytest.fail("not counted")).cells[at].count.items == 1)
    assert view.table.place() == at
    assert view.table.items.cell(view.table.items.index_of(at)).text == "Thin 1"  # type: ignore[union-attr]
    log = stage.bench.log
    assert log is not None
    row = log.rows.rows[-1]
    assert [(item.statement, item.category) for item in row.evidence] == [at]
    assert row.entry.text == "Seen on the ward"


def test_a_note_that_is_being_typed_is_left_as_it_is(stage: Stage) -> None:
    _, matrix = _coverage(stage)
    stage.chord(_Key.Key_G)
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type("Half a")
    before = stage.bench.log.line.state.text if stage.bench.log else ""
    stage.chord(_Key.Key_G)
    stage.until(lambda: stage.bench.state.page is Page.COVERAGE)
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    assert stage.bench.log is not None
    assert stage.bench.log.line.state.text == before != matrix.tag_words()
    assert "Save the note you are typing first" in [one.text for one in stage.window.announcer.messages]


def test_the_table_can_be_read_by_ear(stage: Stage) -> None:
    view, _ = _coverage(stage)
    table = QAccessible.queryAccessibleInterface(view.table)
    assert table is not None
    assert table.text(QAccessible.Text.Name) == "Coverage by statement and evidence category"
    assert table.childCount() == 18 * 7
    titles = ["People's experience of health and care services", "Feedback from staff and leaders"]
    assert [_spoken(view, 0, column) for column in (1, 2)] == titles
    assert _spoken(view, 2, 0) == "Q2 Learning culture, Quality and safety"
    assert _spoken(view, 17, 4) == "Workforce equality, diversity and inclusion, Observation, gap, 0 items"


def test_states_differ_without_colour(stage: Stage) -> None:
    """The same words in each state, without the fill: the marks alone tell them apart."""
    painted: dict[State, bytes] = {}
    for state in State:
        image = QImage(120, 28, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setFont(table_font())
        paint_cell(painter, image.rect(), state, "x", is_quiet=True)
        painter.end()
        painted[state] = bytes(image.constBits())
    assert len(set(painted.values())) == len(State)


def test_a_contrast_theme_of_the_system_is_painted_in_its_own_colours(
    look: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Appearance, "uses_system_colours", True)
    image = QImage(160, 28, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setFont(table_font())
    paint_cell(painter, image.rect(), State.STRONG, "Strong 5")
    painter.end()
    palette = QApplication.palette()
    assert image.pixelColor(3, 14) == palette.color(QPalette.ColorRole.Base)  # no fill
    assert image.pixelColor(0, 0) == palette.color(QPalette.ColorRole.Text)  # and a border


def test_details_open_over_the_matrix_and_esc_closes_them(stage: Stage) -> None:
    view, matrix = _coverage(stage)
    stage.chord(_Key.Key_G)
    width = view.table.width()
    stage.press(_Key.Key_Return)  # nothing to show there, so what could be done is shown
    stage.until(lambda: view.side.isVisible())
    assert stage.focus.objectName() == "coverage.add_note"
    assert view.table.width() == width
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert (view.side.isVisible(), stage.focus.objectName()) == (False, "coverage.matrix")
    assert view.table.place() == matrix.state.at
    stage.chord(_Key.Key_Backslash)
    stage.until(lambda: view.side.isVisible())
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")


def test_the_list_still_opens_after_the_text_was_changed_on_another_page(stage: Stage) -> None:
    stage.show_as(Colours.LIGHT, 200, (1092, 534))
    assert _coverage(stage)[0].is_list
    stage.chord(_Key.Key_1)
    stage.chord(_Key.Key_0)
    stage.settle()
    assert _coverage(stage)[0].is_list, "seventeen rows do not fit 534 pixels, whenever the room was measured"


@pytest.mark.parametrize(("percent", "size"), [(150, (1366, 688)), (200, (1366, 688)), (100, (1092, 534))])
def test_where_seventeen_rows_do_not_fit_the_list_opens_first(
    stage: Stage, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(Colours.LIGHT, percent, size)
    view, matrix = _coverage(stage)
    assert (view.is_list, stage.focus.objectName()) == (True, "coverage.list")
    stage.press(_Key.Key_Return)
    assert view.list.isExpanded(view.list.model().index(0, 0))
    stage.chord(_Key.Key_G)
    assert view.list.place() == matrix.state.at
    assert not view.list.visualRect(view.list.currentIndex()).isEmpty()
    matrix.show_list(is_wanted=False)
    assert not view.is_list
    assert view.table.place() == matrix.state.at


def test_esc_leads_back_to_the_page_one_came_from(stage: Stage) -> None:
    stage.chord(_Key.Key_2)
    stage.until(lambda: stage.bench.state.page is Page.VISIT)
    _coverage(stage)
    stage.press(_Key.Key_Escape)
    assert stage.bench.state.page is Page.VISIT


def test_home_and_end_go_to_the_ends_of_a_row_and_tab_leaves_the_table(stage: Stage) -> None:
    view, _ = _coverage(stage)
    stage.press(_Key.Key_End)
    assert view.table.currentIndex().column() == 5
    stage.chord(_Key.Key_End)
    assert (view.table.currentIndex().row(), view.table.currentIndex().column()) == (16, 5)
    stage.press(_Key.Key_Home)
    assert view.table.currentIndex().column() == 0
    stage.chord(_Key.Key_Home)
    assert view.table.currentIndex().row() == 0
    stage.press(_Key.Key_Tab)
    assert stage.focus is not view.table


LOOKS = (
    Look(is_deep=True),
    Look(colours=Colours.DARK, size=(1280, 640)),
    Look(colours=Colours.HIGH_CONTRAST, percent=150),
    Look(colours=Colours.DARK, percent=200),
    Look(size=(1092, 534)),
)


@pytest.mark.slow
@pytest.mark.parametrize("look_", LOOKS, ids=lambda one: one.name)
def test_every_state_passes_the_kit(stage: Stage, look_: Look) -> None:
    inspector = Inspector(stage, look_)
    view, matrix = _coverage(stage)
    inspector.take("coverage")
    matrix.show_list(is_wanted=not view.is_list)
    inspector.take("the other view")
    matrix.show_list(is_wanted=view.is_list)
    matrix.show_gaps_only(is_wanted=True)
    inspector.take("gaps only")
    stage.chord(_Key.Key_G)
    stage.chord(_Key.Key_Backslash)
    stage.until(lambda: view.side.isVisible())
    inspector.take("details")
    assert "\n".join(inspector.faults) == ""


def test_strong_cells_and_many_notes_are_shown_whole(stage: Stage) -> None:
    view, matrix = _coverage(stage)
    frameworks = matrix.state.frameworks

    def fill(uow: UnitOfWork) -> None:
        (visit,) = uow.questions.visits(matrix.facts.assessment.id)
        (row,) = uow.questions.activities(visit.id)
        for number in range(1200):
            item = EvidenceItem.new(frameworks[0].id, LC, OB)
            new = NewEntry(text=f"Note {number}", speaker=f"p{number % 3}", evidence=(item,))
            record_entry(uow, row.activity, new)

    stage.bench.session.workspace.perform(fill).result()
    stage.until(lambda: matrix.state.coverage is not None and matrix.state.coverage.cells[LC, OB].count.items >= 1200)
    index = view.table.items.index_of((LC, OB))
    words = str(index.data())
    assert words.startswith("Enough 1")
    assert view.table.columnWidth(index.column()) > view.table.fontMetrics().horizontalAdvance(words) + 20


def test_voices_and_time_come_by_a_key_and_lead_to_their_report(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
        stage.type(PASSPHRASE)
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.window.desk is not None)
        stage.until(lambda: stage.bench.home.state.loaded)
        stage.settle()
        stage.bench.go(Page.COVERAGE)
        stage.until(lambda: stage.shows("coverage.balance"))
        stage.settle()
        stage.alt(_Key.Key_V)
        stage.until(lambda: stage.shows("balance.counts"))
        assert stage.focus.objectName() == "balance.report"
        stage.press(_Key.Key_Escape)
        stage.until(lambda: not stage.shows("balance.counts"))
        assert stage.focus.objectName() in ("coverage.matrix", "coverage.list")
        stage.alt(_Key.Key_V)
        stage.until(lambda: stage.shows("balance.report"))
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.bench.state.page is Page.REPORTS)
        reports = stage.bench.presenter(Page.REPORTS)
        assert isinstance(reports, ReportsPage)
        stage.until(lambda: reports.state.kind.id == "balance")
