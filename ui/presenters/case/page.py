"""How the page of a case is opened."""

from __future__ import annotations

from typing import Any

from ui.presenters.case.state import read_track
from ui.presenters.case.track import CaseTrack
from ui.presenters.page import Page
from ui.presenters.ways import Bench, Way


def way() -> Way:
    """Read with the id of the case's activity."""
    return Way(read=read_track, make=_make)


def _make(bench: Bench, facts: Any) -> CaseTrack:
    file, frameworks = facts
    return CaseTrack(
        bench.session, file, frameworks, lambda words: bench.show_evidence(words, file.assessment.id),
        lambda record: bench.open_page(Page.DECIDE, record),
    )  # fmt: skip
