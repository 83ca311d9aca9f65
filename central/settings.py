"""Where a central store keeps its things, and the limits it sets to what strangers may send."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from central.file_settings import FileSettings
from central.running_settings import RunningSettings
from central.wall_settings import WallSettings
from fieldkit.kernel.errors import Trouble

SETTINGS_FILE = "central.toml"
TOKEN_FILE = "office.token"
DATABASE_FILE = "central.db"
DEFAULT_PORT = 8470


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One central store. ``database_url`` empty = the SQLite file in ``folder``.

    ``stall_seconds``: a request of which nothing arrives for so long is given up. ``largest_body`` in bytes caps
    what any route accepts, below the routes' own limits.
    """

    folder: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    stall_seconds: float = 30.0
    largest_body: int = 256 * 2**20
    files: FileSettings = field(default_factory=FileSettings)
    walls: WallSettings = field(default_factory=WallSettings)
    running: RunningSettings = field(default_factory=RunningSettings)

    @property
    def url(self) -> str:
        """The database to use, as SQLAlchemy spells it."""
        return self.database_url or f"sqlite:///{self.folder / DATABASE_FILE}"

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; ``None`` for a server's."""
        kind, _, place = self.url.partition(":///")
        return Path(place) if kind.startswith("sqlite") else None

    @property
    def token_file(self) -> Path:
        """The office's token for reading without a laptop; mode 0600."""
        return self.folder / TOKEN_FILE

    def save(self) -> None:
        """Write ``central.toml`` (mode 0600: the database's address may hold a password)."""
        lines = [
            "# A FieldKit central store. The signing key is in the database: back that up, and keep it private.",
            f"database_url = {_quoted(self.database_url)}",
            f"host = {_quoted(self.host)}",
            f"port = {self.port}",
            *self.running.lines(),
            *self.files.lines(),
            *self.walls.lines(),
        ]
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self.folder / SETTINGS_FILE, "\n".join(lines) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Read what ``save`` wrote.

        Raises ``Trouble('central.no_store' | 'central.settings')``, and as ``FileSettings.read`` does.
        """
        path = folder / SETTINGS_FILE
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            return cls(
                folder=folder, database_url=str(raw["database_url"]), host=str(raw["host"]), port=int(raw["port"]),
                running=RunningSettings.read(raw),
                files=FileSettings.read(raw, path),
                walls=WallSettings.read(raw),
            )  # fmt: skip
        except FileNotFoundError as error:
            raise Trouble("central.no_store", folder=str(folder)) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Trouble("central.settings", file=str(path)) from error


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
