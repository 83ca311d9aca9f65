"""The look: themes, text size, density, icons, rows. Tested by what was painted or measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QSplitter, QTableWidget, QVBoxLayout, QWidget

from resources import path
from tests.gui.support.keyboard import tab_cycle
from tests.gui.support.paint import clipped, edge_contrast, painted_contrast, small_targets
from tests.gui.support.tree import objects
from ui.qt import accessibility
from ui.qt.accessibility import Role, keep_reading_order, named, with_role
from ui.qt.icons import icon, icon_size
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import Appearance, appearance
from ui.qt.tokens import Density, ThemeName
from ui.qt.typography import FAMILY, digits_font, role_font
from ui.widgets.buttons import button, tool
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import PassText

Shown = Callable[..., QWidget]
_NAME = QAccessible.Text.Name


class Sampler(QWidget):
    """One of each plain control."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = HeadingLabel("Create your vault")
        self.hint = HintLabel("14 characters or more")
        self.field = Field("Visit name", PassText(), "sample.visit", hint="As in the plan")
        self.action = button("Create vault", "sample.create", kind="primary", icon_name="key-round")
        self.danger = button("Escalate a risk", "sample.escalate", kind="danger")
        self.other = button("Back", "sample.back")
        self.off = button("Switched off", "sample.off")
        self.off.setEnabled(False)
        self.home = tool("Home", "sample.home", "house")
        rows = QVBoxLayout(self)
        buttons = QHBoxLayout()
        for each in (self.action, self.danger, self.other, self.off, self.home):
            buttons.addWidget(each)
        rows.addWidget(self.heading)
        rows.addWidget(self.hint)
        rows.addWidget(self.field)
        rows.addLayout(buttons)
        rows.addStretch(1)


def test_the_bundled_font_is_used(look: Appearance, shown: Shown) -> None:
    window = Sampler()
    shown(window)
    assert window.heading.fontInfo().family() == FAMILY
    assert window.heading.fontInfo().bold()


@pytest.mark.parametrize("theme", list(ThemeName))
def test_words_are_painted_readably_in_every_theme(look: Appearance, shown: Shown, theme: ThemeName) -> None:
    look.apply(theme=theme)
    window = Sampler()
    shown(window)
    for widget in (window.heading, window.hint, window.action, window.danger, window.other, window.off, window.home):
        assert painted_contrast(widget) >= 4.5, widget.objectName()


@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_edges_of_controls_are_painted_visibly_in_every_theme(
    look: Appearance, shown: Shown, theme: ThemeName
) -> None:
    look.apply(theme=theme)
    window = Sampler()
    shown(window)
    for widget in (window.field.control, window.action, window.danger, window.other):
        assert edge_contrast(widget) >= 3.0, widget.objectName()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_text_size_reaches_every_control_that_is_already_open(look: Appearance, shown: Shown, percent: int) -> None:
    window = Sampler()
    shown(window)
    before = (window.heading.fontMetrics().height(), window.other.sizeHint().height(), window.field.sizeHint().height())
    look.apply(percent=percent)
    QApplication.processEvents()
    after = (window.heading.fontMetrics().height(), window.other.sizeHint().height(), window.field.sizeHint().height())
    for old, new in zip(before, after, strict=True):
        assert new / old == pytest.approx(percent / 100, rel=0.12)


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("density", list(Density))
def test_nothing_is_clipped_or_too_small_to_hit(look: Appearance, shown: Shown, percent: int, density: Density) -> None:
    look.apply(percent=percent, density=density)
    window = Sampler()
    shown(window, (1366, 688))
    assert clipped(window) == []
    assert small_targets(window, 32 if density is Density.COMFORTABLE else 24) == []


def test_comfortable_controls_are_36_pixels_high(look: Appearance, shown: Shown) -> None:
    window = Sampler()
    shown(window)
    assert window.other.height() == pytest.approx(36, abs=2)
    assert window.field.control.height() == pytest.approx(36, abs=2)


def test_text_size_stays_within_its_scale(look: Appearance) -> None:
    look.apply(percent=900)
    assert look.typography.percent == 200
    assert look.typography.larger() == 200
    assert look.typography.smaller() == 175
    look.apply(percent=100)
    assert look.typography.smaller() == 100
    assert look.typography.larger() == 115


def test_the_application_has_one_look(look: Appearance) -> None:
    assert appearance() is look


def test_following_the_system_gives_up_the_chosen_theme(look: Appearance) -> None:
    look.apply(theme=ThemeName.DARK)
    assert look.tokens["window"] == "#16191C"
    look.follow_system()
    assert look.theme is ThemeName.LIGHT  # the offscreen platform knows no scheme
    assert QApplication.palette().window().color() == QColor("#F0F2F4")


