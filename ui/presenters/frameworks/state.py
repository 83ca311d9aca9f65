"""What the page Frameworks shows: those of the assessment, those on this laptop beside, and the held figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.metrics import MetricPlan, best_first, standing_metrics
from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.domain.metric import Metric, figure
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.forms import Form
from ui.presenters.frameworks.words import line_of
from ui.presenters.services import Session


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    CROSSWALK = "Carry tags over"
    METRICS = "Import figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLine:
    """A framework of the assessment (``place`` from 0), or one on this laptop that is not used here (None).

    ``older`` is the one of which tags can be carried over to it; ``was`` the one of which they were, once it took that
    one's place.
    """

    framework: Framework
    place: int | None
    older: Framework | None = None
    was: Framework | None = None

    @property
    def key(self) -> str:
        """Names it in the list."""
        return f"{self.framework.id}@{self.framework.version}"

    @property
    def status(self) -> str:
        """Its part here, how it stands, and how it is judged."""
        return line_of(self.framework, self.place)

    @property
    def can_add(self) -> bool:
        """Whether it can come beside those there are."""
        return self.place is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure that is held, under its metric and the end that is best."""

    key: str
    title: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFacts:
    """What the page is opened with."""

    assessment: Assessment
    lines: tuple[FrameworkLine, ...]
    figures: tuple[Metric, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworksState:
    """``plan`` is what a file of figures would bring; nothing of it is kept yet."""

    lines: tuple[FrameworkLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    chosen: str = ""
    panel: OpenPanel | None = None
    plan: MetricPlan | None = None
    busy: str = ""
    notice: str = ""
    fault: str = ""

    @property
    def line(self) -> FrameworkLine | None:
        """The framework that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)


def read_facts(session: Session, questions: Questions, record: str) -> FrameworkFacts:
    """Everything on the page."""
    assessment = questions.assessment(AssessmentId(record))
    figures = tuple(row.value for row in standing_metrics(questions, assessment.id))
    return FrameworkFacts(assessment=assessment, lines=_lines(session, assessment), figures=figures)


def figure_lines(figures: tuple[Metric, ...]) -> tuple[FigureLine, ...]:
    """Each metric from its own best end, the end in words on every line: unlike ends never share a run."""
    return tuple(
        FigureLine(
            key=str(one.id), title=f"{one.metric}: {figure(one.value, one.unit)}",
            status=f"{title.rpartition(', ')[2].capitalize()} · {one.organisation}, {one.period} · {one.source}",
        )
        for title, group in best_first(figures) for one in group
    )  # fmt: skip


def _lines(session: Session, assessment: Assessment) -> tuple[FrameworkLine, ...]:
    pinned = tuple(session.packs.framework(pin) for pin in assessment.packs)
    here = {(one.id, one.version) for one in pinned}
    beside = [one for one in _known(session) if (one.id, one.version) not in here]
    known = {(one.id, one.version): one for one in (*pinned, *beside)}
    lines = [
        FrameworkLine(
            framework=one, place=place, older=_older(one, pinned),
            was=next((known[walk.pack, walk.version] for walk in one.crosswalks
                      if walk.pack == one.id and (walk.pack, walk.version) in known), None),
        )
        for place, one in enumerate(pinned)
    ]  # fmt: skip
    taken = {one.id for one in pinned}
    for one in beside:
        older = _older(one, pinned)
        if one.id not in taken or older is not None:
            lines.append(FrameworkLine(framework=one, place=None, older=older))
    return tuple(lines)


def _known(session: Session) -> list[Framework]:
    found = []
    for offer in session.packs.offers():
        try:
            found.append(session.packs.framework(offer.pin))
        except FieldKitError:  # somebody changed its files; the settings say so
            continue
    return found


def _older(newer: Framework, pinned: tuple[Framework, ...]) -> Framework | None:
    return next((one for one in pinned if newer.crosswalk_from(one.id, one.version) is not None), None)
