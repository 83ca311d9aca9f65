"""The one way from a record to the question about it: the line over its page, the keys, and the buttons beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from ui.presenters.deciding.known import AskedHere
from ui.presenters.page import ABOUT, Of, Page
from ui.presenters.presenter import Listening
from ui.presenters.workbench import Workbench
from ui.views.asked_here import DECIDE
from ui.views.rendering import View
from ui.widgets.banner import Banner

_KINDS: Mapping[Page, Collection[str]] = {
    Page.CASES: ("case",), Page.FILES: ("attachment",), Page.REQUESTS: ("request",),
    Page.ACCURACY: ("send_out", "accuracy_comment", "accuracy_answer", "improvement_summit", "improvement_action"),
    Page.GUIDES: ("guide", "guide_question"), Page.ESCALATIONS: ("escalation", "quality_risk"),
}  # fmt: skip
"""Pages that show all records of a kind of an assessment."""


class Shows(Protocol):
    """The desk, as far as this needs it."""

    @property
    def view(self) -> View: ...


class QuestionDoor:
    """Lives as long as the vault is open. ``banner`` stands over the page while something of it is asked about."""

    def __init__(self, desk: Shows, bench: Workbench) -> None:
        self._desk = desk
        self._bench = bench
        self.banner = Banner("desk.asked")
        self._listening = Listening()
        self._listening.add(bench.changed.listen(lambda _: self._render()))
        self._listening.add(bench.asked.changed.listen(lambda _: self._render()))
        self._listening.add(bench.asked.wanted.listen(self._go))

    def open(self) -> None:
        """Decide about what is at hand: the note or record that is chosen, else what the page is about, else all."""
        self._go(self._at_hand())

    def close(self) -> None:
        """Nothing is heard any more."""
        self._listening.close()

    def _go(self, record: str) -> None:
        self._bench.open_page(Page.DECIDE, record)

    def _at_hand(self) -> str:
        page, known = self._bench.state.page, self._bench.asked
        if not known.state or page is Page.DECIDE:
            return ""
        state = getattr(self._bench.presenter(page), "state", None)
        note = self._desk.view.note_at_hand
        chosen = [
            str(note.entry.id) if note is not None else "",
            *(str(getattr(state, name, None) or "") for name in ("chosen", "current")),
        ]
        found = next((one for one in chosen if one and known.words(one)), "")
        here = self._here()
        return found or (here[0].record if here else "")

    def _here(self) -> tuple[AskedHere, ...]:
        """What is open of the page that is up."""
        bench, page = self._bench, self._bench.state.page
        if page is Page.LOG and bench.log is not None:
            return bench.asked.at(str(bench.log.facts.activity.id))
        if page is Page.VISIT and bench.visit is not None:
            return bench.asked.at(str(bench.visit.facts.visit.id))
        if ABOUT.get(page) is Of.RECORD and bench.record_open:
            return bench.asked.at(bench.record_open)
        if page in _KINDS and bench.record_open:
            return bench.asked.at(bench.record_open, _KINDS[page])
        return ()

    def _render(self) -> None:
        if self._bench.state.opening:
            return  # the page before is still up
        here = self._here()
        words = "" if not here else "1 open question here" if len(here) == 1 else f"{len(here):,} open questions here"
        if words != self.banner.words:
            self.banner.say(words, "warning", remedy=DECIDE if words else "", do=self.open)
