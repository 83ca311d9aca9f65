"""What of a record of fieldwork may not be told: the one rule, for laptops and the office alike.

The log keeps every account as it was signed. Notes have a rule of their own (``fieldkit.domain.sources``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Attribution, Consent
from fieldkit.domain.interview import InterviewSession


def withheld(value: Any, standing: Consent | None, *, is_silent: bool) -> Mapping[str, str]:
    """The fields that are left out, each with nothing in it.

    ``standing`` is the consent that counts where the value belongs (for a consent: among those of its own place);
    ``is_silent`` tells that the codes of an attachment's people may not be told.
    """
    if isinstance(value, Consent):
        return _of_consent(value, standing)
    if isinstance(value, InterviewSession) and value.role:
        may_say = standing is not None and standing.allows and standing.attribution is not Attribution.NONE
        return {} if may_say else {"role": ""}
    if isinstance(value, Attachment) and value.from_whom and is_silent:
        return {"from_whom": ""}
    return {}


def _of_consent(value: Consent, standing: Consent | None) -> Mapping[str, str]:
    """Of an account its own name where it stands no more, and all names once somebody said no."""
    shown = value.told()
    if standing is not None and not value.person:
        by_name = standing.allows and standing.attribution is Attribution.NAME
        shown = replace(shown, name=shown.name if by_name else "")
        if standing.bars:
            shown = replace(shown, given_by="", given_why="")
    return {
        field: "" for field in ("name", "given_by", "given_why") if getattr(value, field) != getattr(shown, field)
    }  # fmt: skip
