"""The notes that a judgement may rest on, as the form offers them: all that are tagged, and what it cites already."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term, Walk
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.domain.score_places import statements_in
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId
from ui.presenters.forms import Option
from ui.presenters.services import Session
from ui.presenters.wording import ui

PAGE = 200
MOST_NOTES = 2_000
"""The newest that are offered; further ones are named with the command ``fieldkit score judge``."""
_EXCERPT = 90
_SHORT = 8


class Offering:
    """Reads them page by page: one question for 2,000 notes would keep the vault's lane from the next key."""

    def __init__(
        self,
        session: Session,
        assessment: AssessmentId,
        framework: Framework,
        judged: Judged,
        done: Callable[[tuple[Option, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._session = session
        self._assessment = assessment
        values = tuple(f"{framework.id}/{one.id}" for one in statements_in(framework, judged))
        self._terms = (Term(facet=Facet.STATEMENT, values=values),)
        self._done = done
        self._failed = failed
        self._found: dict[EntryId, Option] = {}

    def start(self, mine: Judgement | None) -> None:
        """What is cited first, then the newest that are tagged."""
        cited = (*mine.relied_on, *mine.against) if mine is not None else ()
        self._session.workspace.ask_then(
            lambda questions: {one: _cited(questions, one) for one in cited}, self._take_cited, self._failed
        )

    def _take_cited(self, found: dict[EntryId, Option]) -> None:
        self._found.update(found)
        self._ask(None)

    def _ask(self, before: int | None) -> None:
        wanted = EntryFilter(assessment=self._assessment, terms=self._terms, before=before, limit=PAGE)
        self._session.workspace.ask_then(lambda questions: questions.walk(wanted), self._take, self._failed)

    def _take(self, walk: Walk) -> None:
        for row in walk.rows:
            if row.withdrawal is None and row.barred is None:
                self._found.setdefault(row.entry.id, Option(row.entry.id, _words(row)))
        if walk.reached and len(self._found) < MOST_NOTES:
            self._ask(walk.reached)
        else:
            self._done(tuple(self._found.values()))


def _cited(questions: Questions, note: EntryId) -> Option:
    """A note that is cited, also one that counts no more: whoever changes the judgement has to see it."""
    try:
        row = questions.entry(note)
    except Mistake:  # it left this laptop when it was handed in, or its visit was erased
        return Option(note, f"Note {note[-_SHORT:]}, not on this laptop")
    if row.barred is not None:
        return Option(note, f"Note {note[-_SHORT:]}, held: consent was taken back")
    return Option(note, f"{_words(row)} (withdrawn)" if row.withdrawal is not None else _words(row))


def _words(row: EntryRow) -> str:
    words = " ".join(row.entry.text.split())
    short = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"
    return f"{ui.day(row.entry.noticed_at.astimezone().date())}: {short}"
