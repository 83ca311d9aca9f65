"""One page of the guide: text of the size that was chosen, pictures as wide as the column, links by keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from ui.presenters.guide.pages import page
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.views.help.pictures import Pictures

_EDGE = 40
_MOST_LETTERS = 100
"""A line of the guide is no longer: 70 letters read best (ux 3.3), tables and pictures of the window want more."""
_AFTER_RESIZE_MS = 20
"""Setting a page anew takes some 10 ms; a window that is being drawn wider asks for it sixty times a second."""


class GuideBrowser(QTextBrowser):
    """``follow`` is given each link. A caret moves through the text; Enter on a link follows it."""

    def __init__(self, follow: Callable[[str], bool]) -> None:
        super().__init__()
        self._follow = follow
        self._page = ""
        self._anchor = ""
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByKeyboard | flags.TextSelectableByMouse | flags.LinksAccessibleByMouse
        )
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda link: self._follow(link.toString()))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_RESIZE_MS)
        self._timer.timeout.connect(self._set)
        self._pictures = Pictures(self._show_picture, self)
        named(self, "Page of the guide", "guide.page")
        appearance().follow(self, self._set)

    def show_page(self, name: str, anchor: str) -> None:
        """Open a page at a heading; the same one again changes nothing."""
        if (name, anchor) == (self._page, self._anchor):
            return
        is_other = name != self._page
        self._page, self._anchor = name, anchor
        if is_other:
            self._set()
        self._go_to_anchor()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures from the shipped guide, never wider than the column."""
        address = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or not address.startswith("pictures/"):
            return None
        room = max(self.viewport().width() - _EDGE, 200)  # of the column: the margins are outside of it
        return self._pictures.of(address, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_to_column()
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        link = self.textCursor().charFormat().anchorHref()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and link:
            self._follow(link)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _set(self) -> None:
        if not self._page:
            return
        self._timer.stop()
        found = page(self._page)
        at = self.verticalScrollBar().value()
        self.document().clear()
        self.document().setDefaultFont(role_font("body"))
        self.document().setDefaultStyleSheet(_style())
        self.setHtml(_for_qt(found.body))
        named(self, f"Page of the guide, {found.title}")
        self.verticalScrollBar().setValue(at)

    def _show_picture(self, address: str, image: QImage) -> None:
        """In the place that was kept for it, which is of its size: nothing moves."""
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address), image)
        self.viewport().update()

    def _keep_to_column(self) -> None:
        """What a wide window has beyond a column that reads well stays empty at its right."""
        most = QFontMetrics(role_font("body")).averageCharWidth() * _MOST_LETTERS + _EDGE
        whole = self.width() - 2 * self.frameWidth()
        self.setViewportMargins(0, 0, max(whole - most, 0), 0)

    def _go_to_anchor(self) -> None:
        if self._anchor:
            self.scrollToAnchor(self._anchor)
        else:
            self.moveCursor(self.textCursor().MoveOperation.Start)
            self.verticalScrollBar().setValue(0)


def _style() -> str:
    """What Qt's rich text understands of a style sheet, in the colours of the theme."""
    look = appearance()
    sizes = {tag: role_font(role).pointSizeF() for tag, role in (("h1", "heading1"), ("h2", "heading2"))}
    headings = "".join(f"{tag}{{font-size:{size:.1f}pt;font-weight:bold;}}" for tag, size in sizes.items())
    return (
        f"{headings}h3{{font-weight:bold;}}a{{color:{look.tokens['link']};}}"
        f"code,pre{{font-family:monospace;background-color:{look.tokens['sunken']};}}"
        f"th{{background-color:{look.tokens['sunken']};text-align:left;}}"
    )


def _for_qt(body: str) -> str:
    """Qt draws the borders of a table only when the table itself asks for them."""
    border = appearance().tokens["control"]
    table = f'<table border="1" cellspacing="0" cellpadding="6" width="100%" style="border-color:{border};'
    return body.replace("<table>", f'{table}border-collapse:collapse;">')
