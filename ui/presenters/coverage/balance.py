"""Voices heard and time spent, beside the coverage matrix: counted behind the screen, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import StillVault
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.balance import Balance, hours, part_words
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.framework import Framework
from fieldkit.domain.interview import InterviewSession
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence

_REST = 0.5
"""Seconds after a change before it is counted again."""


_OTHERS = (InterviewSession.KIND, Conversation.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some lines under a heading: what is counted, and how much of it. Without an amount a line is a sentence."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceState:
    """``parts`` are empty while they are counted for the first time."""

    parts: tuple[Part, ...] = ()
    fault: str = ""


class Balances(Presenter[BalanceState]):
    """One for the open panel; counted again when notes, activities or people change."""

    def __init__(self, session: Session, assessment: Assessment, framework: Framework) -> None:
        super().__init__(BalanceState())
        self._session = session
        self._assessment = assessment
        self._framework = framework
        self._is_closed = False
        self._rest = Countdown(session.later, self.count)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def count(self) -> None:
        """Behind the screen, over the vault as it is now."""
        assessment, framework = self._assessment.id, self._framework

        def home(parts: tuple[Part, ...]) -> None:
            if not self._is_closed:
                self._show(replace(self.state, parts=parts, fault=""))

        def refused(problem: Exception) -> None:
            if not self._is_closed:
                self._show(replace(self.state, fault=sentence(problem)))

        def read(vault: StillVault) -> tuple[Part, ...]:
            from fieldkit.app.balance import balance_of

            return tuple(_parts(balance_of(vault.questions, assessment, framework)))

        self._session.workspace.look_over(read, home, refused)

    def close(self) -> None:
        """Nothing is counted any more."""
        self._is_closed = True
        self._rest.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(
            "entry", "filing", "withdrawal", "consent", "activity", "visit", "person", "interview", "conversation"
        ):
            self._rest.start(_REST)


def _parts(found: Balance) -> Iterator[Part]:
    from fieldkit.app.voices import NOBODY, VOICES
    from fieldkit.reports.balance import KINDS, standing_out

    yield Part(heading="What stands out", lines=tuple((one, "") for one in standing_out(found, VOICES)))
    heard = tuple(
        (VOICES[one.kind] if one.kind is not None else NOBODY, part_words(one.notes, found.notes))
        for one in found.heard
    )
    yield Part(heading="Voices heard, in notes", lines=heard)
    for title, counts in found.secondary.items():
        yield Part(
            heading=f"{title}, in notes",
            lines=tuple((name, part_words(count, found.notes)) for name, count in counts.items()),
        )
    whole = hours(found.minutes)
    spent = tuple((KINDS[one.kind], f"{hours(one.minutes)} of {whole}") for one in found.spent)
    yield Part(heading="Time on activities", lines=spent or (("No activity yet.", ""),))
    for heading, nowhere, minutes in (
        ("Time by organisation", "No organisation", found.by_organisation),
        ("Time by place", "No place", found.by_place),
    ):  # fmt: skip
        if minutes:
            yield Part(heading=heading, lines=tuple((name or nowhere, hours(one)) for name, one in minutes.items()))
