"""Opening a vault that may be damaged: by the last good save where it does not open cleanly, with nothing deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Trouble
from ui.presenters.wording import sentence, ui

if TYPE_CHECKING:
    from storage.vault import OpenVault


def open_or_go_back(folder: Path, passphrase: str, clock: Clock) -> tuple[OpenVault, str]:
    """The open vault, and what to tell about how it was opened (empty where it opened as it should).

    A damaged vault is moved aside whole and the newest backup that opens put in its place, with everything added that
    can still be read of the damaged one. Raises what ``storage.vault.open_vault`` raises; ``Trouble('vault.damaged')``
    only where there is no backup that opens.
    """
    from storage.vault import open_vault

    try:
        return open_vault(folder, passphrase, clock), ""
    except Trouble as error:
        if error.code != "vault.damaged" or (found := _gone_back(folder, passphrase, clock)) is None:
            raise
        return found


def _gone_back(folder: Path, passphrase: str, clock: Clock) -> tuple[OpenVault, str] | None:
    from storage.backup import all_of
    from storage.restore import restore_vault

    for backup in reversed(all_of(folder)):
        made_at = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
        try:
            restored = restore_vault(backup, folder, passphrase, clock)
        except FieldKitError:  # a disk that damaged the vault may have damaged this one too
            continue
        today = clock.now().astimezone().date()
        code = "unlock.part_lost" if restored.unreadable else "unlock.went_back"
        lost = ui.count(restored.unreadable, "record")
        return restored.vault, sentence(code, time=ui.day_and_clock(made_at, today), lost=lost)
    return None
