"""The files page in the real window, by keys: attach, look, black out, take out of use; and what cannot be shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas as Pdf

from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.files.attaching import AttachForm
from ui.presenters.files.page import FilesPage
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.files.canvas import Canvas
from ui.views.files.files_view import FilesView

_Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, its log open."""
    with quick_keys():
        worlds.own(tmp_path / "home", 3, in_log=True)
        made = Stage(tmp_path / "home")
        made.until(lambda: made.focus.objectName() == "unlock.passphrase")
        made.type(PASSPHRASE)
        made.press(_Key.Key_Return)
        made.until(lambda: made.window.desk is not None and made.focus.objectName() == "log.capture")
        made.settle()
        yield made
        made.close()


def _page(stage: Stage) -> FilesPage:
    return cast("FilesPage", stage.bench.presenter(Page.FILES))


def _pdf(path: Path, pages: int = 3) -> Path:
    canvas = Pdf(str(path), pagesize=(400, 300))
    for number in range(pages):
        canvas.drawString(40, 250, f"Page {number + 1}: Margaret Hale")
        canvas.showPage()
    canvas.save()
    return path


def _attach(stage: Stage, path: Path, purpose: str = "Shows the waiting list") -> None:
    before = len(_page(stage).state.lines) if stage.bench.presenter(Page.FILES) else 0
    stage.chord(_Key.Key_A, shift=True)
    stage.until(lambda: stage.focus.objectName() == "files.attach_form.file")
    stage.type(str(path))
    stage.tab_to("files.attach_form.purpose")
    stage.type(purpose)
    if path.suffix == ".jpg":
        stage.tab_to("files.attach_form.people.nobody")
        stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(_page(stage).state.lines) > before)
    stage.settle()


def test_from_the_log_a_file_is_attached_to_its_activity_and_esc_leads_back(stage: Stage, tmp_path: Path) -> None:
    activity = stage.bench.log.facts.activity.id if stage.bench.log else ""
    _attach(stage, _pdf(tmp_path / "minutes.pdf"))
    (line,) = _page(stage).state.lines
    assert line.value.about == activity
    assert "Waiting to send" in line.status
    assert stage.bench.status.state.exposure.endswith("1 file") or "1 file" in stage.bench.status.state.exposure
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Escape)
    assert stage.bench.state.page is Page.LOG


def test_a_pdf_is_looked_at_page_by_page_and_blacked_out_by_keys(stage: Stage, tmp_path: Path) -> None:
    _attach(stage, _pdf(tmp_path / "minutes.pdf"))
    page = _page(stage)
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: page.viewer is not None and page.viewer.state.preview is not None)
    viewer = page.viewer
    assert viewer is not None
    assert stage.focus.objectName() == "files.canvas"
    stage.press(_Key.Key_PageDown)
    stage.until(lambda: viewer.state.edition == 2)
    stage.alt(_Key.Key_O)
    stage.press(_Key.Key_Insert)
    before = viewer.state.boxes[0]
    stage.press(_Key.Key_Right)
    stage.press(_Key.Key_Down, _SHIFT)
    box = viewer.state.boxes[0]
    assert (box.page, box.left, box.height) == (2, before.left + 10, before.height + 10)
    assert stage.focus.accessibleDescription().startswith("Page 2 of 3. 1 black box. Box from 36 % across")
    stage.press(_Key.Key_Insert)
    stage.press(_Key.Key_Delete)
    assert len(viewer.state.boxes) == 1
    stage.press(_Key.Key_Return, _CTRL)
    stage.until(lambda: len(page.state.lines) == 2, 40)
    copy, original = page.state.lines
    assert copy.value.derived_from == original.value.id
    assert (copy.value.boxes, copy.value.pages) == (1, 3)
    assert not page.state.looking
    assert stage.focus.objectName() == "files.list"
    data = b"".join(stage.bench.session.workspace.files.pieces(copy.value.sha256))
    assert b"Margaret" not in data


def test_a_note_about_a_file_is_written_beside_it_and_each_leads_to_the_other(stage: Stage, tmp_path: Path) -> None:
    _attach(stage, _pdf(tmp_path / "minutes.pdf"))
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Home)
    stage.settle()
    stage.alt(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "files.note_form.note")
    stage.type("Nobody signed the minutes #lc-")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: bool(_page(stage).state.lines[0].notes))
    stage.settle()
    stage.tab_to("files.notes")
    stage.press(_Key.Key_Home)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    stage.settle()
    exhibit = _page(stage).state.lines[0].value.exhibit
    row = stage.window.desk.view.note_at_hand  # type: ignore[union-attr]
    assert row is not None
    assert row.entry.text == "Nobody signed the minutes"
    assert f"~{exhibit}" in stage.bench.log.reader.words(row).text  # type: ignore[union-attr]
    stage.alt(_Key.Key_E)
    stage.until(lambda: stage.bench.state.page is Page.FILES)
    stage.settle()
    assert _page(stage).state.chosen == row.entry.about


def test_a_box_is_drawn_with_the_mouse_and_chosen_by_a_click(stage: Stage, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), (90, 200, 90)).save(tmp_path / "ward.jpg")
    _attach(stage, tmp_path / "ward.jpg")
    page = _page(stage)
    page.choose(page.state.lines[0].row.row.record)
    page.black_out()
    stage.until(lambda: page.viewer is not None and page.viewer.state.preview is not None)
    viewer = page.viewer
    assert viewer is not None
    stage.settle()
    canvas = cast("Canvas", stage.find("files.canvas"))
    corner = canvas._sheet().topLeft()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corner + QPoint(40, 40))
    QTest.mouseMove(canvas, corner + QPoint(120, 90))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=corner + QPoint(120, 90))
    assert len(viewer.state.boxes) == 1
    stage.press(_Key.Key_Insert)
    assert viewer.state.at == 1
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=corner + QPoint(80, 60))
    assert viewer.state.at == 0


