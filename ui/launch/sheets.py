"""Writes the recovery sheet: composed by the core, set as PDF on the work lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.lanes import Lanes, run
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Trouble
from ui.presenters.services import Failed

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.reports.blocks import Document


class RecoverySheets:
    """Implements ``ui.presenters.services.Sheets``."""

    def __init__(self, lanes: Lanes, clock: Clock) -> None:
        self._lanes = lanes
        self._clock = clock

    def save_document(self, path: Path, document: Document, done: Callable[[], None], failed: Failed) -> None:
        """A PDF is untagged, so its web page with headings and tables in their roles lies beside it."""

        def write() -> None:
            from fieldkit.reports.save import save

            save(document, path)
            if path.suffix.casefold() == ".pdf":
                save(document, path.with_suffix(".html"))

        run(self._lanes.work, self._lanes.deliver, write, lambda _: done(), failed)

    def save_recovery_sheet(
        self, path: Path, recovery_key: str, name: str, done: Callable[[], None], failed: Failed
    ) -> None:
        """One page that only its owner may read."""
        made_on = self._clock.now().astimezone().date()

        def write() -> None:
            from fieldkit.reports.recovery_sheet import RecoverySheet, compose
            from fieldkit.reports.save import save

            try:
                save(compose(RecoverySheet(key=recovery_key, name=name, made_on=made_on)), path)
            except Trouble as error:  # there is another way to keep a key, and it has to be said
                raise Trouble("sheet.not_written", file=str(path)) from error

        run(self._lanes.work, self._lanes.deliver, write, lambda _: done(), failed)

    def print_recovery_sheet(self, recovery_key: str, name: str, done: Callable[[str], None], failed: Failed) -> None:
        """On paper, where this laptop knows a printer."""
        from PySide6.QtWidgets import QApplication

        from fieldkit.reports.recovery_sheet import RecoverySheet, compose
        from ui.qt.printing import ask_and_print

        made_on = self._clock.now().astimezone().date()
        sheet = compose(RecoverySheet(key=recovery_key, name=name, made_on=made_on))
        ask_and_print(QApplication.activeWindow(), sheet, done, lambda: failed(Trouble("sheet.not_printed")))
