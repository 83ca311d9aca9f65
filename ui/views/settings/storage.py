"""Storage and backup: where the vault lies, what can be done with it, and deleting it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.settings.services import StorageFacts
from ui.presenters.settings.storage import Storage, StorageState, megabytes
from ui.presenters.wording import sentence, ui
from ui.qt.accessibility import named
from ui.views.file_field import FileField
from ui.views.progress import Progress
from ui.views.rendering import clear
from ui.views.settings.erase_question import EraseQuestion
from ui.views.settings.page import Notice, Page
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HintLabel


class StoragePage(Page):
    """``is_practice`` leaves out deleting: the sample is built again whenever it is opened."""

    def __init__(self, storage: Storage, *, is_practice: bool) -> None:
        super().__init__("storage", "Storage and backup")
        self._storage = storage
        self.where = named(EmptyState(), "", "storage.where")
        self.column.add(self.where)
        self._copied = Banner("storage.copied")
        self.column.add(self._copied)
        self.progress = Progress("storage.progress", storage.stop)
        self._notice = Notice()
        self._findings = QVBoxLayout()
        for part in (self.progress, self._notice, self._findings):
            self.column.add(part)
        self._backup(storage)
        self._checks(storage)
        if not is_practice:
            self._delete()
        self.column.end()
        self.ask: Callable[[EraseQuestion], int] = lambda question: question.exec()
        self.follow(storage, self._render)

    def shown(self) -> None:
        self._storage.load()

    def first(self) -> QWidget:
        return self.where

    def _backup(self, storage: Storage) -> None:
        self.section("Make a backup")
        self.column.say(
            "One encrypted file, checked by reading it back. It opens with your passphrase, on this laptop or another."
        )
        self.backup_to = FileField("Folder or memory stick", "storage.backup_to", "Choose a folder")
        self.column.field("backup_folder", self.backup_to)
        self.backup = button("Make a backup", "storage.backup", kind="primary")
        self.backup.clicked.connect(lambda: storage.back_up(self.backup_to.edit.text()))
        self.backup_to.edit.returnPressed.connect(lambda: storage.back_up(self.backup_to.edit.text()))
        self.column.add(_across(self.backup))

    def _checks(self, storage: Storage) -> None:
        self.section("Check and tidy")
        self.column.say("Checking proves every record, signature and receipt. It changes nothing.")
        self.verify = button("Check the vault now", "storage.verify")
        self.verify.clicked.connect(lambda: storage.verify())
        self.tidy = button("Tidy up now", "storage.tidy")
        self.tidy.clicked.connect(lambda: storage.tidy())
        self.column.add(_across(self.verify, self.tidy))

    def _delete(self) -> None:
        self.section("Delete everything")
        self.column.say("For a laptop that goes back or to somebody else. Backups on memory sticks are not touched.")
        self.delete = button("Delete everything on this laptop", "storage.delete", kind="danger")
        self.delete.clicked.connect(lambda: self._asked())
        self.column.add(_across(self.delete))

    def _asked(self) -> None:
        question = EraseQuestion(self._storage.erase_words, self.window())
        accepted = self.ask(question)
        typed = question.typed
        question.deleteLater()
        if accepted:
            self._storage.erase(typed)
        else:
            self.delete.setFocus()

    def _render(self, state: StorageState) -> None:
        if state.facts is not None:
            words = facts_words(state.facts)
            named(self.where, words).setText(words)
            self._warn(state.facts)
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
        show = self.progress.show_bytes if state.in_bytes else self.progress.show_count
        show(state.busy, state.done, state.total)
        self._notice.show_words(state.notice)
        clear(self._findings)
        for words in state.findings:
            self._findings.addWidget(HintLabel(words))

    def _warn(self, facts: StorageFacts) -> None:
        words = sentence("storage.copied_by", service=facts.copied_by) if facts.copied_by else ""
        if words != self._copied.words:
            self._copied.say(words, "danger") if words else self._copied.clear()


def facts_words(facts: StorageFacts) -> str:
    """Where the vault lies, what it takes, and when it was last backed up."""
    if facts.last_backup_at is None:
        backup = "No backup yet; one is made when FieldKit closes after changes."
    else:
        at = facts.last_backup_at.astimezone()
        backup = (
            f"Last backup {ui.day(at.date())} {ui.clock(at)}. {ui.count(facts.backups, 'backup')} beside the vault, "
            f"{megabytes(facts.backup_bytes)}."
        )
    return (
        f"Your vault lies in {facts.folder}.\n{ui.count(facts.notes, 'note')}, {megabytes(facts.vault_bytes)}. {backup}"
    )


def _across(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return row
