"""The tour's stops at files: none yet, the form, the list, a mistake, a PDF with black boxes, one out of use."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtCore import Qt
from reportlab.pdfgen.canvas import Canvas

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.page import Page

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def _minutes(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 500))
    for page in (1, 2):
        canvas.setFont("Helvetica", 14)
        for line in range(14):
            canvas.drawString(
                60, 450 - 28 * line, f"{page}.{line + 1}  The board heard about discharge from ward {line + 2}."
            )
        canvas.showPage()
    canvas.save()
    return path


def _fill(stage: Stage, path: Path, purpose: str) -> None:
    stage.tab_to("files.attach_form.file")
    stage.type(str(path))
    stage.tab_to("files.attach_form.about")
    stage.press(_Key.Key_Down)
    stage.tab_to("files.attach_form.purpose")
    stage.type(purpose)


def _count(stage: Stage) -> int:
    page = stage.bench.presenter(Page.FILES)
    return len(page.state.lines)  # type: ignore[union-attr]


def files(visitor: object) -> None:
    """From an empty page to a redacted copy and one that is out of use."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("files")
    stage.until(lambda: stage.bench.state.page is Page.FILES)
    stage.settle()
    take("90-files-empty")
    with TemporaryDirectory() as folder:
        _attach_two(stage, Path(folder), take)
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Home)
    stage.settle()
    take("92-files")
    stage.alt(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "files.note_form.note")
    stage.type("The board saw no date for the repair #lc-")
    stage.settle()
    take("97-file-note")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.shows("files.note_form.note"))
    stage.settle()
    take("98-file-noted")
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "files.canvas" and not stage.shows("files.viewer.progress"), 30)
    stage.settle()
    take("93-file")
    stage.alt(_Key.Key_O)
    stage.press(_Key.Key_Insert)
    stage.settle()
    take("94-file-black-box")
    stage.press(_Key.Key_Return, _CTRL)
    stage.until(lambda: _count(stage) == 3, 30)
    stage.settle()
    stage.press(_Key.Key_Delete, _CTRL)
    stage.until(lambda: stage.focus.objectName() == "files.withdraw_form.reason")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("95-files-withdraw-mistake")
    stage.to_first_mistake()
    stage.type("The wrong page was blacked out")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.shows("files.withdraw_form.reason"))
    stage.settle()
    take("96-files-withdrawn")


def _attach_two(stage: Stage, folder: Path, take: object) -> None:
    assert callable(take)
    Image.linear_gradient("L").resize((640, 400)).convert("RGB").save(folder / "lift.jpg")
    stage.chord(_Key.Key_A, shift=True)
    stage.until(lambda: stage.focus.objectName() == "files.attach_form.file")
    _fill(stage, folder / "lift.jpg", "The lift on ward 4 was out of order")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.shows("files.attach_form.errors"))
    stage.settle()
    take("91-files-form-mistake")
    stage.to_first_mistake()
    assert stage.focus.objectName().startswith("files.attach_form.people")
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: _count(stage) == 1)
    stage.chord(_Key.Key_A, shift=True)
    stage.until(lambda: stage.focus.objectName() == "files.attach_form.file")
    _fill(stage, _minutes(folder / "minutes.pdf"), "Shows what the board heard")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: _count(stage) == 2)
    stage.settle()
