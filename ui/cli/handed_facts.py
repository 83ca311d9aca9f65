"""What was handed over and taken in, for programs, and the fate of a hand-over in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fieldkit.app.handing_over import CarriedFile, HandedOver, KnownLaptop
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import FieldKitError


def account_facts(account: Account) -> dict[str, Any]:
    """What became of one file."""
    return {
        "bundle": account.bundle, "by": account.by, "made_at": account.made_at, "is_receipt": account.is_receipt,
        "is_carriers": account.is_carriers, "asks": account.asks,
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
        "carriers": [[carrier.name, to_stamp(carrier.at)] for carrier in one.carriers], "sizes": list(one.sizes),
    }  # fmt: skip


def carried_facts(one: CarriedFile) -> dict[str, Any]:
    """Something that is carried for somebody else."""
    return asdict(one) | {
        "at": to_stamp(one.at), "handed_on_at": to_stamp(one.handed_on_at) if one.handed_on_at else None,
        "given_at": to_stamp(one.given_at) if one.given_at else None,
    }  # fmt: skip


def _problem(error: FieldKitError) -> dict[str, str]:
    return {"code": error.code, **{name: str(value) for name, value in error.details.items()}}