def test_digits_have_one_width(look: Appearance) -> None:
    metrics = QFontMetricsF(digits_font("body"))
    assert len({round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1
    assert role_font("small").pointSizeF() == 10


@pytest.mark.parametrize("theme", list(ThemeName))
def test_an_icon_is_painted_in_the_theme_in_use_even_when_made_before(look: Appearance, theme: ThemeName) -> None:
    made = icon("lock")
    look.apply(theme=theme)
    image = made.pixmap(QSize(40, 40)).toImage()
    inks = {
        image.pixelColor(x, y).name().upper()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert look.tokens["text"].upper() in inks
    off = made.pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    assert off != image


def test_every_icon_can_be_drawn(look: Appearance) -> None:
    names = sorted(file.stem for file in path("icons").glob("*.svg"))
    assert len(names) >= 40
    for name in names:
        image = icon(name).pixmap(QSize(20, 20)).toImage()
        assert any(image.pixelColor(x, y).alpha() > 100 for x in range(20) for y in range(20)), name


def test_an_icon_without_room_is_left_out_without_a_complaint(look: Appearance) -> None:
    sheet = QPixmap(QSize(20, 20))
    sheet.fill(Qt.GlobalColor.white)
    before = sheet.toImage()
    painter = QPainter(sheet)
    icon("lock").paint(painter, QRect(0, 0, 20, 0))  # a button in a window of 720 x 480: Qt's warnings fail a test
    painter.end()
    assert sheet.toImage() == before
    assert icon("lock").pixmap(QSize(20, 0)).isNull()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_as_sharp_as_its_screen(look: Appearance, ratio: float) -> None:
    sheet = QPixmap(QSize(40, 40) * ratio)
    sheet.setDevicePixelRatio(ratio)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    icon("lock").paint(painter, QRect(0, 0, 40, 40))
    painter.end()
    big = icon("lock").pixmap(QSize(round(40 * ratio), round(40 * ratio))).toImage()
    drawn = sheet.toImage()
    inked = [(x, y) for x in range(big.width()) for y in range(big.height()) if big.pixelColor(x, y).alpha() == 255]
    assert inked
    assert all(drawn.pixelColor(x, y).name() == big.pixelColor(x, y).name() for x, y in inked)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


def test_icons_grow_with_text(look: Appearance) -> None:
    small = icon_size(role_font("body"), is_beside_words=True)
    look.apply(percent=200)
    assert icon_size(role_font("body"), is_beside_words=True).height() == pytest.approx(2 * small.height(), abs=2)


def test_a_table_lets_tab_out_and_enters_on_a_row(shown: Shown) -> None:
    table, after = QTableWidget(3, 2), button("Next", "t.next")
    named(table, "Notes", "t.notes")
    prepare_rows(table)
    window = QWidget()
    rows = QVBoxLayout(window)
    rows.addWidget(after)
    rows.addWidget(table)
    shown(window)
    assert not table.currentIndex().isValid()
    assert tab_cycle(after) == [after, table]
    assert table.currentIndex().row() == 0


@pytest.mark.parametrize("percent", [100, 200])
def test_rows_grow_with_text_and_never_overlap(look: Appearance, shown: Shown, percent: int) -> None:
    listed, table = QListWidget(), QTableWidget(4, 1)
    listed.addItems(["Home", "Visit", "Evidence"])
    window = QWidget()
    rows = QVBoxLayout(window)
    for view in (listed, table):
        prepare_rows(view)
        rows.addWidget(view)
    shown(window)
    look.apply(percent=percent)
    QApplication.processEvents()
    first, second = (listed.visualItemRect(listed.item(row)) for row in (0, 1))
    assert first.height() == row_height(listed) >= 30
    assert second.top() == first.top() + first.height()
    assert table.rowHeight(1) == row_height(table) >= 1.9 * table.fontMetrics().lineSpacing() - 1


def test_a_splitter_is_read_first_panel_first(shown: Shown) -> None:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    for words in ("First", "Second", "Third"):
        splitter.addWidget(RoleLabel(words))
    keep_reading_order(splitter)
    shown(splitter)
    names = [i.text(_NAME) for i, _ in objects(splitter)]
    assert [name for name in names if name in ("First", "Second", "Third")] == ["First", "Second", "Third"]


def test_a_plain_pane_can_be_a_tool_bar_and_its_name_never_grows_old(shown: Shown) -> None:
    pane = named(with_role(QWidget(), Role.ToolBar), "Top bar", "shell.top")
    window = QWidget()
    QVBoxLayout(window).addWidget(pane)
    shown(window)
    assert ("ToolBar", "Top bar") in [(i.role().name, i.text(_NAME)) for i, _ in objects(window)]
    pane.setAccessibleName("Bar at the top")
    assert ("ToolBar", "Bar at the top") in [(i.role().name, i.text(_NAME)) for i, _ in objects(window)]


def test_headings_that_come_and_go_leave_nothing_behind(look: Appearance) -> None:
    for _ in range(200):
        heading = HeadingLabel("Here today")
        spoken = QAccessible.queryAccessibleInterface(heading)
        assert (spoken.role().name, spoken.text(_NAME)) == ("Heading", "Here today")
        heading.deleteLater()
        del heading, spoken
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(accessibility._kept) < 100


def test_a_role_outlives_a_signal_connected_to_a_method(look: Appearance) -> None:
    class Pane(QWidget):
        def pressed(self) -> None: ...

    pane, press = with_role(Pane(), Role.StatusBar), button("Go", "p.go")
    assert QAccessible.queryAccessibleInterface(pane).role() == Role.StatusBar
    press.clicked.connect(pane.pressed)  # PySide gives the pane a new meta-object here
    assert QAccessible.queryAccessibleInterface(pane).role() == Role.StatusBar
    pane.deleteLater()
    press.deleteLater()
