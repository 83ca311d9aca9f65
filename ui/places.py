r"""Where FieldKit keeps things on this laptop: one folder per user, never among documents that are copied elsewhere.

platformdirs names it: ``~/.local/share/fieldkit`` on Linux, ``%LOCALAPPDATA%\FieldKit`` on Windows (the local, not the
roaming one, and never Documents, which OneDrive takes over), ``~/Library/Application Support/fieldkit`` on a Mac.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.app.settings import Settings, read_settings, write_settings

HOME_VARIABLE = "FIELDKIT_HOME"
_LONG = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders and files under ``home``; none of them need exist yet."""

    home: Path

    @property
    def vault(self) -> Path:
        """The person's own vault."""
        return self.home / "vault"

    @property
    def practice(self) -> Path:
        """The sample's vault and central store; may be removed at any time."""
        return self.home / "practice"

    @property
    def packs(self) -> Path:
        """Framework packs that were added to those the program came with."""
        return self.home / "packs"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.toml"

    @property
    def reports(self) -> Path:
        """Reports of faults in the program itself, without anything a person typed."""
        return self.home / "faults"

    def make(self) -> None:
        """Make ``home``, readable by its owner only. Raises ``OSError``."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_places(environ: Mapping[str, str] | None = None) -> Places:
    """The places of this user; ``FIELDKIT_HOME`` names another folder (tests, a memory stick)."""
    chosen = (os.environ if environ is None else environ).get(HOME_VARIABLE, "").strip()
    if chosen:
        return Places(home=_taken(Path(chosen).expanduser().absolute()))
    from platformdirs import user_data_path

    name = "FieldKit" if os.name == "nt" else "fieldkit"
    return Places(home=_taken(user_data_path(name, appauthor=False, roaming=False)))


def long_path(path: str) -> str:
    r"""A path of Windows so that it may be longer than 260 characters in all: ``\\?\C:\...``; short ones as they are.

    Below the folder lie names of up to 80 characters (a backup being made), so it is spelled so from 180 on.
    """
    if len(path) < _LONG or path.startswith("\\\\?\\"):
        return path
    if path.startswith("\\\\"):
        return "\\\\?\\UNC\\" + path[2:]
    return "\\\\?\\" + path


def _taken(path: Path) -> Path:
    return Path(long_path(str(path))) if os.name == "nt" else path


def load_settings(places: Places) -> Settings:
    """The settings kept on this laptop; the built-in ones where there are none or they cannot be read."""
    try:
        return read_settings(places.settings.read_text(encoding="utf-8-sig"))  # editors put a mark in front
    except (OSError, UnicodeDecodeError):
        return Settings()


def keep_settings(places: Places, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises ``OSError``; a choice that cannot be kept holds for today."""
    places.make()
    fresh = places.settings.with_name("settings.toml.new")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(write_settings(settings))
        fresh.replace(places.settings)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
