"""A new passphrase, typed twice, with its strength in words and a suggestion; used at first run and at recovery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

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
        self.first = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.again = PassphraseEdit("Show passphrase", "Hide passphrase")
        self._strength = HintLabel()
        named(self._strength, "Strength", f"{prefix}.strength")
        self._offered = HintLabel()
        page.field("passphrase", Field(label, self.first, f"{prefix}.passphrase"))
        page.add(self._strength)
        if suggest is not None:
            offer = button("Suggest one", f"{prefix}.suggest")
            named(offer, "Suggest one. Suggest a passphrase of 4 random words")
            offer.clicked.connect(self._offer)
            row = QHBoxLayout()
            row.addWidget(offer)
            row.addWidget(self._offered, 1)
            page.add(row)
        page.field("again", Field("Type it again", self.again, f"{prefix}.again"))
        self.first.textChanged.connect(self._changed)
        self._strength.hide()

    def clear(self) -> None:
        """Keep no secret in a field that is not needed any more."""
        self.first.clear()
        self.again.clear()
        self._offered.clear()

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
        words = self._suggest()
        self._offered.setText("Write it down or learn it before you go on. Select again for another")
        self.first.set_shown(True)
        self.again.set_shown(True)
        self.first.setText(words)
        self.again.setText(words)
        self.first.setFocus()
