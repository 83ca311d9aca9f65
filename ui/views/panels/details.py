"""A note whole: its words, times, tags, additions and where it is, when the list shows only its beginning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.app.rows import EntryRow
from ui.presenters.log.row_words import RowReader
from ui.presenters.services import Session
from ui.presenters.wording import ui
from ui.views.asked_here import AskedBox
from ui.views.panels.amend_panels import beside, quoted
from ui.views.rendering import View, clear, line
from ui.views.scrolling import scrolled
from ui.views.who_knows import ask_who, restricted_pill
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel


class NoteDetails(View):
    """``act`` is told ``add_words``, ``tag`` or ``withdraw`` for the note that is shown."""

    def __init__(
        self, reader: RowReader, act: Callable[[str], None], where: Callable[[EntryRow], str], session: Session
    ) -> None:
        """``where`` tells the place of a note in a recording; ``session`` who may know it and what is open about it."""
        super().__init__()
        self._session = session
        self._where = where
        self._reader = reader
        self._act = act
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(16, 12, 12, 12)
        self._rows.setSpacing(8)
        scrolled(inside, self)
        self._shown: EntryRow | None = None
        self.show_note(None)
        if session.uses is not None:
            self.hear(session.uses.changed.listen(lambda _: self.show_again()))

    @property
    def shown(self) -> EntryRow | None:
        """The note that is shown."""
        return self._shown

    def show_note(self, row: EntryRow | None) -> None:
        """Show a note, or that none is chosen."""
        if row is self._shown and self._rows.count():
            return
        self._shown = row
        while (item := self._rows.takeAt(0)) is not None:
            if (inner := item.layout()) is not None:
                clear(inner)
            elif (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if row is None:
            self._rows.addWidget(EmptyState("Select a note to see all of it here"))
        else:
            self._fill(row)
        self._rows.addStretch(1)

    def show_again(self) -> None:
        """Something that is told of the note besides itself may have changed."""
        row, self._shown = self._shown, None
        if row is not None:
            self.show_note(row)

    def _fill(self, row: EntryRow) -> None:
        words = self._reader.words(row)
        add = self._rows.addWidget
        add(HeadingLabel(f"Note of {words.time}", level=2))
        add(quoted(f"{words.speaker}: {words.text}" if words.speaker else words.text))
        for each in (words.kind, words.author, words.later, words.withdrawn, words.held):
            if each:
                add(HintLabel(each))
        add(AskedBox(self._session, str(row.entry.id)))
        if words.restricted:
            add(restricted_pill(words.restricted))
        for text in words.added:
            add(quoted(text))
        add(line())
        for tag in words.tags:
            add(_wrapped(f"{tag.position}  {tag.words}"))
            add(HintLabel(f"{tag.category}, code {tag.code}"))
        for each in words.secondary:
            add(_wrapped(each))
        if not words.tags:
            add(HintLabel("Not tagged, so it stays on this laptop" if not words.held else "Not tagged"))
        for used in self._session.uses.words(row.entry.id) if self._session.uses is not None else ():
            add(_wrapped(f"Finding {used}"))
        add(line())
        add(HintLabel(f"Noticed {ui.noticed(row.entry)}, entered {ui.entered(row.entry)}"))
        if place := self._where(row):
            add(HintLabel(f"{place}. The sound plays from 3 seconds before"))
        add(HintLabel(_status(row, words.status)))
        self._buttons(row)

    def _buttons(self, row: EntryRow) -> None:
        choices = [("Add words", "add_words"), ("Tag", "tag"), ("Withdraw", "withdraw")]
        if row.withdrawal is not None:
            choices = [("Bring back", "withdraw")]
        made = []
        for words, action in choices:
            one = button(words, f"details.{action}")
            one.clicked.connect(lambda _=False, action=action: self._act(action))
            made.append(one)
        self._rows.addLayout(beside(*made))
        if self._session.restrictions is not None and row.withdrawal is None:
            who = button("Who may know", "details.restrict")
            who.clicked.connect(lambda: self._ask_who(row))
            self._rows.addLayout(beside(who))

    def _ask_who(self, row: EntryRow) -> None:
        ask_who(self._session, str(row.entry.id))


def _wrapped(words: str) -> RoleLabel:
    label = RoleLabel(words)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


def _status(row: EntryRow, words: str) -> str:
    return f"{words} {ui.clock(row.confirmed_at)}" if row.confirmed_at else words
