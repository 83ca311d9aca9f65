"""``--at`` and ``--on-paper``: when something was noticed, and that it was written by hand then."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli.desk import Desk

if TYPE_CHECKING:
    from datetime import datetime

    from fieldkit.domain.assessment import Activity


def add_paper(parser: argparse.ArgumentParser, noticed: str = "noticed") -> None:
    """The two arguments."""
    parser.add_argument("--at", metavar="HH:MM", help=f"when it was {noticed} (default: now)")
    parser.add_argument("--on-paper", action="store_true", help="it was written by hand then, and is typed up now")


def moment(desk: Desk, activity: Activity) -> datetime | None:
    """``--at`` on the day of the activity, which is today if it has none."""
    from datetime import datetime, time

    from fieldkit.app.assessments import clock_time

    if desk.options.at is None:
        return None
    day = activity.on or desk.clock.now().astimezone().date()
    return datetime.combine(day, time.fromisoformat(clock_time(desk.options.at) or "00:00")).astimezone()


def origin(desk: Desk) -> str:
    """What the note says. Raises ``Mistake('cli.paper_time')`` where nobody says when it was written."""
    from fieldkit.app.noting import ON_PAPER

    if not desk.options.on_paper:
        return ""
    if desk.options.at is None:
        raise Mistake("cli.paper_time", field="at")
    return ON_PAPER
