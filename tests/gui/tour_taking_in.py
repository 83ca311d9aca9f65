"""The tour's stops at taking work in: an export of another laptop, what came of it, a codebook as a draft pack."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt

from fieldkit.app.takeout.refi_codes import codebook
from fieldkit.app.takeout.taking_out import Order, take_out
from fieldkit.app.takeout.ways import Way
from fieldkit.exchange.refi.codebook import write_codebook
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from storage.vault import open_vault
from tests.gui import worlds
from tests.gui.stage import NOON, PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from ui.places import Places
from ui.presenters.settings_pages import SettingsPage

_Key = Qt.Key


def taking_in(visitor: object) -> None:
    """By keys: Ctrl+K, the path, Enter, the button that has the focus."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    folder = stage.bench.session.folder.parent / "from others"
    folder.mkdir()
    look_at(stage, export_of_another_laptop(folder))
    take("31m-settings-take-in-preview")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "take_in.file")
    stage.settle()
    take("31n-settings-taken-in")
    book = folder / "Their codes.qdc"
    book.write_bytes(write_codebook(codebook([Library().load("ics", "2023.1")], "Another program")))
    stage.desk.show_setting(SettingsPage.PACKS)
    stage.settle()
    stage.tab_to("packs.file")
    stage.type(str(book))
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "packs.add")
    stage.settle()
    take("31o-settings-codebook")


def export_of_another_laptop(folder: Path) -> Path:
    """Everything of its assessment, in a folder."""
    home = folder / "other"
    worlds.own(home, 13)  # another number of notes is another vault
    with closing(open_vault(Places(home=home).vault, PASSPHRASE, FixedClock(NOON))) as vault:
        (row,) = vault.questions.assessments()
        order = Order(
            questions=vault.questions, files=vault.files, assessment=row.assessment.id,
            frameworks=[Library().load("ics", "2023.1")], made_at=NOON, app="FieldKit",
        )  # fmt: skip
        return take_out(Way.FOLDER, order, folder / "Northshire ICS with files").path


def look_at(stage: Stage, export: Path) -> None:
    """Name an export and see what is in it."""
    stage.window.commands.run("take_in")
    stage.until(lambda: stage.focus.objectName() == "take_in.file")
    stage.type(str(export))
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "take_in.go")
    stage.settle()
