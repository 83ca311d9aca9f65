"""Opening the vault a command works on, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fieldkit.kernel.errors import Mistake
from ui.cli import passphrase
from ui.cli.desk import Desk
from ui.cli.office_vault import office_vault
from ui.places import find_places

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
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


class _Seen:
    """A vault whose questions are answered as its specialist adviser may ask them; everything else is as it is."""

    def __init__(self, vault: OpenVault, questions: Questions) -> None:
        self._vault = vault
        self.questions = questions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vault, name)


@contextmanager
def opened(desk: Desk, *, is_whole: bool = False) -> Iterator[OpenVault]:
    """The unlocked vault. Raises what ``storage.vault.open_vault`` raises, before any passphrase is asked for.

    A specialist adviser is shown what is allotted to them, as in the window, unless a command is about the vault as a
    whole (``is_whole``): checking, backing up, sending, handing in. With ``--store`` it holds what a
    central store has.
    """
    if getattr(desk.options, "office_store", None):
        with office_vault(desk) as office:
            yield office
        return
    from storage.vault import open_vault

    folder = existing_folder(desk)
    vault = open_vault(folder, passphrase.present(desk), desk.clock)
    try:
        if service := vault.copied_by:
            desk.terminal.remark(f"This vault lies where {service} copies files while they are written. Move it away")
        yield vault if is_whole else _narrowed(desk, vault)
    finally:
        vault.close()


def _narrowed(desk: Desk, vault: OpenVault) -> OpenVault:
    from fieldkit.app.allotted import as_seen, outside

    seen = as_seen(vault.questions)
    if seen is vault.questions:
        return vault
    left_out = outside(vault.questions)
    if left_out:
        more = "1 more activity is" if left_out == 1 else f"{left_out:,} more activities are"
        desk.terminal.narrowed = f"Narrowed to what is allotted to you or yours, as in the window: {more} not shown"
    return cast("OpenVault", _Seen(vault, seen))
