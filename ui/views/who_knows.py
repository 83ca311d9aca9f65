"""The pill that says to whom a note or record is restricted, and the button that leads to the form about it."""

from __future__ import annotations

from collections.abc import Callable

from ui.presenters.services import Session
from ui.qt.accessibility import named
from ui.widgets.labels import StatusPill


def restricted_words(session: Session, record: str) -> str:
    """``Restricted to Moderator``, or empty."""
    return session.restrictions.words(record) if session.restrictions is not None else ""


def restricted_pill(words: str) -> StatusPill:
    """The words on a tint."""
    pill = named(StatusPill(), words, "details.restricted")
    pill.setWordWrap(True)
    pill.show_status(words, "amber")
    return pill


def hear_restrictions(session: Session, heard: Callable[[], None]) -> Callable[[], None]:
    """Be told when a restriction came, changed or went; returns what ends it."""
    known = session.restrictions
    return known.changed.listen(lambda _: heard()) if known is not None else lambda: None


def ask_who(session: Session, record: str) -> None:
    """Open the form that says who may know ``record``."""
    if session.restrictions is not None:
        session.restrictions.ask(record)
