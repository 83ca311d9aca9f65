"""What the office says of this laptop itself: until when it is vouched for, what waits for a person there, and whether
its vault is asked to be erased. Heard with each hello under the pinned key, kept in the vault's settings.

Nothing of it ever stops writing or sending; a date by this laptop's own clock may only warn.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fieldkit.app.laptop_word import CERTIFICATE, ERASE, WAITING, EraseAsked
from fieldkit.app.ports import Questions
from fieldkit.domain.device_certificate import DeviceCertificate, Validity
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import FieldKitError


def certificate(questions: Questions) -> DeviceCertificate | None:
    """The certificate that was heard last; it was verified when it was kept."""
    kept = questions.setting(CERTIFICATE)
    if not kept:
        return None
    try:
        return DeviceCertificate.from_bytes(bytes.fromhex(json.loads(kept)["data"]))
    except (FieldKitError, ValueError, KeyError, TypeError):
        return None


def validity(questions: Questions, now: datetime) -> Validity:
    """Where it stands by this laptop's clock; good where there is none."""
    found = certificate(questions)
    return found.validity(now) if found is not None else Validity.GOOD


def waiting(questions: Questions) -> int:
    """How many records of this person wait at the office for a decision."""
    kept = questions.setting(WAITING) or ""
    return int(kept) if kept.isdecimal() else 0


def erase_asked(questions: Questions) -> EraseAsked | None:
    """What the office asks, where it does."""
    kept = questions.setting(ERASE)
    if not kept:
        return None
    try:
        raw: dict[str, Any] = json.loads(kept)
        from_stamp(raw["at"])
        return EraseAsked(at=str(raw["at"]), by=str(raw["by"]), reason=str(raw["reason"]))
    except (ValueError, KeyError, TypeError):
        return None
