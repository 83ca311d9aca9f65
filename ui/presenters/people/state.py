"""What the page of people shows, and what it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.disclosures import Holder
from fieldkit.app.people import Coded
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import VisitId
from ui.presenters.forms import Form


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    ADD = "Add a person"
    CHANGE = "Change role or organisation"
    SAME = "Same person as somebody else"
    NAME = "Who is it?"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFacts:
    """What the page starts from."""

    assessment: Assessment
    visit: Visit
    frameworks: tuple[Framework, ...]
    people: tuple[Coded, ...]
    places: Mapping[VisitId, str]
    has_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleState:
    """``names`` are those of the open key, by person. ``is_at_key``: its passphrase is asked for on the page.

    ``filling`` is what to mind of the person in the open form. ``offered`` is somebody whose public key was opened and
    whose six words nobody has compared yet.
    """

    rows: tuple[Coded, ...] = ()
    chosen: str = ""
    names: tuple[tuple[str, str], ...] = ()
    contact: str = ""
    is_open: bool = False
    is_at_key: bool = False
    small: str = ""
    filling: str = ""
    panel: OpenPanel | None = None
    offered: Holder | None = None
    notice: str = ""
    fault: str = ""

    @property
    def row(self) -> Coded | None:
        """The person under the cursor."""
        return next((one for one in self.rows if one.person.id == self.chosen), None)

    def name(self, person: str) -> str:
        """Who is behind a code; empty while the key is closed."""
        return next((name for one, name in self.names if one == person), "")
