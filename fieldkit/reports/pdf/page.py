"""A document on A4 pages with a foot line and the facts a reader's program asks for (title, language)."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from fieldkit.reports.blocks import Document
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.flow import SHEET_COLUMN, TALL, WIDE, WIDE_WIDTH, WIDTH, flow, text
from fieldkit.reports.pdf.fonts import REGULAR, load_fonts, split_runs

_FOOT_SIZE = 8


def to_pdf(document: Document) -> bytes:
    """The PDF's bytes: the same document gives the same bytes on the same set of fonts."""
    load_fonts()
    target = BytesIO()
    template = BaseDocTemplate(
        target, pagesize=A4, invariant=1, title=document.title, author=document.author,
        subject=document.kicker, creator="FieldKit", producer="FieldKit", lang=document.lang, initialFontName=REGULAR,
        leftMargin=style.MARGIN, rightMargin=style.MARGIN, topMargin=style.MARGIN, bottomMargin=style.MARGIN,
    )  # fmt: skip
    frames = _columns() if document.is_sheet else [_column(style.MARGIN, style.MARGIN, WIDTH, style.MARGIN)]
    wide = Frame(style.MARGIN, style.MARGIN, WIDE_WIDTH, A4[0] - 2 * style.MARGIN, 0, 0, 0, 0)
    template.addPageTemplates([
        PageTemplate(id=TALL, frames=frames, onPage=lambda canvas, _: _foot(canvas, document, WIDTH)),
        PageTemplate(
            id=WIDE, frames=[wide], pagesize=landscape(A4), onPage=lambda canvas, _: _foot(canvas, document, WIDE_WIDTH)
        ),
    ])  # fmt: skip
    template.build(_story(document))
    return target.getvalue()


def _column(left: float, foot: float, width: float, top: float) -> Frame:
    return Frame(left, foot, width, A4[1] - foot - top, 0, 0, 0, 0)


def _columns() -> list[Frame]:
    """Two narrow columns down to just above the foot line."""
    step = SHEET_COLUMN + style.SHEET_GUTTER
    lefts = (style.SHEET_MARGIN, style.SHEET_MARGIN + step)
    return [_column(left, style.FOOT + 6 * mm, SHEET_COLUMN, style.SHEET_MARGIN) for left in lefts]


def _story(document: Document) -> list[Flowable]:
    if document.is_sheet:
        return [text(document.title, style.SHEET_TITLE), *(part for block in document.blocks for part in flow(block))]
    story: list[Flowable] = [text(document.kicker, style.KICKER)] if document.kicker else []
    story.append(text(document.title, style.HEADINGS[1]))
    for block in document.blocks:
        story.extend(flow(block))
    return story


def _foot(canvas: Canvas, document: Document, width: float) -> None:
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(style.MARGIN, style.FOOT + 4 * mm, style.MARGIN + width, style.FOOT + 4 * mm)
    canvas.setFillColor(style.SOFT_INK)
    left = style.MARGIN
    for run in split_runs(document.footer):
        canvas.setFont(run.font, _FOOT_SIZE)
        canvas.drawString(left, style.FOOT, run.text)
        left += canvas.stringWidth(run.text, run.font, _FOOT_SIZE)
    canvas.setFont(REGULAR, _FOOT_SIZE)
    canvas.drawRightString(style.MARGIN + width, style.FOOT, str(canvas.getPageNumber()))
