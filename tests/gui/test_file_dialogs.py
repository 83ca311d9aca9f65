"""What a file dialog comes back to may be gone: the vault was locked behind it, or its page was made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from ui.qt.file_dialogs import file_to_save
from ui.views.file_field import FileField


def test_a_field_that_went_away_behind_its_dialog_is_not_touched_again(qapp: QApplication) -> None:
    """A monkey found it: the dialog's answer came to a field that Qt had deleted, and that was an error."""
    field = FileField("File", "some.file", "Choose a file", "All (*)")
    field.edit.setText("before")

    def gone() -> str:
        shiboken6.delete(field)
        return "/some/file"

    field.ask = gone
    field._browse()
    assert not shiboken6.isValid(field)


def test_an_answer_that_nobody_is_left_to_take_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asker, path = QWidget(), str(tmp_path / "a.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    assert file_to_save(asker, "Save", "") == path
    shiboken6.delete(asker)
    assert file_to_save(asker, "Save", "") == ""
