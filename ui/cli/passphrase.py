"""Passphrases and recovery keys from a file, the environment or a prompt; never from the command line itself.

What stands on a command line is seen by every program of the machine and kept in the shell's history.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli.desk import Desk

VARIABLE = "FIELDKIT_PASSPHRASE"
NEW_VARIABLE = "FIELDKIT_NEW_PASSPHRASE"


def ask_secret(prompt: str) -> str:
    """Ask on the terminal without echo. Raises ``Mistake('cli.passphrase_needed')`` where there is none."""
    import getpass

    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # it would read with echo otherwise
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise Mistake("cli.passphrase_needed", variable=VARIABLE) from error


def present(desk: Desk) -> str:
    """The passphrase that opens the vault now."""
    given = _given(desk, desk.options.passphrase_file, VARIABLE)
    return given if given is not None else desk.ask_secret("Passphrase: ")


def fresh(desk: Desk, file: str | None, variable: str = VARIABLE) -> str:
    """A passphrase to be set: checked for strength, asked for twice.

    Raises ``Mistake`` ``setup.…`` for one that is short, common or mistyped.
    """
    from ui.presenters.passphrases import common_list, strength

    given = _given(desk, file, variable)
    typed = given if given is not None else desk.ask_secret("New passphrase: ")
    if code := strength(typed, common_list()).code:
        raise Mistake(code, field="passphrase")
    if given is None and desk.ask_secret("Type it again: ") != typed:
        raise Mistake("setup.passphrase_differs", field="again")
    return typed


def recovery_key(desk: Desk) -> str:
    """The recovery key, from ``--recovery-key-file`` or a prompt without echo."""
    file = desk.options.recovery_key_file
    if file is not None:
        return " ".join(_read(desk, file).split())
    return desk.ask_secret("Recovery key (8 groups of 5, nothing is shown): ")


def from_file(desk: Desk, file: str) -> str:
    """The first line of a file: the passphrase of a part of the vault."""
    return (_read(desk, file).splitlines() or [""])[0]


def _given(desk: Desk, file: str | None, variable: str) -> str | None:
    if file is not None:
        return from_file(desk, file)
    return desk.environ.get(variable)


def _read(desk: Desk, file: str) -> str:
    path = Path(file)
    try:
        text = path.read_text(encoding="utf-8")
        exposed = os.name == "posix" and path.stat().st_mode & 0o077
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="file", file=file) from error
    except UnicodeDecodeError as error:
        raise Mistake("cli.not_utf8", field="file") from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=file) from error
    if exposed:
        desk.terminal.remark(f"Others on this computer may read {file}. Make it yours alone: chmod 600 {file}")
    return text.lstrip("\ufeff")
