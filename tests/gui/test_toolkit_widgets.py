"""The shared widgets: what a person sees, hears and reaches by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from tests.gui.support.keyboard import tab_cycle
from tests.gui.support.paint import clipped, focus_change, painted_contrast, ring_minimum, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, objects, unnamed
from ui.qt.tables import prepare_rows
from ui.qt.theme import Appearance
from ui.qt.tokens import ThemeName
from ui.widgets.banner import KINDS, Banner
from ui.widgets.buttons import button
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.focus_ring import FocusRing
from ui.widgets.labels import TAGS, EmptyState, RoleLabel, StatusPill
from ui.widgets.texts import CapturePlainTextEdit, PassphraseEdit, PassText
from ui.widgets.undo_bar import UndoBar

Shown = Callable[..., QWidget]


def _column(*parts: QWidget, title: str = "Sample") -> QWidget:
    window = QWidget()
    window.setWindowTitle(title)
    window.setAccessibleName(title)
    rows = QVBoxLayout(window)
    rows.setContentsMargins(12, 12, 12, 12)
    rows.setSpacing(12)
    for part in parts:
        rows.addWidget(part)
    return window


# The focus ring


def _focusables() -> list[QWidget]:
    listed = QListWidget()
    listed.addItems(["Home", "Visit"])
    prepare_rows(listed)
    listed.setCurrentRow(0)
    return [button("Back", "r.back"), button("Go", "r.go", kind="primary"), PassText(), QCheckBox("Show"), listed]


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("place", range(5))
def test_focus_changes_at_least_a_two_pixel_perimeter(
    look: Appearance, shown: Shown, theme: ThemeName, place: int
) -> None:
    look.apply(theme=theme)
    parts = _focusables()
    window = _column(*parts)
    FocusRing(window)
    shown(window, (420, 360))
    control = parts[place]
    area = control.rect()
    if isinstance(control, QAbstractItemView):
        area = control.visualRect(control.currentIndex())
    assert focus_change(window, control) >= ring_minimum(area)


def test_the_ring_is_no_part_of_what_a_screen_reader_finds(shown: Shown) -> None:
    window = _column(button("Back", "r.back"))
    ring = FocusRing(window)
    shown(window)
    assert ring not in [interface.object() for interface, _ in objects(window)]


def test_a_mouse_press_shows_no_ring_on_a_button_but_on_a_field(shown: Shown) -> None:
    press, field = button("Back", "r.back"), PassText()
    window = _column(field, press)
    ring = FocusRing(window)
    shown(window)
    QTest.mousePress(press, Qt.MouseButton.LeftButton)
    assert press.hasFocus()
    assert not ring.isVisible()
    QTest.mouseRelease(press, Qt.MouseButton.LeftButton)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert ring.isVisible()


def test_the_ring_follows_scrolling_and_hides_with_what_is_scrolled_away(shown: Shown) -> None:
    content = _column(*[button(f"Button {n}", f"r.{n}") for n in range(40)])
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    window = _column(area)
    ring = FocusRing(window)
    shown(window, (300, 300))
    first = content.findChild(QPushButton, "r.0")
    assert isinstance(first, QPushButton)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    top = ring.geometry().top()
    area.verticalScrollBar().setValue(20)
    QApplication.processEvents()
    assert ring.geometry().top() == top - 20 or ring.geometry().top() == area.mapTo(window, QPoint(0, 0)).y() - 3
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert not ring.isVisible()


def test_the_ring_goes_with_the_row_that_something_else_has_moved_to(shown: Shown) -> None:
    rows = QListWidget()
    rows.addItems([f"Row {n}" for n in range(6)])
    window = _column(rows)
    ring = FocusRing(window)
    shown(window)
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    for place in (3, 0, 5):  # as Scores does after saving: no key was pressed on the list
        rows.setCurrentRow(place)
        QApplication.processEvents()
        row = rows.visualItemRect(rows.item(place))
        assert ring.geometry().top() == rows.viewport().mapTo(window, row.topLeft()).y()
    rows.clear()
    window.setFocus()
    QApplication.processEvents()


def test_the_ring_survives_the_control_it_was_round(shown: Shown) -> None:
    doomed, other = button("Soon gone", "r.gone"), button("Stays", "r.stays")
    window = _column(doomed, other)
    ring = FocusRing(window)
    shown(window)
    doomed.setFocus(Qt.FocusReason.TabFocusReason)
    doomed.deleteLater()
    QTest.qWait(5)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert ring.geometry().contains(other.geometry())


# Text fields


@pytest.mark.parametrize("make", [PassText, CapturePlainTextEdit])
def test_undo_takes_back_typing_first_and_then_goes_to_the_window(
    shown: Shown, make: type[PassText] | type[CapturePlainTextEdit]
) -> None:
    field = make()
    window = _column(field)
    undone: list[str] = []
    for keys in (QKeySequence.StandardKey.Undo, "Ctrl+Y"):
        QShortcut(QKeySequence(keys), window).activated.connect(lambda k=keys: undone.append(str(k)))
    shown(window)
    field.setFocus()
    QTest.keyClicks(field, "chair")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert _words(field) != "chair"
    while _words(field):
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(undone) == 1
    QTest.keyClick(field, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert _words(field) != "", "redo belongs to the field while it has something to redo"
    assert len(undone) == 1


def _words(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("answers", [True, False])
def test_enter_goes_to_the_form_only_from_a_field_that_does_not_answer_it(shown: Shown, answers: bool) -> None:
    field = PassText()
    heard: list[str] = []
    if answers:
        field.returnPressed.connect(lambda: heard.append("field"))

    class Form(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            if event.key() == Qt.Key.Key_Return:
                heard.append("form")

    form = Form()
    QVBoxLayout(form).addWidget(field)
    shown(_column(form))
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == (["field"] if answers else ["form"])


def test_tab_leaves_a_field_of_several_lines(shown: Shown) -> None:
    field, after = CapturePlainTextEdit(), button("Next", "t.next")
    shown(_column(field, after))
    assert tab_cycle(after) == [after, field]
    assert field.toPlainText() == ""


@pytest.mark.parametrize("percent", [100, 200])
def test_a_passphrase_is_hidden_until_shown_by_key_and_can_be_pasted(
    look: Appearance, shown: Shown, percent: int
) -> None:
    look.apply(percent=percent)
    field, after = PassphraseEdit("Show passphrase", "Hide passphrase"), button("Next", "t.next")
    window = _column(Field("Passphrase", field, "t.pass"), after)
    shown(window)
    QApplication.clipboard().setText("four long words here")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "four long words here"
    assert set(field.displayText()) == {field.displayText()[0]}
    assert tab_cycle(field) == [field, field.toggle, after]
    assert (field.toggle.text(), field.toggle.accessibleName()) == ("Show", "Show passphrase")
    QTest.keyClick(field.toggle, Qt.Key.Key_Space)
    assert field.displayText() == "four long words here"
    assert (field.toggle.text(), field.toggle.accessibleName()) == ("Hide", "Hide passphrase")
    assert (clipped(window), small_targets(window), label_not_in_name(window)) == ([], [], [])


# Forms


def _form() -> tuple[QWidget, ErrorSummary, Field, Field]:
    summary = ErrorSummary()
    visit = Field("Visit name", PassText(), "form.visit", hint="As in the plan")
    lead = Field("Lead", PassText(), "form.lead")
    return _column(summary, visit, lead, title="New visit"), summary, visit, lead


def test_mistakes_are_listed_take_focus_and_lead_to_their_fields(shown: Shown) -> None:
    window, summary, visit, lead = _form()
    shown(window)
    visit_control = visit.control
    assert isinstance(visit_control, PassText)
    visit_control.setText("kept")
    summary.show_errors([("Enter a visit name", visit), ("Enter a lead", lead)])
    QApplication.processEvents()
    assert summary.hasFocus()
    assert window.windowTitle() == "Error: New visit"
    assert summary.lines == ("Enter a visit name", "Enter a lead")
    assert (visit.error, lead.error) == summary.lines
    assert lead.control.accessibleDescription().startswith("Error: Enter a lead")
    assert "As in the plan" in visit.control.accessibleDescription()
    assert visit_control.text() == "kept"
    assert headings(window) == ["There is a problem"]
    QTest.keyClick(summary.findChildren(QPushButton)[1], Qt.Key.Key_Space)
    assert lead.control.hasFocus()


def test_clearing_mistakes_leaves_what_was_typed(shown: Shown) -> None:
    window, summary, visit, _ = _form()
    shown(window)
    summary.show_errors([("Enter a visit name", visit)])
    summary.show_errors([])
    assert not summary.isVisible()
    assert window.windowTitle() == "New visit"
    assert visit.error == ""
    assert visit.control.accessibleDescription() == "As in the plan"


def test_a_form_is_named_and_identified(shown: Shown) -> None:
    window, summary, visit, _ = _form()
    shown(window)
    summary.show_errors([("Enter a visit name", visit)])
    QApplication.processEvents()
    assert unnamed(window) == []
    assert identifier_faults(window) == []
    assert visit.control.accessibleName() == "Visit name"


# Banner, undo bar, status words


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("kind", KINDS)
def test_a_banner_can_be_read_and_acted_on(look: Appearance, shown: Shown, theme: ThemeName, kind: str) -> None:
    look.apply(theme=theme)
    banner, done = Banner("b"), list[str]()
    window = _column(banner)
    shown(window)
    assert not banner.isVisible()
    banner.say("Not saved. This laptop is full.", kind, remedy="Try again", do=lambda: done.append("again"))
    QApplication.processEvents()
    assert painted_contrast(banner.findChildren(RoleLabel)[0]) >= 4.5
    assert ("AlertMessage", "Not saved. This laptop is full.") in [_spoken(i) for i, _ in objects(window)]
    QTest.keyClick(banner.findChildren(QPushButton)[0], Qt.Key.Key_Space)
    assert done == ["again"]
    banner.clear()
    assert not banner.isVisible()


def _spoken(interface: object) -> tuple[str, str]:
    return interface.role().name, interface.text(QAccessible.Text.Name)  # type: ignore[attr-defined]


def test_an_unknown_kind_of_banner_is_refused(look: Appearance) -> None:
    banner = Banner("b")
    with pytest.raises(ValueError, match="purple"):
        banner.say("words", "purple")
    banner.deleteLater()


def test_undo_is_offered_until_the_next_offer_and_runs_once(shown: Shown) -> None:
    bar, undone = UndoBar(), list[str]()
    window = _column(bar)
    shown(window)
    assert not bar.isVisible()
    bar.offer("Note withdrawn.", lambda: undone.append("first"))
    bar.offer("10 notes tagged.", lambda: undone.append("second"))
    assert bar.words == "10 notes tagged."
    assert label_not_in_name(window) == []
    bar.take_back()
    bar.take_back()
    assert undone == ["second"]
    assert not bar.isVisible()


def test_an_undo_that_offers_a_redo_keeps_its_bar(shown: Shown) -> None:
    bar = UndoBar()
    shown(_column(bar))
    bar.offer("Note withdrawn.", lambda: bar.offer("Note is back.", lambda: None))
    bar.take_back()
    assert bar.words == "Note is back."
    assert bar.isVisible()


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("tag", TAGS)
def test_a_status_is_words_that_can_be_read_on_their_tint(
    look: Appearance, shown: Shown, theme: ThemeName, tag: str
) -> None:
    look.apply(theme=theme)
    pill = StatusPill()
    window = _column(pill)
    shown(window, (260, 80))
    pill.show_status("Waiting to send", tag)
    QApplication.processEvents()
    assert painted_contrast(pill) >= 4.5
    assert ("StaticText", "Waiting to send") in [_spoken(i) for i, _ in objects(window)]


def test_an_unknown_tag_is_refused(look: Appearance) -> None:
    pill = StatusPill()
    with pytest.raises(ValueError, match="orange"):
        pill.show_status("words", "orange")
    pill.deleteLater()


def test_an_empty_list_says_so_when_tab_reaches_it(shown: Shown) -> None:
    empty, after = EmptyState("No notes yet. Type to begin."), button("Next", "t.next")
    window = _column(empty, after)
    shown(window)
    assert tab_cycle(after) == [after, empty]
    assert ("StaticText", "No notes yet. Type to begin.") in [_spoken(i) for i, _ in objects(window)]


def test_typed_marks_are_letters_and_never_commands(shown: Shown) -> None:
    label = RoleLabel("<b>bold</b> & more")
    shown(_column(label))
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance("bold & more") + 10


def test_a_cell_under_the_mouse_looks_no_more_chosen_than_its_row(shown: Shown) -> None:
    table = QTableWidget(3, 2)
    prepare_rows(table)
    window = shown(_column(table))
    QTest.mouseMove(table.viewport(), QPoint(2, 2))
    where = table.visualRect(table.model().index(1, 1))
    beside = table.visualRect(table.model().index(1, 0))
    QTest.mouseMove(table.viewport(), where.center())
    QApplication.processEvents()
    seen = table.viewport().grab().toImage()
    assert seen.pixelColor(where.center()) == seen.pixelColor(beside.center())
    assert window.isVisible()
