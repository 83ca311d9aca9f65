"""The custody log and the certificate of hand-in tell what the office has signed for, and what came from others."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.report_catalogue import report_kind
from fieldkit.app.report_kinds import ReportChoice
from fieldkit.kernel.clock import FixedClock
from fieldkit.reports.plain import to_plain
from tests.support.laptop import Laptop
from tests.support.sample_vault import ics


def _told(laptop: Laptop, kind: str, clock: FixedClock) -> str:
    questions = laptop.vault.questions
    choice = ReportChoice(assessment=questions.assessments()[0].assessment, framework=ics(), frameworks=(ics(),))
    return " ".join(to_plain(report_kind(kind).make(questions, choice, clock.now())).split())


def test_what_was_handed_in_and_pulled_has_its_receipt_on_paper(team: Callable[..., Laptop], clock: FixedClock) -> None:
    ada = team("Ada Field")
    meeting = ada.open_meeting()
    ada.note("Beds were closed")
    waiting = _told(ada, "custody-log", clock)
    assert "no receipt" in waiting
    assert "Not everything is at" in _told(ada, "hand-in", clock)
    ada.settle()
    ben = team("Ben Visit", meeting.assessment)
    ben.settle()
    for laptop in (ada, ben):
        told = _told(laptop, "custody-log", clock)
        assert "Beds were closed" not in told
        note = next(one for one in laptop.vault.questions.revisions() if one.envelope.kind == "entry")
        assert note.hash in told
        assert f"record {note.envelope.record}" in told
    assert "pulled: came from another laptop" in _told(ben, "custody-log", clock)
    assert "no receipt" not in _told(ada, "custody-log", clock)
    assert "Everything that leaves this laptop is at" in _told(ada, "hand-in", clock)
