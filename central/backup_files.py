"""The files of a backup that do not lie in the store's folder: listed with size and hash, looked for, or copied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.file_folder import FileFolder
from central.file_keeping import chosen_place
from central.file_settings import FileSettings
from central.settings import Settings
from fieldkit.kernel.errors import Mistake, Refusal, Trouble

LIST = "backup.json"


def known(connection: Connection) -> dict[str, int]:
    """Bytes of every file that laptops were told is here, by its SHA-256."""
    table = tables.file.c
    return {row.sha256: row.size for row in connection.execute(sa.select(table.sha256, table.size).distinct())}


def copy_along(files: FileSettings, wanted: dict[str, int], part: Path) -> None:
    """Copy the ``wanted`` files that lie with an S3 service into the backup ``part``, each hashed on its way.

    Memory stays flat. One that is gone is left out, and so told of as lying elsewhere. Raises ``Trouble`` as
    ``FilePlace`` does, and ``Trouble('central.backup_file')`` for one that is not what its name says.
    """
    if not files.place:
        return
    there, target = chosen_place(files), FileFolder(part)
    for sha256, size in sorted(wanted.items()):
        if target.size(sha256) is None:
            try:
                if not target.take(sha256, there.read(sha256, 0, size)):
                    raise Trouble("central.backup_file", sha256=sha256, place=files.place)
            except Refusal:
                continue


def gone(backup: Path) -> list[str]:
    """Of the files that a backup lists and does not hold, those that do not lie where it says, or with another size.

    Raises ``Trouble('central.backup_damaged')``, and as ``FilePlace`` does where that place does not answer.
    """
    try:
        told: dict[str, Any] = json.loads((backup / LIST).read_text(encoding="utf-8"))
        files = Settings.load(backup).files
        wanted = sizes(told)
    except (OSError, ValueError, KeyError, TypeError, Mistake) as error:
        raise Trouble("central.backup_damaged", what=LIST) from error
    if not wanted:
        return []
    if not files.place:
        return sorted(wanted)
    there = dict(chosen_place(files).listed())
    return sorted(
        sha256 for sha256, size in wanted.items() if there.get(sha256) != size and (size >= 0 or sha256 not in there)
    )


def sizes(told: dict[str, Any]) -> dict[str, int]:
    """What a backup's list says of files elsewhere; -1 where an earlier FieldKit wrote it, without sizes."""
    elsewhere = told["elsewhere"]
    return dict(elsewhere) if isinstance(elsewhere, dict) else dict.fromkeys(elsewhere, -1)
