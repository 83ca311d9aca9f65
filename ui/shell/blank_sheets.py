"""Blank sheets from the palette: where to save one, and that it was saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fieldkit.domain.guide import Guide
from fieldkit.reports.blanks import TITLES, Blank, blank
from ui.presenters.services import Say, Sheets
from ui.presenters.wording import sentence
from ui.qt.file_dialogs import file_to_save

_KINDS = "PDF (*.pdf);;Web page (*.html);;Text (*.txt)"


def save_blank(kind: Blank, guide: Guide | None, over: QWidget, sheets: Sheets, say: Say) -> None:
    """Ask where, write it off the screens' thread, say that it is there."""
    name = f"{TITLES[kind]}: {guide.title}" if guide is not None else TITLES[kind]
    chosen = file_to_save(over, f"Save: {name}", f"{name.replace(': ', ' - ')}.pdf", _KINDS)
    if chosen:
        path = Path(chosen)
        sheets.save_document(
            path, blank(kind, guide), partial(say, f"{TITLES[kind]} saved in {path.name}. Print it from there"),
            lambda problem: say(sentence(problem), urgent=True),
        )  # fmt: skip
