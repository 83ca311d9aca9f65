"""What the page of restricted disclosures shows: nothing of what is in its box unless that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.app.disclosures import Holder, Restricted
from fieldkit.domain.disclosure import Disclosure
from ui.presenters.box_door import DoorState
from ui.presenters.forms import Form


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    TAKE = "Take a disclosure"
    WORDS = "Add words"
    NOTE = "Note a hand-over"
    POINTER = "Leave a pointer in the record"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosuresState(DoorState):
    """``chosen`` is a reference; ``offered`` are keys whose words nobody has compared yet.

    ``notice`` says what was done, without a word of content.
    """

    notice: str = ""
    restricted: Restricted = field(default_factory=Restricted)
    chosen: str | None = None
    panel: OpenPanel | None = None
    offered: tuple[Holder, ...] = ()

    @property
    def disclosure(self) -> Disclosure | None:
        """The one that is chosen."""
        return next((one for one in self.restricted.disclosures if one.reference == self.chosen), None)
