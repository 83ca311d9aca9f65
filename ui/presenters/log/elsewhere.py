"""A plain copy elsewhere of what the disk of the vault did not take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from fieldkit.app.lanes import run
from ui.presenters.services import Session
from ui.presenters.wording import ui


def copy_elsewhere(session: Session, path: Path, title: str, notes: Sequence[tuple[datetime, str]]) -> None:
    """Write notes with their times to ``path`` off the screens' thread, and say what came of it."""

    def copied(_: object) -> None:
        session.say(
            f"{ui.count(len(notes), 'note').capitalize()} copied to {path}. The copy is not encrypted. "
            "Delete it once the vault has them"
        )

    def not_copied(_: Exception) -> None:
        session.say(f"{path} could not be written. Your text is still on screen. Choose another place", urgent=True)

    lanes = session.workspace.lanes
    run(lanes.work, lanes.deliver, lambda: write_copy(path, title, notes), copied, not_copied)


def write_copy(path: Path, title: str, notes: Iterable[tuple[datetime, str]]) -> None:
    """Write notes that are not in the vault to a plain file, and see that they are on its disk. Raises ``OSError``."""
    lines = [f"{title}: notes that FieldKit could not save in the vault", ""]
    lines += [f"{moment.astimezone():%Y-%m-%d} {ui.clock(moment)}  {text}" for moment, text in notes]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
