"""What escalations ask of somebody, for Home's "Needs you" and for "Before you leave"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fieldkit.app.escalation_rows import EscalationRow, Stage
from fieldkit.app.rows import SendStatus
from ui.presenters.escalation import words
from ui.presenters.wording import ui


def no_contact(rows: Sequence[EscalationRow]) -> int:
    """How many open ones nobody was told of."""
    return sum(row.stage is Stage.NO_CONTACT for row in rows)


def contact_words(rows: Sequence[EscalationRow], now: datetime) -> str:
    """``1 escalation has no contact recorded``, and which of them are late; empty where there is nothing to do."""
    told, late = no_contact(rows), sum(row.is_late(now) for row in rows)
    found = []
    if told:
        has = "has" if told == 1 else "have"
        found.append(f"{ui.count(told, 'escalation')} {has} no contact recorded")
    if late:
        found.append(f"{late:,} late")
    return ", ".join(found)


def news_words(rows: Sequence[EscalationRow]) -> str:
    """Team-mates' open escalations that were not opened here."""
    news = sum(row.is_news and not row.value.is_closed for row in rows)
    return f"{ui.count(news, 'escalation')} from your team, not seen by you yet" if news else ""


def undelivered_words(rows: Sequence[EscalationRow], *, could_not_send: bool) -> str:
    """What to do where sending was tried and an open escalation still waits."""
    waits = any(row.row.status is SendStatus.WAITING and not row.value.is_closed for row in rows)
    return words.NOT_DELIVERED if waits and could_not_send else ""
