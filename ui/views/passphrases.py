"""A new passphrase, typed twice, with its strength in words and a suggestion; used at first run and at recovery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.passphrases import Strength
from ui.presenters.services import Say
from ui.qt.accessibility import named
from ui.views.columns import ColumnPage
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassphraseEdit


class NewPassphrase:
    """Adds itself to a page. Both fields take pasted words; nothing is rationed or refused while typing."""

    def __init__(
        self,
        page: ColumnPage,
        prefix: str,
        judge: Callable[[str], Strength],
        suggest: Callable[[], str] | None,
        say: Say,
        label: str = "Passphrase",
    ) -> None:
        self._judge = judge
        self._say = say
        self._verdict = ""
        self._suggest = suggest
        self._suggested = ""
        self.first = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.again = PassphraseEdit("Show passphrase", "Hide passphrase")
        self._strength = HintLabel()
        named(self._strength, "Strength", f"{prefix}.strength")
        self._offered = HintLabel()
        page.field("passphrase", Field(label, self.first, f"{prefix}.passphrase"))
        page.add(self._strength)
        page.field("again", Field("Type it again", self.again, f"{prefix}.again"))
        # Below both fields: between them a second Tab and a space would press it in the middle of a passphrase.
        self._own = ("", "")
        self._mine = button("Back to my own", f"{prefix}.own")
        self._mine.clicked.connect(lambda: self._back_to_own())
        self._mine.hide()
        if suggest is not None:
            page.add(self._suggestions(prefix))
        # Typed, Tab, typed again: on a button between them a blank would lay the passphrase open.
        QWidget.setTabOrder(self.first, self.again)
        QWidget.setTabOrder(self.again, self.first.toggle)
        QWidget.setTabOrder(self.first.toggle, self.again.toggle)
        self.first.textChanged.connect(self._changed)
        self._strength.hide()

    def clear(self) -> None:
        """Keep no secret in a field that is not needed any more."""
        self.first.clear()
        self.again.clear()
        self._offered.clear()
        self._own, self._suggested = ("", ""), ""
        self._mine.hide()

    def _suggestions(self, prefix: str) -> QHBoxLayout:
        offer = button("Suggest one", f"{prefix}.suggest")
        named(offer, "Suggest one, a passphrase of 4 random words")
        offer.clicked.connect(self._offer)
        row = QHBoxLayout()
        row.addWidget(offer)
        row.addWidget(self._mine)
        row.addWidget(self._offered, 1)
        return row

    def _changed(self, text: str) -> None:
        found = self._judge(text)
        words = found.words
        verdict = "" if found.code in ("setup.no_passphrase", "setup.passphrase_short") else words
        if verdict != self._verdict:  # a count of missing characters at every key would drown the keys themselves
            self._verdict = verdict
            self._say(verdict or ("Not long enough" if text else ""))
        self._strength.setText(words)
        named(self._strength, words)
        self._strength.setVisible(bool(words))

    def _offer(self) -> None:
        if self._suggest is None:
            return
        typed = (self.first.text(), self.again.text())
        if any(typed) and typed[0] != self._suggested:
            self._own = typed
        self._suggested = self._suggest()
        self._offered.setText("Write it down or learn it before you go on. Select again for another")
        self._show(self._suggested, self._suggested, is_shown=True)

    def _back_to_own(self) -> None:
        """What was typed before the first suggestion, and hidden again: it was typed to be seen by nobody."""
        self._offered.clear()
        own, self._own = self._own, ("", "")
        self._show(*own, is_shown=False)

    def _show(self, first: str, again: str, *, is_shown: bool) -> None:
        for field, words in ((self.first, first), (self.again, again)):
            field.set_shown(is_shown)
            field.setText(words)
        self.first.setFocus()
        self._mine.setVisible(any(self._own))
