"""What the card shows, and how its draft is written: frozen, so that closing and opening loses nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from fieldkit.domain.escalation import Danger
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId
from ui.presenters.escalation.source import RiskSource
from ui.presenters.field_error import FieldError
from ui.presenters.wording import sentence

RISK_FIELDS = ("danger", "what", "place", "who", "organisation")
CONTACT_FIELDS = ("told", "said", "at", "how", "answer_due")
CONTACT_WORDS = ("told", "said", "answer_due")
"""Time and way are filled in by the program, and make no draft by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """``values`` by field as typed; ``saved`` is the escalation once it is on the disk.

    ``recorded`` is what the record says of the risk: what differs from it was written on since. ``contacts`` are those
    recorded, in words. ``restored`` says that what stands here was typed earlier.
    """

    is_open: bool = False
    source: RiskSource = field(default_factory=RiskSource)
    values: dict[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    numbers: tuple[PhoneNumber, ...] = ()
    due: str = ""
    is_contact_open: bool = False
    is_saving: bool = False
    saved: RecordId | None = None
    saved_words: str = ""
    recorded: dict[str, str] = field(default_factory=dict)
    contacts: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    restored: str = ""

    @property
    def danger(self) -> Danger | None:
        """What was answered."""
        said = self.values.get("danger", "")
        return Danger(said) if said else None

    @property
    def has_contact(self) -> bool:
        """Whether anything was said of somebody who was told."""
        return self.is_contact_open and any(self.values.get(name, "").strip() for name in ("told", "said"))

    @property
    def is_changed(self) -> bool:
        """Whether something was written on of a risk that is recorded: it is in no record yet."""
        return self.saved is not None and any(
            self.values.get(name, "").strip() != self.recorded.get(name, "").strip() for name in RISK_FIELDS
        )

    @property
    def is_danger(self) -> bool:
        """Whether 999 comes before everything else."""
        return self.danger is Danger.YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a draft holds."""

    source: RiskSource
    values: dict[str, str]
    opened_at: datetime
    is_contact_open: bool
    saved: RecordId | None
    recorded: dict[str, str]


def missing_of(state: CardState) -> tuple[FieldError, ...]:
    """What is not answered yet, all of it at once, in the order of the card."""
    value = state.values.get
    wanted: list[tuple[str, str]] = []
    if state.saved is None or state.is_changed:
        wanted += [("danger", "escalation.no_danger"), ("what", "escalation.no_what")]
    if state.has_contact or (state.saved is not None and state.is_contact_open and not state.is_changed):
        wanted += [("told", "escalation.no_told"), ("said", "escalation.no_said")]
    return tuple(FieldError(field=name, text=sentence(code)) for name, code in wanted if not value(name, "").strip())


def draft_text(state: CardState) -> str:
    """The draft of what was typed; empty where nothing was."""
    typed = {name: text for name, text in state.values.items() if text.strip()}
    first = {"what": state.source.what, "place": state.source.place, "organisation": state.source.organisation}
    fields = CONTACT_WORDS if state.saved else (*RISK_FIELDS, *CONTACT_WORDS)
    is_typed = state.is_changed or any(typed.get(one, "") != first.get(one, "") for one in fields)
    if state.opened_at is None or not is_typed:
        return ""
    return json.dumps(
        {
            "source": asdict(state.source), "values": typed, "opened_at": to_stamp(state.opened_at),
            "is_contact_open": state.is_contact_open, "saved": state.saved,
            "recorded": state.recorded,
        },
        ensure_ascii=False,
    )  # fmt: skip


def read_draft(text: str) -> Kept | None:
    """What a draft held; ``None`` for one that this version cannot read."""
    try:
        raw: dict[str, Any] = json.loads(text)
        source = raw["source"]
        return Kept(
            source=RiskSource(
                assessment=AssessmentId(source["assessment"]) if source["assessment"] else None,
                visit=VisitId(source["visit"]) if source["visit"] else None,
                about=RecordId(source["about"]) if source["about"] else None, words=str(source["words"]),
                what=str(source["what"]), place=str(source["place"]), organisation=str(source["organisation"]),
            ),
            values={str(name): str(value) for name, value in raw["values"].items()},
            opened_at=from_stamp(raw["opened_at"]), is_contact_open=bool(raw["is_contact_open"]),
            saved=RecordId(raw["saved"]) if raw["saved"] else None,
            recorded={str(name): str(value) for name, value in raw.get("recorded", raw["values"]).items()},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
