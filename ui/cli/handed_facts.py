"""What was handed over and taken in, for programs, and the fate of a hand-over in words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from fieldkit.app.handing_over import HandedOver, KnownLaptop
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import FieldKitError


def account_facts(account: Account) -> dict[str, Any]:
    """What became of one file."""
    return {
        "bundle": account.bundle, "by": account.by, "made_at": account.made_at, "is_receipt": account.is_receipt,
        "taken": account.taken, "known": account.known, "aside": account.aside, "foreign": account.foreign,
        "unreadable": account.unreadable, "spoilt": account.spoilt, "receipts": account.receipts,
        "files": sorted(account.files), "files_open": account.files_open, "parts": sorted(account.parts),
        "cut": sorted(account.cut), "missing": account.missing, "last": account.last, "whole": account.is_whole,
        "problems": [_problem(one) for one in account.problems],
    }  # fmt: skip


def laptop_facts(one: KnownLaptop) -> dict[str, Any]:
    """Somebody who can be handed something."""
    return {
        "name": one.name, "role": one.role, "device": one.device, "by": one.by.value,
        "assessments": sorted(one.assessments),
    }  # fmt: skip


def handed_facts(one: HandedOver) -> dict[str, Any]:
    """Something that was handed over."""
    return asdict(one) | {
        "at": to_stamp(one.at), "confirmed_at": to_stamp(one.confirmed_at) if one.confirmed_at else None,
        "carriers": [[carrier.name, to_stamp(carrier.at)] for carrier in one.carriers],
    }  # fmt: skip


def fate(one: HandedOver, today: date) -> str:
    """What became of a hand-over, as far as it is known here."""
    from ui.presenters.wording import ui

    if one.confirmed_at is not None:
        return f": receipts taken in {ui.day_and_clock(one.confirmed_at, today)}"
    if one.carriers:
        return f": carried by {ui.listed([carrier.name for carrier in one.carriers])}; not confirmed yet"
    return ": not confirmed by a receipt file" if one.is_centre else ""


def _problem(error: FieldKitError) -> dict[str, str]:
    return {"code": error.code, **{name: str(value) for name, value in error.details.items()}}
