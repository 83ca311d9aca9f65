"""Words as Markdown shows them, and lists of facts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])")


def md(text: str) -> str:
    """``text`` so that Markdown shows it as it was written."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if not found[2][0].isdigit() else
                     f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", _SPECIAL.sub(r"\\\1", plain))  # fmt: skip


def fact_lines(told: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each that says something: ``- Name: words``, with their further lines under it."""
    return [f"- {name}: {indented(md(value))}" for name, value in told if value]


def indented(text: str) -> str:
    """Further lines as part of the list entry that they stand in."""
    return text.replace("\n", "\n  ")


def counted(number: int, noun: str) -> str:
    """``1 note``, ``1,024 notes``."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"
