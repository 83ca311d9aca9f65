"""Days and moments as reports write them: ``12 November 2026``, ``17:03 UTC``."""

from __future__ import annotations

from datetime import UTC, date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(value: date) -> str:
    """``12 November 2026``, the same in every language setting of the machine."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """``12 November 2026, 17:03:25 UTC``: a proof is read far away, so it never uses a local clock."""
    utc = value.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M:%S} UTC"


def short_moment(value: datetime) -> str:
    """``12 November 2026, 17:03 UTC``: where seconds prove nothing."""
    utc = value.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M} UTC"


def stamp(value: datetime) -> str:
    """``2026-11-12 17:03 UTC``: for narrow columns of a proof."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
