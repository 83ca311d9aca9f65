"""Printing a document on paper: Qt's own dialog for the printer, the words laid out by Qt on its pages.

Our PDFs are not sent to the printer themselves: Qt reads PDF only with a part that FieldKit does not carry.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from fieldkit.reports.blocks import (
    Block,
    CodeGroups,
    Document,
    Heading,
    KeyFacts,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)
from ui.qt.typography import FAMILY

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

_ACROSS = 4
_MARGIN_MM = 16.0
_POINTS = 10
_STYLE = "h1{font-size:18pt}h2{font-size:12pt}p,li,td{font-size:10pt}td.code{font-size:15pt;padding:6px}"


def printable(document: Document) -> str:
    """The document in the plain HTML that Qt lays out: no style beyond sizes, tables in the place of grids."""
    body = "".join(_block(one) for one in document.blocks)
    foot = f"<hr><p>{escape(document.footer)}</p>" if document.footer else ""
    return (
        f"<html><head><style>{_STYLE}</style></head><body><p>{escape(document.kicker)}</p>"
        f"<h1>{escape(document.title)}</h1>{body}{foot}</body></html>"
    )


def print_on(printer: QPrinter, document: Document) -> bool:
    """Print on A4; whether the printer took it."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
    from PySide6.QtPrintSupport import QPrinter

    printer.setDocName(document.title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    text = QTextDocument()
    text.setDefaultFont(QFont(FAMILY, _POINTS))  # the screen's would bring its text size along, and a second page
    text.setHtml(printable(document))
    text.print_(printer)
    return printer.printerState() not in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def has_printer() -> bool:
    """Whether this laptop knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_and_print(
    parent: QWidget | None, document: Document, done: Callable[[str], None], failed: Callable[[], None]
) -> None:
    """Ask which printer and print there; ``done`` is told its name. Where there is no printer it is ``failed``.

    A person who closes the dialog changed their mind: nothing is told.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
    from PySide6.QtWidgets import QDialog

    if not QPrinterInfo.availablePrinterNames():
        failed()
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {document.title}")

    result = dialog.exec()  # Windows and macOS show their own dialog, which knows no other way
    dialog.deleteLater()
    if result == QDialog.DialogCode.Accepted:
        done(printer.printerName() or "the printer") if print_on(printer, document) else failed()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h2>{escape(block.text)}</h2>"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case CodeGroups():
            return f"<p><b>{escape(block.label)}</b></p>{_codes(block.groups)}"
        case KeyFacts():
            rows = "".join(
                f"<tr><td>{escape(name)}</td><td>{escape(said) or '…'}</td></tr>" for name, said in block.facts
            )
            return f"<table cellpadding='3'>{rows}</table>"
        case Steps():
            return _list("ol", block.steps)
        case Points():
            return _list("ul", block.points)
        case Note():
            return f"<p><b>{escape(block.title)}</b><br>{escape(block.text)}</p>"
        case Table():
            head = "".join(f"<th align='left'>{escape(one)}</th>" for one in block.header)
            lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            return f"<table border='1' cellspacing='0' cellpadding='4' width='100%'><tr>{head}</tr>{lines}</table>"
        case _:
            raise ValueError(f"not printable: {type(block).__name__}")


def _list(kind: str, lines: tuple[str, ...]) -> str:
    return f"<{kind}>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</{kind}>"


def _codes(groups: tuple[str, ...]) -> str:
    rows = [groups[start : start + _ACROSS] for start in range(0, len(groups), _ACROSS)]
    cells = "".join(
        "<tr>" + "".join(f"<td class='code'><code>{one}</code></td>" for one in row) + "</tr>" for row in rows
    )
    return f"<table border='1' cellspacing='0'>{cells}</table>"
