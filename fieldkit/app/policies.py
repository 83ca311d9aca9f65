"""What the organisation allows on this laptop. Each policy is one question here, so that no screen decides for itself.

A policy is a vault setting ``policy/<name>``; without one the careful answer, or the person's own choice, holds. What
the office sends (``fieldkit.domain.office_policy``) is written there whole, so that a policy it took back is gone.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fieldkit.app.purging import KEEP_DAYS
from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.office_policy import LOCK_MINUTES, OfficePolicy

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions, UnitOfWork

RECORD_AUDIO = "policy/record_audio"
LOCK = "policy/lock_minutes"
PURGE = "policy/purge_days"
NUMBERS = "policy/numbers"
DUE = "policy/minutes"
ADVISER = "policy/adviser"
"""The office says that this person is a specialist adviser."""
OWN_ADVISER = "adviser"
"""The person says so."""
ON = "yes"


def may_record_audio(questions: Questions) -> bool:
    """Whether sound may be recorded at all; off unless the organisation turned it on."""
    return questions.setting(RECORD_AUDIO) == ON


def is_adviser(questions: Questions) -> bool:
    """Whether only allotted activities are shown: a specialist adviser, by the office's word or their own."""
    return ON in (questions.setting(ADVISER), questions.setting(OWN_ADVISER))


def office_adviser(questions: Questions) -> bool:
    """Whether the office says so: then it is not the person's to change."""
    return questions.setting(ADVISER) == ON


def call_myself_adviser(uow: UnitOfWork, *, is_one: bool) -> None:
    """Keep the person's own word; the office's stands beside it."""
    uow.set_setting(OWN_ADVISER, ON if is_one else None)


def lock_minutes(questions: Questions) -> int | None:
    """Minutes without a key until the vault locks, as the office decides; None = as the person chose."""
    kept = questions.setting(LOCK) or ""
    return int(kept) if kept.isdecimal() and int(kept) in LOCK_MINUTES else None


def purge_days(questions: Questions) -> int | None:
    """Days after everything was confirmed within which the vault is to be erased; None = the office says nothing."""
    kept = questions.setting(PURGE) or ""
    return int(kept) if kept.isdecimal() else None


def kept_days(questions: Questions) -> int | None:
    """Days after a closed visit was handed in until its words and files leave this laptop; None = they stay."""
    kept = questions.setting(KEEP_DAYS) or ""
    return int(kept) if kept.isdecimal() else None


def purge_due(questions: Questions, now: datetime) -> datetime | None:
    """Since when the vault should have been erased; None while it need not be. Nothing is ever erased by itself."""
    days = purge_days(questions)
    if days is None:
        return None
    standing = questions.standing()
    if not standing.everything_is_there or standing.confirmed_at is None:
        return None
    due = standing.confirmed_at + timedelta(days=days)
    return due if due <= now else None


def office_numbers(questions: Questions) -> tuple[PhoneNumber, ...]:
    """Whom to ring about a risk, as the office decides; empty = as the pack says or the person put in."""
    return _policy(numbers=_json(questions.setting(NUMBERS), [])).numbers


def office_minutes(questions: Questions) -> dict[Priority, int]:
    """Within how many minutes each priority is to be answered, where the office decides that."""
    return dict(_policy(minutes=_json(questions.setting(DUE), {})).minutes)


def as_settings(policy: OfficePolicy, *, is_adviser: bool) -> dict[str, str | None]:
    """The vault settings that keep a policy: every name, so that what was taken back goes."""
    raw = policy.to_content()
    audio = {True: ON, False: "no", None: None}[policy.record_audio]
    return {
        RECORD_AUDIO: audio, LOCK: _text(policy.lock_minutes), PURGE: _text(policy.purge_days),
        KEEP_DAYS: _text(policy.keep_days),
        NUMBERS: json.dumps(raw["numbers"], ensure_ascii=False) if policy.numbers else None,
        DUE: json.dumps(raw["minutes"]) if policy.minutes else None, ADVISER: ON if is_adviser else None,
    }  # fmt: skip


def office_words(questions: Questions) -> tuple[tuple[str, str], ...]:
    """Each thing the office decides, and how, for people; empty where it says nothing."""
    audio = {ON: "Allowed", "no": "Not allowed"}.get(questions.setting(RECORD_AUDIO) or "", "")
    lock, days, keep = lock_minutes(questions), purge_days(questions), questions.setting(KEEP_DAYS)
    numbers = ", ".join(f"{one.title} {one.number}" for one in office_numbers(questions))
    due = ", ".join(f"{one.name} {minutes} minutes" for one, minutes in sorted(office_minutes(questions).items()))
    told = (
        ("Sound recording", audio), ("Locks after", f"{lock} minutes without a key" if lock else ""),
        ("Erase this vault", f"{days} days after everything is confirmed" if days else ""),
        ("Remove what is handed in", f"{keep} days after a closed visit was handed in" if keep else ""),
        ("Whom to ring about a risk", numbers), ("Answers to escalations due", due),
        ("You are", "a specialist adviser" if questions.setting(ADVISER) == ON else ""),
    )  # fmt: skip
    return tuple((name, words) for name, words in told if words)


def _policy(**raw: object) -> OfficePolicy:
    try:
        return OfficePolicy.from_content(raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        return OfficePolicy()


def _json(kept: str | None, otherwise: object) -> object:
    try:
        return json.loads(kept) if kept else otherwise
    except ValueError:
        return otherwise


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
