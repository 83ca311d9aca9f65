"""What the page of interview guides shows, and what it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.guide_library import BuiltIn, built_in_guides
from fieldkit.app.guides import guides, working
from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.exchange.xlsform.remarks import FormReading
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.forms import Form
from ui.presenters.services import Session


class Showing(StrEnum):
    """What the middle of the page shows."""

    LIST = "list"
    REPORT = "report"
    """What a form would bring."""
    CHANGE = "change"
    """The questions of one guide, to be changed."""


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    BRING_IN = "Bring in a form"
    NEW = "New guide"
    QUESTION = "Question"
    ABOUT = "About the guide"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form; ``save_words`` are its main button's."""

    kind: PanelKind
    form: Form
    save_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideRow:
    """A guide in use here. ``changed``: what was changed and is no version yet."""

    guide: Guide
    changed: Guide | None = None

    @property
    def key(self) -> str:
        return self.guide.id


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidesFacts:
    """What the page is opened with."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    rows: tuple[GuideRow, ...]
    built_in: tuple[BuiltIn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidesState:
    """``chosen`` is the id of a guide here or of a built-in one; ``question`` that of the one under the cursor.

    ``changing`` is the guide as it is being changed.
    """

    rows: tuple[GuideRow, ...] = ()
    built_in: tuple[BuiltIn, ...] = ()
    showing: Showing = Showing.LIST
    chosen: str = ""
    question: str = ""
    changing: Guide | None = None
    reading: FormReading | None = None
    panel: OpenPanel | None = None
    busy: str = ""
    notice: str = ""
    fault: str = ""

    @property
    def row(self) -> GuideRow | None:
        """The guide of this assessment that is chosen."""
        return next((one for one in self.rows if one.key == self.chosen), None)

    @property
    def built_in_chosen(self) -> BuiltIn | None:
        """The one that came with the program, if such a one is chosen."""
        return next((one for one in self.built_in if one.id == self.chosen), None)

    @property
    def has_changes(self) -> bool:
        """Whether the guide that is being changed is another than the version it came from."""
        row = self.row
        return self.changing is not None and row is not None and self.changing != row.guide


def read_facts(session: Session, questions: Questions, assessment: AssessmentId) -> GuidesFacts:
    """Everything the page needs. A pack that is not on this laptop is left out: its questions keep their ids."""
    found = questions.assessment(assessment)
    frameworks = []
    for pin in found.packs:
        try:
            frameworks.append(session.packs.framework(pin))
        except FieldKitError:
            continue
    rows = [row.value for row in guides(questions, assessment)]
    return GuidesFacts(
        assessment=found, frameworks=tuple(frameworks), built_in=built_in_guides(),
        rows=tuple(GuideRow(guide=one, changed=_changed(questions, one)) for one in rows),
    )  # fmt: skip


def _changed(questions: Questions, guide: Guide) -> Guide | None:
    found = working(questions, guide.id)
    return found if found is not None and found != guide else None