def test_a_picture_is_pasted_and_a_file_dropped(stage: Stage, tmp_path: Path) -> None:
    stage.bench.open_page(Page.FILES)
    stage.until(lambda: stage.bench.state.page is Page.FILES)
    page = _page(stage)
    QGuiApplication.clipboard().clear()
    stage.chord(_Key.Key_V, shift=True)
    assert "no picture on the clipboard" in page.state.fault
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    stage.chord(_Key.Key_V, shift=True)
    panel = page.state.panel
    assert panel is not None, page.state.fault
    panel.form.put("purpose", "The rota on the screen")
    panel.form.put("people", "nobody")
    panel.form.submit()
    stage.until(lambda: page.state.lines)
    assert page.state.lines[0].value.media == "image/png"
    assert page.state.lines[0].value.origin.value == "pasted"
    view = stage.window.findChildren(FilesView)[0]
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.pdf"))])
    view.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert page.state.panel is not None
    assert page.state.panel.form.state.values["file"] == str(tmp_path / "dropped.pdf")


def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(stage: Stage, tmp_path: Path) -> None:
    stage.chord(_Key.Key_A, shift=True)
    stage.until(lambda: stage.focus.objectName() == "files.attach_form.file")
    stage.chord(_Key.Key_Return)
    assert "Error: Choose a file" in stage.find("files.attach_form.file").accessibleDescription()
    stage.tab_to("files.attach_form.file")
    stage.type(str(tmp_path / "gone.pdf"))
    stage.tab_to("files.attach_form.purpose")
    stage.type("x")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: "no file called" in stage.find("files.attach_form.file").accessibleDescription())
    form = _page(stage).state.panel
    assert form is not None
    assert isinstance(form.form, AttachForm)
    assert form.form.state.values["purpose"] == "x"
    (tmp_path / "photo.jpg").write_bytes(_jpeg())
    form.form.put("file", str(tmp_path / "photo.jpg"))
    stage.settle()
    stage.chord(_Key.Key_Return)
    stage.until(lambda: form.form.state.errors and form.form.state.errors[0].field == "people")
    assert not list((tmp_path / "home").rglob("blobs/??/*")), "nothing was copied"


def test_taken_out_of_use_and_back_again(stage: Stage, tmp_path: Path) -> None:
    _attach(stage, _pdf(tmp_path / "minutes.pdf"))
    page = _page(stage)
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Delete, _CTRL)
    stage.until(lambda: stage.focus.objectName() == "files.withdraw_form.reason")
    stage.type("Names a patient")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: page.state.lines[0].value.withdrawn == "Names a patient")
    stage.settle()
    stage.chord(_Key.Key_Z)
    stage.until(lambda: page.state.lines[0].value.withdrawn == "")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.pdf", b"%PDF-1.7\nnothing more", "damaged"),
        ("table.xlsx", b"PK\x03\x04....xl/workbook.xml", "Save a copy"),
        ("odd.bin", bytes(range(256)), "Save a copy"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_says_why(stage: Stage, tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    page = None
    stage.bench.open_page(Page.FILES)
    stage.until(lambda: stage.bench.state.page is Page.FILES)
    page = _page(stage)
    page.attach(str(tmp_path / name))
    panel = page.state.panel
    assert panel is not None
    for field, text in (
        ("purpose", "x"),
        ("people", "not_a_picture"),
        ("about", panel.form.fields[1].options[0].value),
    ):
        panel.form.put(field, text)
    panel.form.submit()
    stage.until(lambda: page.state.lines)
    page.choose(page.state.lines[0].row.row.record)
    page.look()
    stage.until(lambda: page.viewer is not None and page.viewer.state.fault)
    assert page.viewer is not None
    assert said in page.viewer.state.fault
    stage.settle()
    stage.press(_Key.Key_Escape)
    assert not page.state.looking


def test_every_state_passes_the_accessibility_kit(stage: Stage, tmp_path: Path) -> None:
    _attach(stage, _pdf(tmp_path / "minutes.pdf"))
    page = _page(stage)
    for percent, size in ((100, (1366, 688)), (200, (1092, 534))):
        stage.show_as(Colours.LIGHT, percent, size)
        for what in ("list", "form", "viewer"):
            if what == "form":
                page.attach()
            elif what == "viewer":
                page.close_panel()
                page.choose(page.state.lines[0].row.row.record)
                page.black_out()
                stage.until(lambda: page.viewer is not None and page.viewer.state.preview is not None)
            stage.settle()
            view = stage.window.findChildren(FilesView)[0]
            for part in (view, view.side):
                for check in (unnamed, identifier_faults, label_not_in_name, clipped, small_targets):
                    is_seen = part.isVisible()  # region D lies behind the page at 200 %, as wide as it was at 100 %
                    assert not is_seen or check(part) == [], (what, percent, check.__name__)
            assert unreachable(stage.window, tab_cycle(stage.focus)) == [], (what, percent)
        page.stop_looking()
        stage.settle()


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return out.getvalue()
