"""Restore from a backup: a file, its passphrase, how far it is. Part of first run and of the locked screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.restoring import Restoring, RestoringState
from ui.qt.accessibility import named
from ui.views.columns import ColumnPage
from ui.views.file_field import FileField
from ui.views.progress import Progress
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassphraseEdit


class RestoreView(View):
    """``back`` leads to where one came from."""

    def __init__(self, restoring: Restoring, prefix: str, back: Callable[[], None], note: str = "") -> None:
        super().__init__()
        self._restoring = restoring
        self.page = ColumnPage(prefix, "Restore from a backup")
        self.page.say("Choose a backup of your vault and type the passphrase it had when the backup was made.")
        if note:
            self.page.say(note)
        self.file = FileField("Backup", f"{prefix}.file", "Choose a backup", "Backups (*.fkbackup *.db)")
        self.page.field("backup", self.file)
        self.passphrase = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.page.field("passphrase", Field("Passphrase", self.passphrase, f"{prefix}.passphrase"))
        self.main = button("Restore", f"{prefix}.continue", kind="primary")
        self.main.clicked.connect(self.go)
        leave = button("Back", f"{prefix}.back")
        leave.clicked.connect(lambda: back())
        for each in (self.file.edit, self.passphrase):
            each.returnPressed.connect(self.go)
        self.page.buttons(self.main, leave)
        self.progress = Progress(f"{prefix}.progress")
        self.page.add(self.progress)
        self.page.end()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.page)
        self.follow(restoring, self._render)

    def go(self) -> None:
        """The main button."""
        self._restoring.restore(self.file.edit.text(), self.passphrase.text())

    def first(self) -> QWidget:
        """Where the focus starts."""
        return self.file.edit

    def take_focus(self) -> None:
        self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def _render(self, state: RestoringState) -> None:
        self.page.show_errors(state.errors)
        self.page.show_fault(state.fault)
        words = "Restoring…" if state.busy else "Restore"
        named(self.main, words).setText(words)
        self.progress.show_bytes(state.busy, state.done, state.total)
