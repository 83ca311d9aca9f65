"""Names of hand-over files: who and when, and a number where there was one already."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

_PLAIN = re.compile(r"[^A-Za-z0-9]")
MOST = 1000


def stem(folder: Path, initials: str, moment: datetime) -> str:
    """``AO_2026-11-22_1``: nothing of where or whom, and nothing that a stick's file system will not take."""
    who = _PLAIN.sub("", initials) or "X"
    day = moment.astimezone().date().isoformat()
    taken = {one.name for one in folder.iterdir()}
    for number in range(1, MOST):
        name = f"{who}_{day}_{number}"
        if not any(one.startswith(name + ".") for one in taken):
            return name
    return f"{who}_{day}_{moment.timestamp():.0f}"
