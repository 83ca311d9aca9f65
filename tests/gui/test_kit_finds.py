"""The newer half of the kit, on windows built to be bad: each fault must be found, and a good window has none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPropertyAnimation, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tests.gui.support import fit, focus, meaning
from tests.gui.support.mistakes import mistake_faults
from tests.gui.support.shot import Shot
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.focus_ring import FocusRing
from ui.widgets.labels import HeadingLabel

Shown = Callable[..., QWidget]
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def _window(*parts: QWidget) -> QWidget:
    window = QWidget()
    window.setWindowTitle("Bad")
    rows = QVBoxLayout(window)
    for part in parts:
        rows.addWidget(part)
    return window


def test_a_button_outside_the_window_is_found(shown: Shown) -> None:
    window = _window(QLabel("Good"))
    lost = QPushButton("Save note", window)
    lost.setGeometry(1270, 20, 120, 36)
    assert any("Save note" in line for line in fit.outside(shown(window)))


def test_words_over_words_are_found(shown: Shown) -> None:
    window = QWidget()
    for text, x in (("Waiting to send", 10), ("Not connected", 60)):
        label = QLabel(text, window)
        label.setGeometry(x, 10, 140, 20)
    assert any("share" in line for line in fit.overlapping(shown(window)))


def test_a_page_that_scrolls_sideways_is_found(shown: Shown) -> None:
    area, wide = QScrollArea(), QLabel("far too wide")
    wide.setFixedWidth(3000)
    area.setWidget(wide)
    assert len(fit.scrolls_across(shown(_window(area)))) == 1


def test_a_row_that_speaks_half_of_what_it_shows_is_found(shown: Shown) -> None:
    table, model = named(QTableView(), "Log", "x.log"), QStandardItemModel(1, 2)
    table.setModel(model)
    prepare_rows(table)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    model.setItem(0, 0, QStandardItem("10:42"))
    model.setItem(0, 1, QStandardItem("Chair asked who owns it"))
    model.item(0, 0).setData("10:42. Somebody spoke for quite a while about it", _SPOKEN)
    (fault,) = meaning.unspoken_rows(shown(_window(table)))
    assert "'asked', 'chair', 'owns'" in fault
    model.item(0, 1).setData("10:42. Chair asked who owns it. Saved on this laptop", _SPOKEN)
    assert meaning.unspoken_rows(table.window()) == []


def test_words_in_a_tooltip_only_are_found(shown: Shown) -> None:
    button = named(QPushButton("Send"), "Send", "x.send")
    button.setToolTip("Sends everything that is tagged")
    assert len(meaning.only_hovered(shown(_window(button)))) == 1


def test_a_tint_and_a_cell_without_words_are_found(shown: Shown) -> None:
    pill, view, model = QLabel(), QListView(), QStandardItemModel(1, 1)
    pill.setProperty("tag", "red")
    item = QStandardItem("")
    item.setData(QColor("#ff0000"), Qt.ItemDataRole.BackgroundRole)
    model.setItem(0, 0, item)
    view.setModel(model)
    assert len(meaning.colour_only(shown(_window(pill, view)))) == 2


def test_two_headings_of_the_first_level_are_both_told(shown: Shown) -> None:
    window = shown(_window(HeadingLabel("Home"), HeadingLabel("Settings"), HeadingLabel("Colours", level=2)))
    assert meaning.main_headings(window) == ["Home", "Settings"]


def test_what_can_only_be_dragged_is_found(shown: Shown) -> None:
    view, splitter = named(QListView(), "Agenda", "x.agenda"), QSplitter()
    view.setDragEnabled(True)
    splitter.addWidget(view)
    window = shown(_window(splitter))
    assert len(meaning.only_dragged(window, frozenset())) == 2
    assert meaning.only_dragged(window, frozenset({"move_up", "widen_list"})) == []


def test_what_moves_by_itself_is_found(shown: Shown) -> None:
    label = QLabel("Sending")
    window = shown(_window(label))
    slide = QPropertyAnimation(label, b"pos", window)
    slide.setEndValue(QPoint(40, 0))
    slide.setDuration(60_000)
    slide.start()
    assert meaning.moving(window) == ["QPropertyAnimation"]
    slide.stop()
    assert meaning.moving(window) == []


def test_focus_that_cannot_be_seen_is_found(shown: Shown) -> None:
    class NoRing(FocusRing):
        def paintEvent(self, event: object) -> None:
            """Paints nothing, as a style sheet does that takes outlines away."""

    first = named(QLineEdit(), "Name", "x.name")
    window = shown(_window(first, named(QLineEdit(), "Place", "x.place")))
    ring = NoRing(window)
    (fault,) = focus.invisible_focus(window, [first])
    assert fault.startswith("x.name: only 0 pixels change")
    ring.setParent(None)
    ring.deleteLater()
    seen = FocusRing(window)
    assert focus.invisible_focus(window, [first]) == []
    seen.hide()


def test_a_mistake_that_is_not_spoken_or_not_in_the_title_is_found(shown: Shown) -> None:
    field, summary = Field("Visit name", QLineEdit(), "x.name"), ErrorSummary("x.errors")
    window = shown(_window(summary, field))
    summary.show_errors([("Enter a visit name", field)])
    assert mistake_faults(window) == []
    field.control.setAccessibleDescription("")
    window.setWindowTitle("Create a visit")
    assert len(mistake_faults(window)) == 2


def test_pale_edges_are_told_from_dark_ones(shown: Shown) -> None:
    pale, dark = QLineEdit(), QLineEdit()
    pale.setStyleSheet("border: 2px solid #dddddd; background: #ffffff")
    dark.setStyleSheet("border: 2px solid #333333; background: #ffffff")
    window = shown(_window(pale, dark))
    QApplication.processEvents()
    shot = Shot(window)
    assert shot.edge_contrast(pale) < 3 < shot.edge_contrast(dark)
