"""The one way to the card "Escalate a risk": from the keys, the button, a remark and Home, over whatever is up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.presenters.escalation.card import EscalationCard
from ui.presenters.page import Page
from ui.presenters.presenter import Listening
from ui.presenters.risk_here import source_of
from ui.presenters.services import Say
from ui.presenters.workbench import Workbench, WorkbenchState
from ui.qt.turns import turns

if TYPE_CHECKING:  # the card is built after the desk is up
    from ui.shell.desk import Desk
    from ui.shell.escalation_card import CardOverlay


class RiskDoor:
    """Lives as long as the vault is open. ``change_numbers`` leads to where the numbers are edited.

    The card takes 25 ms to build and 20 to dress, so it is made before anybody asks for it, when nothing else waits.
    """

    def __init__(
        self, window: QWidget, desk: Desk, bench: Workbench, say: Say, change_numbers: Callable[[], None]
    ) -> None:
        self._window = window
        self._desk = desk
        self._bench = bench
        self._say = say
        self._change_numbers = change_numbers
        self._was_hidden = bench.state.is_hidden
        self._overlay: CardOverlay | None = None
        self.card = EscalationCard(bench.session)
        self._listening = Listening()
        self._listening.add(bench.changed.listen(self._moved))
        self._is_closed = False
        turns().some_time(self._build)

    @property
    def is_open(self) -> bool:
        """Whether the card is up."""
        return self.card.state.is_open

    @property
    def overlay(self) -> CardOverlay | None:
        """The card, once it is built."""
        return self._overlay

    def open(self) -> None:
        """Ctrl+Shift+E."""
        self._build()
        bench = self._bench
        hidden = bench.state.is_hidden
        note = None if hidden else self._desk.view.note
        self.card.open(source_of(bench, note), is_covered=hidden)

    def close(self) -> None:
        """The vault is about to close: what is typed goes to disk."""
        self._is_closed = True
        self._listening.close()
        self.card.close()
        if self._overlay is not None:
            self._overlay.close_view()
            self._overlay.hide()
            self._overlay.deleteLater()
            self._overlay = None

    def _build(self) -> None:
        if self._is_closed:
            return
        from ui.shell.escalation_card import CardOverlay

        if self._overlay is None:
            self._overlay = CardOverlay(
                self._window, self.card, self._say, self._bench.shortcuts, self._to_numbers, self._to_code
            )

    def _to_numbers(self) -> None:
        self.card.dismiss()
        self._change_numbers()

    def _to_code(self, record: str) -> None:
        """The page of the code; under a hidden screen it waits to be seen."""
        self.card.dismiss()
        self._bench.open_page(Page.URGENT, record)
        if self._bench.state.is_hidden:
            self._say(f"The screen is hidden. {self._bench.shortcuts.shown('hide')} shows the code")

    def _moved(self, state: WorkbenchState) -> None:
        """Hiding the screen hides the card too; opened over a hidden screen it stays."""
        if state.is_hidden and not self._was_hidden:
            self.card.dismiss()
        self._was_hidden = state.is_hidden
