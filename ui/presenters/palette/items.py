"""What can be found or done, each as a line of the palette."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line is; the value stands before the words of what is not a command."""

    COMMAND = "Command"
    VISIT = "Visit"
    ACTIVITY = "Activity"
    PERSON = "Person"
    STATEMENT = "Statement"
    SETTING = "Settings"
    HELP = "Help"
    RECORD = "Record"
    NOTE = "Note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``target`` is the id of what it leads to; ``also`` is searched and not shown."""

    kind: Kind
    target: str
    words: str
    detail: str = ""
    """At the right: the keys of a command, the visit of a note."""
    also: str = ""
    assessment: str = ""
    page: str = ""
    """The page of fieldwork that ``target`` opens, for a record; empty for the page of its activity."""
    is_here: bool = True
    """Whether a command means something on the screen that is up; else running it leads there first."""

    @property
    def shown(self) -> str:
        """``Visit: Northshire ICS, Visit 2``, ``Note 14:02 “…”``; commands stand for themselves."""
        if self.kind is Kind.COMMAND:
            return self.words
        return f"{self.kind.value}{'' if self.kind is Kind.NOTE else ':'} {self.words}"

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.shown, self.detail) if part)
