"""What the page of restricted disclosures shows: nothing of what is in its box unless that is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.app.disclosures import Holder, Restricted
from fieldkit.domain.disclosure import Disclosure
from ui.presenters.field_error import FieldError
from ui.presenters.forms import Form


class Stage(StrEnum):
    """How the box stands."""

    NEW = "new"
    SHUT = "shut"
    OPEN = "open"


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
class DisclosuresState:
    """``chosen`` is a reference; ``offered`` are keys whose words nobody has compared yet.

    ``busy`` says what goes on; ``fault`` what went wrong and ``notice`` what was done, neither with a word of content.
    """

    stage: Stage = Stage.SHUT
    is_trying: bool = False
    busy: str = ""
    errors: tuple[FieldError, ...] = ()
    wait_seconds: int = 0
    fault: str = ""
    notice: str = ""
    restricted: Restricted = field(default_factory=Restricted)
    chosen: str | None = None
    panel: OpenPanel | None = None
    offered: tuple[Holder, ...] = ()

    @property
    def disclosure(self) -> Disclosure | None:
        """The one that is chosen."""
        return next((one for one in self.restricted.disclosures if one.reference == self.chosen), None)
