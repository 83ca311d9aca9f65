"""How each kind of record is put together when two laptops changed it at once: data, decided before anybody is asked.

A kind that is not named here asks, so that a new kind is never combined by accident. Source: sync.md 5.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.revision import WRITTEN_ONCE


class How(StrEnum):
    """What happens to a record with more than one head."""

    ONCE = "once"
    """It has one revision for ever (docs/decisions/0003): more than one head cannot be."""
    GROWS = "grows"
    """Nobody changes one: what is said later is a record of its own. Several heads are no question."""
    FIELDS = "fields"
    """Different fields are combined; the same field is asked about."""
    ASKS = "asks"
    """Nothing is ever combined: judgements, consents, what protects somebody, versions of a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRule:
    """The rule of a kind.

    ``together`` are fields that mean something only with each other (the first and the last day of a visit): a change
    of one on one laptop and of another elsewhere is asked about. ``sets`` are lists in which order means nothing,
    combined as observed-remove sets; ``keyed`` are lists whose elements have a field that names them; ``maps`` are
    objects of which each key is a field of its own. ``deleted`` is the field that takes the record out of use: where
    somebody changed the record at the same time, the change survives and a person is asked.
    """

    how: How
    together: tuple[tuple[str, ...], ...] = ()
    sets: frozenset[str] = frozenset()
    keyed: Mapping[str, str] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    deleted: str = ""


_ASKS = MergeRule(how=How.ASKS)
_GROWS = MergeRule(how=How.GROWS)

RULES: Mapping[str, MergeRule] = {
    **{kind: MergeRule(how=How.ONCE) for kind in WRITTEN_ONCE},
    "assessment": MergeRule(how=How.FIELDS, keyed={"packs": "id"}),
    "visit": MergeRule(how=How.FIELDS, together=(("starts_on", "ends_on"),)),
    "activity": MergeRule(
        how=How.FIELDS, together=(("visit", "on", "starts", "ends", "order", "stream"),),
        sets=frozenset({"assigned"}), keyed={"items": "id"}, deleted="is_cancelled",
    ),
    "person": MergeRule(how=How.FIELDS, together=(("code", "visit"),)),
    "case": MergeRule(
        how=How.FIELDS, together=(("sampling", "reason"), ("imported_from", "row"), ("visit", "activity", "person")),
        keyed={"criteria": "words"},
    ),
    "touchpoint": MergeRule(
        how=How.FIELDS, together=(("when", "placed", "order"), ("sources", "accord"), ("happened", "exact_words")),
        sets=frozenset({"statements"}), deleted="withdrawn",
    ),
    "session": MergeRule(
        how=How.FIELDS, together=(("guide", "guide_version"), ("started_at", "pauses", "ended_at"), ("band", "role")),
        maps=frozenset({"marks"}),
    ),
    "questions": _ASKS,
    "conversation": MergeRule(how=How.FIELDS, together=(("people", "band"),), deleted="is_taken_back"),
    "attachment": MergeRule(
        how=How.FIELDS,
        together=(
            ("sha256", "size", "media", "dropped", "original_sha256", "derived_from", "boxes", "pages", "sound"),
            ("people", "declaration"), ("retention", "hold"),
        ),
        deleted="withdrawn",
    ),
    "request": MergeRule(
        how=How.FIELDS,
        together=(("asked_on", "due_on"), ("status", "outcome", "received_on", "received"), ("about", "reference")),
        sets=frozenset({"statements"}),
    ),
    "access": MergeRule(
        how=How.FIELDS,
        together=(
            ("about", "whose"), ("basis", "allowed_by"), ("capacity", "capacity_how"), ("told", "told_why"),
            ("copied", "copied_what"), ("opened_at", "closed_at"),
        ),
    ),
    "send_out": MergeRule(how=How.FIELDS, together=(("report", "sha256"), ("sent_on", "due_on", "days"))),
    "accuracy_comment": MergeRule(
        how=How.FIELDS, together=(("proof", "proof_on"), ("continues", "piece"), ("says", "text"))
    ),
    "improvement_summit": MergeRule(how=How.FIELDS),
    "improvement_action": MergeRule(how=How.FIELDS, together=(("proof", "done_on"), ("follow_up", "looked_on"))),
    "day_item": MergeRule(
        how=How.FIELDS, together=(("is_none", "text"), ("about", "gap")), sets=frozenset({"notes"}),
        deleted="is_taken_off",
    ),
    "consent": _ASKS, "guide": MergeRule(how=How.ASKS, deleted="is_retired"), "escalation": _ASKS,
    "quality_risk": _ASKS, "quality_review": _ASKS, "withdrawal": _ASKS,
    "accuracy_answer": _ASKS, "judgement": _ASKS, "moderation": _ASKS, "override": _ASKS,
    "escalation_contact": _GROWS, "escalation_seen": _GROWS, "pointer": _GROWS, "day_sheet": _GROWS,
    "metric": _GROWS,
    "finding": MergeRule(
        how=How.FIELDS, together=(("strength", "why"), ("pack", "statement")),
        keyed={"citations": "id"}, deleted="is_dropped",
    ),
    "section": MergeRule(how=How.FIELDS, together=(("pack", "part", "subject"),)),
}  # fmt: skip
"""By the kind's word in the log."""


def rule_of(kind: str) -> MergeRule:
    """The rule of a kind; one that nobody decided on asks."""
    return RULES.get(kind, _ASKS)
