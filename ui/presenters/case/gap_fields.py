"""The form that makes a gap of the pathway a note: a draft sentence, and the tag that gaps usually bear."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.case_gap_note import GapNote
from fieldkit.domain.case_gaps import Gap, GapKind
from fieldkit.domain.framework import Framework
from fieldkit.reports.case_words import gap_words
from ui.presenters.case.event_fields import TAGS_HINT, Reading, tags_read
from ui.presenters.forms import Entry, FormField, Values

_PATHWAYS = "pathways"
"""By this alias a framework pack finds its statement on moving between services."""


def gap_fields() -> tuple[FormField, ...]:
    """The words, and the tags that make them count."""
    return (
        FormField(name="text", needed="entry.empty", label="What is the gap?", entry=Entry.LONG, rows=5),
        FormField(name="tags", needed="gap.no_tag", label="Tags", hint=TAGS_HINT),
    )


def gap_values(gaps: Sequence[Gap], frameworks: Sequence[Framework], *, with_year: bool) -> dict[str, str]:
    """What stands there to begin with; a wait without a standard is no shortfall before somebody says so."""
    said = ". ".join(_said(gap, with_year=with_year) for gap in gaps)
    found = frameworks[0].statement_by(_PATHWAYS) if frameworks else None
    sign = "" if all(gap.kind is GapKind.WAIT for gap in gaps) else "-"
    return {"text": f"{said}. " if said else "", "tags": f"#{found.code}{sign}" if found is not None else ""}


def _said(gap: Gap, *, with_year: bool) -> str:
    """With the services, so that it is understood away from its timeline."""
    step = gap.step
    if step is None or step.since is None:
        return gap_words(gap, with_year=with_year)
    services = dict.fromkeys((step.since.organisation, step.touchpoint.organisation))
    return f"{' to '.join(name for name in services if name)}: {gap_words(gap, with_year=with_year)}"


def gap_note(values: Values, reading: Reading) -> GapNote:
    """What was entered. Raises ``Mistake('touchpoint.tag')``."""
    return GapNote(text=values["text"], evidence=tags_read(values["tags"], reading))
