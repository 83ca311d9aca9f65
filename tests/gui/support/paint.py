"""Accessibility kit: what was really painted (contrast, clipping, size of targets, the focus ring)."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QTableView, QWidget

from tests.gui.support.tree import visible
from ui.qt.tokens import contrast

_LEAST_TARGET = 24  # logical pixels, WCAG 2.5.8
_VISIBLE_CHANGE = 3.0  # a changed pixel counts when old and new differ by this ratio, WCAG 2.4.13


def small_targets(window: QWidget, least: int = _LEAST_TARGET) -> list[str]:
    """Buttons that are hard to hit."""
    return [
        f"{type(w).__name__} {w.objectName()} {w.width()}x{w.height()}"
        for w in targets(window)
        if w.width() < least or w.height() < least
    ]


def targets(window: QWidget) -> list[QAbstractButton]:
    """What a pointer presses."""
    return [
        w
        for w in visible(window, QAbstractButton)
        if w.objectName() != "qt_toolbar_ext_button"
        and type(w).__name__ != "QTableCornerButton"
        and not isinstance(w.parent(), QAbstractItemView)
    ]


def clipped(window: QWidget) -> list[str]:
    """Words that do not fit: labels, buttons, headers and cells."""
    found = [
        f"{type(w).__name__} {w.text()!r} has {w.width()}x{w.height()}, needs {need.width()}x{need.height()}"
        for w in labelled(window)
        if w.text() and _is_too_small(w.size(), need := _needed(w))
    ]
    for table in visible(window, QTableView):
        found += _clipped_headers(table) + _clipped_cells(table)
    return found


def painted_contrast(widget: QWidget) -> float:
    """Contrast that was painted: the commonest colour is the fill, the furthest from it the ink."""
    window = widget.window()  # grabbed with what lies behind it: a flat button alone is transparent
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    colours = Counter(_pixels(window.grab(area).toImage()))
    fill = _name(colours.most_common(1)[0][0])
    return max((contrast(fill, _name(colour)) for colour, count in colours.items() if count >= 2), default=1.0)


def edge_contrast(widget: QWidget) -> float:
    """Contrast of a control's painted left edge with what lies beside it."""
    window = widget.window()
    left = widget.mapTo(window, QPoint(0, widget.height() // 2))
    image = window.grab(QRect(left - QPoint(1, 0), QSize(2, 1))).toImage()
    outside, edge = (_name(pixel) for pixel in _pixels(image))
    return contrast(outside, edge)


def focus_change(window: QWidget, control: QWidget) -> int:
    """How many pixels change visibly when ``control`` takes keyboard focus."""
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    QApplication.processEvents()
    before = window.grab().toImage()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = window.grab().toImage()
    pairs = Counter(zip(_pixels(before), _pixels(after), strict=True))
    changed = ((_name(old), _name(new), n) for (old, new), n in pairs.items() if old != new)
    return sum(n for old, new, n in changed if contrast(old, new) >= _VISIBLE_CHANGE)


def ring_minimum(area: QRect) -> int:
    """The area WCAG 2.4.13 wants: a perimeter of 2 px."""
    return 4 * (area.width() + area.height())


def labelled(window: QWidget) -> list[QLabel | QAbstractButton]:
    """What carries words."""
    return [*visible(window, QLabel), *visible(window, QAbstractButton)]


def _pixels(image: QImage) -> list[int]:
    """Every pixel as 0xffRRGGBB, row by row."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)  # 4 bytes a pixel, so no row is padded
    return memoryview(plain.constBits()).cast("I").tolist()


def _name(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06x}"


def _needed(widget: QLabel | QAbstractButton) -> QSize:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(widget.minimumSizeHint().width(), widget.heightForWidth(widget.width()))
    return widget.sizeHint()


def _is_too_small(have: QSize, need: QSize) -> bool:
    return have.width() < need.width() - 1 or have.height() < need.height() - 1


def _clipped_headers(table: QTableView) -> list[str]:
    found = []
    for orientation, header, count in (
        (Qt.Orientation.Horizontal, table.horizontalHeader(), table.model().columnCount()),
        (Qt.Orientation.Vertical, table.verticalHeader(), table.model().rowCount()),
    ):
        if not header.isVisibleTo(table):
            continue
        for section in range(count):
            words = str(table.model().headerData(section, orientation) or "")
            is_across = orientation == Qt.Orientation.Horizontal
            have = header.sectionSize(section) if is_across else header.width()
            # A header that wraps needs room for its longest word; whether its lines fit is a matter of row heights.
            pieces = words.split() if getattr(header, "wraps", False) and not is_across else words.split("\n")
            need = max((header.fontMetrics().horizontalAdvance(piece) for piece in pieces), default=0)
            if 0 < have < need:
                found.append(f"header {words!r} has {have}, needs {need}")
    return found


def _clipped_cells(table: QTableView) -> list[str]:
    metrics, model, found = table.fontMetrics(), table.model(), []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            words = str(model.index(row, column).data() or "")
            have = table.columnWidth(column) - 6
            if not table.isColumnHidden(column) and metrics.horizontalAdvance(words) > have and not table.wordWrap():
                found.append(f"cell {words!r} has {have}, needs {metrics.horizontalAdvance(words)}")
    return found
