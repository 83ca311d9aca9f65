"""How files are spoken of: sizes, kinds, and where each of them is."""

from __future__ import annotations

from fieldkit.app.rows import FileRow
from ui.presenters.wording import sentence

_UNITS = ("bytes", "kB", "MB", "GB")


def size_of(size: int) -> str:
    """``812 bytes``, ``3.4 MB``: powers of ten, as file managers show them."""
    number, unit = float(size), 0
    while number >= 999.5 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    if unit == 0:
        return f"{size} byte" + ("" if size == 1 else "s")
    return f"{number:.1f} {_UNITS[unit]}" if number < 100 else f"{number:.0f} {_UNITS[unit]}"


def state(row: FileRow, *, is_here: bool) -> str:
    """Where a file is, in the words of Send: only the store's signed word makes it *sent*."""
    if row.row.barred is not None:
        return "Held: consent refused or withdrawn"
    if row.code:
        return sentence(row.code)
    if row.is_made_here:
        return "Sent and confirmed by central store" if row.is_confirmed else "Waiting to send"
    if is_here:
        return "From the team, on this laptop"
    return "Asked for" if row.is_wanted else "From the team, not on this laptop"
