"""The accessibility kit itself: it must find what is wrong in windows built to be bad."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget, QToolButton, QVBoxLayout, QWidget

from tests.gui.support.keyboard import KeyboardTrap, tab_cycle, unreachable
from tests.gui.support.paint import clipped, painted_contrast, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, unnamed
from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.widgets.labels import HeadingLabel

Shown = Callable[..., QWidget]


def _window(*parts: QWidget) -> QWidget:
    window = QWidget()
    window.setWindowTitle("Bad")
    window.setAccessibleName("Bad")
    rows = QVBoxLayout(window)
    for part in parts:
        rows.addWidget(part)
    return window


def test_an_icon_button_with_only_a_tooltip_has_no_name(shown: Shown) -> None:
    tool = QToolButton()
    tool.setIcon(icon("lock"))
    tool.setToolTip("Lock")
    assert any("QToolButton" in line for line in unnamed(shown(_window(tool))))


def test_a_field_with_only_a_placeholder_has_no_name(shown: Shown) -> None:
    field = QLineEdit()
    field.setPlaceholderText("Visit name")
    assert any("QLineEdit" in line for line in unnamed(shown(_window(field))))


def test_an_unnamed_combo_box_is_found(shown: Shown) -> None:
    box = QComboBox()
    box.addItem("Comfortable")
    assert any("QComboBox" in line for line in unnamed(shown(_window(box))))


def test_a_small_target_is_found(shown: Shown) -> None:
    small = QPushButton("x")
    small.setFixedSize(23, 30)
    assert small_targets(shown(_window(small))) == ["QPushButton  23x30"]


def test_a_clipped_button_is_found(shown: Shown) -> None:
    narrow = QPushButton("Create the vault now")
    narrow.setFixedWidth(60)
    assert any("Create the vault now" in line for line in clipped(shown(_window(narrow))))


def test_a_clipped_cell_is_found(shown: Shown) -> None:
    from PySide6.QtWidgets import QTableWidgetItem

    table = QTableWidget(1, 1)
    table.setWordWrap(False)
    table.setItem(0, 0, QTableWidgetItem("a sentence far longer than its column"))
    assert any("far longer" in line for line in clipped(shown(_window(table))))


def test_pale_words_are_found(shown: Shown) -> None:
    pale = QLabel("hardly there")
    pale.setStyleSheet("color: #999999; background: #FFFFFF; font-size: 40px")
    shown(_window(pale))
    assert painted_contrast(pale) == pytest.approx(2.85, abs=0.15)


def test_a_table_that_keeps_tab_is_a_trap(shown: Shown) -> None:
    table, button = QTableWidget(3, 3), QPushButton("Next")
    shown(_window(table, button))
    with pytest.raises(KeyboardTrap):
        tab_cycle(table, limit=30)


def test_a_control_that_tab_never_reaches_is_found(shown: Shown) -> None:
    first, second, third = (named(QPushButton(words), words, words) for words in ("One", "Two", "Three"))
    window = shown(_window(first, second, third))
    assert unreachable(window, tab_cycle(first)) == []
    assert unreachable(window, [first, third]) == ["QPushButton Two"]


def test_a_name_without_the_visible_words_is_found(shown: Shown) -> None:
    button = named(QPushButton("Send now"), "Transmit", "x.send")
    assert label_not_in_name(shown(_window(button))) == ["'Send now' not in 'Transmit'"]


def test_missing_and_repeated_identifiers_are_found(shown: Shown) -> None:
    twice = [named(QPushButton("A"), "A", "x.same"), named(QPushButton("B"), "B", "x.same")]
    assert identifier_faults(shown(_window(*twice, QLineEdit()))) == ["QLineEdit", "x.same"]


def test_headings_are_told_apart_from_labels(shown: Shown) -> None:
    assert headings(shown(_window(HeadingLabel("Create your vault"), QLabel("Not a heading")))) == ["Create your vault"]
