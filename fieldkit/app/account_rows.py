"""The accounts of a record: each of its revisions with who wrote it, as questions and decisions need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fieldkit.domain.merging import DECISION, Account
from fieldkit.kernel.ids import AssessmentId, AuthorId, RecordId, RevisionId


class By(StrEnum):
    """Who settled what two laptops made of a record (``decision.by`` in the content of a revision)."""

    PERSON = "person"
    SYSTEM = "system"
    """Different fields were combined by rule; the revision is signed by the laptop that did it."""
    REOPENED = "reopened"
    """No settlement: an earlier account put forward again, since a decision was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a revision says of itself where it settles, or opens again. ``of`` is the account that is put forward."""

    by: By
    reason: str = ""
    of: RevisionId | None = None

    def to_content(self) -> dict[str, Any]:
        return {"by": self.by.value, "reason": self.reason, **({"of": self.of} if self.of else {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One revision of a record. ``is_mine``: this person wrote it; ``is_here``: on this laptop.

    ``value`` is ``None`` where it cannot be read here (sealed, or made with a later version).
    """

    record: RecordId
    kind: str
    assessment: AssessmentId | None
    account: Account
    value: Any
    author: AuthorId
    author_name: str
    author_initials: str
    is_mine: bool
    is_here: bool
    recorded_at: datetime
    decision: Decision | None = None

    @property
    def revision(self) -> RevisionId:
        return self.account.revision

    @property
    def body(self) -> Mapping[str, Any]:
        """The content; empty where it cannot be read."""
        return self.account.body or {}


def decision_in(body: Mapping[str, Any]) -> Decision | None:
    """What a content says of itself; ``None`` for an ordinary account, and for words of a stranger."""
    raw = body.get(DECISION)
    if not isinstance(raw, dict) or raw.get("by") not in {one.value for one in By}:
        return None
    reason, of = raw.get("reason"), raw.get("of")
    return Decision(
        by=By(raw["by"]), reason=reason if isinstance(reason, str) else "",
        of=RevisionId(of) if isinstance(of, str) else None,
    )  # fmt: skip
