"""Opening the vault a command works on, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import passphrase
from ui.cli.desk import Desk
from ui.places import find_places

if TYPE_CHECKING:
    from storage.vault import OpenVault


def folder_of(desk: Desk) -> Path:
    """The vault's folder: ``--vault``, else the person's own."""
    given = desk.options.vault
    return Path(given).expanduser().absolute() if given else find_places(desk.environ).vault


def existing_folder(desk: Desk) -> Path:
    """The folder, if a vault is in it: nobody should type a passphrase only to read that there is none.

    Raises ``Mistake('cli.no_vault')``, or ``Trouble`` for a vault whose key file is lost or damaged.
    """
    from storage import keyfile

    folder = folder_of(desk)
    if not folder.exists():
        raise Mistake("cli.no_vault", field="vault", folder=str(folder))
    keyfile.load(folder)
    return folder


@contextmanager
def opened(desk: Desk) -> Iterator[OpenVault]:
    """The unlocked vault. Raises what ``storage.vault.open_vault`` raises, before any passphrase is asked for."""
    from storage.vault import open_vault

    folder = existing_folder(desk)
    vault = open_vault(folder, passphrase.present(desk), desk.clock)
    try:
        if service := vault.copied_by:
            desk.terminal.remark(f"This vault lies where {service} copies files while they are written. Move it away")
        yield vault
    finally:
        vault.close()
