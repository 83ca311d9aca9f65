"""The shortcut sheet (ux S15): made from the table of commands and the framework pack, so never out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.domain.framework import Framework
from fieldkit.reports.blocks import Document, KeyList
from ui.presenters.commands import Scope
from ui.presenters.shortcuts import ShortcutRow

MARKS = (
    ("ch: …", "Who speaks, from the list of people"),
    ("#lc+  #lc++", "A strength, a strong one"),
    ("#lc-  #lc--", "A shortfall, a serious one"),
    ("#lc+-", "A strength and a shortfall at once"),
    ("#lc.pr", "A statement with its own evidence category"),
    ('"…', "Exact words"),
    ("? …", "A follow-up question"),
    ("! …  !! …", "A possible risk, one that needs action today"),
    (";icb Tab", "An abbreviation or short text, written out"),
    ("~ …", "My view, kept apart from what was seen or heard"),
)
"""What can be typed in a note beside the codes of the pack; the whole is in the guide, The capture line."""

MOVING = (
    ("Tab  Shift+Tab", "Next or previous control"),
    ("Arrows", "Move in a list, a table or the menu"),
    ("Enter", "Open, or do what the button says"),
    ("Ctrl+Enter", "Main action of the screen"),
    ("Esc", "Back one step; never deletes text"),
    ("Ctrl+Tab", "Next list on Send and Help"),
)
"""Keys that every program on this laptop knows; they cannot be changed."""

_HERE: dict[str, tuple[Scope, ...]] = {
    "Home": (Scope.HOME,),
    "Visit": (Scope.VISIT, Scope.NOTES),
    "Live log": (Scope.LOG, Scope.NOTES),
    "Evidence": (Scope.EVIDENCE, Scope.NOTES),
    "Coverage": (Scope.COVERAGE,),
    "Escalations": (Scope.ESCALATIONS,),
    "Interview": (Scope.INTERVIEW, Scope.NOTES),
    "Record review": (Scope.RECORD, Scope.NOTES),
    "Cases": (Scope.CASES,),
    "Case": (Scope.CASE,),
    "Drop-in": (Scope.NOTES,),
    "Interview guides": (Scope.GUIDES,),
    "Files": (Scope.FILES,),
    "Send": (Scope.SEND,),
    "Short texts": (Scope.TEXTS,),
    "End of day": (Scope.DAY,),
    "Scores": (Scope.SCORES,),
    "Findings": (Scope.FINDINGS,),
    "People": (Scope.PEOPLE,),
    "Information requests": (Scope.REQUESTS,),
    "Decide": (Scope.DECIDE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """One part of the sheet: ``rows`` are keys and what they do."""

    words: str
    rows: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """``Shortcuts on this screen, 14``."""
        return f"{self.words}, {len(self.rows)}"


def sections(commands: Sequence[ShortcutRow], screen: str, framework: Framework | None) -> tuple[SheetSection, ...]:
    """The whole sheet for one screen. Commands without keys are in the palette and not here."""
    scopes = _HERE.get(screen, ())
    return (
        SheetSection(words="Shortcuts on this screen", rows=_pressed(commands, scopes)),
        SheetSection(words="Shortcuts everywhere", rows=(*_pressed(commands, (Scope.EVERYWHERE,)), *MOVING)),
        SheetSection(words="Typing codes", rows=_typed(framework)),
    )


def matching(found: Sequence[SheetSection], query: str) -> tuple[SheetSection, ...]:
    """Sections with the rows that hold every word typed, in their keys or in their words; empty ones are left out."""
    wanted = query.casefold().split()
    kept = (
        replace(one, rows=tuple(row for row in one.rows if all(part in " ".join(row).casefold() for part in wanted)))
        for one in found
    )
    return tuple(one for one in kept if one.rows)


def sheet(found: Sequence[SheetSection], screen: str, pack: str) -> Document:
    """One A4 side to hang beside a desk."""
    return Document(
        title=f"FieldKit shortcuts: {screen}",
        kicker="FieldKit",
        blocks=tuple(KeyList(title=one.title, rows=one.rows) for one in found),
        footer=f"Codes of {pack}. The sheet on the screen, Ctrl+/, is always up to date." if pack else "",
        is_sheet=True,
    )


def _pressed(commands: Sequence[ShortcutRow], scopes: tuple[Scope, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.shown_keys, row.command.words) for scope in scopes for row in commands
        if row.command.scope is scope and row.keys
    )  # fmt: skip


def _typed(framework: Framework | None) -> tuple[tuple[str, str], ...]:
    if framework is None:
        return MARKS
    statements = tuple((f"#{one.code}", f"{one.position} {one.title}") for one in framework.statements)
    categories = tuple((f"@{one.code}", one.title) for one in framework.categories)
    return (*statements, *categories, *MARKS)
