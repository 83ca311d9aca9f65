"""Sizes, colours and paragraph styles of printed pages: black on white, teal only where nothing hangs on it."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from fieldkit.reports.pdf.fonts import BOLD, REGULAR

INK = HexColor(0x1B2430)
SOFT_INK = HexColor(0x44525F)
ACCENT = HexColor(0x0B5A6B)
LINE = HexColor(0x9AA7B2)
WASH = HexColor(0xEEF4F6)

MARGIN = 20 * mm
FOOT = 12 * mm
GAP = 2.6 * mm

_BODY = {"fontName": REGULAR, "fontSize": 10.5, "leading": 15, "textColor": INK, "spaceAfter": GAP}

BODY = ParagraphStyle("body", **_BODY)
STRONG = ParagraphStyle("strong", parent=BODY, fontName=BOLD)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=13, spaceAfter=0)
CELL_HEAD = ParagraphStyle("cell-head", parent=CELL, fontName=BOLD)
LABEL = ParagraphStyle("label", parent=CELL, textColor=SOFT_INK)
CAPTION = ParagraphStyle("caption", parent=STRONG)
"""Of a table or of a code: stands with what it names."""
KICKER = ParagraphStyle("kicker", parent=BODY, fontName=BOLD, fontSize=10, textColor=ACCENT, spaceAfter=1 * mm)
SHEET_MARGIN = 12 * mm
SHEET_GUTTER = 8 * mm
SHEET_TITLE = ParagraphStyle("sheet-title", parent=BODY, fontName=BOLD, fontSize=14, leading=17, spaceAfter=2 * mm)
SHEET_HEAD = ParagraphStyle(
    "sheet-head", parent=BODY, fontName=BOLD, fontSize=9.5, leading=12, textColor=ACCENT, spaceBefore=2 * mm,
    spaceAfter=0.6 * mm,
)  # fmt: skip
SHEET_CELL = ParagraphStyle("sheet-cell", parent=BODY, fontSize=9, leading=10.6, spaceAfter=0)
SHEET_KEYS = ParagraphStyle("sheet-keys", parent=SHEET_CELL, fontName=BOLD)
"""9 pt: the least that people read at arm's length; two columns of it hold about 130 lines on one A4 side."""

HEADINGS = {
    1: ParagraphStyle("h1", parent=BODY, fontName=BOLD, fontSize=25, leading=30, spaceAfter=4 * mm),
    2: ParagraphStyle(
        "h2",
        parent=BODY,
        fontName=BOLD,
        fontSize=13.5,
        leading=18,
        spaceBefore=4 * mm,
        spaceAfter=1.6 * mm,
    ),
    3: ParagraphStyle("h3", parent=BODY, fontName=BOLD, fontSize=11, leading=15, spaceBefore=2 * mm, spaceAfter=1 * mm),
}
HEADS = frozenset({CAPTION.name, SHEET_HEAD.name, *(one.name for one in HEADINGS.values())})
"""What never stands alone at the foot of a page."""
