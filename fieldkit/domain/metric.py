"""Metrics of oversight frameworks: figures that are held already, read from a file, and never changed by hand.

The figure stays as the file writes it: nobody adds metrics up here, and a number that was read and written again is a
number that somebody may doubt. Which end of it is best is kept with each, because segments run the other way
than scores (facts, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import COUNT, MAYBE_TEXT, TEXT, Types
from fieldkit.domain.method import Polarity
from fieldkit.kernel.folding import folded
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, is_id

BEST = {Polarity.HIGHER_IS_BETTER: "a higher figure is better", Polarity.LOWER_IS_BETTER: "a lower figure is better"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRule:
    """What a pack says of a metric: the names that files give it, what it is evidence for, and which end is best."""

    id: str
    title: str
    names: tuple[str, ...]
    statements: tuple[str, ...]
    category: str
    polarity: Polarity
    scale: str = ""

    def is_called(self, name: str) -> bool:
        """Whether a file's name of a metric means this one; letter case and spacing do not matter."""
        return metric_key(name) in {metric_key(one) for one in (self.id, self.title, *self.names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure of one body in one period. ``entry`` is the note by which it is evidence.

    ``older`` names the figure that it stands in place of: a figure is corrected by a newer import and never changed.
    """

    KIND: ClassVar[str] = "metric"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "entry": TEXT, "metric": TEXT, "value": TEXT, "unit": TEXT, "organisation": TEXT,
        "period": TEXT, "source": TEXT, "polarity": TEXT, "file": TEXT, "row": COUNT, "older": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    entry: EntryId
    metric: str
    value: str
    organisation: str
    period: str
    source: str
    polarity: Polarity
    unit: str = ""
    file: str = ""
    row: int = 0
    older: RecordId | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same figure at another time: metric, body and period."""
        return metric_key(self.metric), metric_key(self.organisation), metric_key(self.period)

    @property
    def said(self) -> tuple[str, str, str, Polarity]:
        """What a newer import may say otherwise."""
        return self.value, self.unit, self.source, self.polarity

    @property
    def title(self) -> str:
        return f"{self.metric}: {figure(self.value, self.unit)}"

    @property
    def words(self) -> str:
        return " ".join((self.metric, self.value, self.unit, self.organisation, self.period, self.source))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "entry": self.entry, "metric": self.metric, "value": self.value,
            "unit": self.unit, "organisation": self.organisation, "period": self.period, "source": self.source,
            "polarity": self.polarity.value, "file": self.file, "row": self.row, "older": self.older,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Metric:
        if not is_id(raw["entry"]) or not (raw["older"] is None or is_id(raw["older"])):
            raise ValueError("not an id")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), entry=EntryId(raw["entry"]),
            metric=raw["metric"], value=raw["value"], unit=raw["unit"], organisation=raw["organisation"],
            period=raw["period"], source=raw["source"], polarity=Polarity(raw["polarity"]), file=raw["file"],
            row=raw["row"], older=RecordId(raw["older"]) if raw["older"] else None,
        )  # fmt: skip


def figure(value: str, unit: str) -> str:
    """``78.2%``, ``6.8 out of 10``; ``3`` without a unit."""
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}".strip()


def metric_key(name: str) -> str:
    """The form in which names of metrics, bodies and periods are compared."""
    return " ".join(folded(name).split())
