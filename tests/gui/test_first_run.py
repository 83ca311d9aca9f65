"""First run by keys: nothing typed is lost, every page fits, no secret shows, a backup brings a vault back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QScrollArea

from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, objects, unnamed
from tests.support.vaults import quick_keys
from ui.launch.checks import Checks
from ui.presenters.display import Colours
from ui.qt.theme import Appearance

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        made = Stage(tmp_path)
        yield made
        made.close()


def _spoken(stage: Stage) -> str:
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    return "\n".join(one.text(kind) for one, _ in objects(stage.window) for kind in kinds)


def _not(problem: Exception) -> None:
    raise AssertionError(f"this was not to be refused: {problem!r}")


def _text(stage: Stage, name: str) -> str:
    field = stage.find(name)
    assert isinstance(field, QLineEdit)
    return field.text()


def _said(stage: Stage) -> list[str]:
    return [message.text for message in stage.window.announcer.messages]


def test_text_size_colours_and_help_are_reached_by_keys_before_any_secret(stage: Stage) -> None:
    start = stage.focus
    names = [one.objectName() for one in tab_cycle(start)]
    assert {"entrance.display", "entrance.help", "setup.start.sample", "setup.start.restore"} <= set(names)
    stage.find("entrance.display").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "display.size.0")
    stage.press(_Key.Key_Right)
    assert stage.house.display.state.percent == 100
    stage.chord(_Key.Key_Plus)
    assert stage.house.display.state.percent == 115


def test_keys_typed_ahead_land_in_the_next_page_and_back_loses_nothing(stage: Stage) -> None:
    stage.type("Asha Smith\n" + PASSPHRASE)
    assert _text(stage, "setup.passphrase") == PASSPHRASE
    stage.alt(_Key.Key_B)
    assert _text(stage, "setup.name") == "Asha Smith"
    assert stage.focus.objectName() == "setup.name"
    stage.press(_Key.Key_Escape)  # asks nothing and stays
    stage.chord(_Key.Key_Return)
    assert _text(stage, "setup.passphrase") == PASSPHRASE
    stage.tab_to("setup.again")
    stage.type(PASSPHRASE)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.groups")
    said = _said(stage)
    assert said.index("Step 2 of 6. Create your passphrase") < said.index("Step 3 of 6. Store your recovery key")


def test_both_passphrase_fields_take_a_paste_and_can_be_shown_and_hidden(stage: Stage) -> None:
    stage.type("Asha Smith\n")
    stage.app.clipboard().setText(PASSPHRASE)
    stage.chord(_Key.Key_V)
    stage.tab_to("setup.again")
    stage.chord(_Key.Key_V)
    assert _text(stage, "setup.again") == PASSPHRASE
    assert PASSPHRASE not in _spoken(stage)
    stage.tab_to("passphrase.show")
    assert stage.focus.accessibleName() == "Show passphrase"
    stage.press(_Key.Key_Space)
    assert stage.focus.accessibleName() == "Hide passphrase"
    stage.type("velvet")  # typed at the button, letters went into the field behind it
    assert {_text(stage, "setup.passphrase"), _text(stage, "setup.again")} == {PASSPHRASE}
    stage.press(_Key.Key_Space)
    stage.find("setup.again").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.groups")
    assert "Long enough. Hard to guess" in _said(stage)
    assert PASSPHRASE not in "".join(_said(stage)) + _spoken(stage)


def test_the_recovery_key_is_read_in_groups_kept_for_going_back_and_gone_afterwards(stage: Stage) -> None:
    stage.set_up()
    name = stage.focus.accessibleName()
    assert name.startswith("Recovery key, 8 groups of 5 characters: ")
    stage.press(_Key.Key_Return)  # goes on from the key itself too, not only from the choices below it
    assert stage.window.windowTitle().startswith("Error: ")
    assert stage.shows("setup.recovery.errors")
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.way.0")
    stage.alt(_Key.Key_B)
    assert stage.find("setup.recovery.groups").accessibleName() == name
    stage.chord(_Key.Key_Return)
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    for _ in range(3):
        stage.press(_Key.Key_Return)
        stage.settle()
    stage.until(lambda: stage.focus.objectName() == "new_visit.assessment_name")
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert "recovery key" in _spoken(stage).casefold()  # Home asks for it before the first visit
    assert name.partition(": ")[2] not in _spoken(stage)


def test_without_a_printer_the_page_says_what_else_to_do(stage: Stage) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    if QPrinterInfo.availablePrinterNames():
        return
    stage.set_up()
    stage.tab_to("setup.recovery.print")
    stage.press(_Key.Key_Return)
    words = "The recovery key was not printed. Save it as a PDF to a memory stick, or copy it by hand"
    assert words in _spoken(stage)


def test_a_laptop_that_is_not_fit_is_told_and_looked_at_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    free = [800_000_000]
    monkeypatch.setattr(Checks, "_disk", _with_free(free, Checks._disk))
    wizard = stage.window.wizard
    assert wizard is not None
    wizard.check()
    stage.until(lambda: any(one.is_wrong for one in wizard.state.checks))
    stage.type("Asha Smith\n")
    words = (
        "This laptop needs 2 GB of free space. It has 0.8\N{NO-BREAK SPACE}GB. "
        "Delete some files, then select Check again"
    )
    assert words in _spoken(stage)
    assert stage.focus.objectName() == "setup.start.banner.remedy"
    free[0] = 50_000_000_000
    stage.press(_Key.Key_Return)
    stage.until(lambda: not wizard.state.fault)
    stage.find("setup.name").setFocus()
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "setup.passphrase"


def _with_free(free: list[int], usual: object) -> object:
    def disk(self: Checks, there: Path) -> object:
        self._free = lambda _: free[0]
        return usual(self, there)  # type: ignore[operator]

    return disk


def test_every_page_shows_all_its_controls_at_200_per_cent_in_the_smallest_window(stage: Stage) -> None:
    stage.show_as(Colours.LIGHT, 200, (1092, 534))
    faults: list[str] = []

    def look_at(page: str) -> None:
        stage.settle()
        window = stage.window
        found = [
            *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
            *clipped(window),
        ]  # fmt: skip
        found += [] if headings(window) else ["no heading"]
        start = stage.focus
        found += unreachable(window, tab_cycle(start))
        start.setFocus()
        for area in window.findChildren(QScrollArea):
            if area.isVisible() and area.horizontalScrollBar().maximum() > 0:
                found.append("scrolls sideways")
        faults.extend(f"{page}: {one}" for one in found)

    look_at("start")
    stage.press(_Key.Key_Return)
    look_at("start with a mistake")
    stage.find("setup.start.restore").setFocus()
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    look_at("restore with mistakes")
    stage.alt(_Key.Key_B)
    stage.type("Asha Smith\n")
    stage.press(_Key.Key_Return)
    look_at("passphrase with a mistake")
    stage.find("setup.passphrase").setFocus()
    stage.type(PASSPHRASE)
    stage.tab_to("setup.again")
    stage.type(PASSPHRASE + "\n")
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.groups")
    look_at("recovery key")
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Space)
    look_at("how will you work")
    stage.find("setup.way.later").setFocus()
    stage.press(_Key.Key_Return)
    stage.settle()
    look_at("pack")
    stage.press(_Key.Key_Return)
    look_at("ready")
    assert faults == []


def test_a_backup_brings_a_vault_back_on_a_laptop_without_one(stage: Stage, tmp_path: Path) -> None:
    stage.set_up()
    stage.finish_set_up()
    stage.create_visit()
    stage.open_log()
    stage.note("Nobody owns the plan #lc")
    stage.settle()
    keeper = stage.window._outside.keeper
    made: list[Path] = []
    keeper.back_up(
        stage.bench.session, tmp_path, lambda *_: None, lambda done: made.append(done.file), _not
    )  # fmt: skip
    stage.until(lambda: made)
    stage.house.entrance.erase(_not)
    stage.until(lambda: stage.focus.objectName() == "setup.name")
    assert not (tmp_path / "vault").exists()
    stage.tab_to("setup.start.restore")
    stage.press(_Key.Key_Return)
    wrong = tmp_path / "letter.fkbackup"
    wrong.write_text("Dear all", encoding="utf-8")
    stage.type(str(wrong))
    stage.tab_to("setup.restore.passphrase")
    stage.type(PASSPHRASE + "\n")
    words = "This file is not a FieldKit backup. Choose a file ending .fkbackup"
    stage.until(lambda: words in _spoken(stage))
    stage.find("setup.restore.file").setFocus()
    stage.chord(_Key.Key_A)
    stage.type(str(made[0]))
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None, 30)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert "Nobody owns the plan" in _spoken(stage)


def test_a_passphrase_is_typed_tab_and_typed_again_and_a_suggestion_gives_it_back(stage: Stage) -> None:
    stage.until(lambda: stage.focus.objectName() == "setup.name")
    stage.type("Asha Smith")
    stage.press(_Key.Key_Return)
    stage.type("our own words")
    stage.press(_Key.Key_Tab)
    stage.type("our own words")
    assert (_text(stage, "setup.passphrase"), _text(stage, "setup.again")) == ("our own words", "our own words")
    stage.tab_to("setup.suggest")
    for _ in range(2):  # another, and still another
        stage.press(_Key.Key_Space)
        assert len(_text(stage, "setup.passphrase").split()) == 4
        stage.tab_to("setup.suggest")
    stage.tab_to("setup.own")
    stage.press(_Key.Key_Space)
    field = stage.find("setup.again")
    assert isinstance(field, QLineEdit)
    assert (_text(stage, "setup.passphrase"), field.text()) == ("our own words", "our own words")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert not stage.shows("setup.own")


def test_an_arrow_chooses_where_nothing_is_chosen(stage: Stage) -> None:
    stage.set_up()
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.way.0")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.pack.0")
