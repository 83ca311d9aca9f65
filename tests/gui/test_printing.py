"""The recovery sheet on paper: laid out by Qt on a real printer object, or honestly not printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from fieldkit.reports.recovery_sheet import RecoverySheet, compose
from ui.qt.printing import ask_and_print, print_on, printable
from ui.qt.theme import Appearance

SHEET = compose(RecoverySheet(key="-".join(["ABCDE"] * 8), made_on=date(2026, 11, 12), name="Asha & Co"))


def test_the_sheet_is_one_page_of_a4_whatever_the_text_size_of_the_screen(look: Appearance, tmp_path: Path) -> None:
    look.apply(percent=200)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    assert print_on(printer, SHEET)
    data = (tmp_path / "sheet.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1
    size = printer.pageLayout().pageSize().size(printer.pageLayout().pageSize().Unit.Millimeter)
    assert (round(size.width()), round(size.height())) == (210, 297)


def test_every_group_and_every_word_is_on_it(qapp: QApplication) -> None:
    words = printable(SHEET)
    assert words.count("ABCDE") == 8
    assert "Asha &amp; Co" in words
    assert "If you forget your passphrase" in words


def test_without_a_printer_it_says_so_and_pretends_nothing(qapp: QApplication) -> None:
    if QPrinterInfo.availablePrinterNames():
        return  # a laptop with printers would show its dialog
    told: list[str] = []
    ask_and_print(None, SHEET, told.append, lambda: told.append("not printed"))
    assert told == ["not printed"]
